"""Fitting confidence and threshold to a corpus by questions on it, so few that only two numbers can be learnt from
them.

After Platt, "Probabilistic Outputs for Support Vector Machines" (1999): the new log-odds are slope * old log-odds +
shift, and the targets are drawn in a little from 0 and 1. The slope stays above 0, so the order of answers does too.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.errors import InputError
from qa.bootstrap import Service
from qa.confidence import Calibration
from qa.datasets.question_set import Example
from qa.evaluation.calibration_metrics import Scored, calibration_error, risk_coverage
from qa.evaluation.evaluation import Outcome, at_threshold, evaluate, scored, summarise_outcomes
from qa.pipeline import Answerer

FEWEST = 30  # questions
FEWEST_OF_EACH = 5  # right answers, and wrong ones
_FEWEST_GIVEN = 20  # answers at a threshold, below which a share wrong says too little
_LEAST_SLOPE = 0.01
_FOLDS = 5
_ROUNDED = 5e-5  # confidences are rounded to four places: no nearer to 0 and 1 than this
_REFITTED = "; refitted on "
Floats = NDArray[np.float64]


class Scaling(Struct, frozen=True):
    """New log-odds = slope * old log-odds + shift."""

    slope: float
    shift: float

    def confidence(self, old: float) -> float:
        """The new confidence of an old one, rounded to four places as a reply's is; 0, nothing found, stays 0."""
        return round(1.0 / (1.0 + math.exp(-(self.slope * _log_odds(old) + self.shift))), 4) if old else 0.0

    def calibration(self, old: Calibration) -> Calibration:
        """The calibration that gives the new confidences; its threshold gives the answers the old one did."""
        return replace(
            old,
            intercept=round(self.slope * old.intercept + self.shift, 6),
            weights={name: round(self.slope * weight, 6) for name, weight in old.weights.items()},
            threshold=self.confidence(old.threshold),
            curve=(),
        )


class Effect(Struct, frozen=True):
    """What a calibration does with the questions, each 0 to 1, None where nothing is to be counted.

    calibration_error: ECE. answered: share of all questions. wrong: share of the answers. at_most: what the share wrong
    is at most, with 95% confidence. right_abstentions: of the unanswerable, false_abstentions: of the answerable.
    """

    calibration_error: float
    answered: float
    wrong: float | None
    at_most: float | None
    right_abstentions: float | None
    false_abstentions: float | None


class Refit(Struct, frozen=True):
    """A new calibration. kept: whether its threshold keeps the error rate asked for. slope: near 0: confidence tells
    nothing.

    before: with the old calibration. after: with the new one, each question judged by a fit to the other four fifths.
    """

    calibration: Calibration
    questions: int
    answerable: int
    max_error_rate: float
    kept: bool
    slope: float
    before: Effect
    after: Effect

    @property
    def tells(self) -> bool:
        """Whether right answers were surer than wrong ones at all."""
        return self.slope > _LEAST_SLOPE


def ask_all(
    service: Service,
    calibration: Calibration,
    examples: Sequence[Example],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """Every question answered, with the confidence of `calibration`. Raises what `evaluate` does."""
    answerer = Answerer(service.corpus, service.reader, replace(calibration, threshold=0.0), service.history)
    return evaluate(answerer, examples, progress)


def refit(calibration: Calibration, outcomes: Sequence[Outcome], max_error_rate: float, questions: str) -> Refit:
    """Fit `calibration`, which gave the confidences of `outcomes`, to them, with the threshold for an error rate.

    questions: what they are, for the record. Raises InputError if they are too few, or (nearly) all right or all wrong.
    """
    _check_enough(outcomes)
    scaling, curve = _fit(outcomes)
    fitted_on = calibration.fitted_on.split(_REFITTED)[0] + f"{_REFITTED}{len(outcomes)} questions {questions}"
    new = replace(scaling.calibration(calibration), curve=curve, fitted_on=fitted_on)
    return Refit(
        calibration=replace(new, threshold=new.threshold_for(max_error_rate)),
        questions=len(outcomes),
        answerable=sum(outcome.answerable for outcome in outcomes),
        max_error_rate=max_error_rate,
        kept=new.keeps(max_error_rate),
        slope=scaling.slope,
        before=effect(outcomes, [calibration.threshold] * len(outcomes)),
        after=_held_out(calibration, outcomes, max_error_rate),
    )


def fit_scaling(pairs: Scored) -> Scaling:
    """Platt's: the likeliest slope, above 0, and shift for (confidence, whether right) pairs; zeros, for which nothing
    was found, are left out. Raises ValueError for no others."""
    found = [(confidence, right) for confidence, right in pairs if confidence > 0.0]
    if not found:
        raise ValueError("nothing was found for any question")
    old = np.array([_log_odds(confidence) for confidence, _ in found])
    right = np.array([value > 0 for _, value in found])
    yes, no = int(right.sum()), int((~right).sum())
    target = np.where(right, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(point: Floats) -> tuple[float, Floats]:
        score = point[0] * old + point[1]
        slack = 1.0 / (1.0 + np.exp(-score)) - target
        gradient = np.array([float(np.mean(slack * old)), float(np.mean(slack))])
        return float(np.mean(np.logaddexp(0.0, score) - target * score)), gradient

    best = minimize(loss, np.array([1.0, 0.0]), jac=True, bounds=[(_LEAST_SLOPE, 20), (-40, 40)], method="L-BFGS-B").x
    return Scaling(round(float(best[0]), 4), round(float(best[1]), 4))


def error_curve(pairs: Scored, fewest: int = _FEWEST_GIVEN) -> tuple[tuple[float, float], ...]:
    """`Calibration.curve` of (confidence, whether right) pairs: thresholds, and the share wrong of what is at or above
    each.

    Thresholds at which fewer than `fewest` are given are left out. Shares are made to fall with the threshold by
    pooling neighbours that do not (isotonic regression, weighed by how many are given; Ayer et al., "An Empirical
    Distribution Function for Sampling with Incomplete Information", 1955). Confidences have four places; thresholds lie
    half way between them. Zeros, for which nothing was found, are left out. Empty for too few pairs.
    """
    found = [(confidence, right) for confidence, right in pairs if confidence > 0.0]
    points = risk_coverage(found)[::-1]  # the lowest threshold first
    given = [round(point.answered * len(found)) for point in points]
    blocks: list[tuple[float, float, int]] = []  # the lowest threshold, wrong and given in all the block's points
    for number, point in enumerate(points):
        if given[number] < fewest:
            break
        below = points[number - 1].threshold if number else 0.0
        threshold = round((below + point.threshold) / 2, 5) if number else 0.0
        blocks.append((threshold, (1.0 - point.right) * given[number], given[number]))
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] <= blocks[-1][1] * blocks[-2][2]:
            _, wrong, count = blocks.pop()
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + wrong, blocks[-1][2] + count)
    return tuple((threshold, round(min(max(wrong / count, 0.0), 1.0), 5)) for threshold, wrong, count in blocks)


