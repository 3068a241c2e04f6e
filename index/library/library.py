"""Putting files into the corpus folder, and moving, deleting and restoring them. What they say is `sync`'s to find out.

Nothing is written but below the corpus folder, nothing is overwritten unasked, and each step is done or not.
"""

import hashlib
import os
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from index.errors import FootnoteError, InputError, NotFoundError
from index.library import trash
from index.library.drafts import Draft, sweep, sync_folder, unwritable
from index.library.names import clean_folder, clean_name, clean_path, numbered
from index.library.places import check_place
from index.library.trash import Trashed
from index.readers.detection import HEAD

_MOST_NUMBERS = 1000  # of files of one name; by hand
_MOST_LATELY = 1000  # files that were added or moved and are perhaps not indexed yet; by hand


class TakenError(FootnoteError):
    """There is a file of that name already."""


class UploadStatus(StrEnum):
    """What became of a file that was given. REPLACED: another one of that name was there, and it was asked for."""

    ADDED = "added"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class Uploaded(Struct, frozen=True):
    """One file. name: as it was given. source: its path below the corpus folder, of a duplicate that of the file which
    has the same bytes; empty if refused. reason: why it was refused."""

    name: str
    status: UploadStatus
    source: str = ""
    reason: str = ""


class Library:
    """The corpus folder, for one process. Safe to share between threads."""

    def __init__(self, folder: Path, data_folder: Path) -> None:
        self._folder = folder
        self._data_folder = data_folder
        self._lock = threading.Lock()
        # Of what was changed here and may not be indexed yet: SHA-256 -> path of what was added, path -> path of what
        # was moved.
        self._lately: dict[str, str] = {}
        self._moved: dict[str, str] = {}

    def tidy(self) -> None:
        """Take away what processes that died left half written, and what was long enough in the trash."""
        with self._lock:
            sweep(self._folder)
            trash.empty(self._folder)

    def begin(self) -> Draft:
        """Where a file is written first. Raises what `Draft.begin` does, and NotFoundError for no folder."""
        if not self._folder.is_dir():
            raise NotFoundError(f"There is no folder {self._folder}: make it first.")
        return Draft.begin(self._folder)

    def place(
        self, draft: Draft, name: str, folder: str = "", *, replace: bool = False, known: Iterable[str] = ()
    ) -> Uploaded:
        """Give a draft its name, if it is worth it. known: paths of documents that have these bytes as far as the index
        knows. Raises ReadOnlyError."""
        try:
            where = clean_folder(folder)
            source = f"{where}/{clean_name(name)}" if where else clean_name(name)
            if not draft.size:
                raise InputError("It is empty.")
            check_place(self._folder, self._data_folder, source, draft.head)
            draft.finish()
            with self._lock:
                return self._placed(draft, name, source, replace, known)
        except InputError as error:
            return Uploaded(name, UploadStatus.REFUSED, reason=str(error))

    def move(self, source: str, to: str) -> str:
        """Give a document another path; gives the one that it has then. Raises InputError (a path that is not allowed),
        TakenError, NotFoundError and ReadOnlyError."""
        wanted = clean_path(to)
        with self._lock:
            path, source = self._file(source)
            check_place(self._folder, self._data_folder, wanted, _head(path))
            target = self._folder / wanted
            if wanted == source:
                return source
            # Renamed in one step and not linked first: the index, which looks at any time, must not see both.
            if target.exists() and not target.samefile(path):
                raise TakenError(f"There is a file {wanted} already.")
            self._rename(path, target)
            self._moved.pop(wanted, None)
            _note(self._moved, source, wanted)
        return wanted

    def delete(self, source: str) -> Trashed:
        """Put a document into the trash. Raises NotFoundError and ReadOnlyError."""
        with self._lock:
            path, source = self._file(source)
            trash.empty(self._folder)
            place = trash.new_place(self._folder)
            self._rename(path, place / source)
        return trash.find(self._folder, place.name)[0]

    def trashed(self) -> tuple[Trashed, ...]:
        """What can be restored, the last deleted first."""
        return trash.listed(self._folder)

    def empty_trash(self) -> None:
        """Delete for good what is in the trash."""
        with self._lock:
            trash.empty(self._folder, datetime.max.replace(tzinfo=UTC))

    def restore(self, trash_id: str) -> str:
        """Put a document back where it was; gives its path. Raises NotFoundError, TakenError and ReadOnlyError."""
        with self._lock:
            trashed, path = trash.find(self._folder, trash_id)
            target = self._folder / trashed.source
            if target.exists():
                raise TakenError(f"There is a file {trashed.source} by now: rename it first.")
            self._rename(path, target)
            trash.drop(self._folder / trash.FOLDER / trash_id)
        return trashed.source

    def _placed(self, draft: Draft, name: str, source: str, replace: bool, known: Iterable[str]) -> Uploaded:
        target = self._folder / source
        same = [each for each in (source, self._lately.get(draft.sha256), *known) if each]
        for each in same if not replace else [source]:
            if _sha256(self._folder / each) == draft.sha256:
                return Uploaded(name, UploadStatus.DUPLICATE, each)
        is_there = os.path.lexists(target)
        if is_there and replace:
            if not target.is_file():
                raise InputError(f"{source} is no file that could be replaced.")
            self._rename(draft.path, target)
            status = UploadStatus.REPLACED
        else:
            source, status = self._put(draft, source), UploadStatus.ADDED
        _note(self._lately, draft.sha256, source)
        return Uploaded(name, status, source)

    def _put(self, draft: Draft, source: str) -> str:
        """Under its name, or one with a number, without ever overwriting."""
        target = self._folder / source
        self._make_folder(target.parent)
        for number in range(1, _MOST_NUMBERS):
            path = target if number == 1 else target.with_name(numbered(target.name, number))
            try:
                os.link(draft.path, path)  # fails where there is one, unlike a renaming
            except FileExistsError:
                continue
            except OSError as error:
                if os.path.lexists(path):
                    continue
                self._rename_linkless(draft.path, path, error)
            sync_folder(path.parent)
            return path.relative_to(self._folder).as_posix()
        raise InputError(f"There are {_MOST_NUMBERS} files of that name.")

    def _rename_linkless(self, path: Path, target: Path, error: OSError) -> None:
        """Where a file system has no hard links; or what else was wrong comes out again."""
        try:
            path.rename(target)
        except OSError as second:
            raise unwritable(self._folder, second) from error

    def _file(self, source: str) -> tuple[Path, str]:
        """A document's file, and its path by now: the index may not know yet that it was moved. Raises
        NotFoundError."""
        while not os.path.lexists(path := self._folder / source) and source in self._moved:
            source = self._moved[source]
        if not path.is_file() or not path.parent.resolve().is_relative_to(self._folder.resolve()):
            raise NotFoundError(f"{source} is no file of its own in the folder of documents; it may have gone.")
        return path, source

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self._folder, error) from error

    def _rename(self, path: Path, target: Path) -> None:
        self._make_folder(target.parent)
        try:
            path.replace(target)
        except OSError as error:
            raise unwritable(self._folder, error) from error
        sync_folder(target.parent)
        sync_folder(path.parent)


def _note(notes: dict[str, str], key: str, value: str) -> None:
    """The latest notes are kept."""
    notes.pop(key, None)
    notes[key] = value
    if len(notes) > _MOST_LATELY:
        del notes[next(iter(notes))]


def _sha256(path: Path) -> str | None:
    """Of a file's bytes; None where there is no file that can be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _head(path: Path) -> bytes:
    """The first bytes of a file. Raises NotFoundError."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        raise NotFoundError(f"{path.name} cannot be read ({error.strerror}).") from error
