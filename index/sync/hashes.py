"""SHA-256 of files, remembered for as long as a file looks the same."""

import hashlib
import os
import threading
import time
from collections import OrderedDict
from pathlib import Path

from msgspec import Struct

_MOST = 200_000  # files remembered, by hand: some 60 MB
# A file that was written so shortly before it was hashed may be written again without its time telling: file systems
# count time in steps of up to two seconds (FAT).
_RACY_NS = 2_000_000_000


class _Known(Struct, frozen=True):
    size: int
    mtime_ns: int
    inode: int
    sha256: str


class FileHashes:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def sha256(self, path: Path) -> str:
        """Of the file's bytes as they are now. Raises OSError."""
        before = path.stat()
        with self._lock:
            known = self._known.get(str(path))
        if known is not None and _looks_like(before, known):
            return known.sha256
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            after = os.fstat(stream.fileno())
        if after.st_mtime_ns < time.time_ns() - _RACY_NS:
            with self._lock:
                self._known[str(path)] = _Known(after.st_size, after.st_mtime_ns, after.st_ino, digest)
                self._known.move_to_end(str(path))
                if len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return digest


def _looks_like(found: os.stat_result, known: _Known) -> bool:
    return (found.st_size, found.st_mtime_ns, found.st_ino) == (known.size, known.mtime_ns, known.inode)
