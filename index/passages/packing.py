"""Fills passages with sentences, knowing only their sizes."""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct


class Sizes(Struct, frozen=True):
    """Running totals of sentences' sizes in two measures, each [sentences + 1], beginning with 0."""

    tokens: tuple[int, ...]
    model: tuple[int, ...]

    @classmethod
    def from_counts(cls, tokens: Sequence[int], model: Sequence[int]) -> "Sizes":
        return cls(tuple(accumulate(tokens, initial=0)), tuple(accumulate(model, initial=0)))


def pack(sizes: Sizes, budget: int, limit: int, overlap: int) -> list[tuple[int, int]]:
    """The sentences as [start, end) passages of at most `budget` of our tokens and `limit` of the model's.

    First as few passages as a greedy filling needs, then as even as that number allows: what a passage may add to the
    one before is lowered, by bisection, to the least that needs no more passages (the linear partition problem). Each
    passage begins with the last `overlap` sentences of the one before, or as many of them as leave room for a new one,
    but never with all of them. A sentence that is over a limit is a passage of its own. Time is linear in the number of
    sentences but for a factor log(budget).
    """
    best = _fill(sizes, budget, limit, overlap, budget)
    low, high = 1, budget
    while low < high and len(best) > 1:
        middle = (low + high) // 2
        tried = _fill(sizes, budget, limit, overlap, middle)
        if len(tried) <= len(best):
            best, high = tried, middle
        else:
            low = middle + 1
    return best


def _fill(sizes: Sizes, budget: int, limit: int, overlap: int, most_new: int) -> list[tuple[int, int]]:
    """Greedily: into each passage as much as fits, and no more than `most_new` tokens that are new."""
    tokens, model = sizes.tokens, sizes.model

    def fits(start: int, end: int) -> bool:
        return tokens[end] - tokens[start] <= budget and model[end] - model[start] <= limit

    passages: list[tuple[int, int]] = []
    new = 0
    while new < len(tokens) - 1:
        start = max(new - overlap, passages[-1][0] + 1) if passages else 0
        while start < new and not fits(start, new + 1):
            start += 1
        end = new + 1
        while end < len(tokens) - 1 and fits(start, end + 1) and tokens[end + 1] - tokens[new] <= most_new:
            end += 1
        passages.append((start, end))
        new = end
    return passages