def effect(outcomes: Sequence[Outcome], thresholds: Sequence[float]) -> Effect:
    """What thresholds, one an outcome, do."""
    figures = summarise_outcomes(
        [at_threshold(outcome, threshold) for outcome, threshold in zip(outcomes, thresholds, strict=True)]
    )
    right = figures.selective_accuracy
    wrong = None if right is None else 1.0 - right
    return Effect(
        calibration_error=calibration_error(scored(outcomes)),
        answered=figures.answered / figures.questions,
        wrong=wrong,
        at_most=None if wrong is None else _upper(wrong, figures.answered),
        right_abstentions=figures.right_abstentions,
        false_abstentions=figures.false_abstentions,
    )


def _fit(outcomes: Sequence[Outcome]) -> tuple[Scaling, tuple[tuple[float, float], ...]]:
    pairs = scored(outcomes)
    scaling = fit_scaling(pairs)
    return scaling, error_curve([(scaling.confidence(confidence), right) for confidence, right in pairs])


def _held_out(calibration: Calibration, outcomes: Sequence[Outcome], max_error_rate: float) -> Effect:
    """What refitting does for questions it has not seen: by fifths, each with about its share of right answers."""
    ordered = sorted(outcomes, key=lambda outcome: (outcome.confidence > 0, outcome.first))  # stable: always alike
    seen: list[Outcome] = []
    thresholds: list[float] = []
    for fold in range(_FOLDS):
        scaling, curve = _fit([outcome for number, outcome in enumerate(ordered) if number % _FOLDS != fold])
        threshold = replace(calibration, curve=curve).threshold_for(max_error_rate)
        for outcome in ordered[fold::_FOLDS]:
            seen.append(replace(outcome, confidence=scaling.confidence(outcome.confidence)))
            thresholds.append(threshold)
    return effect(seen, thresholds)


def _check_enough(outcomes: Sequence[Outcome]) -> None:
    found = [outcome for outcome in outcomes if outcome.confidence > 0]
    if len(found) < FEWEST:
        nothing = len(outcomes) - len(found)
        besides = f" besides {nothing} for which nothing was found" * bool(nothing)
        raise InputError(f"There are {len(found)} questions{besides}, and it takes at least {FEWEST}: add some.")
    right = sum(outcome.first for outcome in found)
    if min(right, len(found) - right) < FEWEST_OF_EACH:
        add = "questions that the documents answer" if right < FEWEST_OF_EACH else "harder or unanswerable questions"
        raise InputError(
            f"Of {len(found)} answers {right} are right and {len(found) - right} wrong, and it takes at least "
            f"{FEWEST_OF_EACH} of each to learn to tell them apart: add {add}."
        )


def _log_odds(confidence: float) -> float:
    kept = min(max(confidence, _ROUNDED), 1.0 - _ROUNDED)
    return math.log(kept / (1.0 - kept))


def _upper(share: float, count: int) -> float:
    """The upper end of the 95% interval of a share: Wilson, "Probable Inference, the Law of Succession, and Statistical
    Inference", 1927."""
    z2 = 1.96**2
    middle = share + z2 / (2 * count)
    width = 1.96 * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    return min(1.0, (middle + width) / (1 + z2 / count))
