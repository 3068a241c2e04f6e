from hypothesis import given
from hypothesis import strategies as st

from qa.confidence import LABELS, Calibration, label, load_calibration

CALIBRATION = Calibration(intercept=-1.0, weights={"score": 2.0, "lead": 0.5}, bar=0.4)
signals = st.dictionaries(st.sampled_from(["score", "lead", "unknown"]), st.floats(-1e6, 1e6), min_size=1)


@given(signals)
def test_confidence_is_a_probability(found: dict[str, float]) -> None:
    assert 0.0 <= CALIBRATION.confidence(found) <= 1.0


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_more_of_a_good_signal_never_lowers_it(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert CALIBRATION.confidence({"score": low}) <= CALIBRATION.confidence({"score": high})


def test_nothing_found_is_no_confidence() -> None:
    assert CALIBRATION.confidence({}) == 0.0


def test_labels_fall_with_confidence() -> None:
    assert [label(c) for c in (1.0, 0.85, 0.84, 0.7, 0.6, 0.5, 0.49, 0.0)] == [
        "VERY_HIGH", "VERY_HIGH", "HIGH", "HIGH", "MEDIUM", "MEDIUM", "LOW", "LOW",
    ]  # fmt: skip
    assert [floor for floor, _ in LABELS] == sorted((floor for floor, _ in LABELS), reverse=True)


def test_what_ships_can_be_loaded_and_has_a_bar() -> None:
    shipped = load_calibration()
    assert 0.0 < shipped.bar < 1.0
    assert shipped.weights
