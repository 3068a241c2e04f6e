"""/health, for the one who runs the server."""

from litestar import get
from litestar.di import NamedDependency

from index.errors import UnavailableError
from index.types import Indexing
from web.access.access import requester_of
from web.corpora.corpora import Corpora, CorpusRoom
from web.http.messages import CorpusHealth, Health
from web.http.request import ApiRequest
from web.http.schema import READY_RESPONSES

_REASONS = {
    "starting": "The index is being opened.",
    "warming": "The models are being loaded.",
    "failed": "The index could not be opened; the server's log says why.",
}


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
async def ready(request: ApiRequest, corpora: NamedDependency[Corpora]) -> Health:
    """200 once the index is open and the models are loaded, 503 before. `indexing` while files are being read. Where
    there are several corpora, 200 as long as one of them can be asked; `degraded` and each corpus are told to whoever
    may ask it."""
    rooms = corpora.all()
    waiting = rooms[0].backend.waiting
    if not corpora.are_several:
        (room,) = rooms
        if room.backend.state in _REASONS:
            raise UnavailableError(_REASONS[room.backend.state])
        return Health("ready", waiting, _indexing(room))
    states = {room.backend.state for room in rooms}
    if "ready" not in states:  # none yet, or none any more
        raise UnavailableError(_REASONS[next(each for each in ("warming", "starting", "failed") if each in states)])
    requester = requester_of(request.scope)
    seen = corpora.visible(requester)
    is_degraded = any(room.trouble for room in seen)
    told = {}
    for room in seen:
        trouble = room.trouble if requester.is_admin or not room.trouble else "The operator can see why."
        told[room.name] = CorpusHealth(room.backend.state, _indexing(room), trouble)
    return Health("degraded" if is_degraded else "ready", waiting, corpora=told)


handlers = [live, ready]


def _indexing(room: CorpusRoom) -> Indexing | None:
    return room.indexer.indexing if room.indexer is not None else None
