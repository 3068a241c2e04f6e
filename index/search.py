"""Hybrid retrieval: nearest by meaning and best by words, fused by weighted reciprocal rank.

Reciprocal rank fusion: Cormack, Clarke and Buettcher, SIGIR 2009. A passage's score is the sum over both lists of
weight / (k + rank). Constants were fitted by tests/bench/retrieval.py.
"""

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from msgspec import Struct

from index.embedding import Embedder, embed_any
from index.lexical import LexicalIndex
from index.types import Hit, Ids, Matrix, Vector
from index.vectors import VectorIndex


class Fusion(Struct, frozen=True):
    """depth: passages taken from each list. k: the larger, the less the first places stand out."""

    depth: int = 50
    k: float = 2.0
    dense_weight: float = 0.85
    lexical_weight: float = 1.0


class SentenceVectors(Protocol):
    """Vectors of the sentences of passages."""

    def of_sentences(self, model_id: str, ids: Ids) -> tuple[Ids, Matrix]:
        """Vectors [n, d] of the sentences of passages `ids`, and the passage [n] of each; some may have none."""
        ...


class HybridSearch:
    """Both indexes must hold the same passages. With `sentences`, a passage's meaning is its own and its nearest
    sentence's: a question is about the size of a sentence, and a passage blurs several."""

    def __init__(
        self,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        embedder: Embedder,
        sentences: SentenceVectors | None = None,
        fusion: Fusion | None = None,
    ) -> None:
        self._vectors = vectors
        self._lexical = lexical
        self._embedder = embedder
        self._sentences = sentences
        self._fusion = fusion or Fusion()

    def search(self, question: str, limit: int = 10, only: Ids | None = None) -> tuple[Hit, ...]:
        """The `limit` best among `only` (None means all), best first, ties by id."""
        if limit <= 0 or not self._vectors.size:
            return ()
        depth = max(limit, self._fusion.depth)
        query = embed_any(self._embedder, [question])[0]
        dense = _ranks(self._vectors.search(query, depth, only)[0].tolist())
        bm25 = dict(self._lexical.search(question, depth, only))
        lexical = _ranks(bm25)
        found = sorted(dense.keys() | lexical.keys())
        cosines = dict(zip(found, self._vectors.similarities(query, np.array(found, np.int64)).tolist(), strict=True))
        meaning = self._meaning(query, cosines)
        by_meaning = _ranks(sorted(found, key=lambda number: (-meaning[number], number)))
        scores = {number: self._score(by_meaning[number], lexical.get(number)) for number in found}
        best = sorted(found, key=lambda number: (-scores[number], number))[:limit]
        return tuple(
            Hit(
                passage_id=number,
                similarity=cosines[number],
                score=scores[number],
                dense_rank=dense.get(number),
                lexical_rank=lexical.get(number),
                bm25=bm25.get(number, 0.0),
            )
            for number in best
        )

    def _meaning(self, query: Vector, cosines: dict[int, float]) -> dict[int, float]:
        """Of each passage the mean of its cosine and its nearest sentence's."""
        if self._sentences is None or not cosines:
            return cosines
        owners, matrix = self._sentences.of_sentences(self._embedder.model_id, np.array(list(cosines), np.int64))
        nearest: dict[int, float] = {}
        for owner, cosine in zip(owners.tolist(), (matrix @ query).tolist() if len(owners) else [], strict=True):
            nearest[owner] = max(nearest.get(owner, -1.0), cosine)
        return {number: (cosine + nearest.get(number, cosine)) / 2 for number, cosine in cosines.items()}

    def _score(self, dense_rank: int, lexical_rank: int | None) -> float:
        fusion = self._fusion
        dense = fusion.dense_weight / (fusion.k + dense_rank)
        return dense + (fusion.lexical_weight / (fusion.k + lexical_rank) if lexical_rank else 0.0)


def _ranks(ordered: Iterable[int]) -> dict[int, int]:
    return {number: rank for rank, number in enumerate(ordered, 1)}
