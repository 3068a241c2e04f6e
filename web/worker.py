"""The one thread that talks to the models, and the short queue before it."""

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from index.errors import BusyError, UnavailableError

T = TypeVar("T")


class Worker:
    """Runs jobs one after another. One thread, since the models use every core already.

    limit: jobs that may wait. A job that is cancelled before its turn leaves the queue at once and never runs.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self._lock = threading.Lock()
        self._waiting = 0
        self._seconds = 0.5  # a job's usual length, smoothed
        self._closed = False

    @property
    def waiting(self) -> int:
        """Jobs that wait for their turn."""
        return self._waiting

    def stop(self) -> None:
        """Take no more jobs, finish the one that runs, cancel those that wait."""
        with self._lock:
            self._closed = True
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
            future = self._pool.submit(self._run, job, counted)
        future.add_done_callback(lambda done: self._leave(counted and done.cancelled()))
        return future

    def _run(self, job: Callable[[], T], counted: bool) -> T:
        self._leave(counted)
        began = time.monotonic()
        try:
            return job()
        finally:
            if counted:
                self._seconds += 0.2 * (time.monotonic() - began - self._seconds)

    def _leave(self, counted: bool) -> None:
        with self._lock:
            self._waiting -= counted

    def _retry_after(self) -> int:
        """Seconds until the queue is likely to be empty, 1 to 60."""
        return max(1, min(60, math.ceil(self._seconds * self._waiting)))
