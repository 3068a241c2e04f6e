import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.errors import InputError
from index.models.model_folder import EMBEDDED
from qa.bootstrap import FEATURES, FITTED, Parts
from qa.confidence import Calibration, load_calibration
from qa.datasets.question_set import Example, Gold
from qa.evaluation.evaluation import Outcome, at_threshold
from qa.reading.features import NAMES
from qa.reading.neural import TrainedReader
from qa.training.calibrating import choose_threshold, fit_calibration
from qa.training.fitting import FIXED, Group, blended, collect, fit_weights
from qa.training.fitting import NAMES as NAMES_BY_READER
from tests.paths import SEEDS
from tests.qa.evaluation.test_evaluation import RIGHT
from tests.replies import ENVOY

TRUE = {"similarity": 3.0, "recall": 1.5, "length": -0.8}


def groups(weights: dict[str, float], count: int = 500, scale: float = 1.0) -> list[Group]:
    """Sentences with random features, one of each group right, drawn by softmax of the scores. scale: of the features
    whose weights are fitted."""
    random = np.random.default_rng(7)
    vector = np.array([(FIXED | weights).get(name, 0.0) for name in NAMES])
    scales = np.array([1.0 if name in FIXED else scale for name in NAMES])
    made = []
    for _ in range(count):
        features = random.normal(size=(8, len(NAMES)))
        features[:, NAMES.index("opening")] = 1.0  # never varies
        scores = features @ vector
        chances = np.exp(scores - scores.max())
        right = np.zeros(8, dtype=np.bool_)
        right[random.choice(8, p=chances / chances.sum())] = True
        made.append(Group(features * scales, right))
    return made


def test_weights_that_made_the_choices_are_found_again() -> None:
    found = fit_weights(groups(TRUE), NAMES, penalty=1e-3)
    for name in set(NAMES) - set(FIXED):
        assert found.get(name, 0.0) == pytest.approx(TRUE.get(name, 0.0), abs=0.35), name


def test_what_never_varies_has_no_weight_and_what_is_not_learnt_is_as_told() -> None:
    found = fit_weights(groups(TRUE, count=50), NAMES)
    assert "opening" not in found
    assert {name: found[name] for name in FIXED} == FIXED
    assert set(found) <= set(NAMES)


def test_the_scale_of_the_features_does_not_matter() -> None:
    plain, large = fit_weights(groups(TRUE), NAMES), fit_weights(groups(TRUE, scale=100.0), NAMES)
    for name in TRUE:
        assert large[name] == pytest.approx(plain[name] / 100, rel=0.02)


def test_a_stronger_penalty_keeps_weights_small() -> None:
    free, held = fit_weights(groups(TRUE), NAMES), fit_weights(groups(TRUE), NAMES, penalty=1.0)
    assert abs(held["similarity"]) < abs(free["similarity"])


def test_several_right_sentences_share_their_group() -> None:
    features = np.zeros((4, len(NAMES)))
    features[:2, NAMES.index("recall")] = 1.0
    found = fit_weights([Group(features, np.array([True, True, False, False]))], NAMES)
    assert found["recall"] > 0


def test_the_names_are_the_readers_own() -> None:
    assert NAMES_BY_READER.keys() == FITTED.keys()
    made = [Group(np.array([[0.0, 1.0], [1.0, 0.5]]), np.array([False, True]))]
    assert fit_weights(made, ("evidence", "span")).keys() - FIXED.keys() == {"evidence"}
    assert fit_weights(made, ("span", "evidence")).keys() - FIXED.keys() == {"span"}


def test_what_speaks_for_an_answer_never_counts_against_one() -> None:
    made = groups({"recall": -2.0, "length": -2.0}, count=50)
    found = fit_weights(made, NAMES)
    assert found.get("recall", 0.0) == 0.0
    assert found["length"] < 0


def test_without_groups_there_is_nothing_to_fit() -> None:
    with pytest.raises(InputError, match="No question"):
        fit_weights([], NAMES)


