"""Hybrid retrieval: nearest by meaning and best by words, fused by weighted reciprocal rank.

Reciprocal rank fusion: Cormack, Clarke and Buettcher, SIGIR 2009. A passage's score is the sum over both lists of
weight / (k + rank). `FusionWeights` says what fitted its constants.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from index.models.embedding import Embedder, embed_any
from index.search.lexical import LexicalIndex
from index.search.vectors import VectorIndex
from index.types import Hit, Ids, Matrix, Vector


class FusionWeights(Struct, frozen=True):
    """How two ranked lists become one. depth: passages taken from each. k: added to a rank; the larger it is, the less
    the first places stand out. dense_weight, lexical_weight: of the lists by meaning and by words.
    paraphrase_weight: of what the question in other words finds, against its own.

    depth by hand; k and the weights by `python -m tests.bench.retrieval` with sentence vectors on 2026-11-22
    (21ede15); paraphrase_weight by hand on 2026-11-22 (3afafba).
    """

    depth: int = 50
    k: float = 2.0
    dense_weight: float = 0.85
    lexical_weight: float = 1.0
    paraphrase_weight: float = 1.0


class SentenceVectors(Protocol):
    """Vectors of the sentences of passages."""

    def sentence_vectors(self, model_id: str, ids: Ids) -> tuple[Ids, Matrix]:
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
        fusion: FusionWeights | None = None,
    ) -> None:
        self._vectors = vectors
        self._lexical = lexical
        self._embedder = embedder
        self._sentences = sentences
        self._fusion = fusion or FusionWeights()

    def search(
        self, question: str, limit: int = 10, only: Ids | None = None, paraphrases: Sequence[str] = ()
    ) -> tuple[Hit, ...]:
        """The `limit` best among `only` (None means all), best first, ties by id.

        paraphrases: the question in other words; what one of them finds counts by the weight `paraphrase_weight`.
        """
        if limit <= 0 or not self._vectors.size:
            return ()
        asked = list(dict.fromkeys((question, *paraphrases)))
        queries = embed_any(self._embedder, asked)
        found = [self._listed(text, query, limit, only) for text, query in zip(asked, queries, strict=True)]
        hits = _merged(found, self._fusion.paraphrase_weight) if len(found) > 1 else found[0]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit])

    def _listed(self, question: str, query: Vector, limit: int, only: Ids | None) -> list[Hit]:
        """All that is found for one wording, in no order."""
        depth = max(limit, self._fusion.depth)
        dense = _ranks(self._vectors.search(query, depth, only)[0].tolist())
        bm25 = dict(self._lexical.search(question, depth, only))
        lexical = _ranks(bm25)
        found = sorted(dense.keys() | lexical.keys())
        cosines = dict(zip(found, self._vectors.similarities(query, np.array(found, np.int64)).tolist(), strict=True))
        meaning = self._meaning(query, cosines)
        by_meaning = _ranks(sorted(found, key=lambda number: (-meaning[number], number)))
        return [
            Hit(
                passage_id=number,
                similarity=cosines[number],
                score=self._score(by_meaning[number], lexical.get(number)),
                dense_rank=dense.get(number),
                lexical_rank=lexical.get(number),
                bm25=bm25.get(number, 0.0),
            )
            for number in found
        ]

    def _meaning(self, query: Vector, cosines: dict[int, float]) -> dict[int, float]:
        """Of each passage the sum of its cosine and its nearest sentence's; only its order counts."""
        if self._sentences is None or not cosines:
            return cosines
        owners, matrix = self._sentences.sentence_vectors(self._embedder.model_id, np.array(list(cosines), np.int64))
        nearest: dict[int, float] = {}
        for owner, cosine in zip(owners.tolist(), (matrix @ query).tolist() if len(owners) else [], strict=True):
            nearest[owner] = max(nearest.get(owner, -1.0), cosine)
        return {number: cosine + nearest.get(number, cosine) for number, cosine in cosines.items()}

    def _score(self, dense_rank: int, lexical_rank: int | None) -> float:
        fusion = self._fusion
        dense = fusion.dense_weight / (fusion.k + dense_rank)
        return dense + (fusion.lexical_weight / (fusion.k + lexical_rank) if lexical_rank else 0.0)


def _merged(found: Sequence[Sequence[Hit]], weight: float) -> list[Hit]:
    """The hits of a question (first) and of its rephrasings: to a passage's own score comes `weight` of the best it has
    here; all else is of the wording that finds it nearer."""
    own = {hit.passage_id: hit for hit in found[0]}
    others: dict[int, Hit] = {}
    for hit in (hit for hits in found[1:] for hit in hits):
        if hit.passage_id not in others or hit.score > others[hit.passage_id].score:
            others[hit.passage_id] = hit
    merged = []
    for number in sorted(own.keys() | others.keys()):
        one, two = own.get(number), others.get(number)
        score = (one.score if one else 0.0) + (weight * two.score if two else 0.0)
        nearer = max((hit for hit in (one, two) if hit), key=lambda hit: hit.score)
        merged.append(replace(nearer, score=score))
    return merged


def _ranks(ordered: Iterable[int]) -> dict[int, int]:
    return {number: rank for rank, number in enumerate(ordered, 1)}
