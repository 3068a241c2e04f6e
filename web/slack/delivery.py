"""The worker that answers what is in the inbox: several at once, again where it failed, on where a crash ended it."""

import asyncio
import hashlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from index.errors import FootnoteError
from index.sync.lock import FileLock, open_lock
from web.slack.failures import Failure, failure_of
from web.slack.inbox import KEPT_SECONDS, KINDS, Inbox, Item, ItemProgress, Kind

_SUSPECT = 2  # deaths with it in hand, from which on an item is answered alone, so that no other dies with it
_log = logging.getLogger(__name__)


class Handler(Protocol):
    """What answers. Each may be called again for an item whose call failed or was killed."""

    async def answer(self, item: Item, progress: ItemProgress) -> None:
        """Answer it in Slack. Raises whatever prevents it."""
        ...

    async def apologise(self, item: Item, progress: ItemProgress, error_id: str) -> None:
        """Tell who asked that there will be no answer. Raises whatever prevents it."""
        ...


class Pace(Struct, frozen=True):
    """Times in seconds. slots: how many of a kind are answered at once; kinds do not wait for each other.

    first, longest: the pause before a failed one is tried again, doubled each time. attempts: how many may fail through
    defects, deaths: how many may end with the process, waits: how often it may be put off for what passes (64 are about
    an hour). look: how often the inbox is looked at by itself. patience: the longest that one answer may take. drain:
    how long stopping waits for answers.
    """

    slots: int = 16
    first: float = 1.0
    longest: float = 60.0
    attempts: int = 5
    waits: int = 64
    deaths: int = 10
    look: float = 1.0
    patience: float = 600.0
    drain: float = 10.0


def error_id(item: Item) -> str:
    """What the log and the apology call the item."""
    return hashlib.sha256(item.key.encode()).hexdigest()[:8]


