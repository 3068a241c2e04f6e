"""The API's own description: /schema/openapi.json (OpenAPI 3.1), and an offline page over it at /schema."""

from inspect import getdoc
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, Router, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, Contact, Example, SecurityScheme, Tag
from litestar.params import FromPath
from msgspec import convert

from index.sync.indexer import SyncStatus
from index.types import Indexing
from index.unread import UnreadFile, UnreadGroup
from qa.collection.choosing import CollectionList, FilterEntry
from qa.collection.filters import FilterRule, SavedFilter
from qa.collection.folders import DocumentFolder, Extent
from qa.conversations.entries import CitedRange, ConversationEntry, ConversationList
from qa.conversations.feedback import Opinion
from qa.insights.gaps import GapQuestion, GapSource, GapsReport, GapTopic, Judged, Week
from qa.insights.regression import RegressionAnswer, RegressionQuestion
from qa.types import (
    AnswerGroup,
    AskedWithin,
    Citation,
    ContentBlock,
    Conversation,
    Count,
    Mention,
    PageBox,
    Reply,
    RetrievedPassage,
    ShortAnswer,
    Turn,
    Verdict,
)
from web import __version__
from web.http.examples import ABSTAINED, ANSWERED, DIFFERING, EXHAUSTIVE, SAID_AGAIN, SUGGESTED
from web.http.messages import (
    CitationVerdict,
    CitedRanges,
    CorpusEntry,
    CorpusHealth,
    CorpusList,
    ListedSource,
    PassageOfSource,
    PastAnswer,
    PlaceOfRange,
    SourceDetail,
    SourceList,
    SourcePages,
    SuggestionList,
    UnreadList,
)
from web.http.problems import MEDIA_TYPE, Problem
from web.originals import PageSize


