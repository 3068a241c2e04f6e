"""Conversations in a list and their titles, a reply as it was given, where documents were cited."""

from msgspec import Struct

from index.errors import InputError
from index.sentences.markup import visible
from qa.types import Reply

LONGEST_TITLE = 120  # characters


class ConversationEntry(Struct, frozen=True):
    """A conversation in the list. Dates are ISO 8601, UTC. turns: how many there are, replaced ones left out.

    found: what stands round the first find of what was looked for, in a question or an answer; None where only the
    title has it, or nothing was looked for.
    """

    conversation_id: str
    title: str
    began_at: str
    last_asked_at: str
    turns: int
    found: str | None


class ConversationList(Struct, frozen=True):
    """Conversations, the one that was last asked in first. total: how many there are, besides these too."""

    conversations: tuple[ConversationEntry, ...]
    total: int


class PastReply(Struct, frozen=True):
    """A reply as it was given. asked_at: ISO 8601, UTC. replaced_by: the id of the reply that took its place."""

    reply: Reply
    asked_at: str
    conversation_id: str
    replaced_by: str | None


class CitedRange(Struct, frozen=True):
    """A range of a document that answers cite: how many, and when the last of them was given (ISO 8601, UTC)."""

    start_char_index: int
    end_char_index: int
    times: int
    last_cited_at: str


def clean_title(title: str) -> str:
    """A person's title without control characters. Raises InputError if nothing is left or too much."""
    clean = visible(title)
    if not clean:
        raise InputError("The title is empty: write what the conversation is to be called.")
    if len(clean) > LONGEST_TITLE:
        raise InputError(f"The title has {len(clean):,} characters, and {LONGEST_TITLE} are allowed: shorten it.")
    return clean
