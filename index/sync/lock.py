"""Locks on files, which the system frees when their process dies; with one of them, who may index a data folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LockedError, ReadOnlyError

FILE_NAME = "index.lock"
# Those who only ask (`is_locked`) hold a lock for an instant, and who opens a stale index for not much longer: no
# reason to give up at once.
_PATIENCE_SECONDS = 1.0
_PAUSE_SECONDS = 0.02


class FileLock:
    """An exclusive advisory lock (`flock`) on an open file, shared by no other process and no other FileLock."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def take(self, patience_seconds: float = 0.0) -> bool:
        """Whether the lock is held now, after at most so many seconds of trying. The holder's process id goes into the
        file."""
        deadline = time.monotonic() + patience_seconds
        while not self._try():
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE_SECONDS)
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)
        return True

    def holder(self) -> str:
        """The process id of who took the lock last, "unknown" if nobody has."""
        return os.pread(self._handle, 32, 0).decode("ascii", "replace").strip() or "unknown"

    def _try(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def open_lock(file: Path) -> Iterator[FileLock]:
    """Within it the file's lock can be taken; at its end it is free again. Raises ReadOnlyError if the file can be
    neither made nor opened for writing."""
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ReadOnlyError(f"{file} cannot be written ({error.strerror}): check the folder's permissions.") from error
    try:
        yield FileLock(handle)
    finally:
        os.close(handle)


def is_locked(file: Path) -> bool:
    """Whether some process, or another FileLock of this one, holds the file's lock now. Makes no file."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def indexing(data_folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder, which one process at a time may index. Raises LockedError, with the other's
    process id, and ReadOnlyError."""
    with open_lock(data_folder / FILE_NAME) as lock:
        if not lock.take(_PATIENCE_SECONDS):
            raise LockedError(f"Process {lock.holder()} is indexing {data_folder}: wait until it is done, or end it.")
        yield


def is_indexing(data_folder: Path) -> bool:
    """Whether a data folder is being indexed now, by any process or another part of this one."""
    return is_locked(data_folder / FILE_NAME)
