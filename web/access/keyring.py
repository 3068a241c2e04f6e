"""The API keys as a running server knows them: it follows the file, so that a key added or revoked counts at once."""

import hmac
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct

from index.errors import ReadOnlyError, UnavailableError
from index.store.database import Closing
from web.access.keys import FILE_NAME, ApiKey, KeyRecord, Keys, taken_apart

_NO_DIGEST = secrets.token_bytes(32)  # what a key of an unknown id is compared with


class _Held(Struct, frozen=True):
    """The keys in use by id, their rates by name, and whether there ever was a file of keys."""

    records: dict[str, KeyRecord] = {}
    rates: dict[str, int] = {}
    was_any: bool = False


def _today() -> date:
    return datetime.now(UTC).date()


class KeyRing(Closing):
    """The keys of a data folder. Safe to share between threads.

    No file means that no key was ever added; it is looked for each time, and read once it is there. One that vanishes
    later changes nothing: its keys stay needed. A file is never made or filled here; if it
    is empty, or holds no key, nobody gets in. Methods that look into the file raise what `Keys.open` does, so where
    it cannot be read nobody gets in.
    """

    def __init__(self, data_folder: Path, today: Callable[[], date] = _today) -> None:
        self._path = data_folder / FILE_NAME
        self._today = today
        self._lock = threading.Lock()
        self._keys: Keys | None = None
        self._file: tuple[int, int] | None = None
        self._seen = -1
        self._held = _Held()
        self._noted: dict[str, str] = {}

    def close(self) -> None:
        """Close the file; it is opened again where it is needed."""
        with self._lock:
            self._forget()

    def are_needed(self) -> bool:
        """Whether there is a file of keys, or was."""
        return self._now().was_any

    def in_use(self) -> int:
        """How many keys are accepted."""
        return len(self._now().records)

    def find(self, given: bytes) -> ApiKey | None:
        """The key that was given, if it is in use. Takes as long for one that is not."""
        held = self._now()
        key_id, digest = taken_apart(given)
        record = held.records.get(key_id)
        if not hmac.compare_digest(digest, record.digest if record else _NO_DIGEST) or record is None:
            return None
        self._note_use(record.key)
        return record.key

    def per_minute(self, name: str) -> int | None:
        """How many questions a minute the key of that name may ask, as last read; None for a name without a key."""
        return self._held.rates.get(name)

    def _now(self) -> _Held:
        with self._lock:
            file = self._identity()
            if file is not None and file != self._file:  # there now, or put in the place of another
                self._forget()
                self._keys, self._file = _opened(self._path), file
            if self._keys is not None and (version := self._keys.data_version()) != self._seen:
                self._held, self._seen = _held(self._keys.records()), version
            return self._held

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise UnavailableError(f"{self._path} cannot be looked for: {error.strerror}.") from error
        return found.st_dev, found.st_ino

    def _forget(self) -> None:
        if self._keys is not None:
            self._keys.close()
        self._keys, self._file, self._seen = None, None, -1

    def _note_use(self, key: ApiKey) -> None:
        """Once a day; a file that cannot be written just now must keep nobody out."""
        day = self._today()
        with self._lock:
            if self._keys is None or self._noted.get(key.key_id, key.last_used_on) == day.isoformat():
                return
            self._noted[key.key_id] = day.isoformat()
            with suppress(UnavailableError):
                self._keys.note_use(key.key_id, day)


def _opened(path: Path) -> Keys:
    try:
        return Keys.open(path, makes=False)
    except ReadOnlyError:
        return Keys.open(path, read_only=True)


def _held(records: tuple[KeyRecord, ...]) -> _Held:
    used = [record for record in records if record.key.revoked_at is None]
    return _Held(
        {record.key.key_id: record for record in used},
        {record.key.name: record.key.per_minute for record in used},
        was_any=True,
    )
