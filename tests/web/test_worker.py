"""The model thread: one job at a time, a bounded queue, and nothing done for those who have gone."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from index.errors import BusyError, UnavailableError
from tests.waiting import until
from web.queueing import Worker


class _Gate:
    """A job that begins, then waits to be let through."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> str:
        self.began.set()
        assert self.opened.wait(30)
        return "through"


@pytest.fixture
def gate() -> _Gate:
    return _Gate()


def _held(worker: Worker, gate: _Gate) -> "Future[str]":
    """The worker, busy with the gate."""
    future = worker.submit(gate)
    assert gate.began.wait(30)
    return future


def test_jobs_run_in_order_on_one_thread() -> None:
    worker = Worker(100)
    seen: list[tuple[int, int]] = []
    futures = [worker.submit(lambda n=n: seen.append((n, threading.get_ident()))) for n in range(50)]  # type: ignore[misc]
    for future in futures:
        future.result(30)
    worker.stop()
    assert [n for n, _ in seen] == list(range(50))
    assert len({thread for _, thread in seen} | {threading.get_ident()}) == 2


@pytest.mark.parametrize(("jobs", "seconds"), [(1, 1), (3, 2), (120, 60), (121, 60)])
def test_when_to_come_back_goes_by_how_many_wait(gate: _Gate, jobs: int, seconds: int) -> None:
    worker = Worker(jobs)
    _held(worker, gate)
    for _ in range(jobs):
        worker.submit(lambda: None)
    with pytest.raises(BusyError) as caught:
        worker.submit(lambda: None)
    assert caught.value.retry_after_seconds == seconds
    gate.opened.set()
    worker.stop()


def test_a_full_queue_says_when_to_come_back(gate: _Gate) -> None:
    worker = Worker(2)
    _held(worker, gate)
    waiting = [worker.submit(lambda: "done") for _ in range(2)]
    assert worker.waiting == 2
    with pytest.raises(BusyError) as caught:
        worker.submit(lambda: "one too many")
    assert caught.value.retry_after_seconds == 1, "two jobs of half a second"
    worker.submit(lambda: None, counted=False)  # the server's own jobs need no room
    gate.opened.set()
    assert [future.result(30) for future in waiting] == ["done", "done"]
    assert worker.submit(lambda: "room again").result(30) == "room again"
    assert worker.waiting == 0
    worker.stop()


def test_a_cancelled_job_leaves_the_queue_and_never_runs(gate: _Gate) -> None:
    worker = Worker(1)
    _held(worker, gate)
    ran: list[str] = []
    dropped = worker.submit(lambda: ran.append("dropped"))
    assert dropped.cancel()
    assert worker.waiting == 0
    kept = worker.submit(lambda: ran.append("kept"))
    gate.opened.set()
    kept.result(30)
    worker.stop()
    assert ran == ["kept"]


def test_cancelling_the_wait_cancels_the_job(gate: _Gate) -> None:
    worker = Worker(1)
    _held(worker, gate)

    async def give_up() -> None:
        wait = asyncio.ensure_future(asyncio.wrap_future(future))
        await asyncio.sleep(0)
        wait.cancel()
        await asyncio.gather(wait, return_exceptions=True)

    future = worker.submit(lambda: None)
    asyncio.run(give_up())
    assert future.cancelled()
    gate.opened.set()
    worker.stop()


def test_what_a_job_raises_is_its_waiters_and_the_next_one_runs() -> None:
    worker = Worker(2)
    with pytest.raises(ZeroDivisionError):
        worker.submit(lambda: 1 / 0).result(30)
    assert worker.submit(lambda: 1).result(30) == 1
    worker.stop()


def test_stop_finishes_the_job_at_hand_and_drops_the_others(gate: _Gate) -> None:
    worker = Worker(2)
    running = _held(worker, gate)
    waiting = worker.submit(lambda: None)
    stopper = threading.Thread(target=worker.stop)
    stopper.start()
    until(waiting.cancelled)
    gate.opened.set()
    stopper.join(30)
    assert running.result(0) == "through"
    with pytest.raises(UnavailableError):
        worker.submit(lambda: None)
