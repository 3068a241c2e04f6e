"""Conversations: listed, found again, read, renamed, taken along and forgotten; and one answer as it was given."""

import re
from typing import Annotated, Literal
from urllib.parse import quote

from litestar import Response, delete, get, patch
from litestar.di import NamedDependency
from litestar.params import BodyKwarg, FromPath, QueryParameter
from msgspec.structs import asdict

from index.errors import InputError
from qa.conversations.entries import ConversationEntry, ConversationList
from qa.conversations.export import as_json, as_markdown
from qa.types import Citation, Claim, Conversation
from qa.use_cases import UseCases
from web.backend import Backend
from web.http.messages import CitationVerdict, PastAnswer, Rename
from web.http.problems import FieldError
from web.http.request import ApiRequest, check_query
from web.http.schema import EXPORT_RESPONSES, FOUND_RESPONSES, GIVEN_RESPONSES, SOUGHT_RESPONSES
from web.rendering.plain import citations_of

_LAST_OFFSET = 2**31 - 1


@get(
    "/conversations",
    operation_id="listConversations",
    summary="List and search the conversations",
    responses=SOUGHT_RESPONSES,
    tags=["Conversations"],
)
async def list_conversations(
    request: ApiRequest,
    backend: NamedDependency[Backend],
    q: Annotated[
        str, QueryParameter(description="Words to look for in titles, questions and answers.", max_length=200)
    ] = "",
    limit: Annotated[int, QueryParameter(description="How many, 1 to 100.", ge=1, le=100)] = 50,
    offset: Annotated[int, QueryParameter(description="How many to pass over.", ge=0, le=_LAST_OFFSET)] = 0,
) -> ConversationList:
    """The one last asked in first. Case does not matter to what is looked for, and no character is a wildcard."""
    check_query(request, ("q", "limit", "offset"))
    return await backend.read(lambda service: service.conversations(q, limit, offset))


@get(
    "/conversations/{conversation_id:str}",
    operation_id="readConversation",
    summary="Read a conversation",
    responses=FOUND_RESPONSES,
    tags=["Conversations"],
)
async def read_conversation(conversation_id: FromPath[str], backend: NamedDependency[Backend]) -> Conversation:
    """Its turns, oldest first; replies that were replaced are left out."""
    return await backend.read(lambda service: service.conversation(conversation_id))


@patch(
    "/conversations/{conversation_id:str}",
    operation_id="renameConversation",
    summary="Rename a conversation",
    responses=GIVEN_RESPONSES,
    tags=["Conversations"],
)
async def rename_conversation(
    conversation_id: FromPath[str],
    data: Annotated[Rename, BodyKwarg(description="The new title.")],
    backend: NamedDependency[Backend],
) -> ConversationEntry:
    """Give it a title, which then no longer follows its first question. Answers with its entry in the list."""
    try:
        return await backend.read(lambda service: service.rename_conversation(conversation_id, data.title))
    except InputError as error:
        raise FieldError("title", str(error)) from error


@get(
    "/conversations/{conversation_id:str}/export",
    operation_id="exportConversation",
    summary="Take a conversation along",
    responses=EXPORT_RESPONSES,
    tags=["Conversations"],
)
async def export_conversation(
    request: ApiRequest,
    conversation_id: FromPath[str],
    backend: NamedDependency[Backend],
    format: Annotated[
        Literal["markdown", "json"],
        QueryParameter(description="`markdown`: with a footnote for each citation. `json`: all of it, for programs."),
    ] = "markdown",
) -> Response[bytes]:
    """A download, named after the title. In Markdown, what documents say is escaped: it shows, and is never markup."""
    check_query(request, ("format",))
    conversation = await backend.read(lambda service: service.conversation(conversation_id))
    if format == "json":
        content, media_type, suffix = as_json(conversation), "application/json", ".json"
    else:
        content, media_type, suffix = as_markdown(conversation).encode(), "text/markdown", ".md"
    headers = {"Content-Disposition": disposition(conversation.title, suffix)}
    return Response(content, media_type=media_type, headers=headers)


@delete(
    "/conversations/{conversation_id:str}",
    operation_id="deleteConversation",
    summary="Forget a conversation",
    responses=FOUND_RESPONSES,
    tags=["Conversations"],
)
async def delete_conversation(conversation_id: FromPath[str], backend: NamedDependency[Backend]) -> None:
    """Forget it for good, with what was said of its answers."""
    await backend.read(lambda service: service.delete_conversation(conversation_id))


@delete(
    "/conversations",
    operation_id="deleteConversations",
    summary="Forget all conversations",
    responses=SOUGHT_RESPONSES,
    tags=["Conversations"],
)
async def delete_conversations(request: ApiRequest, backend: NamedDependency[Backend]) -> None:
    """Forget them all, for good."""
    check_query(request, ())  # who means some of them does not lose all
    await backend.read(lambda service: service.delete_conversations())


@get(
    "/answers/{reply_id:str}",
    operation_id="readAnswer",
    summary="Read an answer as it was given",
    responses=FOUND_RESPONSES,
    tags=["Answers"],
)
async def read_answer(reply_id: FromPath[str], backend: NamedDependency[Backend]) -> PastAnswer:
    """The reply, whether the index has changed since, and whether each citation still stands."""
    return await backend.read(lambda service: _past_answer(service, reply_id))


handlers = [
    list_conversations,
    read_conversation,
    rename_conversation,
    export_conversation,
    delete_conversation,
    delete_conversations,
    read_answer,
]


def _past_answer(service: UseCases, reply_id: str) -> PastAnswer:
    past = service.past_reply(reply_id)
    version = service.refreshed().version  # another process may have indexed since the last question
    return PastAnswer(
        reply=past.reply,
        asked_at=past.asked_at,
        conversation_id=past.conversation_id,
        replaced_by=past.replaced_by,
        index_version=version,
        index_changed=version != past.reply.index_version,
        verdicts=tuple(_verdict(service, each) for each in citations_of(past.reply)),
    )


def _verdict(service: UseCases, citation: Citation) -> CitationVerdict:
    claim = Claim(
        document_id=citation.document_id,
        start_char_index=citation.start_char_index,
        end_char_index=citation.end_char_index,
        cited_text=citation.cited_text,
        content_sha256=citation.content_sha256,
    )
    return CitationVerdict(**asdict(service.verify(claim)), number=citation.number)


_LONGEST = 80  # characters of a name
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"/\\|?*]+')
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]+")


def disposition(name: str, suffix: str) -> str:
    """The Content-Disposition of a download (RFC 6266): the name as UTF-8, and for old programs in ASCII.

    name: any text; what no file system takes, or what would end the header, is left out.
    """
    kept = _NOT_IN_A_NAME.sub(" ", name)[:_LONGEST]
    stem = " ".join(kept.split()).strip(". ") or "conversation"
    plain = " ".join(_NOT_PLAIN.sub(" ", stem).split()).strip(". ") or "conversation"
    return f"attachment; filename=\"{plain}{suffix}\"; filename*=UTF-8''{quote(stem + suffix, safe='')}"
