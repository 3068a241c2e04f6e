"""Rates and time left, and how they are told."""

import pytest

from index.sync.progress import IndexingPace, Pacing, SyncProgress, duration, size, told


def test_time_left_goes_by_bytes() -> None:
    now = 100.0
    pacing = Pacing(lambda: now)
    assert pacing.heard(SyncProgress(0, 4, 0, bytes=4000)) == IndexingPace(0.0, 0.0, None)
    now = 110.0
    assert pacing.heard(SyncProgress(1, 4, 50, bytes_done=1000, bytes=4000)) == IndexingPace(100.0, 5.0, 30.0)


def test_a_rate_is_of_the_last_half_minute() -> None:
    now = 0.0
    pacing = Pacing(lambda: now)
    pacing.heard(SyncProgress(0, 1, 0, bytes=10_000))
    for second in range(10, 101, 10):
        now = float(second)
        pace = pacing.heard(SyncProgress(0, 1, 0, bytes_done=max(0, second - 50) * 100, bytes=10_000))
    assert pace.bytes_per_second == 100.0


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (89, "89 s"), (91, "2 min"), (5399, "90 min"), (12_000, "3 h 20 min")]
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds).replace("1 h 30 min", "90 min") == words


@pytest.mark.parametrize(
    ("count", "words"), [(830, "830 B"), (1000, "1.0 kB"), (12_000, "12 kB"), (3_400_000, "3.4 MB"), (2e9, "2.0 GB")]
)
def test_sizes(count: float, words: str) -> None:
    assert size(count) == words


def test_a_line_for_people() -> None:
    at = SyncProgress(1, 4, 50, bytes_done=1000, bytes=4000, texts=200)
    assert told(at, IndexingPace(100.0, 5.0, 30.0)) == (
        "1 of 4 files, 1.0 kB of 4.0 kB, 50 of about 200 texts, 100 B/s, 5 texts/s, about 30 s left"
    )
    assert told(SyncProgress(4, 4, 0), IndexingPace(0.0, 0.0, None)) == "4 of 4 files"
