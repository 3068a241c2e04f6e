"""How much a requester may ask: a token bucket for each, in memory, so that one of them cannot crowd out the rest."""

import math
import threading
import time
from collections.abc import Callable

from index.errors import RateError
from qa.types import Requester

_ROUNDING = 1e-9


class Rates:
    """A requester's bucket holds what it may ask in a minute, is full at first, and fills evenly over the minute.

    per_minute: by a requester's name, None for one who is not limited. clock: seconds that never run backwards.
    """

    def __init__(self, per_minute: Callable[[str], int | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: dict[str, tuple[float, float]] = {}  # what was left, and when

    def admit(self, requester: Requester) -> None:
        """Count one question. Raises RateError, and counts nothing, where that is one too many."""
        most = self._per_minute(requester.name)
        if most is None:
            return
        with self._lock:
            now = self._clock()
            left, since = self._levels.get(requester.name, (float(most), now))
            left = min(most, left + (now - since) * most / 60)
            if left < 1 - _ROUNDING:
                raise _refusal(most, math.ceil((1 - left) * 60 / most - _ROUNDING))
            self._levels[requester.name] = (left - 1, now)

    def give_back(self, requester: Requester) -> None:
        """Let one question that was counted not count."""
        with self._lock:
            if requester.name in self._levels:
                left, since = self._levels[requester.name]
                self._levels[requester.name] = (left + 1, since)


def _refusal(most: int, seconds: int) -> RateError:
    wait = max(1, seconds)
    may = f"{most} question" + "s" * (most != 1)
    return RateError(f"This key may ask {may} a minute: ask again in {wait} second" + "s" * (wait != 1) + ".", wait)
