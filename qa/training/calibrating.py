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
from scipy.optimize import isotonic_regression, minimize

from index.errors import InputError
from qa.bootstrap import Parts
from qa.confidence import Calibration
from qa.datasets.question_set import Example
from qa.evaluation.calibration_metrics import Scored, calibration_error, risk_coverage
from qa.evaluation.evaluation import Outcome, at_threshold, evaluate, scored, summarise_outcomes
from qa.evaluation.tables import wilson
from qa.pipeline import Answerer


class FitRules(Struct, frozen=True):
    """What fitting takes, and how far it goes. Set by hand (2026-11-22); no bench has chosen
    them.

    questions: at least, besides those for which nothing was found. of_each: at least so many right answers, and wrong
    ones. answers: at a threshold, below which a share wrong says too little. least_slope: of log-odds; above 0, so that
    order stays. folds: parts, each judged by a fit to the others. nearest: to 0 and 1 that a confidence is taken for,
    half of its last place. penalty: L2, of weights of signals of unit deviation. least_weight: one nearer to 0 is none.
    """

    questions: int = 30
    of_each: int = 5
    answers: int = 20
    least_slope: float = 0.01
    folds: int = 5
    nearest: float = 5e-5
    penalty: float = 3e-3
    least_weight: float = 1e-4


RULES = FitRules()
_REFITTED = "; refitted on "
Floats = NDArray[np.float64]
Bounds = tuple[float | None, float | None]
_ANY: Bounds = (None, None)
_FOR: Bounds = (0.0, None)
_AGAINST: Bounds = (None, 0.0)
# Signals speak for an answer unless they are here: what the sets happen to say otherwise does not carry over.
_SIGNS = dict.fromkeys(
    (
        "names_missing",
        "numbers_missing",
        "no_form",
        "no_count",
        "contrary",
        "name_absent",
        "says_nothing_new",
        "no_reason",
    ),
    _AGAINST,
)
# Weights by hand: the sets have no questions about documents, and next to none by a version or clause, or with a sign
# of a near miss, to learn from.
_FIXED_SIGNALS = {
    "states_field": 4.0, "value_share": 2.5, "contrary": -4.0, "name_absent": -4.0, "says_nothing_new": -3.0,
    "no_reason": -2.0,
}  # fmt: skip


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
        return self.slope > RULES.least_slope


