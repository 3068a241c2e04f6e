"""The words of texts in order, as numbers in a table: what is quick to count again when some of the texts change."""

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language.folding import fold, fold_case
from index.search.aliases import LINKS, NameFinder
from index.search.arrays import Arrays
from index.search.postings import terms_of
from index.search.segments import Segment

Numbers = NDArray[np.uint32]
_WORD = re.compile(r"[^\W_]+")
_NONE = (1 << 32) - 1  # no word: the end of a text
_PART = 1 << 20  # words looked at together: some 20 MB


def make_words(texts_of: Sequence[Sequence[str]]) -> Arrays:
    """Of the texts of each row."""
    numbers: dict[str, int] = {}
    words, cuts = array("I"), [0]
    for texts in texts_of:
        for text in texts:
            found = _WORD.findall(unicodedata.normalize("NFC", text))
            words.extend([numbers.setdefault(word, len(numbers)) for word in found])
            words.append(_NONE)
        cuts.append(len(words))
    return _arrays(numbers, np.array(words, np.uint32), np.array(cuts, np.int64))


class Words:
    """Those of a segment. table: each once, as the texts have it, in composed form (NFC)."""

    def __init__(self, segment: Segment) -> None:
        self._words: Numbers = segment.content["words"]
        self._cuts: NDArray[np.int64] = segment.content["word cuts"]
        self._live = segment.live
        letters, cuts = segment.content["letters"].tobytes(), segment.content["cuts"].tolist()
        self.table = [letters[start:end].decode() for start, end in pairwise(cuts)]

    def sizes(self) -> NDArray[np.int64]:
        """How many words each row that counts has, with the ends of its texts."""
        sizes = np.diff(self._cuts)
        return sizes if self._live is None else sizes[self._live]

    def parts(self, size: int = _PART) -> Iterator[Numbers]:
        """The words of rows that count, in order, some `size` of them at a time; each part ends with a row."""
        row, rows = 0, len(self._cuts) - 1
        while row < rows:
            end = max(row + 1, int(np.searchsorted(self._cuts, self._cuts[row] + size, "right")) - 1)
            words = self._words[self._cuts[row] : self._cuts[end]]
            if self._live is not None:
                words = words[np.repeat(self._live[row:end], np.diff(self._cuts[row : end + 1]))]
            yield words
            row = end

    def counts(self) -> NDArray[np.int64]:
        """How often each of the table occurs."""
        counts = np.zeros(len(self.table), np.int64)
        for words in self.parts():
            counts += np.bincount(words[words != _NONE], minlength=len(counts))
        return counts

    def names(self, finder: NameFinder) -> Iterator[str]:
        """The keys that the finder finds in all texts, but quicker: it looks only where one can begin."""
        folded = [fold(word) for word in self.table]
        kept = _flags([word not in LINKS for word in folded], True)
        alone = _flags([finder.begins(word) and finder.longest_of([word])[1] == 1 for word in folded], False)
        first = _flags([finder.begins(word) for word in folded], False)
        second = _flags([finder.goes_on(word) for word in folded], False)
        for part in self.parts():
            words = part[kept[_places(part, kept)]]
            places = _places(words, kept)
            ahead = np.append(places[1:], len(kept) - 1)
            begun = alone[places] | (first[places] & second[ahead[: len(places)]])
            end = 0
            for start in np.flatnonzero(begun).tolist():
                if start >= end:
                    near = words[start : start + finder.longest].tolist()
                    near = near[: near.index(_NONE)] if _NONE in near else near
                    key, length = finder.longest_of([folded[word] for word in near])
                    if key:
                        yield key
                        end = start + length


def merge_words(parts: Sequence[Words]) -> Arrays:
    """Of the rows that count in each, one's after the other's."""
    numbers: dict[str, int] = {}
    words, sizes = [np.zeros(0, np.uint32)], [np.zeros(1, np.int64)]
    for each in parts:
        own = np.array([*(numbers.setdefault(word, len(numbers)) for word in each.table), _NONE], np.uint32)
        words += [own[_places(part, own)] for part in each.parts()]
        sizes.append(each.sizes())
    return _arrays(numbers, np.concatenate(words), np.cumsum(np.concatenate(sizes)))


def counted(parts: Sequence[Words]) -> dict[str, int]:
    """How often each word occurs, lower case."""
    counts: defaultdict[str, int] = defaultdict(int)
    for each in parts:
        for word, count in zip(each.table, each.counts().tolist(), strict=True):
            if count:
                lower = fold_case(word)
                for piece in (lower,) if lower.isalnum() else _WORD.findall(lower):
                    counts[piece] += count
    return dict(counts)


def _arrays(numbers: dict[str, int], words: Numbers, cuts: NDArray[np.int64]) -> Arrays:
    return {**terms_of([word.encode() for word in numbers]), "words": words, "word cuts": cuts}


def _flags(flags: Sequence[bool], none: bool) -> NDArray[np.bool_]:
    """Of each word of a table, and at the end of the end of a text."""
    return np.array([*flags, none], np.bool_)


def _places(words: Numbers, table: NDArray[Any]) -> Numbers:
    """Of each word its place in a table that has the end of a text at its own end."""
    return np.minimum(words, len(table) - 1)
