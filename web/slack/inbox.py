"""What Slack sent, kept in a SQLite file from before it is acknowledged until it is answered.

A repetition of what came before is known by its key and not taken again. Times are Unix seconds.
"""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Protocol, Self, get_args

import msgspec
from msgspec import Struct

from index.store.database import Closing, Database, marks

FILE_NAME = "slack.sqlite3"
KEPT_SECONDS = 3 * 86400.0  # Slack repeats an event for a day at most
Kind = Literal["event", "command", "interaction"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Arrival(Struct, frozen=True):
    """Something that Slack sent. thread: of a message, what it is part of. body: as the Bolt app takes it."""

    key: str
    kind: Kind
    thread: str | None
    body: dict[str, Any]


class Item(Struct, frozen=True):
    """An arrival that waits to be answered. begun, attempts, waits: see `Inbox.begin`, `retry` and `put_off`."""

    number: int
    key: str
    kind: Kind
    body: dict[str, Any]
    begun: int
    attempts: int
    waits: int


ADDRESSED = "addressed"  # steps of handlers: to be told of a failure, though neither mention nor direct message;
POSTED = "posted"  # and that what it asked for stands in Slack


class ItemProgress(Protocol):
    """What was done for an item: durable once `put` returns, and gone when the item is finished."""

    def get(self, step: str) -> str | None:
        """What was kept of the step; None if it was not done."""
        ...

    def put(self, step: str, value: str) -> None:
        """Keep that it was done."""
        ...


class Inbox(Closing):
    """Safe to share between threads and processes. Methods raise what `index.store.database.Database` raises."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.query("PRAGMA secure_delete = ON")  # what was asked is overwritten in the file once it is answered

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file `path`, made if it is missing."""
        return cls(Database.open(path, files("web.slack") / "migrations"))

    @property
    def database(self) -> Database:
        """The file, for other tables in it."""
        return self._database

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        self._database.close()

    # Taking in

    def put(self, arrivals: Sequence[Arrival], now: float) -> int:
        """Keep them: they are on the disk when this returns, or none is. How many had not come before."""
        sql = (
            "INSERT OR IGNORE INTO inbox (event_key, kind, thread, body, received_at, due_at) "
            "VALUES (?, ?, ?, ?, ?, ?) RETURNING number"
        )
        rows = [(each.key, each.kind, each.thread, _json(each.body), now, now) for each in arrivals]
        with self._database.transaction():
            return sum(len(self._database.query(sql, row)) for row in rows)

    # Answering

    def due(self, kind: Kind, now: float, limit: int, besides: set[int]) -> list[Item]:
        """The oldest of a kind that are to be answered now, at most `limit`, without those numbered in `besides`.

        Of a thread only the first that is not finished: what comes later in it may depend on that one's answer.
        """
        sql = (
            "SELECT number, event_key, kind, body, begun, attempts, waits FROM inbox AS item "
            f"WHERE finished_at IS NULL AND kind = ? AND due_at <= ? AND number NOT IN ({marks(len(besides))}) "
            "AND NOT EXISTS (SELECT 1 FROM inbox WHERE thread = item.thread AND number < item.number "
            "AND finished_at IS NULL) ORDER BY number LIMIT ?"
        )
        rows = self._database.query(sql, (kind, now, *besides, limit))
        return [
            Item(number, key, kind, msgspec.json.decode(body), *counts) for number, key, kind, body, *counts in rows
        ]

    def begin(self, items: Sequence[Item]) -> None:
        """An attempt at each is about to be made. Counted before, so that one which kills the process counts too."""
        numbers = [item.number for item in items]
        self._database.query(f"UPDATE inbox SET begun = begun + 1 WHERE number IN ({marks(len(numbers))})", numbers)

    def retry(self, item: Item, due_at: float, attempts: int = 0) -> None:
        """The attempt failed: make another one at that time. attempts: count at least so many."""
        sql = "UPDATE inbox SET due_at = ?, begun = 0, attempts = max(attempts + 1, ?) WHERE number = ?"
        self._database.query(sql, (due_at, attempts, item.number))

    def put_off(self, item: Item, due_at: float) -> None:
        """The attempt was no use since something was not there: make another one at that time."""
        sql = "UPDATE inbox SET due_at = ?, begun = 0, waits = waits + 1 WHERE number = ?"
        self._database.query(sql, (due_at, item.number))

    def release(self, item: Item) -> None:
        """The attempt was broken off, through no fault of its own: it was none."""
        self._database.query("UPDATE inbox SET begun = 0 WHERE number = ?", (item.number,))

    def finish(self, item: Item, now: float) -> None:
        """It is answered: forget all but its key."""
        with self._database.transaction():
            self._database.query("DELETE FROM progress WHERE number = ?", (item.number,))
            self._database.query(
                "UPDATE inbox SET body = NULL, thread = NULL, finished_at = ? WHERE number = ?", (now, item.number)
            )

    def progress(self, item: Item) -> ItemProgress:
        """Of that item."""
        return _Steps(self._database, item.number)

    # Looking after it

    def depth(self) -> int:
        """How many are not finished."""
        return int(self._database.query("SELECT count(*) FROM inbox WHERE finished_at IS NULL")[0][0])

    def forget(self, before: float) -> None:
        """Forget the keys of what was finished before that time."""
        self._database.query("DELETE FROM inbox WHERE finished_at < ?", (before,))


class _Steps:
    def __init__(self, database: Database, number: int) -> None:
        self._database = database
        self._number = number

    def get(self, step: str) -> str | None:
        sql = "SELECT value FROM progress WHERE number = ? AND step = ?"
        rows = self._database.query(sql, (self._number, step))
        return str(rows[0][0]) if rows else None

    def put(self, step: str, value: str) -> None:
        sql = "INSERT OR REPLACE INTO progress (number, step, value) VALUES (?, ?, ?)"
        self._database.query(sql, (self._number, step, value))


def _json(body: dict[str, Any]) -> str:
    return msgspec.json.encode(body).decode()
