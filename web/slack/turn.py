"""Who answers what is in an inbox: one process at a time, though several may take things in."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ReadOnlyError

FILE_NAME = "slack.lock"


class Turn:
    """The lock of a file, which the system frees if the process dies."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    @contextmanager
    def of(cls, file: Path) -> Iterator["Turn"]:
        """Within it the lock can be taken. Raises ReadOnlyError."""
        try:
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ReadOnlyError(f"{file} cannot be written ({error.strerror}): check its permissions.") from error
        try:
            yield cls(handle)
        finally:
            os.close(handle)

    def take(self) -> bool:
        """Whether it is ours now."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
