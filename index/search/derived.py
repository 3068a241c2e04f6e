"""Folders of files derived from the store: published whole by one rename, and trusted only when their hashes match."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError, Struct, json

from index.errors import StaleIndexError

MANIFEST = "manifest.json"
_CHUNK = 1 << 20


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a derived folder holds. version: the store's index version. count: rows. sha256: by file name."""

    kind: str
    version: str
    model_id: str
    count: int
    sha256: dict[str, str]


def publish(
    index_folder: Path, kind: str, version: str, model_id: str, count: int, write: Callable[[Path], None]
) -> Path:
    """Make `index_folder/version` with the files that `write(folder)` makes, and drop other versions of it.

    A reader sees the whole folder or none: it is written beside, synced to the disk, then renamed. Readers that hold
    files of an older version keep them until they let go. Raises OSError.
    """
    index_folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=index_folder))
    try:
        write(draft)
        sha256 = {file.name: _seal(file) for file in sorted(draft.iterdir()) if not file.name.endswith(".lock")}
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


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sweep(index_folder: Path, keep: str) -> None:
    with suppress(OSError):  # what cannot be removed now is swept next time
        for entry in index_folder.iterdir():
            if entry.name != keep:
                shutil.rmtree(entry, ignore_errors=True)
