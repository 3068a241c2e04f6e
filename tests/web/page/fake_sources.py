"""Scripted endpoints of the documents: what became of them, where they were cited, and the check of a citation."""

from collections import Counter
from typing import Any, Protocol

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import json, to_builtins
from msgspec.structs import replace

from index.errors import NotFoundError
from index.sync.indexer import SyncStatus
from index.types import Document, SourceSummary
from index.unread import UnreadFile
from qa.composing.citations import verify
from qa.conversations.entries import CitedRange
from qa.types import Claim, OnDisk
from web.http.messages import CitedRanges, ListedSource, UnreadList

ApiRequest = Request[object, object, State]

INDEXED_AT = "2026-01-01T00:00:00Z"
LEFT_OUT = {"furniture: web words only": 12, "<b>between</b> blocks": 3}


class FakeSources:
    """cited: ranges by document id. broken: what is answered with 500 ("verify", "cited"). on_disk: what is said of the
    files now. unread: files that were not read. status: how far indexing is."""

    def __init__(self) -> None:
        self.cited: dict[str, tuple[CitedRange, ...]] = {}
        self.broken: set[str] = set()
        self.on_disk: OnDisk = "same"
        self.unread: tuple[UnreadFile, ...] = ()
        self.status = SyncStatus(finished_at=INDEXED_AT)

    def row(self, document: Document) -> ListedSource:
        """As the list of documents has it."""
        held: dict[str, Any] = {
            name: getattr(document, name) for name in SourceSummary.__struct_fields__ if hasattr(document, name)
        }
        held["blocks"] = Counter(block.kind.value for block in document.blocks)
        return ListedSource(
            **held,
            characters=len(document.text),
            passages=4,
            sentences=9,
            left_out=LEFT_OUT,
            indexed_at=INDEXED_AT,
            times_cited=sum(each.times for each in self.cited.get(document.document_id, ())),
        )


def detail(document: Document) -> dict[str, Any]:
    """As GET /api/sources/{document_id} gives it."""
    more = {"title": document.title, "indexed_at": INDEXED_AT, "left_out": LEFT_OUT, "sentences": 9}
    return {**to_builtins(document), **more, "passages": []}


class Documents(Protocol):
    """The fake that holds the documents. `sources` may be another one after a reset."""

    sources: FakeSources

    def by_id(self, document_id: str) -> Document | None:
        """None where there is none."""


class _Library:
    """Documents as `verify` looks them up."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def document(self, document_id: str) -> Document:
        document = self._documents.by_id(document_id)
        if document is None:
            raise NotFoundError("No such document.")
        return document


def _answer(value: object, status: int = 200) -> Response[bytes]:
    return Response(json.encode(value), status_code=status, media_type="application/json")


def source_handlers(fake: Documents) -> list[HTTPRouteHandler]:
    """To be mounted in the app of the fake."""

    @get("/api/sources/{document_id:str}/cited")
    async def cited(document_id: FromPath[str]) -> Response[bytes]:
        document = fake.by_id(document_id)
        if "cited" in fake.sources.broken or document is None:
            return _answer({"detail": "The past is <b>not</b> to be had."}, 500)
        return _answer(CitedRanges(document_id, document.content_sha256, fake.sources.cited.get(document_id, ())))

    @post("/api/verify", status_code=200)
    async def check(request: ApiRequest) -> Response[bytes]:
        if "verify" in fake.sources.broken:
            return _answer({"detail": "The check <b>failed</b>."}, 500)
        return _answer(
            replace(verify(_Library(fake), json.decode(await request.body(), type=Claim)), on_disk=fake.sources.on_disk)
        )

    @get("/api/sources/unread")
    async def unread() -> Response[bytes]:
        return _answer(UnreadList(fake.sources.unread))

    @get("/api/sync")
    async def sync() -> Response[bytes]:
        return _answer(fake.sources.status)

    return [cited, check, unread, sync]
