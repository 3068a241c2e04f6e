"""The JSON API under /api, and /health. Translation only: what is answered is decided in qa."""

import asyncio
from concurrent.futures import Future
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import MediaType, Request, Response, Router, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import Receive

from index.errors import NotFoundError, QuestionError, UnavailableError
from index.types import Passage
from qa.answering import clean_question
from qa.assembly import Service
from qa.citing import source_url, verify
from qa.text import heading_of
from qa.types import Claim, Conversation, Listener, Reply, Verdict
from web import stream
from web.backend import Backend
from web.examples import CLAIM
from web.messages import Ask, Health, PassageOfSource, SourceDetail, SourceList
from web.plain import plain_reply
from web.problems import FieldError
from web.schema import ASK_RESPONSES, FOUND_RESPONSES, READ_RESPONSES, READY_RESPONSES, VERIFY_RESPONSES

T = TypeVar("T")
ApiRequest = Request[Any, Any, State]
_QUERY_KEYS = ("q", "conversation_id", "top_k", "max_sentences", "sources", "stream")


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
    return await _answer(request, await _strictly(request, type(data)), backend)


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
    stream: Annotated[bool | None, QueryParameter(description="Reply with server-sent events.")] = None,
) -> Response[Any]:
    """The same as POST, with the question as `q`."""
    _check_query(request)
    if q is None:
        raise FieldError("q", "This parameter is required")
    given = {"question": q, "conversation_id": conversation_id, "top_k": top_k, "max_sentences": max_sentences}
    data = msgspec.convert({**given, "sources": sources, "stream": stream}, Ask)
    try:
        return await _answer(request, data, backend)
    except QuestionError as error:
        raise FieldError("q", str(error)) from error


@get("/sources", operation_id="listSources", summary="List the documents", responses=READ_RESPONSES, tags=["Documents"])
async def list_sources(backend: NamedDependency[Backend]) -> SourceList:
    """Every document of the corpus, by path."""
    return await backend.read(_sources)


