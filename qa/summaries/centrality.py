"""How central each sentence of a text is: continuous LexRank over sentence vectors (Erkan and Radev, JAIR 2004)."""

import numpy as np
from numpy.typing import NDArray

from index.types import Matrix
from qa.summaries.limits import SUMMARY_LIMITS

Scores = NDArray[np.float64]  # [n]
_STEPS = 100
_SETTLED = 1e-6


def centrality(vectors: Matrix, bias: Scores | None = None) -> Scores:
    """The share of a random walk over the sentences that each one gets, the highest as 1. vectors: [n, d], rows
    L2-normalised. bias: [n], where the walk begins anew, evenly where it is not given. Of n sentences n² cosines are
    held, so the caller bounds n."""
    count = len(vectors)
    if not count:
        return np.zeros(0)
    likeness = np.asarray(vectors @ vectors.T, dtype=np.float64)
    likeness[likeness < SUMMARY_LIMITS.likeness] = 0.0
    np.fill_diagonal(likeness, 0.0)
    out = likeness.sum(axis=1, keepdims=True)
    steps = np.divide(likeness, out, out=np.full_like(likeness, 1.0 / count), where=out > 0)
    start = np.full(count, 1.0 / count) if bias is None or bias.sum() <= 0 else bias / bias.sum()
    rank = start.copy()
    for _ in range(_STEPS):
        after = SUMMARY_LIMITS.damping * (rank @ steps) + (1 - SUMMARY_LIMITS.damping) * start
        if np.abs(after - rank).sum() < _SETTLED:
            break
        rank = after
    return np.asarray(rank / rank.max())


def chosen(scores: Scores, vectors: Matrix, groups: NDArray[np.int64], most: int) -> list[int]:
    """The places of `most` sentences, best first: those with the highest scores, less what they share with the ones
    chosen already (maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998) and less for each of their group.
    None that says the same as another. scores: -inf for one not to be chosen."""
    limits = SUMMARY_LIMITS
    picked: list[int] = []
    worth = scores.astype(np.float64).copy()
    nearest = np.zeros(len(scores))
    taken = np.zeros(int(groups.max(initial=0)) + 1)
    while len(picked) < most and len(worth):
        value = worth - limits.novelty * nearest - limits.section * taken[groups]
        value[nearest >= limits.same] = -np.inf
        best = int(np.argmax(value))
        if not np.isfinite(value[best]):
            break
        picked.append(best)
        worth[best] = -np.inf
        taken[groups[best]] += 1
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return picked
