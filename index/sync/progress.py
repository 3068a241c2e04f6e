"""How far indexing is: what `sync` tells, and what follows from it (rates, time left)."""

import time
from collections import deque
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

Phase = Literal["scanning", "reading", "embedding", "writing"]
_WINDOW_SECONDS = 30.0  # over which a rate is taken; by hand: long enough to be calm, short enough to be of now


class SyncProgress(Struct, frozen=True):
    """How far it is. embedded: texts (passages and sentences) embedded so far. source: the file at hand.

    bytes: of the files that have to be read, of which `bytes_done` are; texts: how many texts these are likely to be,
    0 while that is not known.
    """

    files_done: int
    files: int
    embedded: int
    source: str = ""
    phase: Phase = "reading"
    bytes_done: int = 0
    bytes: int = 0
    texts: int = 0


class IndexingPace(Struct, frozen=True):
    """Per second, and the seconds that are left; None where that is not known yet."""

    bytes_per_second: float
    texts_per_second: float
    seconds_left: float | None


class Pacing:
    """Takes the rates of a run from what it tells."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int, int]] = deque()

    def heard(self, at: SyncProgress) -> IndexingPace:
        """The pace now that it is `at` that."""
        now = self._clock()
        self._seen.append((now, at.bytes_done, at.embedded))
        while len(self._seen) > 2 and self._seen[0][0] < now - _WINDOW_SECONDS:
            self._seen.popleft()
        since, bytes_then, texts_then = self._seen[0]
        seconds = now - since
        if seconds <= 0:
            return IndexingPace(0.0, 0.0, None)
        pace = max(0, at.bytes_done - bytes_then) / seconds
        left = (at.bytes - at.bytes_done) / pace if pace > 0 else None
        return IndexingPace(pace, max(0, at.embedded - texts_then) / seconds, left)


def duration(seconds: float) -> str:
    """ "40 s", "12 min", "3 h 20 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def size(count: float) -> str:
    """ "830 B", "12 kB", "3.4 MB"."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            number = count / factor
            return f"{number:.1f} {unit}" if number < 10 else f"{number:.0f} {unit}"
    return f"{count:.0f} B"


def told(at: SyncProgress, pace: IndexingPace) -> str:
    """A line for people."""
    parts = [f"{at.files_done:,} of {at.files:,} files"]
    if at.bytes:
        parts.append(f"{size(at.bytes_done)} of {size(at.bytes)}")
    if at.embedded:
        about = f" of about {at.texts:,}" if at.texts > at.embedded else ""
        parts.append(f"{at.embedded:,}{about} texts")
    if pace.bytes_per_second:
        parts.append(f"{size(pace.bytes_per_second)}/s, {pace.texts_per_second:.0f} texts/s")
    if pace.seconds_left is not None and at.bytes_done < at.bytes:
        parts.append(f"about {duration(pace.seconds_left)} left")
    return ", ".join(parts)
