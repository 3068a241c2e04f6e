"""/metrics, for the one who runs the server."""

import asyncio

from litestar import Response, get
from litestar.di import NamedDependency

from web.access.access import operators_only
from web.backend import Backend
from web.observability.observing import MEDIA_TYPE, Metrics, Served


@get("/metrics", guards=[operators_only], include_in_schema=False)
async def scrape(backend: NamedDependency[Backend], metrics: NamedDependency[Metrics]) -> Response[bytes]:
    """Prometheus's text format. It never waits for a question, nor for the index to be open."""
    state = backend.state
    index = await backend.read(lambda service: service.index_state()) if state in ("warming", "ready") else None
    text = await asyncio.to_thread(metrics.text, Served(state == "ready", backend.waiting, index))
    return Response(text, headers={"Content-Type": MEDIA_TYPE})


handlers = [scrape]
