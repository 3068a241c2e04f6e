"""Whether the index is in step with the folder of documents, and bringing it there."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import BodyKwarg
from msgspec import Meta, Struct
from msgspec.structs import replace

from index.errors import UnavailableError
from index.sync.indexer import Indexer, SyncStatus
from web.access.access import operators_only
from web.backend import Backend
from web.http.schema import OPERATOR_RESPONSES, READ_RESPONSES


class SyncRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """How to look at the folder."""

    remove_all: Annotated[
        bool, Meta(description="Remove documents whose files are gone, also where these are more than half of all.")
    ] = False


@get("/sync", operation_id="readSync", summary="How far indexing is", responses=READ_RESPONSES, tags=["Documents"])
async def read_sync(backend: NamedDependency[Backend], indexer: NamedDependency[Indexer | None]) -> SyncStatus:
    """What is going on, with rates and the time left. A key that may see only a part of the documents is told no
    file's name."""
    return _seen(indexer, backend)


@post(
    "/sources/sync",
    status_code=202,
    operation_id="sync",
    summary="Look at the folder again",
    guards=[operators_only],
    responses=OPERATOR_RESPONSES,
    tags=["Documents"],
)
async def start_sync(
    backend: NamedDependency[Backend],
    indexer: NamedDependency[Indexer | None],
    data: Annotated[SyncRequest | None, BodyKwarg(description="Nothing, or how.")] = None,
) -> SyncStatus:
    """Index what has changed, in the background; `GET /api/sync` says how far that is."""
    if indexer is None:
        raise UnavailableError("This server does not index: run `footnote index`.")
    indexer.request(remove_all=data is not None and data.remove_all)
    return _seen(indexer, backend)


def _seen(indexer: Indexer | None, backend: Backend) -> SyncStatus:
    if indexer is None:
        return SyncStatus(state="stopped")
    status = indexer.status
    if not backend.requester.sources:
        return status
    hidden = "It could not be brought up to date; the operator can see why." if status.error else ""
    return replace(status, source="", warnings=(), unread=(), error=hidden)


handlers = [read_sync, start_sync]
