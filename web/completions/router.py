"""POST /v1/chat/completions and GET /v1/models."""

import asyncio
import time
from functools import lru_cache
from typing import Any
from uuid import uuid4

from litestar import HttpMethod, Response, Router, get, post, route
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Stream
from msgspec import Struct
from msgspec.structs import replace

from index.errors import UnavailableError
from index.models.tokens import open_token_counter
from qa.types import AskOptions, Turn
from web.access.limits import Dialect
from web.backend import Backend, Inquiry
from web.completions.completion import AssistantMessage, Choice, Chunk, Completion, MessageBuilder, Usage
from web.completions.errors import MAX_BODY_BYTES, PREFIX, CompletionError, refuse, respond
from web.completions.request import MODEL, CompletionRequest, no_model, read_request
from web.completions.streaming import CompletionStream
from web.completions.turns import conversation_of, question_of, turns_of
from web.completions.wording import opening, pieces
from web.http.request import ApiRequest, while_connected
from web.http.stream import MEDIA_TYPE, AnswerStream
from web.settings.settings import Settings

_SURFACE = "chat_completions"
_TURNS_LOOKED_AT = 20
_token_counter = lru_cache(open_token_counter)


class Model(Struct, frozen=True):
    """A model. created: seconds since 1970 when this server began to serve it."""

    id: str
    created: int
    object: str = "model"
    owned_by: str = MODEL


class ModelList(Struct, frozen=True):
    """The models, of which there is one."""

    data: tuple[Model, ...]
    object: str = "list"


class Desk(Struct, frozen=True):
    """What the handlers need of the settings. public_url: None for the address that a request came to, since whoever
    sent it can reach that."""

    model: Model
    tokenizer: str
    public_url: str | None

    def page_url(self, request: ApiRequest) -> str:
        """What links in the response begin with."""
        if self.public_url is not None:
            return self.public_url.rstrip("/")
        return f"{request.url.scheme}://{request.headers['host']}"


DIALECTS = {PREFIX: Dialect(MAX_BODY_BYTES, refuse)}


@get("/models")
async def models(desk: NamedDependency[Desk]) -> ModelList:
    """The models, of which there is one."""
    return ModelList((desk.model,))


@get("/models/{name:path}")
async def model(name: FromPath[str], desk: NamedDependency[Desk]) -> Model:
    """A model by its id."""
    if name.lstrip("/") != MODEL:
        raise no_model(name.lstrip("/"))
    return desk.model


@post("/chat/completions", status_code=200)
async def complete(
    request: ApiRequest, backend: NamedDependency[Backend], desk: NamedDependency[Desk]
) -> Response[Any]:
    """The answer to the last message, in the light of those before it."""
    asked = read_request(await request.body())
    inquiry = await _inquiry(asked, backend)
    counter, page_url = await asyncio.to_thread(_token_counter, desk.tokenizer), desk.page_url(request)
    message = MessageBuilder(counter.count, page_url, asked.most_tokens, asked.stops)
    head = Chunk(f"chatcmpl-{uuid4().hex}", int(time.time()), MODEL, ())

    async def usage() -> Usage:
        prompt = await asyncio.to_thread(lambda: sum(counter.count(each.text) for each in asked.messages))
        return Usage(prompt, message.tokens, prompt + message.tokens)

    if asked.stream:
        tells_usage = asked.stream_options is not None and bool(asked.stream_options.include_usage)
        head = replace(head, usage=None) if tells_usage else head
        chunks = CompletionStream(head, message, page_url, usage if tells_usage else None)
        answer = AnswerStream(lambda listener: backend.ask(inquiry, listener))
        return Stream(chunks.frames(answer), media_type=MEDIA_TYPE, headers={"X-Accel-Buffering": "no"})
    reply = await while_connected(backend.ask(inquiry), request.receive)
    for piece in (*opening(reply.interpreted_as), *pieces(reply, page_url)):
        message.add(piece)
    choice = Choice(AssistantMessage(message.content, message.annotations), message.finish_reason)
    return Response(Completion(head.id, head.created, MODEL, (choice,), await usage(), reply))


@route(
    ["/", "/{rest:path}"],
    http_method=[HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE],
)
async def nothing(request: ApiRequest) -> None:
    """What else the clients of OpenAI's API may ask for."""
    message = (
        f"There is nothing for {request.method} {request.url.path}; Footnote has POST /v1/chat/completions and "
        "GET /v1/models."
    )
    raise CompletionError(404, message, None, "unknown_url")


def completions_router(settings: Settings) -> Router:
    """The addresses under /v1."""
    desk = Desk(Model(MODEL, int(time.time())), settings.tokenizer, settings.public_url)
    return Router(
        path="/v1",
        route_handlers=[models, model, complete, nothing],
        dependencies={"desk": Provide(lambda: desk, sync_to_thread=False)},
        exception_handlers={Exception: respond},
        request_max_body_size=MAX_BODY_BYTES,
        include_in_schema=False,
    )


async def _inquiry(asked: CompletionRequest, backend: Backend) -> Inquiry:
    """What is asked, put together off the event loop, since messages may be long."""
    question = await asyncio.to_thread(question_of, asked.messages)
    conversation_id = conversation_of(asked, backend.requester.name)
    kept = await _kept(backend, conversation_id) if len(asked.messages) > 1 else ()
    turns = await asyncio.to_thread(turns_of, asked.messages, kept)
    return Inquiry(question, _SURFACE, conversation_id, AskOptions(within=asked.within), turns)


async def _kept(backend: Backend, conversation_id: str) -> tuple[Turn, ...]:
    """The turns of the conversation that are stored; none where conversations are not kept."""
    try:
        return await backend.read(lambda service: service.turns(conversation_id, _TURNS_LOOKED_AT))
    except UnavailableError:
        return ()
