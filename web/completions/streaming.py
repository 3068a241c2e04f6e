"""The response in chunks, as server-sent events: the message piece by piece, each of them proven."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing

import msgspec
from msgspec import UNSET, Struct, UnsetType

from qa.types import Event, Interpreted, Reply
from web.completions.completion import Chunk, ChunkChoice, Delta, FinishReason, MessageBuilder, Usage
from web.completions.errors import error_of
from web.completions.wording import Piece, opening, pieces
from web.http.stream import AnswerStream

_DONE = b"data: [DONE]\n\n"


class CompletionStream(Struct, frozen=True):
    """Turns the steps of an answer into chunks that begin with the fields of `head` (id, created, model).

    page_url: what links begin with. usage: tells the tokens once all is said, None where nobody asked for them.
    """

    head: Chunk
    message: MessageBuilder
    page_url: str
    usage: Callable[[], Awaitable[Usage]] | None

    async def frames(self, answer: AnswerStream) -> AsyncIterator[bytes]:
        """The role; what the question was taken to mean, as soon as it is known; then the answer. It ends with the
        annotations, the reason why it ends with the whole reply, and the tokens where they were asked for; or with the
        error if it fails on the way."""
        yield self._chunk(Delta(role="assistant", content=""))
        async with aclosing(answer.events()) as events:
            async for event in events:
                for frame in self._said(_opened(event)):
                    yield frame
        outcome = answer.outcome
        if not isinstance(outcome, Reply):
            yield _frame(error_of(outcome)[1])
            return
        for frame in self._said(pieces(outcome, self.page_url)):
            yield frame
        if self.message.annotations:
            yield self._chunk(Delta(annotations=self.message.annotations))
        yield self._chunk(Delta(), self.message.finish_reason, outcome)
        if self.usage is not None:
            yield _frame(msgspec.structs.replace(self.head, usage=await self.usage()))
        yield _DONE

    def _said(self, parts: Iterable[Piece]) -> Iterator[bytes]:
        return (self._chunk(Delta(content=text)) for text in map(self.message.add, parts) if text)

    def _chunk(
        self, delta: Delta, finish_reason: FinishReason | None = None, reply: Reply | UnsetType = UNSET
    ) -> bytes:
        choices = (ChunkChoice(delta, finish_reason),)
        return _frame(msgspec.structs.replace(self.head, choices=choices, footnote=reply))


def _frame(data: object) -> bytes:
    """An event of one line: JSON holds no line breaks (HTML standard, 9.2.6)."""
    return b"data: " + msgspec.json.encode(data) + b"\n\n"


def _opened(event: Event) -> Iterable[Piece]:
    return opening(event.interpreted_as, event.following_up_on) if isinstance(event, Interpreted) else ()
