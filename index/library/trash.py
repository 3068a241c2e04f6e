"""Documents that were deleted, kept for a while: `.footnote-trash` in the corpus folder, which is never indexed."""

import re
import secrets
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from index.errors import NotFoundError

FOLDER = ".footnote-trash"
KEPT_DAYS = 30  # as other bins do; by hand
_ID = re.compile(r"(\d{8}T\d{6})-[0-9a-f]{8}")
_TIME = "%Y%m%dT%H%M%S"


class Trashed(Struct, frozen=True):
    """A document that was deleted. source: its path then. Dates are ISO 8601, UTC; kept_until: deleted for good after
    it."""

    trash_id: str
    source: str
    deleted_at: str
    kept_until: str


def new_place(corpus: Path) -> Path:
    """A folder of the trash for one document; its name is the id."""
    name = f"{datetime.now(UTC).strftime(_TIME)}-{secrets.token_hex(4)}"
    return corpus / FOLDER / name


def listed(corpus: Path) -> tuple[Trashed, ...]:
    """What is in it, the last deleted first."""
    found = (_trashed(place) for place in (corpus / FOLDER).glob("*-*"))
    return tuple(sorted((each for each in found if each), key=lambda each: each.trash_id, reverse=True))


def find(corpus: Path, trash_id: str) -> tuple[Trashed, Path]:
    """One, and its file. Raises NotFoundError."""
    place = corpus / FOLDER / trash_id
    trashed = _trashed(place) if _ID.fullmatch(trash_id) else None
    if trashed is None:
        raise NotFoundError(f"There is nothing {trash_id!r} in the trash; it may have been restored already.")
    return trashed, place / trashed.source


def drop(place: Path) -> None:
    """Take away what is in a place of the trash, and the trash where it is empty then. What cannot be taken stays."""
    shutil.rmtree(place, ignore_errors=True)
    with suppress(OSError):  # not empty, most often
        place.parent.rmdir()


def empty(corpus: Path, before: datetime | None = None) -> None:
    """Delete for good what was deleted before that time, `KEPT_DAYS` ago if none is given."""
    last = before or datetime.now(UTC) - timedelta(days=KEPT_DAYS)
    for trashed in listed(corpus):
        if datetime.fromisoformat(trashed.deleted_at) < last:
            drop(corpus / FOLDER / trashed.trash_id)


def _trashed(place: Path) -> Trashed | None:
    named = _ID.fullmatch(place.name)
    source = next((path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir()), None)
    if named is None or source is None:
        return None
    deleted = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
    return Trashed(place.name, source, deleted.isoformat(), (deleted + timedelta(days=KEPT_DAYS)).isoformat())
