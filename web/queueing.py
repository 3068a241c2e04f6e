"""Who may ask, and when: the thread that talks to the models, the short queue before it, and the rate of each key."""

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from index.errors import BusyError, RateError, UnavailableError
from qa.types import Requester

T = TypeVar("T")
# How long a job is taken to last before one was timed, and how much the newest counts in the running mean. Set by hand:
# they only say when to come back.
FIRST_GUESS_SECONDS = 0.5
NEWEST_WEIGHT = 0.2
LONGEST_RETRY_SECONDS = 60
# How long work in the background gives way to questions that do not end, and how long it goes on then before it gives
# way again. By hand: a question waits for one small batch, and indexing still ends on a server that is never idle.
GIVE_WAY_SECONDS, TURN_SECONDS = 2.0, 0.25


class Worker:
    """Runs jobs one after another. One thread, since the models use every core already.

    limit: jobs that may wait. A job that is cancelled before its turn leaves the queue at once and never runs.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self._lock = threading.Lock()
        self._waiting = 0
        self._seconds = FIRST_GUESS_SECONDS  # a job's usual length, smoothed
        self._closed = False
        self._quiet = threading.Condition()
        self._unfinished = 0
        self._turn_until = 0.0

    @property
    def waiting(self) -> int:
        """Jobs that wait for their turn."""
        return self._waiting

    def stop(self) -> None:
        """Take no more jobs, finish the one that runs, cancel those that wait."""
        with self._lock:
            self._closed = True
        self._finish(0)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, job: Callable[[], T], *, counted: bool = True) -> Future[T]:
        """Queue a job. Not `counted`: it is the server's own, and takes no room in the queue.

        Raises BusyError when `limit` jobs wait, UnavailableError after `stop`.
        """
        with self._lock:
            if self._closed:
                raise UnavailableError("The server is shutting down.")
            if counted and self._waiting >= self._limit:
                raise BusyError(f"{self._waiting} questions wait already; ask again soon.", self._retry_after())
            self._waiting += counted
            with self._quiet:
                self._unfinished += counted
            future = self._pool.submit(self._run, job, counted)
        if counted:
            future.add_done_callback(lambda _: self._finish(1))
        future.add_done_callback(lambda done: self._leave(counted and done.cancelled()))
        return future

    def give_way(self) -> None:
        """For work in the background, between two small steps of it: wait until no question waits or is answered."""
        if time.monotonic() < self._turn_until:
            return
        with self._quiet:
            if not self._quiet.wait_for(lambda: not self._unfinished or self._closed, GIVE_WAY_SECONDS):
                self._turn_until = time.monotonic() + TURN_SECONDS

    def _finish(self, jobs: int) -> None:
        with self._quiet:
            self._unfinished -= jobs
            self._quiet.notify_all()

    def _run(self, job: Callable[[], T], counted: bool) -> T:
        self._leave(counted)
        began = time.monotonic()
        try:
            return job()
        finally:
            if counted:
                self._seconds += NEWEST_WEIGHT * (time.monotonic() - began - self._seconds)

    def _leave(self, counted: bool) -> None:
        with self._lock:
            self._waiting -= counted

    def _retry_after(self) -> int:
        """Seconds until the queue is likely to be empty, from 1 to LONGEST_RETRY_SECONDS."""
        return max(1, min(LONGEST_RETRY_SECONDS, math.ceil(self._seconds * self._waiting)))


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
