"""Conversations: what was asked before."""

from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from qa.types import Conversation
from web.backend import Backend
from web.schema import FOUND_RESPONSES


@get(
    "/conversations/{conversation_id:str}",
    operation_id="readConversation",
    summary="Read a conversation",
    responses=FOUND_RESPONSES,
    tags=["Conversations"],
)
async def read_conversation(conversation_id: FromPath[str], backend: NamedDependency[Backend]) -> Conversation:
    """Its turns, oldest first."""
    return await backend.read(lambda service: service.history.conversation(conversation_id))


@delete(
    "/conversations/{conversation_id:str}",
    operation_id="deleteConversation",
    summary="Forget a conversation",
    responses=FOUND_RESPONSES,
    tags=["Conversations"],
)
async def delete_conversation(conversation_id: FromPath[str], backend: NamedDependency[Backend]) -> None:
    """Forget it for good."""
    await backend.read(lambda service: service.history.delete(conversation_id))


handlers = [read_conversation, delete_conversation]
