"""Refitting confidence and threshold: the arithmetic on made outcomes, and the real reader on short documents."""

import math
import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import InputError
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.bootstrap import Parts
from qa.confidence import Calibration, load_calibration
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.conversations.history import History, open_database
from qa.datasets.synthetic import make_questions
from qa.evaluation.evaluation import Outcome
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, load_weights
from qa.training.calibrating import RULES, Scaling, ask_all, effect, error_curve, fit_logistic, fit_scaling, refit
from tests.paths import TOWNS
from tests.small_model import small_pipeline

OLD = Calibration(intercept=0.5, weights={"score": 2.0}, threshold=0.3, reader="r1", fitted_on="ten sets")
BLANK = Outcome(
    qid="q", kind="who", answerable=True, answered=True, confidence=0.5, rank=1, first=True, any_cited=True,
    all_cited=True, cited=1, cited_right=1, short=None, exact=False, f1=0.0, contained=False, milliseconds=1.0,
)  # fmt: skip
confidences = st.integers(1, 9999).map(lambda number: number / 10_000)
pairs = st.lists(st.tuples(confidences, st.sampled_from([0.0, 1.0])), max_size=60)


def outcomes(true: Scaling, count: int, seed: int = 0) -> list[Outcome]:
    """Outcomes whose chance of being right is `true` of their confidence."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        confidence = round(draw.uniform(0.02, 0.98), 4)
        right = draw.random() < true.confidence(confidence)
        made.append(
            replace(BLANK, qid=str(number), confidence=confidence, first=right, answerable=right or number % 2 > 0)
        )
    return made


@given(pairs)
def test_a_curve_rises_in_bars_and_falls_in_wrong_answers(found: list[tuple[float, float]]) -> None:
    curve = error_curve(found, fewest=3)
    assert bool(curve) == (len(found) >= 3)
    replace(OLD, curve=curve)  # checks itself
    for (low, more), (high, less) in pairwise(curve):
        assert low < high
        assert more >= less


@given(pairs)
def test_a_share_that_falls_by_itself_is_told_as_it_is(found: list[tuple[float, float]]) -> None:
    """Where the plain shares fall already nothing is pooled, so that each is its threshold's own."""
    curve = error_curve(found, fewest=1)
    plain = []
    for threshold, _ in curve:
        given_there = [right for confidence, right in found if confidence >= threshold]
        plain.append(1 - sum(given_there) / len(given_there))
    thresholds = sorted({confidence for confidence, _ in found})
    if len(curve) == len(thresholds):
        assert [wrong for _, wrong in curve] == pytest.approx(plain, abs=1e-4)


def test_the_curve_of_a_few_answers_by_hand() -> None:
    found = [(0.2, 0.0), (0.4, 0.0), (0.6, 1.0), (0.8, 1.0)]
    # 2 of 4, 1 of 3, then none: the last two thresholds are one
    assert error_curve(found, fewest=1) == ((0.0, 0.5), (0.3, 0.33333), (0.5, 0.0))
    assert error_curve(found, fewest=3) == ((0.0, 0.5), (0.3, 0.33333))
    # 1 of 3, 1 of 2, 1 of 1, pooled: 3 of 6
    assert error_curve([(0.2, 1.0), (0.4, 1.0), (0.6, 0.0)], fewest=1) == ((0.0, 0.5),)
    assert error_curve([*found, (0.0, 0.0)], fewest=1) == error_curve(found, fewest=1), "nothing found is no answer"


def test_a_threshold_takes_twenty_answers_to_be_told_of() -> None:
    rights = [(0.9, 1.0)] * 19
    assert error_curve(rights) == ()
    assert error_curve([*rights, (0.9, 0.0)]) == ((0.0, 0.05),)
    assert len(error_curve([(0.1, 0.0), *rights])) == 1, "19 are left at the upper threshold"


def test_thirty_questions_with_five_right_and_five_wrong_ones_are_enough() -> None:
    def seen(right: int, wrong: int) -> list[Outcome]:
        return [replace(BLANK, confidence=0.8)] * right + [replace(BLANK, confidence=0.2, first=False)] * wrong

    assert refit(OLD, seen(25, 5), 0.5, "few").questions == 30
    assert refit(OLD, seen(5, 25), 0.5, "few").questions == 30
    for right, wrong in ((24, 5), (26, 4), (4, 26)):
        with pytest.raises(InputError):
            refit(OLD, seen(right, wrong), 0.5, "too few")


def test_a_logistic_fit_keeps_its_bounds_and_its_penalty_spares_the_intercept() -> None:
    table = np.column_stack([np.ones(400), np.linspace(-2.0, 2.0, 400)])
    target = 1.0 / (1.0 + np.exp(-(table @ [0.5, 1.5])))
    free = [(None, None), (None, None)]
    assert fit_logistic(table, target, free) == pytest.approx([0.5, 1.5], abs=1e-3)
    assert fit_logistic(table, target, [(None, None), (None, 0.0)])[1] == 0.0
    assert fit_logistic(table, target, [(0.7, None), (None, 1.0)], start=[1.0, 1.0]) == pytest.approx([0.7, 1.0])
    intercept, weight = fit_logistic(table, np.full(400, 0.9), free, penalty=100.0)
    assert (intercept, weight) == pytest.approx((math.log(9.0), 0.0), abs=1e-3)


@given(st.floats(0.2, 3.0), st.floats(-2.0, 2.0), st.floats(-4.0, 4.0))
def test_a_scaled_calibration_gives_the_scaled_confidence(slope: float, shift: float, signal: float) -> None:
    scaling = Scaling(slope, shift)
    old = OLD.confidence({"score": signal})
    assert scaling.calibration(OLD).confidence({"score": signal}) == pytest.approx(scaling.confidence(old), abs=2e-4)


