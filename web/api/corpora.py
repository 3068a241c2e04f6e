"""The corpora of a server that has several."""

from litestar import get
from litestar.di import NamedDependency

from web.access.access import requester_of
from web.backend import Backend
from web.corpora.corpora import Corpora, CorpusRoom
from web.http.messages import CorpusEntry, CorpusList
from web.http.request import ApiRequest
from web.http.schema import READ_RESPONSES


@get("/corpora", operation_id="listCorpora", summary="List the corpora", responses=READ_RESPONSES, tags=["Documents"])
async def list_corpora(request: ApiRequest, corpora: NamedDependency[Corpora]) -> CorpusList:
    """Those this key may ask. A request names one by `corpus` in its query or JSON body, or by `/corpora/NAME` before
    its path; the default is asked where it names none."""
    if not corpora.are_several:
        return CorpusList(())
    requester = requester_of(request.scope)
    default = corpora.default(requester)
    seen = [(room, room.backend.for_requester(requester)) for room in corpora.visible(requester)]
    return CorpusList(tuple([await _entry(room, room is default, backend) for room, backend in seen]))


async def _entry(room: CorpusRoom, is_default: bool, backend: Backend) -> CorpusEntry:
    """It waits for nothing."""
    state = backend.state
    index = await backend.read(lambda service: service.index_state()) if state in ("warming", "ready") else None
    documents, passages = (index.documents, index.passages) if index is not None else (None, None)
    return CorpusEntry(room.name, room.title, is_default, room.base, state, documents, passages)


handlers = [list_corpora]
