"""API keys, in their own SQLite file: who may ask, of which documents, and how often.

A key is `fn_<id>_<secret>` and shown once. Stored is the SHA-256 of the secret, which is 256 random bits: neither salt
nor a slow hash would add anything.
"""

import os
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Literal, Self

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.errors import InputError, NotFoundError
from index.store.database import Closing, Database, Row
from qa.types import Requester

FILE_NAME = "keys.sqlite3"
_MEND = "put a copy of the file back, or delete it and add the API keys anew"
PER_MINUTE = 60
MOST_PER_MINUTE = 100_000
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_KEY = re.compile(rb"fn_([0-9a-f]{12})_([0-9a-f]{64})")
_MOST_SOURCES, _LONGEST_SOURCE = 20, 200
_COLUMNS = "key_id, name, scope, sources, corpora, per_minute, created_at, last_used_on, revoked_at"

Scope = Literal["ask", "admin"]


class ApiKey(Struct, frozen=True):
    """What is known of a key; dates are ISO 8601, UTC. sources: globs over paths, none means all documents.

    corpora: names of the corpora it may ask, none means all. per_minute: questions. last_used_on: a day, None before
    the first use. revoked_at: None while the key is accepted.
    """

    key_id: str
    name: str
    scope: Scope
    sources: tuple[str, ...]
    per_minute: int
    created_at: str
    last_used_on: str | None = None
    revoked_at: str | None = None
    corpora: tuple[str, ...] = ()

    @property
    def requester(self) -> Requester:
        """Whoever holds the key."""
        return Requester(self.name, self.sources, self.scope == "admin", self.corpora)


class KeyRecord(Struct, frozen=True):
    """A key, and the SHA-256 of its secret."""

    key: ApiKey
    digest: bytes


class Keys(Closing):
    """Safe to share between threads. Methods raise what `index.store.database.Database` raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, makes: bool = True) -> Self:
        """Open the file `path`, made if it is missing and not `read_only`. makes: without it, a missing one is not made
        and an empty one is damaged, since it comes with its first key (`add_key`)."""
        migrations = files("web.access") / "migrations"
        return cls(Database.open(path, migrations, read_only=read_only, mend=_MEND, makes=makes and not read_only))

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        self._database.close()

    def add(
        self,
        name: str,
        scope: Scope,
        sources: Sequence[str] = (),
        per_minute: int = PER_MINUTE,
        corpora: Sequence[str] = (),
    ) -> tuple[ApiKey, str]:
        """Make a key. Gives what is stored, and the key itself, which cannot be had again.

        Raises InputError (a name, glob or rate that is not allowed, an admin key with sources or corpora, or a name in
        use).
        """
        _check(name, scope, sources, per_minute, corpora)
        secret = secrets.token_hex(32)
        made = ApiKey(secrets.token_hex(6), name, scope, tuple(sources), per_minute, _now(), corpora=tuple(corpora))
        digest = _digest(secret.encode())
        with self._database.transaction():
            if self._in_use(name):
                raise InputError(f"There is a key {name} already: revoke it first, or choose another name.")
            self._database.query(
                "INSERT INTO keys (key_id, name, scope, sources, corpora, per_minute, created_at, secret_sha256) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    made.key_id,
                    name,
                    scope,
                    _listed(made.sources),
                    _listed(made.corpora),
                    per_minute,
                    made.created_at,
                    digest,
                ),
            )
        return made, f"fn_{made.key_id}_{secret}"

    def revoke(self, name: str) -> ApiKey:
        """Accept it no more. Raises NotFoundError if no key of that name is in use."""
        with self._database.transaction():
            found = self._in_use(name)
            if not found:
                raise NotFoundError(f"There is no key {name} in use: `footnote keys list` shows them.")
            revoked = replace(found[0], revoked_at=_now())
            self._database.query(
                "UPDATE keys SET revoked_at = ? WHERE key_id = ?", (revoked.revoked_at, revoked.key_id)
            )
        return revoked

    def all(self) -> tuple[ApiKey, ...]:
        """Every key that was ever made, oldest first."""
        return tuple(record.key for record in self.records())

    def records(self) -> tuple[KeyRecord, ...]:
        """The same, to hold what is given against them."""
        rows = self._database.query(f"SELECT {_COLUMNS}, secret_sha256 FROM keys ORDER BY created_at, rowid")
        return tuple(KeyRecord(_key_of(row), row[-1]) for row in rows)

    def note_use(self, key_id: str, day: date) -> None:
        """It was used on that day."""
        self._database.query("UPDATE keys SET last_used_on = ? WHERE key_id = ?", (day.isoformat(), key_id))

    def data_version(self) -> int:
        """See `Database.data_version`."""
        return self._database.data_version()

    def _in_use(self, name: str) -> list[ApiKey]:
        rows = self._database.query(f"SELECT {_COLUMNS} FROM keys WHERE name = ? AND revoked_at IS NULL", (name,))
        return [_key_of(row) for row in rows]


def add_key(
    path: Path,
    name: str,
    scope: Scope,
    sources: Sequence[str] = (),
    per_minute: int = PER_MINUTE,
    corpora: Sequence[str] = (),
) -> tuple[ApiKey, str]:
    """`Keys.add` to the file `path`; one that is not there yet is made beside, and put there whole, so that there never
    is one without a key. Raises what `Keys.add` and `Keys.open` do, and ReadOnlyError."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with Keys.open(draft) as keys:
                made = keys.add(name, scope, sources, per_minute, corpora)
            if _put_in_place(draft, path):
                return made
        finally:
            draft.unlink(missing_ok=True)
    with Keys.open(path, makes=False) as keys:
        return keys.add(name, scope, sources, per_minute, corpora)


