"""The corpus's own words and long names, to read a question's misspellings and short names by.

Derived from the store like the search indexes, in segments. What depends on the whole corpus, as which of two names is
used more, is counted when it is opened: arrays of words are quick to count, and an edit then costs its own texts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.language.acronyms import acronym_key, long_names
from index.language.folding import fold_case
from index.search.aliases import NameFinder, alias_key, aliases
from index.search.arrays import Arrays
from index.search.postings import Postings, make_postings, merge_postings
from index.search.segments import LIMITS as SEGMENT_LIMITS
from index.search.segments import Rows, Segment, SegmentLimits, make_segment, numbered, open_segments, update_segments
from index.search.words import Words, counted, make_words, merge_words
from index.types import Ids

KIND = "vocabulary 2"  # another number for other files: what was written before is then stale


class VocabularyLimits(Struct, frozen=True):
    """misspelt: letters of the shortest word that may be a slip, since the neighbours of a shorter one are other words;
    two_slips: letters from which on two edits are allowed. stated: how many names that only fit an acronym are worth
    one that a text itself shortens so. names: the most kept of each key.

    Set by hand on 2026-11-22 (7bf9165, 3afafba); no bench fits them.
    """

    misspelt: int = 5
    two_slips: int = 10
    stated: int = 1000
    names: int = 3


LIMITS = VocabularyLimits()


class Renaming(Struct, frozen=True):
    """A name in a text, `text[start:end]`, and other names of the same."""

    start: int
    end: int
    names: tuple[str, ...]


class VocabularyCodec:
    """A text's words in order, as it has them, its long names, and its other names of things. texts_of: of each
    passage, in the order of their ids, its texts in display form."""

    def __init__(self, texts_of: Callable[[Ids], Sequence[Sequence[str]]]) -> None:
        self._texts_of = texts_of

    def make(self, ids: Ids) -> Arrays:
        texts_of = self._texts_of(ids)
        names = [[f"{key}\n{name}" for text in texts for key, name in long_names(text)] for texts in texts_of]
        others = [[f"{name}\n{other}" for text in texts for name, other in aliases(text)] for texts in texts_of]
        return {**make_words(texts_of), **make_postings(names, "names "), **make_postings(others, "others ")}

    def merge(self, segments: Sequence[Segment]) -> Arrays:
        made: dict[str, NDArray[Any]] = {**merge_words([Words(segment) for segment in segments])}
        for prefix in ("names ", "others "):
            made |= merge_postings([(Postings(one.content, prefix), one.mask()) for one in segments], prefix)
        return made


class Vocabulary:
    """Safe to share between threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        words = [Words(segment) for segment in segments]
        names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for pair, count in _totals(segments, "names "):
            key, _, name = pair.partition("\n")
            names[key][name] += count
        others: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for pair, count in _totals(segments, "others "):
            name, _, other = pair.partition("\n")
            others[alias_key(name)][other] += count
            others[alias_key(other)][name] += count
            if acronym_key(other) == fold_case(other):
                names[acronym_key(other)][name] += LIMITS.stated * count
        self._words = counted(words)
        self._names = _best(names)
        self._aliases = _best(_commoner(others, words))
        self._finder = NameFinder(self._aliases)

    @classmethod
    def in_memory(cls, rows: Rows, codec: VocabularyCodec) -> Self:
        """Build it without files."""
        return cls([make_segment(rows, codec)] if len(rows.ids) else [])

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Self:
        """Gather it from texts in display form."""
        each = [(text,) for text in texts]
        return cls.in_memory(numbered(range(len(each))), VocabularyCodec(lambda _: each))

    @classmethod
    def build(
        cls, path: Path, rows: Rows, codec: VocabularyCodec, version: str, limits: SegmentLimits = SEGMENT_LIMITS
    ) -> Self:
        """`write` and `open`. Raises what they do."""
        cls.write(path, rows, codec, version, limits)
        return cls.open(path, version)

    @staticmethod
    def write(
        path: Path, rows: Rows, codec: VocabularyCodec, version: str, limits: SegmentLimits = SEGMENT_LIMITS
    ) -> None:
        """Bring what is below the folder `path` to this version of the store. Raises OSError."""
        update_segments(path, KIND, version, "", rows, codec, limits)

    @classmethod
    def open(cls, path: Path, version: str) -> Self:
        """Open what `build` wrote. Raises StaleIndexError if a file is missing, changed, torn or of another version."""
        return cls(open_segments(path, KIND, version, ""))

    def contents(self) -> tuple[dict[str, int], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """How often each word occurs, lower case; the likeliest long names of each key, best first; other names of what
        a key of `index.search.aliases` names, best first."""
        return self._words, self._names, self._aliases

    def __contains__(self, word: str) -> bool:
        return fold_case(word) in self._words

    def spelling(self, word: str) -> str | None:
        """The word of the corpus that `word` may be a slip of: one edit away, two for a long word, and with the same
        first letter; the nearest, then the commonest. None if there is none or `word` is in the corpus.

        Distance: Damerau, "A technique for computer detection and correction of spelling errors", CACM 1964.
        """
        slip = fold_case(word)
        if len(slip) < LIMITS.misspelt or not slip.isalpha() or slip in self._words:
            return None
        most = 1 + (len(slip) >= LIMITS.two_slips)
        near = process.extract(
            slip, self._words.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
        )
        fitting = [(distance, -self._words[found], found) for found, distance, _ in near if found[0] == slip[0]]
        return min(fitting)[2] if fitting else None

    def long_name(self, key: str) -> str | None:
        """The likeliest long name filed under an `acronym_key`: one the corpus itself shortens so, else the
        commonest."""
        return next(iter(self._names.get(key, ())), None)

    def renamings(self, text: str) -> tuple[Renaming, ...]:
        """The names in a text that the corpus has other names for, in order, the longest where they overlap."""
        return tuple(Renaming(start, end, self._aliases[key]) for key, start, end in self._finder.find(text))


def _totals(segments: Sequence[Segment], prefix: str) -> Iterable[tuple[str, int]]:
    for segment in segments:
        postings = Postings(segment.content, prefix)
        for term, count in zip(postings.terms(), postings.totals(segment.live).tolist(), strict=True):
            if count:
                yield term, count


def _commoner(others: dict[str, Counter[str]], words: Sequence[Words]) -> dict[str, Counter[str]]:
    """Of each name those others that the texts use more: they say more about the thing than the name asked by."""
    used: Counter[str] = Counter()
    for each in words if others else ():
        used.update(each.names(NameFinder(others)))
    kept = {
        name: Counter({other: used[alias_key(other)] for other in found if used[alias_key(other)] > used[name]})
        for name, found in others.items()
    }
    return {name: found for name, found in kept.items() if found}


def _best(found: dict[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
    """The commonest; of those the shortest, then the first in the alphabet, so that it is always the same."""
    return {
        key: tuple(sorted(names, key=lambda name: (-names[name], len(name), name))[: LIMITS.names])
        for key, names in sorted(found.items())
    }