def ask_all(
    service: Parts,
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
    table = np.column_stack([np.ones(len(old)), old])
    shift, slope = fit_logistic(table, target, [(-40, 40), (RULES.least_slope, 20)], start=[0.0, 1.0])
    return Scaling(round(float(slope), 4), round(float(shift), 4))


def fit_calibration(signals: Sequence[dict[str, float]], right: Sequence[bool]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a logistic regression of `right` on signals of unit deviation, scaled back.

    A signal that can only speak for an answer, or only against it, keeps that sign: what the sets happen to say
    otherwise does not carry over to other corpora.
    """
    names = sorted({name for row in signals for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in signals])
    mean, scale = table.mean(axis=0), table.std(axis=0)
    scale[scale < 1e-6] = np.inf  # a signal that never varies gets no weight
    scaled = np.column_stack([np.ones(len(table)), (table - mean) / scale])
    bounds = [_ANY, *(_signal_bounds(name, float(width)) for name, width in zip(names, scale, strict=True))]
    intercept, *found = fit_logistic(scaled, np.array(right, dtype=np.float64), bounds, penalty=RULES.penalty)
    weights = np.array(found) / scale
    kept = {
        name: round(float(weight), 4)
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) > RULES.least_weight
    }
    return round(float(intercept - weights @ mean), 4), kept | _FIXED_SIGNALS


def _signal_bounds(name: str, width: float) -> Bounds:
    """A fixed weight stays what it is while the others are fitted."""
    if name in _FIXED_SIGNALS and np.isfinite(width):
        return _FIXED_SIGNALS[name] * width, _FIXED_SIGNALS[name] * width
    return _SIGNS.get(name, _FOR)


def fit_logistic(
    table: Floats,
    target: Floats,
    bounds: Sequence[Bounds],
    *,
    penalty: float = 0.0,
    start: Sequence[float] | None = None,
) -> Floats:
    """The likeliest weights [columns], within their bounds, of a logistic regression of target [rows], each 0 to 1, on
    table [rows, columns]. penalty: L2, of all weights but the first column's, the intercept."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = table @ weights
        slack = 1.0 / (1.0 + np.exp(-score)) - target
        decay = np.concatenate([[0.0], weights[1:]])
        value = float(np.mean(np.logaddexp(0.0, score) - target * score)) + penalty * float(decay @ decay)
        return value, table.T @ slack / len(table) + 2 * penalty * decay

    begin = np.zeros(table.shape[1]) if start is None else np.array(start)
    best: Floats = minimize(loss, begin, jac=True, bounds=bounds, method="L-BFGS-B").x
    return best


def error_curve(pairs: Scored, fewest: int = RULES.answers) -> tuple[tuple[float, float], ...]:
    """`Calibration.curve` of (confidence, whether right) pairs: thresholds, and the share wrong of what is at or above
    each.

    Thresholds at which fewer than `fewest` are given are left out. Shares are made to fall with the threshold by
    pooling neighbours that do not (isotonic regression, weighed by how many are given; Ayer et al., "An Empirical
    Distribution Function for Sampling with Incomplete Information", 1955). Confidences have four places; thresholds lie
    half way between them. Zeros, for which nothing was found, are left out. Empty for too few pairs.
    """
    found = [(confidence, right) for confidence, right in pairs if confidence > 0.0]
    rising = risk_coverage(found)[::-1]
    given = np.array([round(point.answered * len(found)) for point in rising])
    points = rising[: int(np.count_nonzero(given >= fewest))]
    if not points:
        return ()
    pooled = isotonic_regression(
        [1.0 - point.right for point in points], weights=given[: len(points)], increasing=False
    )
    curve: dict[float, float] = {}  # the lowest threshold of each share
    for number, share in enumerate(np.clip(pooled.x, 0.0, 1.0)):
        middle = round((points[number - 1].threshold + points[number].threshold) / 2, 5) if number else 0.0
        if not curve or middle > max(curve.values()):  # too near to the one before to be told from it
            curve.setdefault(round(float(share), 5), middle)
    return tuple((threshold, share) for share, threshold in curve.items())


def choose_threshold(outcomes: Sequence[Outcome], most_false: float) -> float:
    """The highest threshold at which at most `most_false` of the answerable questions go unanswered."""
    confidences = [*sorted(outcome.confidence for outcome in outcomes if outcome.answerable), 1.0]
    return confidences[int(most_false * (len(confidences) - 1))] if len(confidences) > 1 else 0.0


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
        at_most=None if wrong is None else wilson(wrong, figures.answered)[1],
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
    for fold in range(RULES.folds):
        scaling, curve = _fit([outcome for number, outcome in enumerate(ordered) if number % RULES.folds != fold])
        threshold = replace(calibration, curve=curve).threshold_for(max_error_rate)
        for outcome in ordered[fold :: RULES.folds]:
            seen.append(replace(outcome, confidence=scaling.confidence(outcome.confidence)))
            thresholds.append(threshold)
    return effect(seen, thresholds)


def _check_enough(outcomes: Sequence[Outcome]) -> None:
    found = [outcome for outcome in outcomes if outcome.confidence > 0]
    if len(found) < RULES.questions:
        nothing = len(outcomes) - len(found)
        besides = f" besides {nothing} for which nothing was found" * bool(nothing)
        raise InputError(
            f"There are {len(found)} questions{besides}, and it takes at least {RULES.questions}: add some."
        )
    right = sum(outcome.first for outcome in found)
    if min(right, len(found) - right) < RULES.of_each:
        add = "questions that the documents answer" if right < RULES.of_each else "harder or unanswerable questions"
        raise InputError(
            f"Of {len(found)} answers {right} are right and {len(found) - right} wrong, and it takes at least "
            f"{RULES.of_each} of each to learn to tell them apart: add {add}."
        )


def _log_odds(confidence: float) -> float:
    kept = min(max(confidence, RULES.nearest), 1.0 - RULES.nearest)
    return math.log(kept / (1.0 - kept))
