"""Folders of files derived from the store: published whole by one rename, and trusted only when their hashes match.

A new version may share files of the one before by hard links: they are never written again, so each version is whole by
itself, and a file is gone with the last that has it.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError, Struct, json

from index.errors import StaleIndexError

MANIFEST = "manifest.json"
_TICK = 1_000_000_000  # nanoseconds; by hand, a hundred times what the clocks of file systems need
_REMEMBERED = 4096  # files whose hash a process remembers


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a derived folder holds. version: the store's index version. count: rows. sha256: by file name."""

    kind: str
    version: str
    model_id: str
    count: int
    sha256: dict[str, str]


def publish(
    index_folder: Path,
    kind: str,
    version: str,
    model_id: str,
    count: int,
    write: Callable[[Path], None],
    shared: Sequence[Path] = (),
) -> Path:
    """Make `index_folder/version` with the files that `write(folder)` makes and those of `shared`, which lie in another
    version and have been verified, and drop other versions of it.

    A reader sees the whole folder or none: it is written beside, synced to the disk, then renamed. Readers that hold
    files of an older version keep them until they let go. Raises OSError.
    """
    index_folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=index_folder))
    try:
        write(draft)
        sha256 = {file.name: _seal(file) for file in sorted(draft.iterdir())}
        sha256 |= {file.name: _share(file, draft) for file in shared}
        manifest = draft / MANIFEST
        manifest.write_bytes(json.encode(Manifest(kind, version, model_id, count, sha256)))
        _seal(manifest)
        draft.chmod(index_folder.stat().st_mode & 0o777)  # mkdtemp's 0700 would keep other users from reading
        _sync(draft)
        target = index_folder / version
        if target.exists():
            target.rename(Path(tempfile.mkdtemp(prefix=".old-", dir=index_folder)) / version)
        draft.rename(target)
        _sync(index_folder)
    finally:
        _sweep(index_folder, keep=version)
    return target


def published(index_folder: Path) -> list[str]:
    """The versions that are there, the newest first."""
    try:
        entries = [entry for entry in index_folder.iterdir() if not entry.name.startswith(".")]
        return [entry.name for entry in sorted(entries, key=lambda entry: -entry.stat().st_mtime_ns)]
    except OSError:
        return []


def verify(index_folder: Path, kind: str, version: str, model_id: str) -> tuple[Path, Manifest]:
    """The folder of `version`, every file of it checked. Raises StaleIndexError if it is missing, torn or foreign."""
    folder = index_folder / version
    try:
        manifest = json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        found = {name: _sha256(folder / name) for name in manifest.sha256}
    except OSError as error:
        raise StaleIndexError(
            f"{folder} is missing or cannot be read ({error.strerror}); it will be rebuilt."
        ) from error
    except (DecodeError, UnicodeDecodeError) as error:
        raise StaleIndexError(f"{folder / MANIFEST} is damaged; it will be rebuilt.") from error
    if (manifest.kind, manifest.version, manifest.model_id) != (kind, version, model_id):
        raise StaleIndexError(f"{folder} belongs to another index; it will be rebuilt.")
    for name, digest in manifest.sha256.items():
        if found[name] != digest:
            raise StaleIndexError(f"{folder / name} has changed since it was written; it will be rebuilt.")
    return folder, manifest


def _seal(file: Path) -> str:
    """Sync a file to the disk, let those read it who may read the folder above, and give its SHA-256."""
    file.chmod(file.parent.parent.stat().st_mode & 0o666)
    _sync(file)
    return _sha256(file)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _share(file: Path, folder: Path) -> str:
    """Have a file of another version in `folder`, too, and give its SHA-256."""
    target = folder / file.name
    try:
        target.hardlink_to(file)
    except OSError:  # some file systems have no links
        shutil.copyfile(file, target)
        return _seal(target)
    return _sha256(target)


_hashes: dict[tuple[int, int, int, int], str] = {}  # of files by device, inode, size and time of the last change


def _sha256(file: Path) -> str:
    """Read once in a process for as long as the system says that the file is the same. A file that has just changed
    may change again within the clock's tick, so it is read again."""
    with file.open("rb") as stream:
        status = os.fstat(stream.fileno())
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        if key in _hashes:
            return _hashes[key]
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if time.time_ns() - status.st_mtime_ns > _TICK:
        if len(_hashes) >= _REMEMBERED:
            _hashes.clear()
        _hashes[key] = digest
    return digest


def _sweep(index_folder: Path, keep: str) -> None:
    with suppress(OSError):  # what cannot be removed now is swept next time
        for entry in index_folder.iterdir():
            if entry.name != keep:
                shutil.rmtree(entry, ignore_errors=True)