def test_calibration_orders_by_what_told_right_from_wrong_and_is_of_the_right_size() -> None:
    random = np.random.default_rng(3)
    good, noise = random.normal(size=3000), random.normal(size=3000)
    right = random.random(3000) < 1 / (1 + np.exp(-(1.2 * good - 0.5)))
    signals = [{"recall": 50 * float(g) + 100, "lead": float(n)} for g, n in zip(good, noise, strict=True)]
    intercept, weights = fit_calibration(signals, list(map(bool, right)))
    fitted = Calibration(intercept, weights, threshold=0.5)
    assert (
        fitted.confidence({"recall": 50.0}) > fitted.confidence({"recall": 0.0}) > fitted.confidence({"recall": -50.0})
    )
    assert weights["recall"] == pytest.approx(1.2 / 50, rel=0.15)
    assert abs(weights.get("lead", 0.0)) < 0.1
    confidences = [fitted.confidence(row) for row in signals]
    assert np.mean(confidences) == pytest.approx(np.mean(right), abs=0.02)
    sure = [r for r, confidence in zip(right, confidences, strict=True) if confidence > 0.7]
    assert np.mean(sure) > 0.7


def test_a_signal_that_is_missing_or_never_varies_does_no_harm() -> None:
    signals = [{"recall": 1.0, "form": 1.0}, {"recall": 0.0}, {"recall": 0.9, "form": 1.0}, {"recall": 0.2}] * 20
    steady = [{**row, "similarity": 0.3} for row in signals]
    intercept, weights = fit_calibration(steady, [True, False] * 40)
    assert all(map(math.isfinite, (intercept, *weights.values())))
    fitted = Calibration(intercept, weights, threshold=0.5)
    assert fitted.confidence(steady[0]) > 0.5 > fitted.confidence(steady[1])


def outcomes(rows: list[tuple[float, bool]]) -> list[Outcome]:
    """Of questions with these confidences; whether each can be answered, and then was."""
    return [replace(RIGHT, confidence=confidence, answerable=right, first=right) for confidence, right in rows]


confidences = st.lists(st.floats(0, 1).map(lambda value: round(value, 4)), min_size=1, max_size=40)


@given(confidences, confidences, st.floats(0, 1, exclude_max=True))
@example([0.5, 0.5, 0.5, 0.9], [0.1], 0.5)
def test_the_bar_keeps_its_promise_and_a_higher_one_would_not(
    answerable: list[float], others: list[float], most_false: float
) -> None:
    asked = outcomes([(confidence, True) for confidence in answerable] + [(c, False) for c in others])
    threshold = choose_threshold(asked, most_false)

    def unanswered(threshold: float) -> int:
        return sum(not at_threshold(replace(o, answered=True), threshold).answered for o in asked if o.answerable)

    assert unanswered(threshold) <= most_false * len(answerable)
    assert unanswered(math.nextafter(threshold, 2.0)) > most_false * len(answerable)


def test_without_answerable_questions_nothing_is_held_back() -> None:
    assert choose_threshold(outcomes([(0.5, False)]), 0.1) == 0.0
    assert choose_threshold([], 0.1) == 0.0


def test_all_of_them_may_go_unanswered() -> None:
    assert choose_threshold(outcomes([(0.2, True), (0.4, True)]), 1.0) > 0.4


def test_sentences_are_collected_with_what_is_right(parts: Parts) -> None:
    source = "000_70440dd45b37daba.txt"
    text = (SEEDS / source).read_bytes().decode()
    start = text.index("In May, the Japanese government sent Takaya Imai")
    gold = Gold(source, start, start + 100, ("Takaya Imai",))
    right = Example("1", ENVOY, (gold,))
    left_out = [
        Example("2", "Who burned the mill?", ()),
        Example("3", "And why?", (gold,), turns=(ENVOY,)),
        Example("4", ENVOY, (Gold("elsewhere.txt", 0, 10, ()),)),
    ]
    (group,) = collect(parts, [right, *left_out])
    kind = EMBEDDED if isinstance(parts.reader, TrainedReader) else FEATURES
    assert group.features.shape == (len(group.right), len(NAMES_BY_READER[kind]))
    assert 1 <= group.right.sum() < len(group.right)
    recall = group.features[:, NAMES.index("recall")]
    assert recall[group.right].max() > recall[~group.right].mean()


def test_calibrations_are_mixed_by_log_odds() -> None:
    name = FITTED[EMBEDDED].calibration
    old, made = load_calibration(name), Calibration(1.0, {"similarity": 2.0}, 0.0, EMBEDDED, "new")
    assert blended(made, name, 1.0) == made
    mixed = blended(made, name, 0.25)
    assert mixed.intercept == pytest.approx(0.25 + 0.75 * old.intercept, abs=1e-4)
    assert mixed.weights["similarity"] == pytest.approx(0.5 + 0.75 * old.weights["similarity"], abs=1e-4)
    assert mixed.weights["lead"] == pytest.approx(0.75 * old.weights["lead"], abs=1e-4)
    assert mixed.fitted_on.endswith("(75%); new (25%)")
