"""What a confidence is worth: how well it parts, how far it is what it says, and what a threshold on it does."""

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

Scored = Sequence[tuple[float, float]]  # confidence, and how right the reply is, each 0 to 1
_BINS = 10


class Bin(Struct, frozen=True):
    """Replies of about the same confidence: its mean, the share that is right, how many they are."""

    confidence: float
    right: float
    count: int


class Point(Struct, frozen=True):
    """What a threshold gives: the share of all that is answered, and how right that is on average."""

    threshold: float
    answered: float
    right: float


def auroc(yes: Sequence[float], no: Sequence[float]) -> float | None:
    """The chance that one of `yes` is higher than one of `no`, a tie counting half; None if either is empty.

    Mann and Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other", 1947.
    """
    if not yes or not no:
        return None
    ordered = sorted(no)
    return sum(bisect_left(ordered, each) + bisect_right(ordered, each) for each in yes) / (2 * len(yes) * len(no))


def risk_coverage(scored: Scored) -> list[Point]:
    """For each confidence as the threshold, falling; what has the same confidence is answered together."""
    ordered = sorted(scored, reverse=True)
    points = []
    right = 0.0
    for number, (confidence, value) in enumerate(ordered, 1):
        right += value
        if number == len(ordered) or ordered[number][0] < confidence:
            points.append(Point(confidence, number / len(ordered), right / number))
    return points


def reliability(scored: Scored) -> list[Bin]:
    """Ten bins of equal width by confidence, empty ones left out."""
    bins: dict[int, list[tuple[float, float]]] = {}
    for each in scored:
        bins.setdefault(min(int(each[0] * _BINS), _BINS - 1), []).append(each)
    return [
        Bin(statistics.fmean(c for c, _ in each), statistics.fmean(right for _, right in each), len(each))
        for _, each in sorted(bins.items())
    ]


def calibration_error(scored: Scored) -> float:
    """The expected calibration error (ECE), 0 to 1: how far confidence is from the share that is right, on average.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. Raises ValueError for nothing.
    """
    if not scored:
        raise ValueError("nothing was scored")
    return sum(each.count * abs(each.confidence - each.right) for each in reliability(scored)) / len(scored)
