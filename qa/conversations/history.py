"""Conversations, in their own SQLite file: what was asked, what was answered, by which index, and what was cited."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import msgspec

from index.errors import NotFoundError
from index.language.folding import fold
from index.sentences.markup import visible
from index.store.database import Database, Row
from qa.conversations.entries import CitedRange, ConversationEntry, ConversationList, PastReply, clean_title
from qa.conversations.snippets import holds, snippet
from qa.types import Conversation, Reply, Requester, Turn

FILE_NAME = "history.sqlite3"
_LONGEST_MADE_TITLE = 60  # characters, as migrations/0002_conversations.sql has it too
_CUT = " …"
_COLUMNS = "turn_id, question, interpreted_as, answered, answer_text, asked_at, reply"
_STANDS = "replaced_by IS NULL"
_NEWEST_FIRST = "(SELECT max(number) FROM turns WHERE conversation_id = conversations.conversation_id) DESC"
_FOUND = (
    f"(holds(title, ?1) OR EXISTS (SELECT 1 FROM turns WHERE conversation_id = conversations.conversation_id AND "
    f"{_STANDS} AND (holds(question, ?1) OR holds(answer_text, ?1))))"
)


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """The file that `History`, `Feedback` and `AskedLog` share, made if it is missing. Raises what `Database.open`
    does."""
    database = Database.open(path, files("qa.conversations") / "migrations", read_only=read_only)
    database.query("PRAGMA secure_delete = ON")  # what is forgotten is overwritten in the file
    database.define("holds", 2, holds)
    return database


class History:
    """One requester's view of the database that `open_database` opens. Safe to share between threads. Methods raise
    what `index.store.database.Database` raises.

    A reply that another has replaced stays readable by its id; everywhere else it counts no more. What another
    requester asked does not exist for this one, but for an admin, who finds it by its id.
    """

    def __init__(self, database: Database, requester: Requester = Requester()) -> None:  # noqa: B008 (frozen)
        self._database = database
        self._requester = requester

    # Asking

    def add(self, reply: Reply, replaces: str | None = None) -> None:
        """Put a reply at the end of its conversation, or in the place of the one with the id `replaces`.

        Raises NotFoundError if the conversation has no such reply, or is another requester's.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.transaction():
            self._check(reply.conversation_id)
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
        return () if self._is_hidden(conversation_id) else self._turns(conversation_id, "", (), last)

    def turns_before(self, conversation_id: str, reply_id: str | None, last: int) -> tuple[Turn, ...]:
        """The context of a question: the `last` turns, or those before the one with that reply.

        Raises NotFoundError if the conversation has no such reply, or is another requester's.
        """
        with self._database.transaction(write=False):
            self._check(conversation_id)
            before = self._ordinal(conversation_id, reply_id)
            return self._turns(conversation_id, "AND ordinal < ?", (before,), last)

    # Reading

    def conversation(self, conversation_id: str) -> Conversation:
        """The whole conversation. Raises NotFoundError."""
        with self._database.transaction(write=False):
            entry = self.entry(conversation_id)
            return Conversation(conversation_id, self.turns(conversation_id), entry.title)

    def conversations(self, sought: str = "", limit: int = 50, offset: int = 0) -> ConversationList:
        """The requester's own whose title, questions or answers have the words `sought`, in any case; all if it is
        empty. An admin's list, too, is its own."""
        words = fold(visible(sought))
        found = _FOUND if words else "?1 = ''"
        with self._database.transaction(write=False):
            rows = self._database.query(
                f"SELECT conversation_id FROM conversations WHERE asker = ?2 AND {found} ORDER BY {_NEWEST_FIRST}",
                (words, self._requester.name),
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
        if not rows or self._is_hidden(conversation_id):
            raise NotFoundError(_no_conversation(conversation_id))
        title, began_at, last_asked_at, turns = rows[0]
        found = self._find(conversation_id, words) if words else None
        return ConversationEntry(conversation_id, title, began_at, last_asked_at, turns, found)

    def answer(self, reply_id: str) -> PastReply:
        """A reply, also one that was replaced. Raises NotFoundError."""
        rows = self._database.query(
            "SELECT reply, asked_at, conversation_id, replaced_by FROM turns WHERE turn_id = ?", (reply_id,)
        )
        if not rows or self._is_hidden(rows[0][2]):
            raise NotFoundError(f"There is no answer {reply_id!r}; its conversation may have been deleted.")
        reply, *facts = rows[0]
        return PastReply(msgspec.json.decode(reply, type=Reply), *facts)

    def cited(self, document_id: str, content_sha256: str) -> tuple[CitedRange, ...]:
        """The ranges that answers cite of this state of a document, in its order; they may overlap. An admin's are of
        everybody's answers."""
        rows = self._database.query(
            "SELECT start_char_index, end_char_index, count(*), max(asked_at) "
            "FROM citations JOIN turns USING (turn_id) JOIN conversations USING (conversation_id) "
            f"WHERE document_id = ? AND content_sha256 = ? AND (? OR asker = ?) AND {_STANDS} "
            "GROUP BY 1, 2 ORDER BY 1, 2",
            (document_id, content_sha256, self._requester.is_admin, self._requester.name),
        )
        return tuple(CitedRange(*row) for row in rows)

    def times_cited(self) -> dict[str, int]:
        """How many answers cite each document, in any of its states; those never cited are not in it. For whose: see
        `cited`."""
        rows = self._database.query(
            "SELECT document_id, count(DISTINCT turn_id) FROM citations JOIN turns USING (turn_id) "
            f"JOIN conversations USING (conversation_id) WHERE (? OR asker = ?) AND {_STANDS} GROUP BY document_id",
            (self._requester.is_admin, self._requester.name),
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
        """Forget all the requester's own conversations."""
        self._database.query("DELETE FROM conversations WHERE asker = ?", (self._requester.name,))

    def prune(self, before: datetime) -> int:
        """Forget conversations, whoever's, that were last asked in before that time (with a time zone); how many there
        were."""
        gone = self._database.query(
            "DELETE FROM conversations WHERE last_asked_at < ? RETURNING conversation_id",
            (before.astimezone(UTC).isoformat(timespec="seconds"),),
        )
        return len(gone)

    def _check(self, conversation_id: str) -> None:
        """Raises NotFoundError for a conversation of another requester's."""
        if self._is_hidden(conversation_id):
            raise NotFoundError(_no_conversation(conversation_id))

    def _is_hidden(self, conversation_id: str) -> bool:
        if self._requester.is_admin:
            return False
        sql = "SELECT 1 FROM conversations WHERE conversation_id = ? AND asker <> ?"
        return bool(self._database.query(sql, (conversation_id, self._requester.name)))

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
            "INSERT INTO conversations (conversation_id, title, began_at, last_asked_at, asker) "
            "VALUES (?1, ?2, ?3, ?3, ?5) "
            "ON CONFLICT DO UPDATE SET last_asked_at = ?3, title = CASE WHEN ?4 AND NOT title_given THEN ?2 ELSE title "
            "END",
            (reply.conversation_id, title_of(reply.question), now, ordinal == 0, self._requester.name),
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


def _no_conversation(conversation_id: str) -> str:
    return f"There is no conversation {conversation_id!r}; it may have been deleted."


def title_of(question: str) -> str:
    """The question, at most 60 characters of it, cut at a word."""
    if len(question) <= _LONGEST_MADE_TITLE:
        return question
    start, space, _ = question[: _LONGEST_MADE_TITLE - len(_CUT) + 1].rpartition(" ")
    return (start.rstrip(" ") if space else question[: _LONGEST_MADE_TITLE - len(_CUT)]) + _CUT


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
