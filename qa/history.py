"""Conversations, in their own SQLite file: what was asked, what was answered, and by which index."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Self

import msgspec

from index.database import Database, Row
from index.errors import NotFoundError
from qa.types import Conversation, Reply, Turn

FILE_NAME = "history.sqlite3"
_COLUMNS = "turn_id, question, interpreted_as, answered, answer_text, asked_at, reply"


class History:
    """Safe to share between threads. Methods raise what `index.database.Database` raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the file `path`, made if it is missing."""
        return cls(Database.open(path, files("qa") / "migrations", read_only=read_only))

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        self._database.close()

    def add(self, reply: Reply) -> None:
        """Put a reply at the end of its conversation."""
        text = " ".join(block.text for block in reply.content)
        with self._database.transaction():
            self._database.query(
                f"INSERT INTO turns (conversation_id, ordinal, {_COLUMNS}) "
                "SELECT ?1, coalesce(max(ordinal) + 1, 0), ?, ?, ?, ?, ?, ?, ? FROM turns WHERE conversation_id = ?1",
                (
                    reply.conversation_id,
                    reply.id,
                    reply.question,
                    reply.interpreted_as,
                    int(reply.answered),
                    text,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    msgspec.json.encode(reply).decode(),
                ),
            )

    def turns(self, conversation_id: str, last: int | None = None) -> tuple[Turn, ...]:
        """Its turns, oldest first; only the `last` ones if told. None of an unknown conversation."""
        rows = self._database.query(
            f"SELECT {_COLUMNS} FROM turns WHERE conversation_id = ? ORDER BY ordinal DESC LIMIT ?",
            (conversation_id, -1 if last is None else last),
        )
        return tuple(_turn(row) for row in reversed(rows))

    def conversation(self, conversation_id: str) -> Conversation:
        """The whole conversation. Raises NotFoundError."""
        turns = self.turns(conversation_id)
        if not turns:
            raise NotFoundError(f"There is no conversation {conversation_id!r}; it may have been deleted.")
        return Conversation(conversation_id, turns)

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation. Raises NotFoundError."""
        with self._database.transaction():
            self.conversation(conversation_id)
            self._database.query("DELETE FROM turns WHERE conversation_id = ?", (conversation_id,))


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
