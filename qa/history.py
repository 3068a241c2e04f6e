"""Conversations, in their own SQLite file: what was asked, what was answered, by which index, and what was cited."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from index.database import Database, Row
from index.errors import NotFoundError
from qa.snippets import folded, holds, snippet
from qa.text import visible
from qa.titles import clean_title, title_of
from qa.types import Conversation, Reply, Turn

FILE_NAME = "history.sqlite3"
_COLUMNS = "turn_id, question, interpreted_as, answered, answer_text, asked_at, reply"
_STANDS = "replaced_by IS NULL"
_NEWEST_FIRST = "(SELECT max(number) FROM turns WHERE conversation_id = conversations.conversation_id) DESC"
_FOUND = (
    f"holds(title, ?1) OR EXISTS (SELECT 1 FROM turns WHERE conversation_id = conversations.conversation_id AND "
    f"{_STANDS} AND (holds(question, ?1) OR holds(answer_text, ?1)))"
)


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


class History:
    """Safe to share between threads. Methods raise what `index.database.Database` raises.

    A reply that another has replaced stays readable by its id; everywhere else it counts no more.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        database.query("PRAGMA secure_delete = ON")  # what is forgotten is overwritten in the file
        database.define("holds", 2, holds)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the file `path`, made if it is missing."""
        return cls(Database.open(path, files("qa") / "migrations", read_only=read_only))

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        self._database.close()

    # Asking

    def add(self, reply: Reply, replaces: str | None = None) -> None:
        """Put a reply at the end of its conversation, or in the place of the one with the id `replaces`.

        Raises NotFoundError if the conversation has no such reply.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.transaction():
            ordinal = self._ordinal(reply.conversation_id, replaces)
            self._begin(reply, ordinal, now)
            if replaces is not None:
                self._database.query(
                    f"UPDATE turns SET replaced_by = ? WHERE conversation_id = ? AND ordinal = ? AND {_STANDS}",
                    (reply.id, reply.conversation_id, ordinal),
                )
            self._insert(reply, ordinal, now)

    def turns(self, conversation_id: str, last: int | None = None) -> tuple[Turn, ...]:
        """Its turns, oldest first; only the `last` ones if told. None of an unknown conversation."""
        return self._turns(conversation_id, "", (), last)

    def turns_before(self, conversation_id: str, reply_id: str | None, last: int) -> tuple[Turn, ...]:
        """The context of a question: the `last` turns, or those before the one with that reply.

        Raises NotFoundError if the conversation has no such reply.
        """
        with self._database.transaction(write=False):
            before = self._ordinal(conversation_id, reply_id)
            return self._turns(conversation_id, "AND ordinal < ?", (before,), last)

    # Reading

    def conversation(self, conversation_id: str) -> Conversation:
        """The whole conversation. Raises NotFoundError."""
        with self._database.transaction(write=False):
            entry = self.entry(conversation_id)
            return Conversation(conversation_id, self.turns(conversation_id), entry.title)

    def conversations(self, sought: str = "", limit: int = 50, offset: int = 0) -> ConversationList:
        """Those whose title, questions or answers have the words `sought`, in any case; all if it is empty."""
        words = folded(visible(sought))
        where = f"WHERE {_FOUND}" if words else "WHERE ?1 = ''"
        with self._database.transaction(write=False):
            rows = self._database.query(
                f"SELECT conversation_id FROM conversations {where} ORDER BY {_NEWEST_FIRST}", (words,)
            )
            page = rows[offset : offset + limit]
            return ConversationList(tuple(self.entry(each, words) for (each,) in page), len(rows))

    def entry(self, conversation_id: str, words: str = "") -> ConversationEntry:
        """A conversation as the list has it. words: what is looked for, folded. Raises NotFoundError."""
        rows = self._database.query(
            f"SELECT title, began_at, last_asked_at, (SELECT count(*) FROM turns WHERE conversation_id = ?1 AND "
            f"{_STANDS}) FROM conversations WHERE conversation_id = ?1",
            (conversation_id,),
        )
        if not rows:
            raise NotFoundError(f"There is no conversation {conversation_id!r}; it may have been deleted.")
        title, began_at, last_asked_at, turns = rows[0]
        found = self._find(conversation_id, words) if words else None
        return ConversationEntry(conversation_id, title, began_at, last_asked_at, turns, found)

    def answer(self, reply_id: str) -> PastReply:
        """A reply, also one that was replaced. Raises NotFoundError."""
        rows = self._database.query(
            "SELECT reply, asked_at, conversation_id, replaced_by FROM turns WHERE turn_id = ?", (reply_id,)
        )
        if not rows:
            raise NotFoundError(f"There is no answer {reply_id!r}; its conversation may have been deleted.")
        reply, *facts = rows[0]
        return PastReply(msgspec.json.decode(reply, type=Reply), *facts)

    def cited(self, document_id: str, content_sha256: str) -> tuple[CitedRange, ...]:
        """The ranges that answers cite of this state of a document, in its order; they may overlap."""
        rows = self._database.query(
            "SELECT start_char_index, end_char_index, count(*), max(asked_at) "
            "FROM citations JOIN turns USING (turn_id) "
            f"WHERE document_id = ? AND content_sha256 = ? AND {_STANDS} GROUP BY 1, 2 ORDER BY 1, 2",
            (document_id, content_sha256),
        )
        return tuple(CitedRange(*row) for row in rows)

    def times_cited(self) -> dict[str, int]:
        """How many answers cite each document, in any of its states. Those never cited are not in it."""
        rows = self._database.query(
            "SELECT document_id, count(DISTINCT turn_id) FROM citations JOIN turns USING (turn_id) "
            f"WHERE {_STANDS} GROUP BY document_id"
        )
        return dict(rows)

    # Changing

    def rename(self, conversation_id: str, title: str) -> ConversationEntry:
        """Call it what a person says. Raises NotFoundError, or InputError for a title that is empty or too long."""
        clean = clean_title(title)
        with self._database.transaction():
            self._database.query(
                "UPDATE conversations SET title = ?, title_given = 1 WHERE conversation_id = ?",
                (clean, conversation_id),
            )
            return self.entry(conversation_id)

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation. Raises NotFoundError."""
        with self._database.transaction():
            self.entry(conversation_id)
            self._database.query("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))

    def delete_all(self) -> None:
        """Forget all conversations."""
        self._database.query("DELETE FROM conversations")

    def prune(self, before: datetime) -> int:
        """Forget conversations that were last asked in before that time (with a time zone); how many there were."""
        gone = self._database.query(
            "DELETE FROM conversations WHERE last_asked_at < ? RETURNING conversation_id",
            (before.astimezone(UTC).isoformat(timespec="seconds"),),
        )
        return len(gone)

    def _ordinal(self, conversation_id: str, reply_id: str | None) -> int:
        """The place of the reply with that id, or the one after the last. Raises NotFoundError."""
        if reply_id is None:
            sql = "SELECT coalesce(max(ordinal) + 1, 0) FROM turns WHERE conversation_id = ?"
            return int(self._database.query(sql, (conversation_id,))[0][0])
        rows = self._database.query(
            "SELECT ordinal FROM turns WHERE conversation_id = ? AND turn_id = ?", (conversation_id, reply_id)
        )
        if not rows:
            raise NotFoundError(
                f"The conversation {conversation_id!r} has no answer {reply_id!r}; it may have been deleted."
            )
        return int(rows[0][0])

    def _begin(self, reply: Reply, ordinal: int, now: str) -> None:
        """The conversation's own row. Its title is made from the question that stands first."""
        self._database.query(
            "INSERT INTO conversations (conversation_id, title, began_at, last_asked_at) VALUES (?1, ?2, ?3, ?3) "
            "ON CONFLICT DO UPDATE SET last_asked_at = ?3, title = CASE WHEN ?4 AND NOT title_given THEN ?2 ELSE title "
            "END",
            (reply.conversation_id, title_of(reply.question), now, ordinal == 0),
        )

    def _insert(self, reply: Reply, ordinal: int, now: str) -> None:
        text = " ".join(block.text for block in reply.content)
        whole = msgspec.json.encode(reply).decode()
        self._database.query(
            f"INSERT INTO turns (conversation_id, ordinal, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reply.conversation_id,
                ordinal,
                reply.id,
                reply.question,
                reply.interpreted_as,
                int(reply.answered),
                text,
                now,
                whole,
            ),
        )
        self._database.query_many(
            "INSERT OR IGNORE INTO citations VALUES (?, ?, ?, ?, ?)",
            [
                (reply.id, each.document_id, each.content_sha256, each.start_char_index, each.end_char_index)
                for block in reply.content
                for each in (*block.citations, *block.also)
            ],
        )

    def _turns(
        self, conversation_id: str, where: str, parameters: tuple[object, ...], last: int | None
    ) -> tuple[Turn, ...]:
        rows = self._database.query(
            f"SELECT {_COLUMNS} FROM turns WHERE conversation_id = ? AND {_STANDS} {where} "
            "ORDER BY ordinal DESC LIMIT ?",
            (conversation_id, *parameters, -1 if last is None else last),
        )
        return tuple(_turn(row) for row in reversed(rows))

    def _find(self, conversation_id: str, words: str) -> str | None:
        rows = self._database.query(
            f"SELECT question, answer_text FROM turns WHERE conversation_id = ? AND {_STANDS} ORDER BY ordinal",
            (conversation_id,),
        )
        return next((found for row in rows for text in row if (found := snippet(text, words))), None)


def _turn(row: Row) -> Turn:
    turn_id, question, interpreted_as, answered, answer_text, asked_at, reply = row
    return Turn(
        id=turn_id,
        question=question,
        interpreted_as=interpreted_as,
        answered=bool(answered),
        answer_text=answer_text,
        asked_at=asked_at,
        reply=msgspec.json.decode(reply, type=Reply),
    )
