"""/metrics, for the one who runs the server."""

import asyncio

from litestar import Response, get
from litestar.di import NamedDependency

from qa.use_cases import IndexState
from web.access.access import operators_only
from web.backend import Backend
from web.corpora.corpora import Corpora, CorpusRoom
from web.observability.observing import MEDIA_TYPE, Metrics, Served, ServedCorpus


@get("/metrics", guards=[operators_only], include_in_schema=False)
async def scrape(corpora: NamedDependency[Corpora], metrics: NamedDependency[Metrics]) -> Response[bytes]:
    """Prometheus's text format. It never waits for a question, nor for the index to be open."""
    first, *_ = rooms = corpora.all()
    is_ready = any(room.backend.state == "ready" for room in rooms)
    if corpora.are_several:
        served = Served(is_ready, first.backend.waiting, None)
        each = [ServedCorpus(room.name, _is_well(room), await _index(room.backend)) for room in rooms]
        text = await asyncio.to_thread(metrics.text, served, each)
    else:
        text = await asyncio.to_thread(
            metrics.text, Served(is_ready, first.backend.waiting, await _index(first.backend))
        )
    return Response(text, headers={"Content-Type": MEDIA_TYPE})


handlers = [scrape]


def _is_well(room: CorpusRoom) -> bool:
    return room.backend.state == "ready" and not room.trouble


async def _index(backend: Backend) -> IndexState | None:
    """None while it is not open."""
    return await backend.read(lambda service: service.index_state()) if backend.state in ("warming", "ready") else None
