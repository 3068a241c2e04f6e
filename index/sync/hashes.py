"""SHA-256 of files, remembered for as long as a file looks the same."""

import hashlib
import os
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import IO

from msgspec import Struct

from index.beneath import open_beneath, too_big

_MOST = 200_000  # files remembered, by hand: some 60 MB
# A file that was written so shortly before it was hashed may be written again without its time telling: file systems
# count time in steps of up to two seconds (FAT).
_RACY_NS = 2_000_000_000
_PIECE = 1 << 18  # bytes that are read at once


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

    def sha256(self, folder: Path, source: str, most: int | None = None) -> str:
        """Of the bytes as they are now of the file at `source` below `folder`. Raises OSError, EFBIG where it has more
        than `most`."""
        path = folder / source
        before = path.stat()
        with self._lock:
            known = self._known.get(str(path))
        if known is not None and _looks_like(before, known):
            return known.sha256
        with open_beneath(folder, source) as stream:
            digest = _digest(stream, source, most)
            after = os.fstat(stream.fileno())
        if after.st_mtime_ns < time.time_ns() - _RACY_NS:
            with self._lock:
                self._known[str(path)] = _Known(after.st_size, after.st_mtime_ns, after.st_ino, digest)
                self._known.move_to_end(str(path))
                if len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return digest


def _digest(stream: IO[bytes], source: str, most: int | None) -> str:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        digest.update(piece)
        size += len(piece)
        if most is not None and size > most:  # it grows as it is read
            raise too_big(source)
    return digest.hexdigest()


def _looks_like(found: os.stat_result, known: _Known) -> bool:
    return (found.st_size, found.st_mtime_ns, found.st_ino) == (known.size, known.mtime_ns, known.inode)
