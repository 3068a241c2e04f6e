"""Who may index a data folder: one process at a time, and one corpus."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import InputError, LockedError, ReadOnlyError
from index.store.store import Store

FILE_NAME = "index.lock"
_TRIES = 50
_PAUSE_SECONDS = 0.02


@contextmanager
def indexing(data_folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it if the process dies. Raises LockedError, with the other's process id,
    and ReadOnlyError."""
    file = data_folder / FILE_NAME
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ReadOnlyError(f"{file} cannot be written ({error.strerror}): check the folder's permissions.") from error
    try:
        try:
            _take(handle)
        except BlockingIOError as error:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise LockedError(
                f"Process {holder} is indexing {data_folder}: wait until it is done, or end it."
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    # Those who only ask (`is_indexing`) hold it for an instant, and who opens a stale index for not much longer: no
    # reason to give up.
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE_SECONDS)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_indexing(data_folder: Path) -> bool:
    """Whether some process, or another part of this one, holds the lock now."""
    try:
        handle = os.open(data_folder / FILE_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def claim(store: Store, folder: Path) -> None:
    """Let a data folder serve one corpus, `folder`. One that was moved may go on; two that are both there may not
    replace each other's documents without a word: that raises InputError."""
    data_folder = store.path.parent.resolve()
    known = store.corpus_folder()
    if known is not None and known != folder and known.is_dir() and store.facts():
        raise InputError(f"{data_folder} holds the index of {known}: choose another data folder for {folder}.")
    if known != folder:  # relative, so that a corpus copied with its data folder is its own
        store.keep_corpus_folder(os.path.relpath(folder, data_folder))