@get(
    "/sources/{document_id:str}",
    operation_id="readSource",
    summary="Read a document",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def read_source(document_id: FromPath[str], backend: NamedDependency[Backend]) -> SourceDetail:
    """Its text exactly as read, its blocks, what it says of itself, and its passages."""
    return await backend.read(lambda service: _source(service, document_id))


@get(
    "/passages/{passage_id:int}",
    operation_id="readPassage",
    summary="Read a passage",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def read_passage(passage_id: FromPath[int], backend: NamedDependency[Backend]) -> PassageOfSource:
    """A passage and its text."""
    return await backend.read(lambda service: _passage(service, service.corpus.passage(passage_id)))


@post(
    "/verify",
    status_code=200,
    operation_id="verify",
    summary="Check a citation",
    responses=VERIFY_RESPONSES,
    tags=["Answers"],
)
async def check_citation(
    request: ApiRequest,
    data: Annotated[
        Claim,
        BodyKwarg(
            description="A citation of an earlier reply: its fields of these names.", examples=[Example(value=CLAIM)]
        ),
    ],
    backend: NamedDependency[Backend],
) -> Verdict:
    """Whether the cited text still stands there: `exact`, `moved`, `changed` or `gone`."""
    claim = await _strictly(request, type(data))
    return await backend.read(lambda service: verify(service.corpus, claim))


@get(
    "/conversations/{conversation_id:str}",
    operation_id="readConversation",
    summary="Read a conversation",
    responses=FOUND_RESPONSES,
    tags=["Conversations"],
)
async def read_conversation(conversation_id: FromPath[str], backend: NamedDependency[Backend]) -> Conversation:
    """Its turns, oldest first."""
    return await backend.read(lambda service: service.history.conversation(conversation_id))


@delete(
    "/conversations/{conversation_id:str}",
    operation_id="deleteConversation",
    summary="Forget a conversation",
    responses=FOUND_RESPONSES,
    tags=["Conversations"],
)
async def delete_conversation(conversation_id: FromPath[str], backend: NamedDependency[Backend]) -> None:
    """Forget it for good."""
    await backend.read(lambda service: service.history.delete(conversation_id))


@get("/health/live", operation_id="live", summary="Is the process up?", tags=["Health"])
async def live() -> Health:
    """Always 200 while the process can answer at all."""
    return Health("live")


@get(
    "/health/ready",
    operation_id="ready",
    summary="Can questions be answered?",
    responses=READY_RESPONSES,
    tags=["Health"],
)
async def ready(backend: NamedDependency[Backend]) -> Health:
    """200 once the index is open and the models are loaded, 503 before."""
    reasons = {
        "starting": "The index is being opened.",
        "warming": "The models are being loaded.",
        "failed": "The index could not be opened; the server's log says why.",
    }
    if backend.state in reasons:
        raise UnavailableError(reasons[backend.state])
    return Health("ready", backend.waiting)


api_router = Router(
    path="/api",
    route_handlers=[
        ask,
        ask_by_address,
        list_sources,
        read_source,
        read_passage,
        check_citation,
        read_conversation,
        delete_conversation,
    ],
)
health_router = Router(path="/", route_handlers=[live, ready])


async def _strictly(request: ApiRequest, kind: type[T]) -> T:
    """The body once more, by msgspec's strict rules: Litestar's lenient ones take "3" for 3. Raises ValidationError."""
    return msgspec.json.decode(await request.body(), type=kind)


async def _answer(request: ApiRequest, data: Ask, backend: Backend) -> Response[Any]:
    """Check the question here, before it waits for its turn."""
    question = clean_question(data.question)

    def submit(listener: Listener | None = None) -> Future[Reply]:
        return backend.submit(
            lambda service: service.answerer.ask(question, data.conversation_id, data.options, listener)
        )

    kind = stream.MEDIA_TYPE if data.stream else _accepted(request)
    if kind == stream.MEDIA_TYPE:
        return Stream(stream.AnswerStream(submit).frames(), media_type=kind, headers={"X-Accel-Buffering": "no"})
    reply = await _while_connected(submit(), request.receive)
    if kind == MediaType.TEXT:
        return Response(plain_reply(reply), media_type=MediaType.TEXT)
    return Response(reply, media_type=MediaType.JSON)


def _accepted(request: ApiRequest) -> str:
    kinds = [MediaType.JSON.value, MediaType.TEXT.value, stream.MEDIA_TYPE]
    return request.accept.best_match(kinds, default=kinds[0]) or kinds[0]


def _check_query(request: ApiRequest) -> None:
    """Unknown parameters, and single ones given twice."""
    for key in request.query_params:
        if key not in _QUERY_KEYS:
            raise FieldError(key, "There is no such parameter")
        if key != "sources" and len(request.query_params.getall(key)) > 1:
            raise FieldError(key, "This parameter is given more than once")


async def _while_connected(work: Future[Reply], receive: Receive) -> Reply:
    """The reply, unless the caller hangs up first: then work that has not begun is dropped."""
    answer = asyncio.ensure_future(asyncio.wrap_future(work))
    hung_up = asyncio.create_task(_hung_up(receive))
    try:
        await asyncio.wait((answer, hung_up), return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise ClientException("The caller has gone.")
    finally:
        hung_up.cancel()
        answer.cancel()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _sources(service: Service) -> SourceList:
    service.corpus.refresh()  # another process may have indexed since the last question
    return SourceList(service.corpus.sources(), service.corpus.version)


def _source(service: Service, document_id: str) -> SourceDetail:
    corpus = service.corpus
    document = corpus.document(document_id)
    summary = next((each for each in corpus.sources() if each.document_id == document_id), None)
    if summary is None:
        raise NotFoundError(f"There is no document {document_id!r}; it may have been removed.")
    return SourceDetail(
        document_id=document_id,
        source=document.source,
        title=document.title,
        content_sha256=document.content_sha256,
        format=document.format,
        encoding=document.encoding,
        indexed_at=summary.indexed_at,
        text=document.text,
        blocks=document.blocks,
        metadata=document.metadata,
        warnings=document.warnings,
        passages=tuple(_passage(service, each) for each in corpus.document_passages(document_id)),
    )


def _passage(service: Service, passage: Passage) -> PassageOfSource:
    document = service.corpus.document(passage.document_id)
    return PassageOfSource(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        source=document.source,
        ordinal=passage.ordinal,
        kind=passage.kind.value,
        start_char_index=passage.start,
        end_char_index=passage.end,
        heading=heading_of(passage.heading_path),
        text=document.text[passage.start : passage.end],
        url=source_url(passage.document_id, passage.start, passage.end),
    )
