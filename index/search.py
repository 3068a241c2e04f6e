"""Hybrid retrieval: nearest by meaning and best by words, fused by weighted reciprocal rank.

Reciprocal rank fusion: Cormack, Clarke and Buettcher, SIGIR 2009. A passage's score is the sum over both lists of
weight / (k + rank). Constants were fitted by tests/bench/retrieval.py.
"""

import numpy as np
from msgspec import Struct

from index.embedding import Embedder
from index.lexical import LexicalIndex
from index.types import Hit, Ids, Vector
from index.vectors import VectorIndex


class Fusion(Struct, frozen=True):
    """depth: passages taken from each list. k: the larger, the less the first places stand out."""

    depth: int = 50
    k: float = 10.0
    dense_weight: float = 0.6
    lexical_weight: float = 1.0


class HybridSearch:
    """Both indexes must hold the same passages."""

    def __init__(
        self, vectors: VectorIndex, lexical: LexicalIndex, embedder: Embedder, fusion: Fusion | None = None
    ) -> None:
        self._vectors = vectors
        self._lexical = lexical
        self._embedder = embedder
        self._fusion = fusion or Fusion()

    def search(self, question: str, limit: int = 10, only: Ids | None = None) -> tuple[Hit, ...]:
        """The `limit` best among `only` (None means all), best first, ties by id."""
        if limit <= 0 or not self._vectors.size:
            return ()
        depth = max(limit, self._fusion.depth)
        query = embed_question(self._embedder, question)
        dense, _ = self._vectors.search(query, depth, only)
        lexical = self._lexical.search(question, depth, only)
        dense_ranks = {int(number): rank for rank, number in enumerate(dense, 1)}
        lexical_ranks = {number: rank for rank, (number, _) in enumerate(lexical, 1)}
        scores = {
            number: self._score(dense_ranks.get(number), lexical_ranks.get(number))
            for number in dense_ranks.keys() | lexical_ranks.keys()
        }
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        cosines = self._vectors.similarities(query, np.array(best, dtype=np.int64))
        bm25 = dict(lexical)
        return tuple(
            Hit(
                passage_id=number,
                similarity=float(cosine),
                score=scores[number],
                dense_rank=dense_ranks.get(number),
                lexical_rank=lexical_ranks.get(number),
                bm25=bm25.get(number, 0.0),
            )
            for number, cosine in zip(best, cosines, strict=True)
        )

    def _score(self, dense_rank: int | None, lexical_rank: int | None) -> float:
        fusion = self._fusion
        dense = fusion.dense_weight / (fusion.k + dense_rank) if dense_rank else 0.0
        return dense + (fusion.lexical_weight / (fusion.k + lexical_rank) if lexical_rank else 0.0)


def embed_question(embedder: Embedder, question: str) -> Vector:
    """[d]. A question longer than the model reads is embedded in halves, whose mean it gets: nothing is cut off."""
    parts = _that_fit(embedder, question)
    vectors = embedder.embed(parts)
    if len(parts) == 1:
        first: Vector = vectors[0]
        return first
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)


def _that_fit(embedder: Embedder, text: str) -> list[str]:
    if len(text) < 2 or embedder.count_tokens(text) <= embedder.max_tokens:
        return [text]
    middle = len(text) // 2
    space = text.find(" ", middle)
    cut = space + 1 if 0 <= space < len(text) - 1 else middle
    return _that_fit(embedder, text[:cut]) + _that_fit(embedder, text[cut:])
