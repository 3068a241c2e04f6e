"""The corpus's own words and long names, to read a question's misspellings and short names by.

Derived from the store like the search indexes, in segments. What depends on the whole corpus, as which of two names is
used more, is counted when it is opened: arrays of words are quick to count, and an edit then costs its own texts.
"""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.language.acronyms import acronym_key, long_names
from index.language.folding import fold, fold_case
from index.search.aliases import LINKS, NameFinder, alias_key, aliases
from index.search.arrays import Arrays
from index.search.postings import Postings, make_postings, merge_postings, terms_of
from index.search.segments import LIMITS as SEGMENT_LIMITS
from index.search.segments import Rows, Segment, SegmentLimits, make_segment, numbered, open_segments, update_segments
from index.types import Ids

KIND = "vocabulary 2"  # another number for other files: what was written before is then stale
_NONE = (1 << 32) - 1  # no word: the end of a text
_WORD = re.compile(r"[^\W_]+")


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
        numbers: dict[str, int] = {}
        words, cuts = array("I"), [0]
        names: list[list[str]] = []
        others: list[list[str]] = []
        for texts in self._texts_of(ids):
            for text in texts:
                found = _WORD.findall(unicodedata.normalize("NFC", text))
                words.extend(numbers.setdefault(word, len(numbers)) for word in found)
                words.append(_NONE)
            cuts.append(len(words))
            names.append([f"{key}\n{name}" for text in texts for key, name in long_names(text)])
            others.append([f"{name}\n{other}" for text in texts for name, other in aliases(text)])
        return {
            **terms_of([word.encode() for word in numbers]),
            "words": np.array(words, np.uint32),
            "word cuts": np.array(cuts, np.int64),
            **make_postings(names, "names "),
            **make_postings(others, "others "),
        }

    def merge(self, segments: Sequence[Segment]) -> Arrays:
        numbers: dict[str, int] = {}
        words: list[NDArray[np.uint32]] = []
        sizes: list[NDArray[np.int64]] = []
        for one in segments:
            own = np.array([numbers.setdefault(word, len(numbers)) for word in _Words(one).table], np.uint32)
            here = _Words(one).live()
            words.append(_mapped(own, here, _NONE))
            sizes.append(np.diff(one.content["word cuts"])[one.mask()])
        made: dict[str, NDArray[Any]] = {
            **terms_of([word.encode() for word in numbers]),
            "words": np.concatenate(words),
            "word cuts": np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64),
        }
        for prefix in ("names ", "others "):
            made |= merge_postings([(Postings(one.content, prefix), one.mask()) for one in segments], prefix)
        return made


class _Words:
    """The words of a segment. table: each once."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        letters, cuts = segment.content["letters"].tobytes(), segment.content["cuts"].tolist()
        self.table = [letters[start:end].decode() for start, end in pairwise(cuts)]

    def live(self) -> NDArray[np.uint32]:
        """The words in order, as numbers in the table, of the passages that count."""
        words: NDArray[np.uint32] = self._segment.content["words"]
        if self._segment.live is None:
            return words
        return words[np.repeat(self._segment.live, np.diff(self._segment.content["word cuts"]))]


class Vocabulary:
    """Safe to share between threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        words = [_Words(segment) for segment in segments]
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
        self._words = _counted(words)
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
        """Bring what is below the folder `path` to this version of the store, then open it. Raises OSError."""
        update_segments(path, KIND, version, "", rows, codec, limits)
        return cls.open(path, version)

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


def _counted(words: Sequence[_Words]) -> dict[str, int]:
    """How often each word occurs, lower case."""
    counts: defaultdict[str, int] = defaultdict(int)
    for each in words:
        live = each.live()
        found = np.bincount(live[live != _NONE], minlength=len(each.table)).tolist()
        for word, count in zip(each.table, found, strict=True):
            if count:
                lower = fold_case(word)
                for part in (lower,) if lower.isalnum() else _WORD.findall(lower):
                    counts[part] += count
    return dict(counts)


def _commoner(others: dict[str, Counter[str]], words: Sequence[_Words]) -> dict[str, Counter[str]]:
    """Of each name those others that the texts use more: they say more about the thing than the name asked by."""
    used: Counter[str] = Counter()
    for each in words if others else ():
        used.update(_used(NameFinder(others), each))
    kept = {
        name: Counter({other: used[alias_key(other)] for other in found if used[alias_key(other)] > used[name]})
        for name, found in others.items()
    }
    return {name: found for name, found in kept.items() if found}


def _used(finder: NameFinder, words: _Words) -> Iterable[str]:
    """The names in all texts, as the finder finds them, but quicker: only where a first word of one stands."""
    folded = [fold(word) for word in words.table]
    live = words.live()
    kept = np.array([word not in LINKS for word in folded], np.bool_)
    live = live[_mapped(kept, live, True)]
    first = np.array([finder.begins(word) for word in folded], np.bool_)
    end = 0
    for start in np.flatnonzero(_mapped(first, live, False)).tolist():
        if start < end:
            continue
        ahead = live[start : start + finder.longest].tolist()
        ahead = ahead[: ahead.index(_NONE)] if _NONE in ahead else ahead
        key, length = finder.longest_of([folded[word] for word in ahead])
        if key:
            yield key
            end = start + length


def _mapped(table: NDArray[Any], words: NDArray[np.uint32], none: int) -> NDArray[Any]:
    """Of each word what a table says, and `none` where a text ends."""
    if not len(table):
        return np.full(len(words), none, table.dtype)
    ended = words == _NONE
    mapped = table[np.where(ended, 0, words)]
    mapped[ended] = none
    return mapped


def _best(found: dict[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
    """The commonest; of those the shortest, then the first in the alphabet, so that it is always the same."""
    return {
        key: tuple(sorted(names, key=lambda name: (-names[name], len(name), name))[: LIMITS.names])
        for key, names in sorted(found.items())
    }
