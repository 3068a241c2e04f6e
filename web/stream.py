"""The reply as server-sent events, while it is being made.

`interpreted`, `reading`, `passages`, one `sentence` for each content block, `answer`, `done` with the whole reply; or
`error` with the problem if it fails on the way.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future

import msgspec

from index.errors import FootnoteError
from qa.types import Event, Interpreted, Listener, PassagesFound, ReadingBegun, Reply, SentenceProven, ShortAnswerFound
from web.problems import problem_of

MEDIA_TYPE = "text/event-stream"


def frame(name: str, data: object) -> bytes:
    """One event. JSON holds no line breaks, so one data line does (HTML standard, 9.2.6)."""
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"


def event_frame(event: Event) -> bytes:
    """The event of a step of the answer."""
    match event:
        case Interpreted():
            return frame("interpreted", {"question": event.question, "interpreted_as": event.interpreted_as})
        case ReadingBegun():
            return frame("reading", {"passages": event.passages, "documents": event.documents})
        case PassagesFound():
            return frame("passages", {"passages": event.passages})
        case SentenceProven():
            return frame("sentence", event.block)
        case ShortAnswerFound():
            return frame("answer", {"answer": event.answer})


class AnswerStream:
    """An async iterator of frames. `submit` queues the work with the listener it is given, and may raise BusyError.

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

    async def frames(self) -> AsyncIterator[bytes]:
        """The frames, as they come."""
        try:
            while (event := await self._events.get()) is not None:
                yield event_frame(event)
            yield self._last()
        finally:
            self._work.cancel()

    def _last(self) -> bytes:
        if self._work.cancelled():
            return frame("error", problem_of(FootnoteError("The server is shutting down."))[0])
        if error := self._work.exception():
            return frame("error", problem_of(error)[0])
        return frame("done", self._work.result())
