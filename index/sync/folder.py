"""What lies in a corpus folder: files to read, and what is passed over and why."""

import os
from pathlib import Path

from msgspec import Struct

from index.errors import InputError


class FolderEntry(Struct, frozen=True):
    """A file, or a folder that cannot be listed. source: its path below the corpus folder, with "/".

    skipped: why it is not to be read, "" if it is. error: why it cannot be, "" if it can.
    """

    source: str
    path: Path
    skipped: str = ""
    error: str = ""


def walk(folder: Path, data_folder: Path) -> tuple[FolderEntry, ...]:
    """All files below `folder`, sorted by source, but hidden ones (".name") and the data folder's.

    Links to folders are not followed. A link to a file is, if the file lies in `folder` and is not found under its own
    name. Raises InputError if there is no such folder or it cannot be listed.
    """
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        raise InputError(f"The corpus folder {folder} {what}: make it, put documents into it, or name another one.")
    root = folder.resolve()
    kept_out = data_folder.resolve()
    found: list[FolderEntry] = []

    def fail(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise InputError(f"The corpus folder {folder} cannot be listed ({error.strerror}).") from error
        path = Path(error.filename)
        found.append(
            FolderEntry(_source(folder, path), path, error=f"This folder cannot be listed ({error.strerror}).")
        )

    for name, folders, files in os.walk(folder, onerror=fail):
        here = Path(name)
        links = [entry for entry in folders if not _hidden(entry) and (here / entry).is_symlink()]
        found += [FolderEntry(_source(folder, here / entry), here / entry, "a link to a folder") for entry in links]
        folders[:] = [e for e in folders if not _hidden(e) and e not in links and (here / e).resolve() != kept_out]
        for entry in files:
            if not _hidden(entry):
                path = here / entry
                found.append(FolderEntry(_source(folder, path), path, _why_not(path, root)))
    return tuple(sorted(found, key=lambda file: file.source))


def _source(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _hidden(name: str) -> bool:
    return name.startswith(".")


def _why_not(path: Path, root: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links
        return "a link that leads nowhere"
    if path.is_symlink():
        if not target.is_relative_to(root):
            return "a link out of the folder"
        if not any(_hidden(part) for part in target.relative_to(root).parts):
            return "a link to a file that is read under its own name"
    return "" if target.is_file() else "not a regular file"