class Delivery:
    """Answers each item of the inbox once, by the handler. Of a thread one after another, of threads at once."""

    def __init__(self, inbox: Inbox, handler: Handler, lock: Path, pace: Pace | None = None) -> None:
        self._inbox = inbox
        self._handler = handler
        self._lock = lock
        self._pace = pace or Pace()
        self._wake = asyncio.Event()
        self._stopping = False
        self._in_hand: dict[int, tuple[Item, asyncio.Task[None]]] = {}
        self._forgot_at = 0.0

    def arrived(self) -> None:
        """Something is in the inbox: look."""
        self._wake.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Within it items are answered. On leaving, what is in hand is finished, or left for the next start.

        Raises ReadOnlyError.
        """
        with open_lock(self._lock) as lock:
            worker = asyncio.create_task(self._work(lock))
            worker.add_done_callback(_log_end)
            try:
                yield
            finally:
                self._stopping = True
                self._wake.set()
                await asyncio.wait({worker})

    async def _work(self, lock: FileLock) -> None:
        ours = False
        while not self._stopping:
            self._wake.clear()
            ours = ours or lock.take()
            if ours:
                await self._look()
            await self._pause()
        await self._drain()

    async def _look(self) -> None:
        """Begin what is due."""
        try:
            for kind in KINDS:
                await self._look_for(kind)
            if time.time() > self._forgot_at + KEPT_SECONDS / 24:
                self._forgot_at = time.time()
                await asyncio.to_thread(self._inbox.forget, self._forgot_at - KEPT_SECONDS)
        except FootnoteError as error:
            _log.error("The Slack inbox cannot be read; trying again: %s", error)

    async def _look_for(self, kind: Kind) -> None:
        room = self._pace.slots - sum(item.kind == kind for item, _ in self._in_hand.values())
        if room <= 0 or any(item.begun >= _SUSPECT for item, _ in self._in_hand.values()):
            return
        items = await asyncio.to_thread(self._inbox.due, kind, time.time(), room, set(self._in_hand))
        suspects = [item for item in items if item.begun >= _SUSPECT]
        if suspects:
            items = [] if self._in_hand else suspects[:1]
        if items:
            await asyncio.to_thread(self._inbox.begin, items)
        for item in items:
            self._take(item)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._pace.look):
                await self._wake.wait()
        except TimeoutError:
            return

    def _take(self, item: Item) -> None:
        task = asyncio.create_task(self._deliver(item))
        self._in_hand[item.number] = (item, task)
        task.add_done_callback(lambda ended: self._put_down(item, ended))

    def _put_down(self, item: Item, task: "asyncio.Task[None]") -> None:
        error = None if task.cancelled() else task.exception()
        if error is None:
            self._in_hand.pop(item.number)
            self._wake.set()
            return
        # The inbox could not be written, so it says that the item is due at once: it is held back here.
        _log.error("The Slack inbox cannot be written; trying again: %s", error)
        asyncio.get_running_loop().call_later(self._pace.first, self._in_hand.pop, item.number)

    async def _deliver(self, item: Item) -> None:
        """One attempt that was begun, and what becomes of the item. Raises what the inbox raises."""
        error = await self._outcome(item)
        if error is None:
            await asyncio.to_thread(self._inbox.finish, item, time.time())
            return
        await self._settle(item, failure_of(error), error)

    async def _outcome(self, item: Item) -> BaseException | None:
        """What the attempt raised. It has a task of its own, so that a handler's cancellation is told from ours."""
        attempt = asyncio.create_task(self._attempt(item))
        try:
            await asyncio.wait({attempt})
        except asyncio.CancelledError:
            attempt.cancel()
            await asyncio.wait({attempt}, timeout=self._pace.first)
            raise
        return asyncio.CancelledError() if attempt.cancelled() else attempt.exception()

    async def _attempt(self, item: Item) -> None:
        progress = self._inbox.progress(item)
        async with asyncio.timeout(self._pace.patience):
            if self._is_given_up(item):
                await self._handler.apologise(item, progress, error_id(item))
            else:
                await self._handler.answer(item, progress)

    def _is_given_up(self, item: Item) -> bool:
        pace = self._pace
        return item.attempts >= pace.attempts or item.waits >= pace.waits or item.begun >= pace.deaths

    async def _settle(self, item: Item, failure: Failure, error: BaseException) -> None:
        """Try again later, or give up and say so."""
        name, gave_up = error_id(item), self._is_given_up(item)
        trace = error if failure.kind == "defect" else None
        if gave_up and (failure.kind != "passing" or item.waits >= 2 * self._pace.waits):
            _log.error("Slack %s: no answer, and no apology either: %s", name, failure.told, exc_info=trace)
            await asyncio.to_thread(self._inbox.finish, item, time.time())
        elif failure.kind == "passing":
            seconds = max(failure.retry_after, self._backoff(item.waits % self._pace.waits))
            _log.warning("Slack %s: put off for %.0f s: %s", name, seconds, failure.told)
            await asyncio.to_thread(self._inbox.put_off, item, time.time() + seconds)
            self._wake_in(seconds)
        else:
            _log.error("Slack %s: attempt %d failed: %s", name, item.attempts + 1, failure.told, exc_info=trace)
            final = failure.kind == "final" or item.attempts + 1 >= self._pace.attempts
            seconds = 0.0 if final else self._backoff(item.attempts)
            await asyncio.to_thread(self._inbox.retry, item, time.time() + seconds, self._pace.attempts if final else 0)
            self._wake_in(seconds)

    def _backoff(self, times: int) -> float:
        return min(self._pace.longest, self._pace.first * 2.0 ** min(times, 30))

    def _wake_in(self, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self._wake.set)

    async def _drain(self) -> None:
        """Finish what is in hand; leave the rest to the next start."""
        tasks = {task for _, task in self._in_hand.values()}
        if tasks:
            await asyncio.wait(tasks, timeout=self._pace.drain)
        left = [(item, task) for item, task in self._in_hand.values() if not task.done()]
        for _, task in left:
            task.cancel()
        await asyncio.gather(*(task for _, task in left), return_exceptions=True)
        for item, _ in left:
            await asyncio.to_thread(self._inbox.release, item)


def _log_end(worker: "asyncio.Task[None]") -> None:
    error = None if worker.cancelled() else worker.exception()
    if error is not None:
        _log.error("Slack is not answered any more until the server is started again", exc_info=error)
