"""The log of all questions, of whatever conversation: read newest first and in part, since it may be long.

A question whose reply was replaced by another is not in it, nor is what was no question: a courtesy, a summary. Nor is
an unanswered one in a language that is not read well: it tells nothing of what the documents lack.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.store.database import Database
from qa.types import ConfidenceLabel, ReplyKind

_AT_ONCE = 500  # replies in memory together


class Asked(Struct, frozen=True):
    """A question and how it went. meant: as it was understood. asked_at: ISO 8601, UTC."""

    reply_id: str
    question: str
    meant: str
    asked_at: str
    answered: bool
    confidence: float
    label: ConfidenceLabel


class AskedLog:
    """Safe to share between threads. Methods raise what `index.store.database.Database` raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, most: int) -> Iterator[Asked]:
        """The newest `most` questions, newest first."""
        before: int | None = None
        while most > 0:
            rows = self._database.query(
                "SELECT number, turn_id, question, interpreted_as, answered, asked_at, reply FROM turns "
                "WHERE replaced_by IS NULL AND (?1 IS NULL OR number < ?1) ORDER BY number DESC LIMIT ?2",
                (before, min(most, _AT_ONCE)),
            )
            if not rows:
                return
            for _, reply_id, question, interpreted_as, answered, asked_at, reply in rows:
                summary = msgspec.json.decode(reply, type=_ReplySummary)
                if summary.kind != "answer" or (summary.language is not None and not answered):
                    continue
                yield Asked(
                    reply_id=reply_id,
                    question=question,
                    meant=interpreted_as or question,
                    asked_at=asked_at,
                    answered=bool(answered),
                    confidence=summary.confidence,
                    label=summary.confidence_label,
                )
            before = rows[-1][0]
            most -= len(rows)

    def size(self) -> int:
        """How many questions there are."""
        return int(self._database.query("SELECT count(*) FROM turns WHERE replaced_by IS NULL")[0][0])

    def days(self, since: str) -> tuple[tuple[str, bool, int], ...]:
        """(day as YYYY-MM-DD, whether answered, how many), from the day `since` on, in order."""
        rows = self._database.query(
            "SELECT substr(asked_at, 1, 10), answered, count(*) FROM turns "
            "WHERE replaced_by IS NULL AND asked_at >= ? GROUP BY 1, 2 ORDER BY 1, 2",
            (since,),
        )
        return tuple((day, bool(answered), count) for day, answered, count in rows)


class _ReplySummary(Struct, frozen=True):
    """What is wanted of a stored reply; the rest of its JSON is skipped unread."""

    confidence: float
    confidence_label: ConfidenceLabel
    kind: ReplyKind = "answer"
    language: str | None = None