@given(st.floats(0.01, 20), st.floats(-5, 5), confidences, confidences)
def test_scaling_keeps_the_order_and_nothing_found_stays_nothing(
    slope: float, shift: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    scaling = Scaling(slope, shift)
    assert scaling.confidence(low) <= scaling.confidence(high)
    assert scaling.confidence(0.0) == 0.0


def test_what_was_wrong_with_confidence_is_found_again() -> None:
    found = fit_scaling([(o.confidence, float(o.first)) for o in outcomes(Scaling(0.6, 1.0), 4000)])
    assert found.slope == pytest.approx(0.6, abs=0.12)
    assert found.shift == pytest.approx(1.0, abs=0.15)


def test_a_confidence_that_is_the_wrong_way_round_is_flattened_and_told() -> None:
    seen = outcomes(Scaling(1.0, 0.0), 100)
    turned = [replace(o, confidence=round(1 - o.confidence, 4)) for o in seen]
    assert not refit(OLD, turned, 0.05, "made up").tells
    assert refit(OLD, seen, 0.05, "made up").tells
    with pytest.raises(ValueError, match="nothing was found"):
        fit_scaling([(0.0, 0.0)])


def test_a_refit_is_nearer_to_the_truth_and_keeps_the_error_rate_where_it_can() -> None:
    seen = outcomes(Scaling(1.5, 1.0), 400)
    found = refit(OLD, seen, 0.1, "of the mill")
    assert found.after.calibration_error < found.before.calibration_error
    assert (found.questions, found.kept, found.calibration.reader) == (400, True, "r1")
    assert found.calibration.fitted_on == "ten sets; refitted on 400 questions of the mill"
    again = refit(found.calibration, seen, 0.1, "of the mill")
    assert again.calibration.fitted_on == found.calibration.fitted_on
    given_now = [o for o in seen if o.confidence >= 0.0]
    scaling = fit_scaling([(o.confidence, float(o.first)) for o in given_now])
    kept = [o for o in seen if scaling.confidence(o.confidence) >= found.calibration.threshold]
    assert len(kept) >= 20
    assert sum(not o.first for o in kept) / len(kept) <= 0.13
    assert found.after.wrong is not None
    assert found.after.at_most is not None
    assert found.after.wrong < found.after.at_most


def test_an_error_rate_that_no_bar_keeps_is_told() -> None:
    draw = random.Random(1)
    seen = [replace(o, first=draw.random() < 0.5) for o in outcomes(Scaling(1.0, 0.0), 100)]
    found = refit(OLD, seen, 0.01, "tossed")
    assert not found.kept
    assert found.calibration.threshold == found.calibration.curve[-1][0]


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        ([], f"0 questions, and it takes at least {RULES.questions}"),
        ([BLANK] * 29, f"29 questions, and it takes at least {RULES.questions}"),
        ([BLANK] * 20 + [replace(BLANK, confidence=0.0, answered=False, first=False)] * 20, "20 for which nothing"),
        ([BLANK] * 40, "40 are right and 0 wrong"),
        ([replace(BLANK, first=False)] * 40 + [BLANK] * 4, "4 are right and 40 wrong"),
    ],
)
def test_too_few_questions_are_told_with_their_number(seen: list[Outcome], says: str) -> None:
    with pytest.raises(InputError, match=says):
        refit(OLD, seen, 0.05, "few")


def test_an_effect_counts_what_a_threshold_leaves_unanswered() -> None:
    wrong = replace(BLANK, first=False, answerable=False, confidence=0.6)
    low = replace(wrong, confidence=0.1)
    found = effect([BLANK, wrong, low, replace(BLANK, confidence=0.2)], [0.3] * 4)
    assert (found.answered, found.wrong) == (0.5, 0.5)
    assert (found.right_abstentions, found.false_abstentions) == (0.5, 0.5)
    assert found.at_most == pytest.approx(0.9055, abs=1e-3)  # Wilson's for 1 of 2
    nothing = effect([low], [1.0])
    assert (nothing.answered, nothing.wrong, nothing.at_most) == (0.0, None, None)
    assert math.isclose(nothing.calibration_error, 0.1)


def test_a_refitted_calibration_gives_real_answers_the_confidence_it_was_fitted_to(tmp_path: Path) -> None:
    pipeline = small_pipeline()
    with Store.open(tmp_path / FILE_NAME) as store:
        sync(TOWNS, store, pipeline)
    old = load_calibration()
    with Corpus.open(tmp_path, pipeline) as corpus, open_database(tmp_path / HISTORY_FILE) as database:
        reader, history = FeatureReader(corpus, load_weights()), History(database)
        parts = Parts(corpus, reader, Answerer(corpus, reader, old, history), history)
        examples = make_questions(corpus)
        asked: list[int] = []
        before = ask_all(parts, old, examples, lambda done, _: asked.append(done))
        found = refit(old, before, 0.2, "made")
        after = ask_all(parts, found.calibration, examples)
    assert asked == list(range(1, len(examples) + 1))
    assert found.tells, "made questions are easy, and swapped ones are not answered as surely"
    scaling = fit_scaling([(outcome.confidence, float(outcome.first)) for outcome in before])
    for was, is_now in zip(before, after, strict=True):
        assert is_now.confidence == pytest.approx(scaling.confidence(was.confidence), abs=2e-3)
        assert is_now.first == was.first
    given_now = [outcome for outcome in after if outcome.confidence >= found.calibration.threshold]
    assert not found.kept or sum(not outcome.first for outcome in given_now) / len(given_now) <= 0.25
