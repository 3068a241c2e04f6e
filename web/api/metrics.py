"""/metrics, for the one who runs the server."""

import asyncio

from litestar import Response, get
from litestar.di import NamedDependency

from qa.bootstrap import Service
from web.access.requester import operators_only
from web.backend import Backend
from web.observability.metrics import MEDIA_TYPE, IndexState, Metrics, Served


@get("/metrics", guards=[operators_only], include_in_schema=False)
async def scrape(backend: NamedDependency[Backend], metrics: NamedDependency[Metrics]) -> Response[bytes]:
    """Prometheus's text format. It never waits for a question, nor for the index to be open."""
    state = backend.state
    index = await backend.read(_index_state) if state in ("warming", "ready") else None
    text = await asyncio.to_thread(metrics.text, Served(state == "ready", backend.waiting, index))
    return Response(text, headers={"Content-Type": MEDIA_TYPE})


def _index_state(service: Service) -> IndexState:
    corpus = service.corpus
    return IndexState(corpus.version, len(corpus.sources()), corpus.size)


handlers = [scrape]
