"""BM25 of one field over segments (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)."""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.search.postings import Postings
from index.search.segments import Segment


class Bm25Limits(Struct, frozen=True):
    """k1: how soon more of a term tells no more. b: how much a passage's length counts. As Lucene and Tantivy have
    them."""

    k1: float = 1.2
    b: float = 0.75


LIMITS = Bm25Limits()


class Bm25Field:
    """A field of all segments. dampening: of each row, what its length adds to how often it has a term."""

    def __init__(self, name: str, segments: Sequence[Segment], passages: int) -> None:
        self._live = [segment.live for segment in segments]
        self._passages = passages
        self._postings = [Postings(segment.content, f"{name} ") for segment in segments]
        lengths = [segment.content[f"{name} lengths"] for segment in segments]
        live = zip(lengths, segments, strict=True)
        mean = sum(int(each[one.mask()].sum(dtype=np.int64)) for each, one in live) / max(1, passages)
        scale = LIMITS.b / mean if mean else 0.0
        self._dampening = [LIMITS.k1 * (1 - LIMITS.b + scale * rounded(each)) for each in lengths]

    def holding(self, term: str) -> int:
        """How many passages have a term."""
        found = [postings.find(term)[0] for postings in self._postings]
        return sum(_alive(rows, live) for rows, live in zip(found, self._live, strict=True))

    def rows(self, term: str) -> list[NDArray[np.uint32]]:
        """Of each segment, the rows that have a term, those of deleted passages too."""
        return [postings.find(term)[0] for postings in self._postings]

    def add(self, term: str, weight: float, scores: Sequence[NDArray[np.float64]]) -> None:
        """Add a term's BM25 to the scores [n] of each segment's rows."""
        found = [postings.find(term) for postings in self._postings]
        holding = sum(_alive(rows, live) for (rows, _), live in zip(found, self._live, strict=True))
        weight *= idf(holding, self._passages) * (1 + LIMITS.k1)
        for (rows, counts), dampening, score in zip(found, self._dampening, scores, strict=True):
            if len(rows):
                score[rows] += weight * counts / (counts + dampening[rows])


def idf(holding: int, passages: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)), n of N passages having a term."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def _alive(rows: NDArray[np.uint32], live: NDArray[np.bool_] | None) -> int:
    return len(rows) if live is None else int(np.count_nonzero(live[rows]))


def rounded(lengths: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Lengths as Lucene and Tantivy keep them in one byte: exact below 40, then with four binary digits."""
    over = np.maximum(lengths.astype(np.int64) - 24, 0)
    shift = np.maximum(np.frexp(over)[1] - 4, 0)
    rounded: NDArray[np.int64] = np.minimum(lengths, 24) + ((over >> shift) << shift)
    return rounded
