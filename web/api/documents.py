"""The documents and their passages, as indexed."""

from collections.abc import Iterable
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import structs

from index.errors import NotFoundError
from index.sentences.markup import heading_of
from index.types import Passage, SourceSummary
from index.unread import UnreadFile, grouped
from qa.composing.citations import source_url
from qa.summaries.limits import SUMMARY_LIMITS
from qa.types import DocumentSummary
from qa.use_cases import UseCases
from web.backend import Backend
from web.http.messages import CitedRanges, ListedSource, PassageOfSource, SourceDetail, SourceList, UnreadList
from web.http.schema import FOUND_RESPONSES, READ_RESPONSES


@get("/sources", operation_id="listSources", summary="List the documents", responses=READ_RESPONSES, tags=["Documents"])
async def list_sources(backend: NamedDependency[Backend]) -> SourceList:
    """Every document of the corpus, by path."""
    return await backend.read(_sources)


@get(
    "/sources/unread",
    operation_id="listUnread",
    summary="List the files that were not read",
    responses=READ_RESPONSES,
    tags=["Documents"],
)
async def list_unread(backend: NamedDependency[Backend]) -> UnreadList:
    """Every file of the folder that answers do not come from as it is now, by path, and why."""
    return await backend.read(_unread)


@get(
    "/sources/{document_id:str}",
    operation_id="readSource",
    summary="Read a document",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def read_source(document_id: FromPath[str], backend: NamedDependency[Backend]) -> SourceDetail:
    """Its text exactly as read, its blocks, what it says of itself, and its passages."""
    return await backend.read(lambda service: _source(service, document_id))


@get(
    "/sources/{document_id:str}/summary",
    operation_id="summariseSource",
    summary="Sum up a document",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def summarise_source(
    document_id: FromPath[str],
    backend: NamedDependency[Backend],
    sentences: Annotated[
        int, QueryParameter(description="Longest summary, 1 to 10.", ge=1, le=SUMMARY_LIMITS.most_sentences)
    ] = SUMMARY_LIMITS.sentences,
) -> DocumentSummary:
    """Sentences of the document that sum it up, in its order, each cited: its author's own abstract where it has one,
    else the most central ones."""
    return await backend.read(lambda service: service.summarise(document_id, sentences))


@get(
    "/sources/{document_id:str}/cited",
    operation_id="readCited",
    summary="Where answers cite a document",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def read_cited(document_id: FromPath[str], backend: NamedDependency[Backend]) -> CitedRanges:
    """The ranges that answers cite of it as it is now, how often, and when last."""
    return await backend.read(lambda service: _cited(service, document_id))


@get(
    "/passages/{passage_id:int}",
    operation_id="readPassage",
    summary="Read a passage",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def read_passage(passage_id: FromPath[int], backend: NamedDependency[Backend]) -> PassageOfSource:
    """A passage and its text."""
    return await backend.read(lambda service: _passage(service, service.passage(passage_id)))


handlers = [list_sources, list_unread, read_source, summarise_source, read_cited, read_passage]


def _sources(service: UseCases) -> SourceList:
    version = service.refreshed().version  # another process may have indexed since the last question
    times = service.times_cited()
    sources = tuple(
        ListedSource(**structs.asdict(each), times_cited=times.get(each.document_id, 0)) for each in service.sources()
    )
    unread = service.unread()
    return SourceList(sources, version, len(_every_path(sources, unread)), grouped(unread))


def _every_path(sources: Iterable[SourceSummary], unread: Iterable[UnreadFile]) -> set[str]:
    """Of files that were read, and of those that were not; one that is kept from before is both."""
    return {each.source for each in sources} | {file.source for file in unread}


def _unread(service: UseCases) -> UnreadList:
    service.refreshed()
    return UnreadList(service.unread())


def _summary(service: UseCases, document_id: str) -> SourceSummary:
    summary = service.find_source(document_id)
    if summary is None or summary.document_id != document_id:
        raise NotFoundError(f"There is no document {document_id!r}; it may have been removed.")
    return summary


def _cited(service: UseCases, document_id: str) -> CitedRanges:
    sha = service.document(document_id).content_sha256
    return CitedRanges(document_id, sha, service.cited(document_id, sha))


def _source(service: UseCases, document_id: str) -> SourceDetail:
    document = service.document(document_id)
    summary = _summary(service, document_id)
    return SourceDetail(
        document_id=document_id,
        source=document.source,
        title=document.title,
        content_sha256=document.content_sha256,
        format=document.format,
        encoding=document.encoding,
        indexed_at=summary.indexed_at,
        text=document.text,
        blocks=document.blocks,
        metadata=document.metadata,
        warnings=document.warnings,
        passages=tuple(_passage(service, each) for each in service.document_passages(document_id)),
        sentences=summary.sentences,
        left_out=summary.left_out,
        pages=max((place.page for place in document.places), default=0),
    )


def _passage(service: UseCases, passage: Passage) -> PassageOfSource:
    document = service.document(passage.document_id)
    return PassageOfSource(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        source=document.source,
        ordinal=passage.ordinal,
        kind=passage.kind.value,
        start_char_index=passage.start,
        end_char_index=passage.end,
        heading=heading_of(passage.heading_path),
        text=document.text[passage.start : passage.end],
        url=source_url(passage.document_id, passage.start, passage.end),
    )
