"""/health, for the one who runs the server."""

from litestar import get
from litestar.di import NamedDependency

from index.errors import UnavailableError
from index.sync.indexer import Indexer
from web.backend import Backend
from web.http.messages import Health
from web.http.schema import READY_RESPONSES


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
async def ready(backend: NamedDependency[Backend], indexer: NamedDependency[Indexer | None]) -> Health:
    """200 once the index is open and the models are loaded, 503 before. `indexing` while files are being read."""
    reasons = {
        "starting": "The index is being opened.",
        "warming": "The models are being loaded.",
        "failed": "The index could not be opened; the server's log says why.",
    }
    if backend.state in reasons:
        raise UnavailableError(reasons[backend.state])
    return Health("ready", backend.waiting, indexer.indexing if indexer is not None else None)


handlers = [live, ready]
