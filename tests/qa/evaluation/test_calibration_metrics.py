import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.calibration_metrics import auroc, calibration_error, reliability, risk_coverage

confidences = st.floats(0, 1)
scored_ones = st.lists(st.tuples(confidences, st.sampled_from([0.0, 0.25, 1.0])), min_size=1, max_size=30)


@given(st.lists(confidences, max_size=20), st.lists(confidences, max_size=20))
def test_auroc_is_the_chance_that_a_right_one_is_surer(yes: list[float], no: list[float]) -> None:
    found = auroc(yes, no)
    if not yes or not no:
        assert found is None
        return
    wins = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    assert found == pytest.approx(wins / (len(yes) * len(no)))


def test_auroc_worked_by_hand() -> None:
    assert auroc([0.9, 0.5], [0.5, 0.1]) == (1 + 1 + 0.5 + 1) / 4


@given(scored_ones)
def test_risk_coverage_ends_with_all_answered(scored: list[tuple[float, float]]) -> None:
    points = risk_coverage(scored)
    assert points[-1].answered == 1.0
    assert points[-1].right == pytest.approx(sum(right for _, right in scored) / len(scored))
    thresholds = [point.threshold for point in points]
    assert thresholds == sorted({confidence for confidence, _ in scored}, reverse=True)


def test_what_is_equally_sure_is_answered_together() -> None:
    points = risk_coverage([(0.5, 0.0), (0.9, 1.0), (0.5, 1.0)])
    assert [(p.threshold, p.answered, p.right) for p in points] == [
        (0.9, pytest.approx(1 / 3), 1.0),
        (0.5, 1.0, pytest.approx(2 / 3)),
    ]


@given(scored_ones)
def test_the_bins_hold_all_and_the_error_is_a_share(scored: list[tuple[float, float]]) -> None:
    bins = reliability(scored)
    assert sum(each.count for each in bins) == len(scored)
    assert sum(each.count * each.right for each in bins) == pytest.approx(sum(right for _, right in scored))
    assert sum(each.count * each.confidence for each in bins) == pytest.approx(sum(c for c, _ in scored))
    assert 0.0 <= calibration_error(scored) <= 1.0


def test_calibration_error_is_the_mean_gap() -> None:
    scored = [(0.85, 1.0)] * 3 + [(0.85, 0.0)] + [(0.05, 0.0)] * 4
    assert calibration_error(scored) == pytest.approx((0.1 + 0.05) / 2)
    assert calibration_error([(1.0, 1.0), (0.0, 0.0)]) == 0.0
    with pytest.raises(ValueError, match="nothing"):
        calibration_error([])
