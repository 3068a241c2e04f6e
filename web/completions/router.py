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
from qa.types import AskOptions, Requester, Turn
from web.access.access import requester_of
from web.access.limits import Dialect
from web.backend import Backend, Inquiry
from web.completions.completion import AssistantMessage, Choice, Chunk, Completion, MessageBuilder, Usage
from web.completions.errors import MAX_BODY_BYTES, PREFIX, CompletionError, refuse, respond
from web.completions.request import MODEL, CompletionRequest, corpus_of, model_of, no_model, read_request
from web.completions.streaming import CompletionStream
from web.completions.turns import conversation_of, question_of, turns_of
from web.completions.wording import opening, pieces
from web.corpora.choosing import choice_of, note_chosen
from web.corpora.corpora import Corpora, CorpusRoom
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
    """The models: one, and where there are several corpora, one for each besides."""

    data: tuple[Model, ...]
    object: str = "list"


class Desk(Struct, frozen=True):
    """What the handlers need of the settings. public_url: None for the address that a request came to, since whoever
    sent it can reach that."""

    model: Model
    tokenizer: str
    public_url: str | None

    def page_url(self, request: ApiRequest, room: CorpusRoom) -> str:
        """What links in the response begin with."""
        if self.public_url is not None:
            return self.public_url.rstrip("/") + room.base
        return f"{request.url.scheme}://{request.headers['host']}{room.base}"

    def models(self, corpora: Corpora, requester: Requester) -> dict[str, Model]:
        """By their ids, those there are for whoever asks."""
        names = [room.name for room in corpora.visible(requester)] if corpora.are_several else []
        ids = (MODEL, *map(model_of, names))
        return {each: replace(self.model, id=each) for each in ids}


DIALECTS = {PREFIX: Dialect(MAX_BODY_BYTES, refuse)}


@get("/models")
async def models(request: ApiRequest, desk: NamedDependency[Desk], corpora: NamedDependency[Corpora]) -> ModelList:
    """The models that there are for whoever asks."""
    return ModelList(tuple(desk.models(corpora, requester_of(request.scope)).values()))


@get("/models/{name:path}")
async def model(
    request: ApiRequest, name: FromPath[str], desk: NamedDependency[Desk], corpora: NamedDependency[Corpora]
) -> Model:
    """A model by its id."""
    known = desk.models(corpora, requester_of(request.scope))
    found = known.get(name.lstrip("/"))
    if found is None:
        raise no_model(name.lstrip("/"), known)
    return found


@post("/chat/completions", status_code=200)
async def complete(
    request: ApiRequest, corpora: NamedDependency[Corpora], desk: NamedDependency[Desk]
) -> Response[Any]:
    """The answer to the last message, in the light of those before it."""
    asked = read_request(await request.body())
    room = await _room(request, asked.model, corpora, desk)
    backend = room.backend.for_requester(requester_of(request.scope))
    inquiry = await _inquiry(asked, backend)
    counter, page_url = await asyncio.to_thread(_token_counter, desk.tokenizer), desk.page_url(request, room)
    message = MessageBuilder(counter.count, page_url, asked.most_tokens, asked.stops)
    head = Chunk(f"chatcmpl-{uuid4().hex}", int(time.time()), asked.model, ())

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
    for piece in (*opening(reply.interpreted_as, reply.following_up_on), *pieces(reply, page_url)):
        message.add(piece)
    choice = Choice(AssistantMessage(message.content, message.annotations), message.finish_reason)
    return Response(Completion(head.id, head.created, head.model, (choice,), await usage(), reply))


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


async def _room(request: ApiRequest, model: str, corpora: Corpora, desk: Desk) -> CorpusRoom:
    """The corpus that the model answers from. Raises CompletionError where there is no such model for whoever asks."""
    requester, by_address = requester_of(request.scope), choice_of(request.scope)
    if model not in (known := desk.models(corpora, requester)):
        raise no_model(model, known)
    named = corpus_of(model)
    names = (*by_address.names, *(() if named is None else (named,)))
    room = await corpora.chosen(requester, replace(by_address, names=names))
    note_chosen(request.scope, room)
    return room


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