class _Page(OpenAPIRenderPlugin):
    """The page at /schema. Litestar's own would load its scripts from another host."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002
        return (_STATIC / "schema.html").read_bytes()


_CORPUS = {
    "name": "corpus",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "The corpus that the request is about, by its name in `/api/corpora`; a JSON body may have it as a "
    "field, too. Not given: that of the conversation, else the default one. The reply's `Footnote-Corpus` tells it.",
}


class _Json(JsonRenderPlugin):
    """The description, with what the Structs' docstrings say of the fields, which Litestar leaves out, and where a
    server has several corpora, with `corpus`, which is heeded before any handler is."""

    def __init__(self, *, are_several: bool, **how: Any) -> None:
        super().__init__(**how)
        self._are_several = are_several

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        parts = openapi_schema["components"]
        said = {name: {"description": getdoc(_TYPES[name])} for name in parts["schemas"].keys() & _TYPES.keys()}
        schemas = {name: {**schema, **said.get(name, {})} for name, schema in parts["schemas"].items()}
        whole = {**openapi_schema, "components": {**parts, "schemas": schemas}}
        if self._are_several:
            whole["paths"] = {path: _with_corpus(path, methods) for path, methods in whole["paths"].items()}
        return super().render(request, whole)


def _with_corpus(path: str, methods: dict[str, Any]) -> dict[str, Any]:
    if not path.startswith("/api/"):
        return methods
    return {method: {**each, "parameters": [*each.get("parameters", ()), _CORPUS]} for method, each in methods.items()}


_COLLECTIONS = (CollectionList, DocumentFolder, FilterEntry, Extent, SavedFilter, FilterRule, AskedWithin)
_ANSWERING = (Reply, ContentBlock, Citation, ShortAnswer, AnswerGroup, Mention, Count, RetrievedPassage, Verdict)
_ORIGINALS = (SourcePages, PageSize, PlaceOfRange, PageBox)
_DOCUMENTS = (SourceList, ListedSource, SourceDetail, CitedRanges, CitedRange, PassageOfSource, *_ORIGINALS)
_FILES_READ = (UnreadList, UnreadFile, UnreadGroup, SyncStatus, Indexing)
_SAID = (Opinion, RegressionQuestion, RegressionAnswer, GapsReport, GapTopic, GapQuestion, Judged, GapSource, Week)
_PAST = (Turn, Conversation, ConversationEntry, ConversationList, PastAnswer, CitationVerdict)
_CORPORA = (CorpusList, CorpusEntry, CorpusHealth)
_KEPT = (*_PAST, *_DOCUMENTS, *_FILES_READ, *_SAID)
_TYPES = {each.__name__: each for each in (*_ANSWERING, *_COLLECTIONS, *_KEPT, *_CORPORA)}
_STATIC = Path(__file__).parents[1] / "static"
_VENDORED = _STATIC / "vendor" / "swagger-ui"
_FILES = {
    "swagger-ui.css": (_VENDORED / "swagger-ui.css", "text/css"),
    "swagger-ui-bundle.js": (_VENDORED / "swagger-ui-bundle.js", "text/javascript"),
    "schema.js": (_STATIC / "schema.js", "text/javascript"),
}

_MEANINGS = {
    400: "A field is not valid (`errors` names it), or the body is not JSON.",
    401: "The server has API keys, and the request has none that it accepts.",
    403: "This key is for asking only (scope `ask`), or a setting forbids it.",
    404: "There is no such thing.",
    409: "There is a file of that name already.",
    408: "The body did not arrive in time.",
    413: "The body has more than 64 KB.",
    415: "The body is not `application/json`.",
    429: "This key may ask no more for now: try again after `Retry-After` seconds.",
    500: "A defect; `id` is the log entry.",
    503: "Too many questions wait, or the server is still starting: try again after `Retry-After` seconds.",
}


def _problems(*statuses: int) -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(Problem, generate_examples=False, description=_MEANINGS[status], media_type=MEDIA_TYPE)
        for status in statuses
    }


_REPLY = ResponseSpec(
    Reply,
    generate_examples=False,
    description="An answer, or an honest “not in these documents”. Where the documents give different values, "
    "`disagreement` is true and `groups` has a side for each, with its citations and dates. Where every document was "
    "read to answer, `coverage` is `exhaustive` and `count` says what was found. The same as `text/plain`, or step by "
    "step as `text/event-stream`: `interpreted`, `reading`, `passages`, `sentence` (one content block each), `answer`, "
    "and `done` with the whole reply, or `error` with the problem.",
    examples=[  # as Structs, since Litestar drops the nulls of a dict
        Example(summary="An answer", value=convert(ANSWERED, Reply)),
        Example(summary="Said twice", value=convert(SAID_AGAIN, Reply)),
        Example(summary="Sources differ", value=convert(DIFFERING, Reply)),
        Example(summary="A count over all documents", value=convert(EXHAUSTIVE, Reply)),
        Example(summary="Not in these documents", value=convert(ABSTAINED, Reply)),
    ],
)
ASK_RESPONSES = {200: _REPLY, **_problems(400, 401, 408, 413, 415, 429, 500, 503)}
READ_RESPONSES = _problems(401, 500, 503)
OPERATOR_RESPONSES = _problems(401, 403, 500, 503)
FOUND_RESPONSES = _problems(401, 404, 500, 503)
READY_RESPONSES = _problems(503)
SOUGHT_RESPONSES = _problems(400, 401, 500, 503)
EXPORT_RESPONSES = {
    200: ResponseSpec(bytes, generate_examples=False, description="The file.", media_type="text/markdown"),
    **_problems(400, 401, 404, 500, 503),
}
FILE_RESPONSES = {
    200: ResponseSpec(bytes, generate_examples=False, description="The file.", media_type="application/octet-stream"),
    **_problems(401, 404, 500, 503),
}
PICTURE_RESPONSES = {
    200: ResponseSpec(bytes, generate_examples=False, description="The picture.", media_type="image/png"),
    **_problems(400, 401, 404, 500, 503),
}
PLACE_RESPONSES = _problems(400, 401, 404, 500, 503)
SUGGESTED_RESPONSES = {
    200: ResponseSpec(
        SuggestionList,
        generate_examples=False,
        description="Questions worth asking, the best first.",
        examples=[Example(summary="While more are looked for", value=convert(SUGGESTED, SuggestionList))],
    ),
    **_problems(400, 401, 404, 500, 503),
}
GIVEN_RESPONSES = _problems(400, 401, 404, 408, 413, 415, 500, 503)
KEPT_RESPONSES = _problems(400, 401, 403, 404, 408, 413, 415, 500, 503)
UPLOAD_RESPONSES = _problems(400, 401, 403, 404, 408, 413, 415, 500, 503)
CHANGED_RESPONSES = _problems(400, 401, 403, 404, 409, 500, 503)
VERIFY_RESPONSES = _problems(400, 401, 408, 413, 415, 500, 503)


def openapi_config(*, are_several: bool = False) -> OpenAPIConfig:
    """What /schema/openapi.json says of the whole. are_several: there are several corpora to choose from."""
    return OpenAPIConfig(
        title="Footnote",
        version=__version__,
        description=(
            "Questions answered in your documents' own words, each sentence cited to the character.\n\n"
            "Offsets are code points into the document's text, end exclusive: "
            "`text[start_char_index:end_char_index] == cited_text`, always. "
            "Every error is `application/problem+json` (RFC 9457)."
        ),
        contact=Contact(name="Footnote"),
        path="/schema",
        render_plugins=[
            _Page(path="/"),
            _Json(are_several=are_several, path="/openapi.json", media_type=MediaType.JSON),
        ],
        use_handler_docstrings=True,
        tags=[
            Tag("Answers", "Ask, and check what was cited."),
            Tag("Documents", "What the answers come from."),
            Tag("Collections", "Folders and saved filters, which can be asked within."),
            Tag("Conversations", "What was asked before, to go on with, find again, take along or forget."),
            Tag("Feedback", "What people say of answers, and what the documents lack."),
            Tag("Health", "For the one who runs the server; needs no key."),
        ],
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer"),
                "apiKey": SecurityScheme(type="apiKey", name="X-API-Key", security_scheme_in="header"),
            }
        ),
        security=[{}, {"bearer": []}, {"apiKey": []}],
    )


@get("/{name:str}", include_in_schema=False, sync_to_thread=True)
def schema_file(request: Request[Any, Any, State], name: FromPath[str]) -> Response[bytes]:
    """A file of the page at /schema."""
    if name not in _FILES:
        raise NotFoundException(request.url.path)
    path, media_type = _FILES[name]
    return Response(path.read_bytes(), media_type=media_type, headers={"Cache-Control": "max-age=3600"})


schema_router = Router(path="/schema/assets", route_handlers=[schema_file])
