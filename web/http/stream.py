"""The reply as server-sent events, while it is being made.

`interpreted`, `reading`, `passages`, one `sentence` for each content block, `answer`, `done` with the whole reply; or
`error` with the problem if it fails on the way.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import aclosing

import msgspec

from index.errors import UnavailableError
from qa.types import Event, Interpreted, Listener, PassagesFound, ReadingBegun, Reply, SentenceProven, ShortAnswerFound
from web.http.problems import problem_of

MEDIA_TYPE = "text/event-stream"


def frame(name: str, data: object) -> bytes:
    """One event. JSON holds no line breaks, so one data line does (HTML standard, 9.2.6)."""
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"


def event_frame(event: Event) -> bytes:
    """The event of a step of the answer."""
    match event:
        case Interpreted():
            return frame("interpreted", msgspec.structs.asdict(event))
        case ReadingBegun():
            return frame("reading", {"passages": event.passages, "documents": event.documents})
        case PassagesFound():
            return frame("passages", {"passages": event.passages})
        case SentenceProven():
            return frame("sentence", event.block)
        case ShortAnswerFound():
            return frame("answer", {"answer": event.answer})


class AnswerStream:
    """The steps of one answer. `submit` queues the work with the listener it is given, and may raise BusyError.

    When nobody listens any more, work that has not begun is cancelled.
    """

    def __init__(self, submit: Callable[[Listener], Future[Reply]]) -> None:
        loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()

        def tell(event: Event | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._events.put_nowait, event)

        self._work = submit(tell)
        self._work.add_done_callback(lambda _: tell(None))

    async def events(self) -> AsyncGenerator[Event, None]:
        """The events, as they come; then `outcome` is known."""
        try:
            while (event := await self._events.get()) is not None:
                yield event
        finally:
            self._work.cancel()

    @property
    def outcome(self) -> Reply | BaseException:
        """The reply, or why there is none."""
        if self._work.cancelled():
            return UnavailableError("The server is shutting down.")
        return self._work.exception() or self._work.result()

    async def frames(self) -> AsyncIterator[bytes]:
        """The frames, as they come."""
        async with aclosing(self.events()) as events:
            async for event in events:
                yield event_frame(event)
        outcome = self.outcome
        yield frame("done", outcome) if isinstance(outcome, Reply) else frame("error", problem_of(outcome)[0])
