"""The corpus's own words and long names, to read a question's misspellings and short names by.

Derived from the store like the search indexes: published whole, trusted only when its hash matches.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from msgspec import DecodeError, Struct, json
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.errors import StaleIndexError
from index.language.acronyms import acronym_key, long_names
from index.language.folding import fold_case
from index.search.aliases import NameFinder, alias_key, aliases
from index.search.derived import publish, verify

KIND = "vocabulary"
_FILE = "vocabulary.json"
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


class _Content(Struct, frozen=True):
    """words: how often each word occurs, lower case. names: the likeliest long names of each key, best first. aliases:
    other names of what a key of `index.search.aliases` names, best first."""

    words: dict[str, int]
    names: dict[str, tuple[str, ...]]
    aliases: dict[str, tuple[str, ...]]


class Renaming(Struct, frozen=True):
    """A name in a text, `text[start:end]`, and other names of the same."""

    start: int
    end: int
    names: tuple[str, ...]


class Vocabulary:
    """Safe to share between threads."""

    def __init__(self, content: _Content) -> None:
        self._words = content.words
        self._names = content.names
        self._aliases = content.aliases
        self._finder = NameFinder(content.aliases)

    @classmethod
    def in_memory(cls, texts: Iterable[str]) -> Self:
        """Gather it from texts in display form."""
        return cls(_gather(texts))

    @classmethod
    def build(cls, index_folder: Path, texts: Iterable[str], version: str) -> Self:
        """Write it below the folder `index_folder` for this version of the store, then open it. Raises OSError."""
        content = _gather(texts)
        data = json.encode(content)
        publish(index_folder, KIND, version, "", len(content.words), lambda folder: _write(folder / _FILE, data))
        return cls.open(index_folder, version)

    @classmethod
    def open(cls, index_folder: Path, version: str) -> Self:
        """Open what `build` wrote. Raises StaleIndexError if it is missing, changed, torn or of another version."""
        folder, _ = verify(index_folder, KIND, version, "")
        try:
            return cls(json.decode((folder / _FILE).read_bytes(), type=_Content))
        except (OSError, DecodeError) as error:
            raise StaleIndexError(f"{folder} cannot be read ({error}); it will be rebuilt.") from error

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


def _gather(texts: Iterable[str]) -> _Content:
    texts = list(texts)
    words: Counter[str] = Counter()
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    others: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words.update(_WORD.findall(fold_case(text)))
        for initials, name in long_names(text):
            names[initials][name] += 1
        for name, other in aliases(text):
            others[alias_key(name)][other] += 1
            others[alias_key(other)][name] += 1
            if acronym_key(other) == fold_case(other):
                names[acronym_key(other)][name] += LIMITS.stated
    return _Content(dict(sorted(words.items())), _best(names), _best(_commoner(others, texts)))


def _commoner(others: dict[str, Counter[str]], texts: Iterable[str]) -> dict[str, Counter[str]]:
    """Of each name those others that the texts use more: they say more about the thing than the name asked by."""
    finder = NameFinder(others)
    used = Counter(found for text in texts for found, _, _ in finder.find(text))
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


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
