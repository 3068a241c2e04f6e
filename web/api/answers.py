"""Questions and their answers, and the check of a citation. Translation only: what is answered is decided in qa."""

from concurrent.futures import Future
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, QueryParameter
from litestar.response import Stream
from msgspec import Meta, Struct
from msgspec.structs import replace

from index.errors import QuestionError
from qa.collection.choosing import CollectionError
from qa.types import AskOptions, Claim, Listener, Reply, Verdict
from web.backend import Backend, Inquiry
from web.http import stream
from web.http.examples import CLAIM
from web.http.messages import CollectionName, ConversationId, Globs, MaxSentences, TopK
from web.http.problems import FieldError
from web.http.request import ApiRequest, check_query, while_connected
from web.http.schema import ASK_RESPONSES, VERIFY_RESPONSES
from web.rendering.plain import plain_reply

_QUERY_KEYS = ("q", "conversation_id", "top_k", "max_sentences", "sources", "in", "stream")


class Ask(Struct, frozen=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """A question. null counts as not given."""

    question: Annotated[
        str,
        Meta(
            description="1 to 2,000 characters, counted after white space is folded and control, zero-width and "
            "bidirectional formatting characters are removed.",
            examples=["Who was sent to China by the Japanese government in May?"],
        ),
    ]
    conversation_id: Annotated[
        ConversationId | None, Meta(description="Of an earlier reply, to ask a follow-up; a new one where not given.")
    ] = None
    top_k: Annotated[TopK | None, Meta(description="Passages to return, 1 to 20; 8 where not given.")] = None
    max_sentences: Annotated[
        MaxSentences | None, Meta(description="Longest answer, in sentences, 1 to 5; 5 where not given.")
    ] = None
    sources: Annotated[
        Globs | None,
        Meta(
            description="Ask only files whose path fits one of these globs: at most 20, each of 1 to 200 characters.",
            examples=[["reports/*.txt"]],
        ),
    ] = None
    within: Annotated[
        CollectionName | None,
        Meta(
            description="Ask only within this folder or saved filter, by its name; a folder by its path, or its last "
            'names where no other has them. "/" is all documents.',
            examples=["handbook"],
        ),
    ] = None
    stream: Annotated[bool | None, Meta(description="Reply with server-sent events.")] = None
    interpreted_as: Annotated[
        Annotated[str, Meta(min_length=1, max_length=4000)] | None,
        Meta(
            description="How to understand the question, instead of by what was said before; the question itself to "
            "carry nothing over.",
        ),
    ] = None
    replaces: Annotated[
        ConversationId | None,
        Meta(description="The `id` of an earlier reply of the conversation, whose place the new one takes."),
    ] = None

    @property
    def options(self) -> AskOptions:
        """The options, defaults filled in."""
        default = AskOptions()
        return AskOptions(
            top_k=default.top_k if self.top_k is None else self.top_k,
            max_sentences=default.max_sentences if self.max_sentences is None else self.max_sentences,
            sources=self.sources or (),
            interpreted_as=self.interpreted_as,
            replaces=self.replaces,
            within=self.within,
        )


@post("/ask", status_code=200, operation_id="ask", summary="Ask a question", responses=ASK_RESPONSES, tags=["Answers"])
async def ask(
    request: ApiRequest,
    data: Annotated[Ask, BodyKwarg(description="The question and its options.")],
    backend: NamedDependency[Backend],
) -> Response[Any]:
    """An answer in the documents' own words, every sentence cited, or `answered: false` and the nearest passages.

    JSON by default; server-sent events with `"stream": true` or `Accept: text/event-stream`; plain text for a terminal
    with `Accept: text/plain`.
    """
    return await _answer(request, data, backend)


@get(
    "/ask", operation_id="askByAddress", summary="Ask a question by address", responses=ASK_RESPONSES, tags=["Answers"]
)
async def ask_by_address(
    request: ApiRequest,
    backend: NamedDependency[Backend],
    q: Annotated[str | None, QueryParameter(description="The question, 1 to 2,000 characters.", required=True)] = None,
    conversation_id: Annotated[str | None, QueryParameter(description="Of an earlier reply; asks a follow-up.")] = None,
    top_k: Annotated[int | None, QueryParameter(description="Passages to return, 1 to 20.", ge=1, le=20)] = None,
    max_sentences: Annotated[int | None, QueryParameter(description="Longest answer, 1 to 5.", ge=1, le=5)] = None,
    sources: Annotated[list[str] | None, QueryParameter(description="Globs over file paths; may be repeated.")] = None,
    within: Annotated[
        str | None, QueryParameter(name="in", description="Ask only within this folder or saved filter.")
    ] = None,
    stream: Annotated[bool | None, QueryParameter(description="Reply with server-sent events.")] = None,
) -> Response[Any]:
    """The same as POST, with the question as `q`; `interpreted_as` and `replaces` are POST's alone. It is kept only in
    a conversation that is named (`stored`)."""
    check_query(request, _QUERY_KEYS, repeatable=("sources",))
    if q is None:
        raise FieldError("q", "This parameter is required")
    given = {"question": q, "conversation_id": conversation_id, "top_k": top_k, "max_sentences": max_sentences}
    data = msgspec.convert({**given, "sources": sources, "in": within, "stream": stream}, Ask)
    try:
        return await _answer(request, data, backend, remembers=conversation_id is not None)
    except CollectionError:
        raise
    except QuestionError as error:
        raise FieldError("q", str(error)) from error


@post(
    "/verify",
    status_code=200,
    operation_id="verify",
    summary="Check a citation",
    responses=VERIFY_RESPONSES,
    tags=["Answers"],
)
async def check_citation(
    data: Annotated[
        Claim,
        BodyKwarg(
            description="A citation of an earlier reply: its fields of these names.", examples=[Example(value=CLAIM)]
        ),
    ],
    backend: NamedDependency[Backend],
) -> Verdict:
    """Whether the cited text still stands there: `exact`, `moved`, `changed` or `gone`."""
    return await backend.read(lambda service: service.verify(data))


handlers = [ask, ask_by_address, check_citation]


async def _answer(request: ApiRequest, data: Ask, backend: Backend, *, remembers: bool = True) -> Response[Any]:
    def submit(listener: Listener | None = None) -> Future[Reply]:
        options = replace(data.options, remembers=remembers)
        return backend.ask(Inquiry(data.question, "api", data.conversation_id, options), listener)

    kind = stream.MEDIA_TYPE if data.stream else _accepted(request)
    if kind == stream.MEDIA_TYPE:
        return Stream(stream.AnswerStream(submit).frames(), media_type=kind, headers={"X-Accel-Buffering": "no"})
    reply = await while_connected(submit(), request.receive)
    if kind == MediaType.TEXT:
        return Response(plain_reply(reply), media_type=MediaType.TEXT)
    return Response(reply, media_type=MediaType.JSON)


def _accepted(request: ApiRequest) -> str:
    kinds = [MediaType.JSON.value, MediaType.TEXT.value, stream.MEDIA_TYPE]
    return request.accept.best_match(kinds, default=kinds[0]) or kinds[0]
