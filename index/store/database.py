"""One SQLite file: opened with care, migrated by numbered scripts, its errors told in our own tree."""

import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from index.errors import IntegrityError, NotFoundError, ReadOnlyError, UnavailableError

Row = tuple[Any, ...]

BUSY_SECONDS = 30.0
PUT_BACK = "put a copy of it back, or delete it, and what it holds is lost"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_MIGRATIONS = (
    "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"
)


class Closing(ABC):
    """What is opened and closed: a context manager by its `close`."""

    @abstractmethod
    def close(self) -> None:
        """Close it; it is of no use afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Database(Closing):
    """A connection that several threads may share: each call holds a lock, a transaction holds it to its end.

    The journal is SQLite's rollback journal (DELETE) with synchronous=FULL: what was committed survives a crash, and a
    folder that cannot be written can still be read, which write-ahead logging does not allow.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, mend: str) -> None:
        self.path = path
        self._mend = mend
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        path: Path,
        migrations: Traversable,
        *,
        read_only: bool = False,
        mend: str = PUT_BACK,
        makes: bool = True,
    ) -> Self:
        """Open `path`, made if it is missing, and bring it up to the newest of `migrations` (NNNN_name.sql).

        mend: what a person is told to do where the file is damaged. makes: a file that is missing or empty is made.
        Without it, an empty one is damaged.

        Raises NotFoundError (missing, and not to be made), ReadOnlyError (cannot be written, or is too old to be read
        as it is), IntegrityError (no database, another program's, damaged, or from a newer version), UnavailableError.
        """
        if (read_only or not makes) and not path.exists():
            raise NotFoundError(f"There is no index at {path} yet: run `footnote index` first.")
        with ExitStack() as undo:
            database = cls(_connect(path, read_only, mend), path, mend)
            undo.enter_context(database)
            with database._translated_errors():
                if not makes:
                    _check_made(database._connection, path, mend)
                _migrate(database._connection, path, migrations, read_only)
            undo.pop_all()
        return database

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        with self._lock:
            self._connection.close()

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of one statement. Raises IntegrityError, ReadOnlyError or UnavailableError."""
        with self._lock, self._translated_errors():
            return self._connection.execute(sql, parameters).fetchall()

    def query_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each of `rows`."""
        with self._lock, self._translated_errors():
            self._connection.executemany(sql, rows)

    def define(self, name: str, arguments: int, function: Callable[..., Any]) -> None:
        """Make a function known to the SQL of this connection. It must always give the same for the same."""
        with self._lock:
            self._connection.create_function(name, arguments, function, deterministic=True)

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[None]:
        """All or nothing, and (write=False) all reads from one state of the file. Within another it is part of that."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            with self._translated_errors():
                self._connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield
                with self._translated_errors():
                    self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:  # an error came before the COMMIT was done
                    self._connection.execute("ROLLBACK")

    def check(self) -> None:
        """Look through the whole file. Raises IntegrityError where its structure is damaged."""
        found = [str(row[0]) for row in self.query("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise IntegrityError(f"{self.path} is damaged ({'; '.join(found)}): {self._mend}.")

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file."""
        return int(self.query("PRAGMA data_version")[0][0])

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise _in_our_words(error, self.path, self._mend) from error


def _connect(path: Path, read_only: bool, mend: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise _in_our_words(error, path, mend) from error
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        if not read_only:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _in_our_words(error, path, mend) from error
    return connection


def _in_our_words(
    error: sqlite3.DatabaseError, path: Path, mend: str
) -> IntegrityError | ReadOnlyError | UnavailableError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the low byte is the primary code
    if code in _BUSY:
        return UnavailableError(f"{path} is in use by another process; try again in a moment.")
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnlyError(f"{path} cannot be written: check its permissions, or open it read-only.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return UnavailableError(f"{path} cannot be opened: check that its folder exists and may be read and written.")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return UnavailableError(f"{path} cannot be read or written ({error}): check the disk, then try again.")
    if code in _DAMAGED:
        return IntegrityError(f"{path} is not a database or is damaged ({error}): {mend}.")
    return IntegrityError(f"{path} is not as expected ({error}): {mend}.")


def _scripts(folder: Traversable) -> list[tuple[int, str, str]]:
    """(number, name, SQL) of each migration, in order."""
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return [(int(file.name[:4]), file.name, file.read_text(encoding="utf-8")) for file in files]


def _migrate(connection: sqlite3.Connection, path: Path, folder: Traversable, read_only: bool) -> None:
    scripts = _scripts(folder)
    newest = max((number for number, _, _ in scripts), default=0)
    current = _schema_version(connection, path)
    if current > newest:
        raise IntegrityError(
            f"{path} was written by a newer Footnote (schema {current}, this one knows {newest}): "
            "update Footnote, or choose another data folder."
        )
    if current < newest and read_only:
        raise ReadOnlyError(
            f"{path} is of an older Footnote (schema {current}, needed {newest}): open it once where it can be written."
        )
    for number, name, script in scripts:
        if number > current:
            _apply(connection, path, number, name, script)


def _schema_version(connection: sqlite3.Connection, path: Path) -> int:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "migrations" in tables:
        return int(connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()[0])
    if tables:
        raise IntegrityError(f"{path} is a database of another program: choose another data folder.")
    return 0


def _check_made(connection: sqlite3.Connection, path: Path, mend: str) -> None:
    """Raises IntegrityError for a file without a table."""
    if _schema_version(connection, path) == 0:
        raise IntegrityError(f"{path} is empty, which is damage: {mend}.")


def _apply(connection: sqlite3.Connection, path: Path, number: int, name: str, script: str) -> None:
    """One migration in one transaction, and its record with it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _schema_version(connection, path) < number:  # another process may just have done it
            connection.execute(_MIGRATIONS)
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, datetime('now'))", (number, name)
            )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    # executescript() commits before it starts, so a script is run statement by statement.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def marks(count: int) -> str:
    """Places for `count` parameters: "?, ?, ?"."""
    return ", ".join("?" * count)
