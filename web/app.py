"""The application: the surfaces over one Backend, inside the limits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ASGIApp, Scope

from index.readers.sandbox import SandboxLimits
from index.sync.indexer import Indexer
from qa.use_cases import UseCases
from web.access.access import Access, requester_of
from web.access.keyring import KeyRing
from web.access.limits import BODY_SECONDS, MAX_BODY_BYTES, Limits
from web.api import api_router, health_router, metrics_router
from web.api.library import MOST_FILES, UPLOAD_PATH, Shelving
from web.backend import Backend
from web.background.retention import forgetting
from web.background.suggestions import SuggestionSearches
from web.completions.router import DIALECTS, completions_router
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


def provide_backend(state: State, scope: Scope) -> Backend:
    """The one that the app's lifespan made, as who asks may see it."""
    backend: Backend = state["backend"]
    return backend.for_requester(requester_of(scope))


def provide_searches(state: State) -> SuggestionSearches:
    """The ones that go on while the app's lifespan does."""
    searches: SuggestionSearches = state["searches"]
    return searches


def provide_originals(state: State) -> Originals:
    """The files of the corpus folder, while the app's lifespan goes on."""
    originals: Originals = state["originals"]
    return originals


def provide_shelving(state: State) -> Shelving:
    """The library that the app's lifespan opened."""
    shelving: Shelving = state["shelving"]
    return shelving


def provide_metrics(state: State) -> Metrics:
    """Those that the app's lifespan counts with."""
    observer: Observing = state["observer"]
    return observer.metrics


def provide_indexer(state: State) -> Indexer | None:
    """What keeps the index in step, if something does."""
    indexer: Indexer | None = state["indexer"]
    return indexer


def create_app(
    settings: Settings,
    open_service: Callable[[], UseCases],
    body_seconds: float = BODY_SECONDS,
    indexer: Indexer | None = None,
) -> ASGIApp:
    """The ASGI application. `open_service` is called once, on the model thread, when the server starts. indexer: which
    that starts; it is closed with the app."""
    keys = KeyRing(settings.data_folder)
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
            "backend": Provide(provide_backend, sync_to_thread=False),
            "searches": Provide(provide_searches, sync_to_thread=False),
            "originals": Provide(provide_originals, sync_to_thread=False),
            "shelving": Provide(provide_shelving, sync_to_thread=False),
            "metrics": Provide(provide_metrics, sync_to_thread=False),
            "indexer": Provide(provide_indexer, sync_to_thread=False),
        },
        exception_handlers={Exception: respond},
        lifespan=[_lifespan(settings, open_service, keys, indexer)],
        openapi_config=openapi_config(),
        request_class=ApiRequest,
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,
        debug=False,
    )
    inner = Traced(app) if settings.otlp_endpoint else app
    doors = {SLACK_PATH: lambda: app.state.get("slack")}
    forms = {UPLOAD_PATH: MOST_FILES * settings.upload_megabytes * 1_000_000}
    return Limits(inner, Access(settings, keys), DIALECTS, body_seconds, doors, forms)


def _lifespan(
    settings: Settings, open_service: Callable[[], UseCases], keys: KeyRing, indexer: Indexer | None
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """What goes on while the server does. Handlers find it in the app's state."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            stack.callback(keys.close)
            observer = await enter(observing(settings.otlp_endpoint, logs_questions=settings.log_questions))
            worker = Worker(settings.queue)
            if indexer is not None:
                indexer.rest = worker.give_way
                indexer.exclusively = lambda job: worker.submit(job, counted=False).result()
            backend = Backend.open(open_service, worker, observer, Rates(keys.per_minute))
            stack.push_async_callback(asyncio.to_thread, backend.close)
            if indexer is not None:
                stack.push_async_callback(asyncio.to_thread, indexer.close)
            app.state.update({"observer": observer, "backend": backend, "indexer": indexer})
            app.state["shelving"] = shelving = Shelving.of(settings, indexer)
            await asyncio.to_thread(shelving.tidy)
            await enter(forgetting(backend, settings.conversation_days))
            searches = await enter(SuggestionSearches.running(backend))
            app.state["searches"] = searches
            limits = SandboxLimits(seconds=settings.parse_seconds, memory_mb=settings.parse_memory_mb)
            app.state["originals"] = stack.enter_context(Originals.limited(settings.corpus, limits))
            app.state["mcp"] = await enter(mcp_running(backend, settings))
            app.state["slack"] = await enter(slack_running(backend, settings, searches, observer.metrics.watch))
            yield

    return lifespan
