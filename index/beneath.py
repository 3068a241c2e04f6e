"""Files below a folder, opened so that nothing that is put in their place in the meantime leads out of it.

Each folder of a path is opened within the one before and no link is followed, as with openat2's RESOLVE_BENEATH and
RESOLVE_NO_SYMLINKS. What is opened is a regular file: opening waits for nobody, as it would at a FIFO.
"""

import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import IO

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


def open_beneath(folder: Path, source: str) -> IO[bytes]:
    """Open the file at the path `source` (with "/") below `folder`. A link in the last place is followed if it leads to
    a file of the folder. Raises OSError."""
    try:
        return _opened(folder, source)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EMLINK):  # EMLINK: FreeBSD's for a link
            raise
    root = folder.resolve()
    try:
        target = (root / source).resolve(strict=True)
    except RuntimeError as error:  # as Python before 3.13 tells of a loop
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), source) from error
    if not target.is_relative_to(root):
        raise OSError(errno.EXDEV, "it is a link out of the folder", source)
    return _opened(root, target.relative_to(root).as_posix())


def read_beneath(folder: Path, source: str, most: int) -> bytes:
    """Its bytes. Raises OSError, EFBIG where it has more than `most`."""
    with open_beneath(folder, source) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise too_big(source)
    return data


def too_big(source: str) -> OSError:
    """What is raised where a file has more bytes than are allowed."""
    return OSError(errno.EFBIG, "it is larger than is allowed", source)


def _opened(folder: Path, source: str) -> IO[bytes]:
    *folders, name = PurePosixPath(source).parts
    if ".." in (*folders, name) or source.startswith("/"):
        raise OSError(errno.EXDEV, "its path leads out of the folder", source)
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for each in folders:
            inner = os.open(each, _FOLDER, dir_fd=here)
            os.close(here)
            here = inner
        handle = os.open(name, _FILE, dir_fd=here)
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is not a regular file", source)
    return os.fdopen(handle, "rb")
