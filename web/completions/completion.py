"""What is given for POST /v1/chat/completions: the message while it is put together, and the objects it is sent in."""

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from qa.types import Reply
from web.completions.wording import Piece, opening, pieces

FinishReason = Literal["stop", "length"]


class UrlCitation(Struct, frozen=True):
    """The mark at `content[start_index:end_index]`, in code points, and the page that shows what it cites."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(Struct, frozen=True):
    """A citation."""

    url_citation: UrlCitation
    type: Literal["url_citation"] = "url_citation"


class Usage(Struct, frozen=True):
    """Tokens of the setting `tokenizer`: of all messages that were sent, and of the one that is given."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class AssistantMessage(Struct, frozen=True):
    """The whole message."""

    content: str
    annotations: tuple[Annotation, ...]
    role: Literal["assistant"] = "assistant"
    refusal: None = None


class Choice(Struct, frozen=True):
    """The one choice."""

    message: AssistantMessage
    finish_reason: FinishReason
    index: int = 0
    logprobs: None = None


class Completion(Struct, frozen=True):
    """The response. footnote: the whole reply, as POST /api/ask gives it. created: seconds since 1970."""

    id: str
    created: int
    model: str
    choices: tuple[Choice, ...]
    usage: Usage
    footnote: Reply
    object: Literal["chat.completion"] = "chat.completion"


class Delta(Struct, frozen=True):
    """What is new in a chunk."""

    role: Literal["assistant"] | UnsetType = UNSET
    content: str | UnsetType = UNSET
    annotations: tuple[Annotation, ...] | UnsetType = UNSET


class ChunkChoice(Struct, frozen=True):
    """The one choice, as far as it goes. finish_reason: in the last."""

    delta: Delta
    finish_reason: FinishReason | None = None
    index: int = 0
    logprobs: None = None


class Chunk(Struct, frozen=True):
    """A chunk of the streamed response. usage: null but in the last, and there only where it was asked for."""

    id: str
    created: int
    model: str
    choices: tuple[ChunkChoice, ...]
    usage: Usage | UnsetType | None = UNSET
    footnote: Reply | UnsetType = UNSET
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"


class MessageBuilder:
    """A message while it is said. Only whole pieces are: it ends before the one that `most_tokens` has no room for, or
    that holds one of `stops`.

    count: tokens of a text. page_url: what links begin with.
    """

    def __init__(
        self, count: Callable[[str], int], page_url: str, most_tokens: int | None = None, stops: Iterable[str] = ()
    ) -> None:
        self._count = count
        self._page_url = page_url
        self._most_tokens = most_tokens
        self._stops = tuple(stops)
        self._ended = False
        self._annotations: dict[int, Annotation] = {}
        self.content = ""
        self.tokens = 0  # of `content`, counted piece by piece
        self.finish_reason: FinishReason = "stop"

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """Those of the marks that were said, by number."""
        return tuple(self._annotations[number] for number in sorted(self._annotations))

    def add(self, piece: Piece) -> str:
        """Say one more piece. Gives what is new: nothing where the message has ended."""
        if self._ended:
            return ""
        before = piece.before if self.content else ""
        new = before + piece.text
        tokens = self.tokens + self._count(new)
        is_too_long = self._most_tokens is not None and tokens > self._most_tokens
        if is_too_long or any(each in self.content + new for each in self._stops):
            self._ended = True
            self.finish_reason = "length" if is_too_long else "stop"
            return ""
        begins = len(self.content) + len(before)
        self.content += new
        self.tokens = tokens
        for mark in piece.marks:
            url = self._page_url + mark.citation.url
            cited = UrlCitation(begins + mark.start, begins + mark.end, mark.citation.document_title, url)
            self._annotations[mark.citation.number] = Annotation(cited)
        return new


def message_text(reply: Reply) -> str:
    """The whole message for a reply, with links as the reply has them."""
    message = MessageBuilder(len, "")
    return "".join(
        message.add(piece) for piece in (*opening(reply.interpreted_as, reply.following_up_on), *pieces(reply, ""))
    )
