import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from index.errors import ReadOnlyError, SettingsError
from qa.confidence import LABELS, OWN_FILE, Calibration, label, load_calibration, load_own, remove_own, save_own

CALIBRATION = Calibration(intercept=-1.0, weights={"score": 2.0, "lead": 0.5}, threshold=0.4, reader="r1")
CURVE = ((0.0, 0.4), (0.3, 0.2), (0.6, 0.05))
signals = st.dictionaries(st.sampled_from(["score", "lead", "unknown"]), st.floats(-1e6, 1e6), min_size=1)
shares = st.integers(0, 100).map(lambda whole: whole / 100)
curves = st.lists(st.tuples(shares, shares), min_size=1, max_size=8, unique_by=lambda point: point[0]).map(
    lambda points: tuple(
        zip(
            sorted(threshold for threshold, _ in points),
            sorted((wrong for _, wrong in points), reverse=True),
            strict=True,
        )
    )
)


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
    expected = []
    for (floor, name), (_, below) in zip(LABELS, [*LABELS[1:], LABELS[-1]], strict=True):
        expected += [(floor, name), (max(floor - 0.001, 0.0), below)]
    assert [label(confidence) for confidence, _ in expected] == [name for _, name in expected]
    assert label(1.0) == "VERY_HIGH"
    assert [floor for floor, _ in LABELS] == sorted((floor for floor, _ in LABELS), reverse=True)


def test_a_calibration_of_before_the_threshold_was_called_so_still_works(tmp_path: Path) -> None:
    old = {"intercept": -1.0, "weights": {"score": 2.0}, "bar": 0.4, "reader": "r1", "curve": [[0.0, 0.5], [0.6, 0.1]]}
    (tmp_path / OWN_FILE).write_bytes(json.encode(old))
    own = load_own(tmp_path, "r1")
    assert own == Calibration(-1.0, {"score": 2.0}, 0.4, "r1", curve=((0.0, 0.5), (0.6, 0.1)))
    assert own.threshold_for(0.1) == 0.6
    save_own(tmp_path, own)
    assert json.decode((tmp_path / OWN_FILE).read_bytes())["threshold"] == 0.4


def test_what_ships_can_be_loaded_and_has_a_threshold() -> None:
    shipped = load_calibration()
    assert 0.0 < shipped.threshold < 1.0
    assert shipped.weights


@given(curves, shares)
def test_the_bar_for_an_error_rate_is_the_lowest_that_keeps_it(
    curve: tuple[tuple[float, float], ...], max_error_rate: float
) -> None:
    calibration = replace(CALIBRATION, curve=curve)
    threshold = calibration.threshold_for(max_error_rate)
    assert threshold in dict(curve)
    if calibration.keeps(max_error_rate):
        assert dict(curve)[threshold] <= max_error_rate
        assert all(wrong > max_error_rate for lower, wrong in curve if lower < threshold)
    else:
        assert threshold == max(dict(curve))
        assert min(dict(curve).values()) > max_error_rate


@given(curves, shares, shares)
def test_asking_for_fewer_wrong_answers_never_lowers_the_threshold(
    curve: tuple[tuple[float, float], ...], one: float, other: float
) -> None:
    strict, lax = sorted((one, other))
    calibration = replace(CALIBRATION, curve=curve)
    assert calibration.threshold_for(strict) >= calibration.threshold_for(lax)


def test_without_a_curve_there_is_no_bar_for_an_error_rate() -> None:
    with pytest.raises(SettingsError, match=r"max_error_rate.*footnote calibrate"):
        CALIBRATION.threshold_for(0.05)
    with pytest.raises(SettingsError, match="max_error_rate"):
        CALIBRATION.keeps(0.05)


@pytest.mark.parametrize(
    "curve", [((0.5, 0.1), (0.4, 0.05)), ((0.1, 0.1), (0.2, 0.2)), ((0.1, 0.1), (0.1, 0.0)), ((0.1, 1.5),)]
)
def test_a_curve_that_is_none_is_refused(curve: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        Calibration(0.0, {}, 0.5, curve=curve)


def test_a_calibration_of_ones_own_is_kept_found_and_removed(tmp_path: Path) -> None:
    assert load_own(tmp_path, "r1") is None
    assert not remove_own(tmp_path)
    for threshold in (0.2, 0.3):
        own = replace(CALIBRATION, threshold=threshold, curve=CURVE)
        assert save_own(tmp_path, own) == tmp_path / OWN_FILE
        assert load_own(tmp_path, "r1") == own
    assert [file.name for file in tmp_path.iterdir()] == [OWN_FILE]
    assert remove_own(tmp_path)
    assert load_own(tmp_path, "r1") is None


def test_one_of_another_reader_is_left_out_with_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save_own(tmp_path, CALIBRATION)
    with caplog.at_level(logging.WARNING):
        assert load_own(tmp_path, "r2") is None
    assert all(said in caplog.text for said in (OWN_FILE, "r1", "r2", "footnote calibrate"))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", json.encode({"intercept": 0, "weights": {}, "threshold": 7}), b'{"intercept": 1e999}'],
)
def test_a_broken_one_is_left_out_with_a_warning(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / OWN_FILE).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert load_own(tmp_path, "r1") is None
    assert OWN_FILE in caplog.text


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / OWN_FILE).mkdir()
    with pytest.raises(ReadOnlyError, match=OWN_FILE):
        save_own(tmp_path, CALIBRATION)
    assert [file.name for file in tmp_path.iterdir()] == [OWN_FILE]
    with pytest.raises(ReadOnlyError, match="none"):
        save_own(tmp_path / "none", CALIBRATION)
    with pytest.raises(ReadOnlyError, match=OWN_FILE):
        remove_own(tmp_path)
