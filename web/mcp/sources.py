"""The documents as MCP resources, in pages; each is read whole."""

from bisect import bisect_right

from mcp_types import (
    ListResourcesResult,
    ListResourceTemplatesResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)

from index.errors import NotFoundError
from index.types import SourceSummary
from qa.use_cases import ReadsDocuments

PAGE_SIZE = 100
URI_PREFIX = "footnote://sources/"
_TYPES = {"markdown": "text/markdown"}


def templates() -> ListResourceTemplatesResult:
    """The one form of address."""
    one = ResourceTemplate(
        name="source",
        title="A document",
        uri_template=f"{URI_PREFIX}{{document_id}}",
        description="A document's whole text, exactly as it is stored.",
    )
    return ListResourceTemplatesResult(resource_templates=[one])


def listed(documents: ReadsDocuments, cursor: str | None) -> ListResourcesResult:
    """The documents by path, those after the path `cursor`."""
    documents.refreshed()
    sources = documents.sources()
    first = bisect_right(sources, cursor, key=lambda each: each.source) if cursor is not None else 0
    page = sources[first : first + PAGE_SIZE]
    is_last = first + PAGE_SIZE >= len(sources)
    return ListResourcesResult(
        resources=[_resource(each) for each in page], next_cursor=None if is_last else page[-1].source
    )


def read(documents: ReadsDocuments, uri: str) -> ReadResourceResult:
    """The document's text. Raises NotFoundError."""
    documents.refreshed()
    document_id = uri.removeprefix(URI_PREFIX) if uri.startswith(URI_PREFIX) else ""
    summary = documents.find_source(document_id)
    if summary is None or summary.document_id != document_id:
        raise NotFoundError(f"There is no document at {uri}; it may have been removed. resources/list has them all.")
    text = documents.document(summary.document_id).text
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=_type(summary), text=text)])


def _resource(summary: SourceSummary) -> Resource:
    return Resource(
        uri=URI_PREFIX + summary.document_id,
        name=summary.source,
        title=summary.title,
        description=f"{summary.characters:,} characters",
        mime_type=_type(summary),
    )


def _type(summary: SourceSummary) -> str:
    return _TYPES.get(summary.format, "text/plain")
