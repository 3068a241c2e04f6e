"""What people say of a reply: helpful, not helpful, or a citation that is wrong. In the file of the conversations."""

from datetime import UTC, datetime
from typing import Literal, get_args
from uuid import uuid4

import msgspec
from msgspec import Struct

from index.errors import InputError, NotFoundError
from index.sentences.markup import visible
from index.store.database import Database, Row
from qa.types import Citation, Reply, Requester

FeedbackKind = Literal["helpful", "not_helpful", "wrong_citation"]
LONGEST_COMMENT = 2_000  # characters
_EXCLUDED: dict[FeedbackKind, FeedbackKind] = {"helpful": "not_helpful", "not_helpful": "helpful"}
_COLUMNS = (
    "feedback_id, reply_id, conversation_id, kind, citation, comment, surface, given_at, kept_at, "
    "question, interpreted_as, answered, answer_text, index_version"
)
# Takes whether the requester is an admin, and its name.
_SEEN = "(? OR conversation_id IN (SELECT conversation_id FROM conversations WHERE asker = ?))"


class FeedbackError(InputError):
    """Feedback that cannot be taken; `field` is what is wrong with it, `detail` why."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail


class Opinion(Struct, frozen=True):
    """What somebody said of a reply, with what was asked and answered, and by which index.

    citation: the number of the citation that is wrong, None for the other kinds. surface: where it was given ("web").
    given_at, kept_at: ISO 8601, UTC. kept_at: when the question was kept as a regression question, None if it was not.
    """

    feedback_id: str
    reply_id: str
    conversation_id: str
    kind: FeedbackKind
    citation: int | None
    comment: str | None
    surface: str
    given_at: str
    kept_at: str | None
    question: str
    interpreted_as: str | None
    answered: bool
    answer_text: str
    index_version: str


class Feedback:
    """Safe to share between threads. Methods raise what `index.store.database.Database` raises.

    It lives in the database of `History`, goes with the conversation it is of, and is seen by whom that is.
    """

    def __init__(self, database: Database, requester: Requester = Requester()) -> None:  # noqa: B008 (frozen)
        self._database = database
        self._requester = requester

    def give(
        self,
        reply_id: str,
        kind: FeedbackKind,
        citation: int | None = None,
        comment: str | None = None,
        surface: str = "web",
    ) -> Opinion:
        """Store it, over what was said of the same kind (and citation) before. helpful and not_helpful exclude each
        other, and the later one stays.

        Raises NotFoundError for an unknown reply, FeedbackError for a field that is not right.
        """
        if kind not in get_args(FeedbackKind):
            raise FeedbackError("kind", "It is helpful, not_helpful or wrong_citation.")
        cleaned = clean_comment(comment)
        with self._database.transaction():
            reply = self.reply(reply_id)
            _check_citation(reply, kind, citation)
            if kind in _EXCLUDED:
                self._database.query(
                    "DELETE FROM feedback WHERE reply_id = ? AND kind = ?", (reply_id, _EXCLUDED[kind])
                )
            rows = self._database.query(
                f"INSERT INTO feedback ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?) "
                "ON CONFLICT (reply_id, kind, coalesce(citation, 0)) DO UPDATE SET comment = excluded.comment, "
                f"given_at = excluded.given_at, surface = excluded.surface RETURNING {_COLUMNS}",
                (uuid4().hex, reply_id, reply.conversation_id, kind, citation, cleaned, surface, _now(), *_of(reply)),
            )
        return _opinion(rows[0])

    def one(self, feedback_id: str) -> Opinion:
        """Raises NotFoundError."""
        found = self._query("WHERE feedback_id = ?", feedback_id)
        if not found:
            raise NotFoundError(f"There is no feedback {feedback_id!r}; it may have been taken back.")
        return found[0]

    def on_reply(self, reply_id: str) -> tuple[Opinion, ...]:
        """All of it, oldest first. None of an unknown reply."""
        return self._query("WHERE reply_id = ? ORDER BY given_at, rowid", reply_id)

    def in_conversation(self, conversation_id: str) -> tuple[Opinion, ...]:
        """All of it, oldest first. None of an unknown conversation."""
        return self._query("WHERE conversation_id = ? ORDER BY given_at, rowid", conversation_id)

    def newest(self, most: int, *, good: bool) -> tuple[Opinion, ...]:
        """The newest `most`, newest first: those that are `helpful` if `good`, else the others."""
        return self._query(
            f"WHERE kind {'=' if good else '<>'} 'helpful' ORDER BY given_at DESC, rowid DESC LIMIT ?", most
        )

    def delete(self, feedback_id: str) -> None:
        """Take it back. Raises NotFoundError."""
        with self._database.transaction():
            self.one(feedback_id)
            self._database.query("DELETE FROM feedback WHERE feedback_id = ?", (feedback_id,))

    def mark_as_regression_question(self, feedback_id: str) -> Opinion:
        """Remember that the question was kept as a regression question. Raises NotFoundError."""
        with self._database.transaction():
            self._database.query("UPDATE feedback SET kept_at = ? WHERE feedback_id = ?", (_now(), feedback_id))
            return self.one(feedback_id)

    def reply(self, reply_id: str) -> Reply:
        """The reply that feedback is of, as it was given. Raises NotFoundError."""
        rows = self._database.query(
            f"SELECT reply FROM turns WHERE turn_id = ? AND {_SEEN}",
            (reply_id, self._requester.is_admin, self._requester.name),
        )
        if not rows:
            raise NotFoundError(f"There is no answer {reply_id!r}; its conversation may have been deleted.")
        return msgspec.json.decode(rows[0][0], type=Reply)

    def _query(self, where: str, *parameters: object) -> tuple[Opinion, ...]:
        sql = f"SELECT {_COLUMNS} FROM (SELECT rowid, * FROM feedback WHERE {_SEEN}) {where}"
        rows = self._database.query(sql, (self._requester.is_admin, self._requester.name, *parameters))
        return tuple(map(_opinion, rows))


def clean_comment(comment: str | None) -> str | None:
    """The comment as `visible` leaves it, None if nothing is left. Raises FeedbackError if it is longer than
    LONGEST_COMMENT characters."""
    if comment is None:
        return None
    clean = visible(comment)
    if len(clean) > LONGEST_COMMENT:
        raise FeedbackError("comment", f"It has {len(clean):,} characters, and {LONGEST_COMMENT:,} are allowed.")
    return clean or None


def citation_of(reply: Reply, number: int | None) -> Citation | None:
    """The reply's citation of that number."""
    cited = (each for block in reply.content for each in (*block.citations, *block.also))
    return next((each for each in cited if each.number == number), None)


def _check_citation(reply: Reply, kind: FeedbackKind, citation: int | None) -> None:
    if kind != "wrong_citation":
        if citation is not None:
            raise FeedbackError("citation", f"It goes with wrong_citation only, and this is {kind}.")
    elif citation is None:
        raise FeedbackError("citation", "wrong_citation needs the number of the citation that is wrong.")
    elif citation_of(reply, citation) is None:
        raise FeedbackError("citation", f"This answer has no citation {citation}.")


def _of(reply: Reply) -> tuple[object, ...]:
    text = " ".join(block.text for block in reply.content)
    return reply.question, reply.interpreted_as, int(reply.answered), text, reply.index_version


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _opinion(row: Row) -> Opinion:
    named = dict(zip(Opinion.__struct_fields__, row, strict=True))  # in the order of _COLUMNS
    return Opinion(**{**named, "answered": bool(named["answered"])})
