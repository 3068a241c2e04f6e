"""Saved filters in their own SQLite file, which is made with the first of them."""

import secrets
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import msgspec

from index.errors import InputError, NotFoundError
from index.store.database import Database
from qa.collection.filters import FilterRule, SavedFilter, check_rule, clean_filter_name, name_key

FILE_NAME = "collections.sqlite3"
MOST_FILTERS = 100  # a list that a person looks through; by hand


class FilterTakenError(InputError):
    """There is a saved filter of that name already."""


class SavedFilters:
    """Those of a data folder. Safe to share between threads; the file is opened anew each time, so that what another
    process saves counts at once. Methods raise what `Database.open` does."""

    def __init__(self, data_folder: Path) -> None:
        self._path = data_folder / FILE_NAME

    def all(self) -> tuple[SavedFilter, ...]:
        """By name; none where no filter was ever saved."""
        if not self._path.exists():
            return ()
        with self._open(read_only=True) as database:
            rows = database.query("SELECT filter_id, name, rule, changed_at FROM filters ORDER BY key")
        return tuple(_filter(*row) for row in rows)

    def add(self, name: str, rule: FilterRule) -> SavedFilter:
        """Save one. Raises InputError (a name or rule that is not allowed, or too many), FilterTakenError."""
        made = SavedFilter(secrets.token_hex(8), clean_filter_name(name), rule, _now())
        check_rule(rule)
        with self._open() as database, database.transaction():
            if database.query("SELECT count(*) FROM filters")[0][0] >= MOST_FILTERS:
                raise InputError(
                    f"There are {MOST_FILTERS} saved filters, which is all there may be: delete one first."
                )
            _put(database, made)
        return made

    def change(self, filter_id: str, name: str, rule: FilterRule) -> SavedFilter:
        """Give it another name or rule. Raises NotFoundError, and what `add` does."""
        made = SavedFilter(filter_id, clean_filter_name(name), rule, _now())
        check_rule(rule)
        with self._open() as database, database.transaction():
            _check_there(database, filter_id)
            _put(database, made)
        return made

    def delete(self, filter_id: str) -> None:
        """Forget it; the documents stay. Raises NotFoundError."""
        with self._open() as database, database.transaction():
            _check_there(database, filter_id)
            database.query("DELETE FROM filters WHERE filter_id = ?", (filter_id,))

    def _open(self, *, read_only: bool = False) -> Database:
        return Database.open(self._path, files("qa.collection") / "migrations", read_only=read_only)


def _put(database: Database, made: SavedFilter) -> None:
    key = name_key(made.name)
    taken = database.query("SELECT name FROM filters WHERE key = ? AND filter_id <> ?", (key, made.filter_id))
    if taken:
        raise FilterTakenError(f"There is a saved filter “{taken[0][0]}” already: choose another name.")
    rule = msgspec.json.encode(made.rule).decode()
    database.query(
        "INSERT OR REPLACE INTO filters (filter_id, name, key, rule, changed_at) VALUES (?, ?, ?, ?, ?)",
        (made.filter_id, made.name, key, rule, made.changed_at),
    )


def _check_there(database: Database, filter_id: str) -> None:
    if not database.query("SELECT 1 FROM filters WHERE filter_id = ?", (filter_id,)):
        raise NotFoundError(f"There is no saved filter {filter_id!r}; it may have been deleted.")


def _filter(filter_id: str, name: str, rule: str, changed_at: str) -> SavedFilter:
    return SavedFilter(filter_id, name, msgspec.json.decode(rule, type=FilterRule), changed_at)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
