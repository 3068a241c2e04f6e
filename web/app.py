"""The application: the surfaces over a Backend for each corpus, inside the limits."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.types import ASGIApp, Scope

from index.readers.sandbox import SandboxLimits
from index.sync.indexer import Indexer
from qa.use_cases import UseCases
from web.access.access import Access, requester_of
from web.access.keyring import KeyRing
from web.access.limits import BODY_SECONDS, MAX_BODY_BYTES, Limits
from web.api import api_router, health_router, metrics_router
from web.api.library import UPLOAD_PATH
from web.backend import Backend
from web.background.retention import forgetting
from web.background.suggestions import SuggestionSearches
from web.completions.router import DIALECTS, completions_router
from web.corpora.choosing import Addressed, Choosing, room_of
from web.corpora.corpora import Corpora, CorpusParts, CorpusRoom
from web.corpora.shelving import MOST_FILES, Shelving
from web.http.page import page_router
from web.http.problems import respond
from web.http.request import ApiRequest
from web.http.schema import openapi_config, schema_router
from web.mcp.http import mcp_endpoint, mcp_running
from web.observability.observing import Metrics, Observing, observing
from web.observability.telemetry import Traced
from web.originals import Originals
from web.queueing import Rates, Worker
from web.settings.settings import Settings
from web.slack.events import PATH as SLACK_PATH
from web.slack.surface import slack_running


async def provide_room(state: State, scope: Scope) -> CorpusRoom:
    """The corpus that the request is about, of those that the app's lifespan opened."""
    return await room_of(state, scope)


def provide_corpora(state: State) -> Corpora:
    """All of them."""
    corpora: Corpora = state["corpora"]
    return corpora


def provide_backend(room: NamedDependency[CorpusRoom], scope: Scope) -> Backend:
    """The corpus's, as who asks may see it."""
    return room.backend.for_requester(requester_of(scope))


def provide_searches(room: NamedDependency[CorpusRoom]) -> SuggestionSearches:
    """The corpus's, that go on while the app's lifespan does."""
    return room.searches


def provide_originals(room: NamedDependency[CorpusRoom]) -> Originals:
    """The files of the corpus folder, while the app's lifespan goes on."""
    return room.originals


def provide_shelving(room: NamedDependency[CorpusRoom]) -> Shelving:
    """The corpus's library."""
    return room.shelving


def provide_indexer(room: NamedDependency[CorpusRoom]) -> Indexer | None:
    """What keeps the corpus's index in step, if something does."""
    return room.indexer


def provide_metrics(state: State) -> Metrics:
    """Those that the app's lifespan counts with."""
    observer: Observing = state["observer"]
    return observer.metrics


def create_app(
    settings: Settings,
    open_service: Callable[[], UseCases],
    body_seconds: float = BODY_SECONDS,
    indexer: Indexer | None = None,
) -> ASGIApp:
    """The ASGI application over one corpus. `open_service` is called once, on the model thread, when the server starts.
    indexer: which that starts; it is closed with the app."""
    return create_app_of(settings, {"": CorpusParts(settings, open_service, indexer)}, body_seconds)


def create_app_of(settings: Settings, parts: Mapping[str, CorpusParts], body_seconds: float = BODY_SECONDS) -> ASGIApp:
    """The ASGI application over the corpora of these names; one alone is called "". settings: of the server."""
    keys, are_several = KeyRing(settings.data_folder), "" not in parts
    app = Litestar(
        route_handlers=[
            api_router,
            health_router,
            metrics_router,
            mcp_endpoint,
            completions_router(settings),
            schema_router,
            page_router,
        ],
        dependencies={
            "room": Provide(provide_room),
            "corpora": Provide(provide_corpora, sync_to_thread=False),
            "backend": Provide(provide_backend, sync_to_thread=False),
            "searches": Provide(provide_searches, sync_to_thread=False),
            "originals": Provide(provide_originals, sync_to_thread=False),
            "shelving": Provide(provide_shelving, sync_to_thread=False),
            "metrics": Provide(provide_metrics, sync_to_thread=False),
            "indexer": Provide(provide_indexer, sync_to_thread=False),
        },
        exception_handlers={Exception: respond},
        lifespan=[_lifespan(settings, parts, keys)],
        openapi_config=openapi_config(are_several=are_several),
        request_class=ApiRequest,
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,
        debug=False,
    )
    inner: ASGIApp = Traced(app) if settings.otlp_endpoint else app
    inner = Choosing(inner, lambda: app.state["corpora"]) if are_several else inner
    doors = {SLACK_PATH: lambda: app.state.get("slack")}
    forms = {UPLOAD_PATH: MOST_FILES * settings.upload_megabytes * 1_000_000}
    limits = Limits(inner, Access(settings, keys), DIALECTS, body_seconds, doors, forms)
    return Addressed(limits) if are_several else limits


def _lifespan(
    settings: Settings, parts: Mapping[str, CorpusParts], keys: KeyRing
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """What goes on while the server does. Handlers find it in the app's state."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            stack.callback(keys.close)
            observer = await enter(observing(settings.otlp_endpoint, logs_questions=settings.log_questions))
            if "" not in parts:
                observer.metrics.of_corpora(parts)
            worker, rates = Worker(settings.queue), Rates(keys.per_minute)
            backends = {name: _opened(each, worker, observer.about(name), rates) for name, each in parts.items()}
            for backend in backends.values():
                stack.push_async_callback(asyncio.to_thread, backend.close)
            rooms = {}
            for name, backend in backends.items():
                rooms[name] = await enter(_room(name, parts[name], backend))
            corpora = Corpora(rooms, settings.first_corpus)
            app.state.update({"observer": observer, "corpora": corpora})
            app.state["mcp"] = await enter(mcp_running(corpora, settings))
            app.state["slack"] = await enter(slack_running(corpora, settings, observer.metrics.watch))
            yield

    return lifespan


def _opened(parts: CorpusParts, worker: Worker, observer: Observing, rates: Rates) -> Backend:
    """Its service opens from now on, and its indexer gives way to whatever is asked."""
    if parts.indexer is not None:
        parts.indexer.rest = worker.give_way
        parts.indexer.exclusively = lambda job: worker.submit(job, counted=False).result()
    return Backend.open(parts.open_service, worker, observer, rates)


@asynccontextmanager
async def _room(name: str, parts: CorpusParts, backend: Backend) -> AsyncIterator[CorpusRoom]:
    """What goes on for a corpus while it is entered."""
    settings, indexer = parts.settings, parts.indexer
    async with AsyncExitStack() as stack:
        if indexer is not None:
            stack.push_async_callback(asyncio.to_thread, indexer.close)
        shelving = Shelving.of(settings, indexer)
        await asyncio.to_thread(shelving.tidy)
        await stack.enter_async_context(forgetting(backend, settings.conversation_days))
        searches = await stack.enter_async_context(SuggestionSearches.running(backend))
        limits = SandboxLimits(seconds=settings.parse_seconds, memory_mb=settings.parse_memory_mb)
        originals = stack.enter_context(Originals.limited(settings.corpus, limits))
        yield CorpusRoom(name, parts.title or name, backend, indexer, searches, shelving, originals)
