"""The way into the inbox: what comes at the same time is committed together, as each commit waits for the disk."""

import asyncio
import time
from collections.abc import Callable

from index.errors import FootnoteError
from web.slack.inbox import Arrival, Inbox


class Intake:
    """Of one event loop. arrived: called when something new is in the inbox. clock: Unix seconds."""

    def __init__(self, inbox: Inbox, arrived: Callable[[], None], clock: Callable[[], float] = time.time) -> None:
        self._inbox = inbox
        self._arrived = arrived
        self._clock = clock
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def take(self, arrival: Arrival) -> None:
        """It is on the disk when this returns. Raises what the inbox raises."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, kept))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await kept

    async def _write(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            outcome = await self._put([arrival for arrival, _ in together])
            for _, kept in together:
                if kept.done():  # who waited for it has gone
                    continue
                if outcome is None:
                    kept.set_result(None)
                else:
                    kept.set_exception(outcome)
        self._writer = None

    async def _put(self, arrivals: list[Arrival]) -> FootnoteError | None:
        try:
            new = await asyncio.to_thread(self._inbox.put, arrivals, self._clock())
        except FootnoteError as error:
            return error
        if new:
            self._arrived()
        return None
