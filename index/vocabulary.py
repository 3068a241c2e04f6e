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

from index.acronyms import long_names
from index.derived import publish, verify
from index.errors import StaleIndexError

KIND = "vocabulary"
_FILE = "vocabulary.json"
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 5  # letters of a word that may be misspelt: the neighbours of a shorter one are other words
_LONG = 10  # letters from which on two slips are allowed


class _Content(Struct, frozen=True):
    """words: how often each word occurs, lower case. names: the commonest long name of each key."""

    words: dict[str, int]
    names: dict[str, str]


class Vocabulary:
    """Safe to share between threads."""

    def __init__(self, content: _Content) -> None:
        self._words = content.words
        self._names = content.names

    @classmethod
    def in_memory(cls, texts: Iterable[str]) -> Self:
        """Gather it from texts in display form."""
        return cls(_gather(texts))

    @classmethod
    def build(cls, shelf: Path, texts: Iterable[str], version: str) -> Self:
        """Write it below the folder `shelf` for this version of the store, then open it. Raises OSError."""
        content = _gather(texts)
        data = json.encode(content)
        publish(shelf, KIND, version, "", len(content.words), lambda folder: _write(folder / _FILE, data))
        return cls.open(shelf, version)

    @classmethod
    def open(cls, shelf: Path, version: str) -> Self:
        """Open what `build` wrote. Raises StaleIndexError if it is missing, changed, torn or of another version."""
        folder, _ = verify(shelf, KIND, version, "")
        try:
            return cls(json.decode((folder / _FILE).read_bytes(), type=_Content))
        except (OSError, DecodeError) as error:
            raise StaleIndexError(f"{folder} cannot be read ({error}); it will be rebuilt.") from error

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._words

    def spelling(self, word: str) -> str | None:
        """The word of the corpus that `word` may be a slip of: one edit away, two for a long word, and with the same
        first letter; the nearest, then the commonest. None if there is none or `word` is in the corpus.

        Distance: Damerau, "A technique for computer detection and correction of spelling errors", CACM 1964.
        """
        slip = word.casefold()
        if len(slip) < _SHORTEST or not slip.isalpha() or slip in self._words:
            return None
        most = 1 + (len(slip) >= _LONG)
        near = process.extract(
            slip, self._words.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
        )
        fitting = [(distance, -self._words[found], found) for found, distance, _ in near if found[0] == slip[0]]
        return min(fitting)[2] if fitting else None

    def long_name(self, key: str) -> str | None:
        """The commonest long name filed under a key of `index.acronyms`."""
        return self._names.get(key)


def _gather(texts: Iterable[str]) -> _Content:
    words: Counter[str] = Counter()
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words.update(_WORD.findall(text.casefold()))
        for key, name in long_names(text):
            names[key][name] += 1
    # The commonest; of those the shortest, then the first in the alphabet, so that it is always the same.
    best = {key: min(found, key=lambda name: (-found[name], len(name), name)) for key, found in sorted(names.items())}
    return _Content(dict(sorted(words.items())), best)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
