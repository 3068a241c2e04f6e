"""A file that is being written: under a hidden name in the corpus folder, so that nothing reads half of it, and on the
same file system, so that it gets its own name in one step."""

import errno
import hashlib
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from index.errors import InputError, ReadOnlyError
from index.readers.detection import HEAD
from index.store.database import Closing

_PREFIX = ".footnote-draft-"
_LEFT_SECONDS = 24 * 3600  # a draft that old is of a process that died; by hand
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Draft(Closing):
    """What is written to it is hashed on its way. Closed, it is gone, unless it was put in its place.

    size: bytes so far. head: the first of them, which tell what it is.
    """

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self.size = 0
        self.head = b""
        self._handle = handle
        self._hash = hashlib.sha256()

    @classmethod
    def begin(cls, folder: Path) -> Self:
        """A new one in a corpus folder. Raises ReadOnlyError, and InputError if the disk is full."""
        path = folder / f"{_PREFIX}{secrets.token_hex(8)}"
        try:
            return cls(
                path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
            )  # less the umask
        except OSError as error:
            raise unwritable(folder, error) from error

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._hash.hexdigest()

    def write(self, content: bytes) -> None:
        """Append to it. Raises what `begin` does."""
        rest = memoryview(content)
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError as error:
            raise unwritable(self.path.parent, error) from error
        self._hash.update(content)
        self.head += content[: max(0, HEAD - self.size)]
        self.size += len(content)

    def finish(self) -> None:
        """Have it on the disk. Raises what `begin` does."""
        try:
            os.fsync(self._handle)
        except OSError as error:
            raise unwritable(self.path.parent, error) from error

    def discard(self) -> None:
        """Free its room on the disk at once."""
        os.ftruncate(self._handle, 0)

    def close(self) -> None:
        """Close the file, and take away what is still a draft."""
        os.close(self._handle)
        with suppress(FileNotFoundError):
            self.path.unlink()


def sweep(folder: Path) -> None:
    """Take away drafts of processes that died. What cannot be taken away stays."""
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFT_SECONDS:
                path.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk; where the system cannot do that for folders, nothing is done."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(folder: Path, error: OSError) -> InputError | ReadOnlyError:
    """What it means that a file of the folder cannot be written."""
    if error.errno in _FULL:
        return InputError("There is no room left on the disk for it.")
    return ReadOnlyError(f"The folder of documents {folder} cannot be written ({error.strerror}).")