def _put_in_place(draft: Path, path: Path) -> bool:
    """False where somebody else's is there by now."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError:  # some file systems have no links
        draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def taken_apart(given: bytes) -> tuple[str, bytes]:
    """The id that a key names, and the SHA-256 of its secret; what is no key has an id that none has."""
    form = _KEY.fullmatch(given)
    return (form[1].decode(), _digest(form[2])) if form else ("", _digest(given))


def _check(name: str, scope: Scope, sources: Sequence[str], per_minute: int, corpora: Sequence[str]) -> None:
    if not _NAME.fullmatch(name):
        raise InputError(f"A key cannot be named {name!r}: 1 to 64 of a-z, 0-9 and ._@-, a letter or digit first.")
    if scope == "admin" and sources:
        raise InputError("An admin key sees all documents: leave the sources out, or give it the scope ask.")
    if scope == "admin" and corpora:
        raise InputError("An admin key sees all corpora: leave them out, or give it the scope ask.")
    if len(corpora) > _MOST_SOURCES or not all(map(_is_glob, corpora)):
        raise InputError(f"The corpora of a key are at most {_MOST_SOURCES} names.")
    if len(sources) > _MOST_SOURCES or not all(map(_is_glob, sources)):
        raise InputError(
            f"The sources of a key are at most {_MOST_SOURCES} globs, each of 1 to {_LONGEST_SOURCE} characters."
        )
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise InputError(f"A key may ask 1 to {MOST_PER_MINUTE:,} questions a minute, not {per_minute}.")


def _is_glob(source: str) -> bool:
    return 1 <= len(source) <= _LONGEST_SOURCE and source.isprintable()


def _key_of(row: Row) -> ApiKey:
    key_id, name, scope, sources, corpora, *rest = row[:9]
    globs, names = (msgspec.json.decode(each, type=tuple[str, ...]) for each in (sources, corpora))
    return replace(ApiKey(key_id, name, scope, globs, *rest), corpora=names)


def _digest(secret: bytes) -> bytes:
    return sha256(secret).digest()


def _listed(sources: tuple[str, ...]) -> str:
    return msgspec.json.encode(sources).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
