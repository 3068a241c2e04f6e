"""Which rows have which terms, and how often: an inverted file as arrays, of one segment of an index."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Arrays

Counts = NDArray[np.int64]
Docs = NDArray[np.uint32]
_MOST = 65535  # of one term in one row: more are counted as so many


class Postings:
    """Terms in the order of their UTF-8; of each its rows, ascending, and how often each has it.

    content: "letters" (all terms, one after the other), "cuts" (where each begins), "starts" (of each term's rows in
    "docs" and "counts").
    """

    def __init__(self, content: Arrays, prefix: str = "") -> None:
        self._letters = content[f"{prefix}letters"]
        self._cuts = content[f"{prefix}cuts"]
        self._starts = content[f"{prefix}starts"]
        self._docs: Docs = content[f"{prefix}docs"]
        self._counts = content[f"{prefix}counts"]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._letters[self._cuts[number] : self._cuts[number + 1]].tobytes()

    def terms(self) -> list[str]:
        """All of them."""
        letters, cuts = self._letters.tobytes(), self._cuts.tolist()
        return [letters[start:end].decode() for start, end in pairwise(cuts)]

    def find(self, term: str) -> tuple[Docs, NDArray[np.uint16]]:
        """The rows that have a term, and how often."""
        sought = term.encode()
        number = bisect_left(self, sought)
        if number == len(self) or self[number] != sought:
            return self._docs[:0], self._counts[:0]
        start, end = int(self._starts[number]), int(self._starts[number + 1])
        return self._docs[start:end], self._counts[start:end]

    def totals(self, live: NDArray[np.bool_] | None = None) -> Counts:
        """How often each term occurs in the rows that are live."""
        counts = self._counts if live is None else np.where(live[self._docs], self._counts, 0)
        sums = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        totals: Counts = sums[self._starts[1:]] - sums[self._starts[:-1]]
        return totals

    def flat(self) -> tuple[NDArray[np.int64], Docs, NDArray[np.uint16]]:
        """Of each pair of a term and a row: the term's number, the row, how often."""
        return np.repeat(np.arange(len(self)), np.diff(self._starts)), self._docs, self._counts


def make_postings(rows: Iterable[Sequence[str]], prefix: str = "") -> Arrays:
    """Of the terms of each row."""
    numbers: dict[str, int] = {}
    terms, docs, counts = array("I"), array("I"), array("H")
    for row, found in enumerate(rows):
        for term, count in Counter(found).items():
            terms.append(numbers.setdefault(term, len(numbers)))
            docs.append(row)
            counts.append(min(count, _MOST))
    names = [name.encode() for name in numbers]
    return _sorted(names, np.array(terms, np.int64), np.array(docs, np.uint32), np.array(counts, np.uint16), prefix)


def merge_postings(parts: Sequence[tuple[Postings, NDArray[np.bool_]]], prefix: str = "") -> Arrays:
    """Of the rows that are live in each part, one part's after the other's."""
    numbers: dict[bytes, int] = {}
    terms, docs, counts = [], [], []
    first = 0
    for postings, live in parts:
        own = np.array([numbers.setdefault(name, len(numbers)) for name in _names(postings)], np.int64)
        number, doc, count = postings.flat()
        kept = live[doc]
        rows = first + np.cumsum(live) - 1
        terms.append(own[number[kept]] if len(own) else number)
        docs.append(rows[doc[kept]].astype(np.uint32))
        counts.append(count[kept])
        first += int(live.sum())
    return _sorted(list(numbers), np.concatenate(terms), np.concatenate(docs), np.concatenate(counts), prefix)


def _names(postings: Postings) -> Iterator[bytes]:
    return iter([postings[number] for number in range(len(postings))])


def _sorted(
    names: Sequence[bytes], terms: NDArray[np.int64], docs: Docs, counts: NDArray[np.uint16], prefix: str
) -> Arrays:
    """terms: number in `names` of each pair; pairs of one term are in the order of their rows."""
    used = np.flatnonzero(np.bincount(terms, minlength=len(names)))
    order = sorted(used.tolist(), key=lambda number: names[number])
    ranks = np.zeros(len(names), np.int64)
    ranks[order] = np.arange(len(order))
    own = ranks[terms]
    by_term = np.argsort(own, kind="stable")
    return {
        **terms_of([names[number] for number in order], prefix),
        f"{prefix}starts": _starts(np.bincount(own, minlength=len(order)) if len(order) else []),
        f"{prefix}docs": docs[by_term],
        f"{prefix}counts": counts[by_term],
    }


def terms_of(names: Sequence[bytes], prefix: str = "") -> Arrays:
    """UTF-8 of terms as "letters" and "cuts"."""
    return {
        f"{prefix}letters": np.frombuffer(b"".join(names), np.uint8),
        f"{prefix}cuts": _starts([len(name) for name in names]),
    }


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
