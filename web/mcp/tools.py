"""The tools: each takes a Struct, and gives another one and the same in words. All only read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from msgspec import UNSET, Struct, UnsetType, structs

from index.errors import NotFoundError, QuestionError
from index.sentences.markup import joined_display
from index.types import Document
from qa.cleaning import clean_question
from qa.composing.citations import source_url
from qa.types import AskOptions, Claim, Reply
from qa.use_cases import ReadsDocuments, UseCases
from web.backend import Backend, Inquiry
from web.http.problems import FieldError
from web.mcp.messages import (
    AskArguments,
    CheckedCitation,
    FoundPassages,
    ListArguments,
    ListedCorpora,
    ReadArguments,
    SearchArguments,
    SourcePart,
    VerifyArguments,
)
from web.mcp.wording import answer_in_words, part_in_words, passages_in_words, verdict_in_words
from web.rendering.plain import printable

SURFACE = "mcp"


class ChoosesCorpora(Protocol):
    """Which corpus is called for (web/mcp/corpora.py)."""

    async def choose(self, arguments: dict[str, Any]) -> "tuple[Caller, dict[str, Any]]":
        """Who calls for the corpus that the arguments are about, and the arguments without its name."""
        ...

    async def listed(self) -> ListedCorpora:
        """Those that exist for whoever calls."""
        ...


class Caller(Struct, frozen=True):
    """Who calls: the backend as they may see it. page_url: what links begin with, None where there is no page.
    corpora: where a server has several; names: those of them that exist for the caller."""

    backend: Backend
    page_url: str | None
    corpora: ChoosesCorpora | None = None
    names: tuple[str, ...] = ()


class ToolResult(Struct, frozen=True):
    """What a tool gives."""

    value: Struct
    words: str


class ToolKind(Struct, frozen=True):
    """A tool. takes, gives: its Structs."""

    title: str
    description: str
    takes: type[Struct]
    gives: type[Struct]
    run: Callable[[Caller, Any], Awaitable[ToolResult]]


async def _ask(caller: Caller, given: AskArguments) -> ToolResult:
    options = AskOptions(given.top_k, given.max_sentences, given.sources, within=_given(given.within))
    work = caller.backend.ask(Inquiry(given.question, SURFACE, _given(given.conversation_id), options))
    reply = await asyncio.wrap_future(work)
    return ToolResult(reply, answer_in_words(reply, caller.page_url))


async def _search(caller: Caller, given: SearchArguments) -> ToolResult:
    options = AskOptions(given.limit, sources=given.sources, within=_given(given.within))
    try:
        query = clean_question(given.query)
    except QuestionError as error:
        raise FieldError("query", str(error)) from error

    def look(service: UseCases) -> FoundPassages:
        return FoundPassages(service.search(query, options), service.index_state().version)

    caller.backend.admit()
    found = await asyncio.wrap_future(caller.backend.submit(look))
    return ToolResult(found, passages_in_words(found, caller.page_url))


async def _read(caller: Caller, given: ReadArguments) -> ToolResult:
    part = await caller.backend.read(lambda service: part_of(service, given))
    return ToolResult(part, part_in_words(part))


async def _verify(caller: Caller, given: VerifyArguments) -> ToolResult:
    checked = await caller.backend.read(lambda service: _checked(service, given))
    return ToolResult(checked, verdict_in_words(checked))


async def _list(caller: Caller, given: ListArguments) -> ToolResult:  # noqa: ARG001
    listed = await caller.corpora.listed() if caller.corpora is not None else ListedCorpora(())
    lines = (f"{each.name}: {printable(each.title)}{' (default)' * each.is_default}" for each in listed.corpora)
    return ToolResult(listed, "\n".join(lines))


LIST_CORPORA = "list_corpora"
CORPORA_TOOLS = {
    LIST_CORPORA: ToolKind(
        "List the corpora",
        "Names the corpora, each a collection of documents of its own, that the other tools take as corpus.",
        ListArguments,
        ListedCorpora,
        _list,
    ),
}
"""Those there are besides where the caller has several corpora."""

TOOLS = {
    "ask": ToolKind(
        "Ask the documents",
        "Answers a question in sentences quoted word for word from the documents, each with numbered citations that "
        "say where it stands. Where the documents hold no answer it says so and gives the nearest passages: then do "
        "not answer from elsewhere as if they had said it. Where documents contradict each other, all sides are given.",
        AskArguments,
        Reply,
        _ask,
    ),
    "search_passages": ToolKind(
        "Search passages",
        "Finds the passages of the documents nearest to a question or to words, with where they stand, without "
        "answering. Use it to look around, or when ask found no answer.",
        SearchArguments,
        FoundPassages,
        _search,
    ),
    "read_source": ToolKind(
        "Read a document",
        "Gives a document's text exactly as it is stored, from one offset to another, and says where to go on. "
        "Offsets are characters (Unicode code points), the same that citations and passages carry.",
        ReadArguments,
        SourcePart,
        _read,
    ),
    "verify_citation": ToolKind(
        "Check a citation",
        "Tells whether a document says these words in that place now: exact, moved (the words stand once elsewhere), "
        "changed or gone. The words may be given as the document has them or as ask shows them.",
        VerifyArguments,
        CheckedCitation,
        _verify,
    ),
}


def _given(argument: str | UnsetType) -> str | None:
    return None if argument is UNSET else argument


def _document(documents: ReadsDocuments, name: str) -> Document:
    """By its id or its path, as the corpus is now. Raises NotFoundError."""
    documents.refreshed()
    summary = documents.find_source(name)
    if summary is None:
        raise NotFoundError(
            f"There is no document {name!r}: name one by its path or its document_id, as results have them."
        )
    return documents.document(summary.document_id)


def part_of(documents: ReadsDocuments, given: ReadArguments) -> SourcePart:
    """The part of a document that is asked for. Raises NotFoundError, or FieldError for a range that is none."""
    document = _document(documents, given.source)
    length = len(document.text)
    end = length if given.end is UNSET else min(given.end, length)
    if given.start > length:
        raise FieldError("start", f"The document has {length} characters only")
    if end < given.start:
        raise FieldError("end", f"It must not be less than start, which is {given.start}")
    stop = min(end, given.start + given.limit)
    return SourcePart(
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        content_sha256=document.content_sha256,
        characters=length,
        start_char_index=given.start,
        end_char_index=stop,
        next_start=stop if stop < end else None,
        text=document.text[given.start : stop],
        url=source_url(document.document_id, given.start, stop),
    )


def _checked(documents: ReadsDocuments, given: VerifyArguments) -> CheckedCitation:
    try:
        document = _document(documents, given.source)
    except NotFoundError:
        return CheckedCitation("gone", given.source, None, None, None, None)
    verdict = documents.verify(_claim(document, given))
    start, end = verdict.start_char_index, verdict.end_char_index
    if start is None or end is None:
        start, end = given.start_char_index, given.end_char_index
    return CheckedCitation(**structs.asdict(verdict), text=document.text[start:end] or None)


def _claim(document: Document, given: VerifyArguments) -> Claim:
    """The claim, in the document's own characters where it shows just these words: a model is shown no others."""
    there = document.text[given.start_char_index : given.end_char_index]
    is_shown = printable(joined_display([there])) == printable(given.cited_text)
    cited_text = there if is_shown else given.cited_text
    return Claim(document.document_id, given.start_char_index, given.end_char_index, cited_text)
