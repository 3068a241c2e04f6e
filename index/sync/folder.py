"""What lies in a corpus folder: files to read, and what is passed over and why."""

import os
from pathlib import Path

from msgspec import Struct

from index.errors import InputError
from index.sync.ignoring import Ignoring
from index.sync.report import ALIAS


class FolderEntry(Struct, frozen=True):
    """A file, or a folder that cannot be listed or is passed over whole. source: its path below the corpus folder, with
    "/".

    skipped: why it is not to be read, "" if it is. error: why it cannot be, "" if it can.
    """

    source: str
    path: Path
    skipped: str = ""
    error: str = ""


def walk(folder: Path, data_folder: Path) -> tuple[FolderEntry, ...]:
    """All files below `folder`, sorted by source, but hidden ones (".name") and the data folder's.

    Links to folders are not followed. A link to a file is, if the file lies in `folder` and is not found under its own
    name. What `.footnoteignore` files say is passed over (index/sync/ignoring.py); a folder that is, is one entry, and
    one whose own `.footnoteignore` cannot be read is not read. Raises InputError if there is no such folder, or it
    cannot be listed, or its `.footnoteignore` cannot be read.
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

    ignoring = {folder: Ignoring()}
    for name, folders, files in os.walk(folder, onerror=fail):
        here = Path(name)
        try:
            rules = ignoring.pop(here).within(here, "" if here == folder else _source(folder, here))
        except InputError as error:
            if here == folder:
                raise
            found.append(FolderEntry(_source(folder, here), here, error=f"{error} So this folder is not read."))
            folders.clear()
            continue
        entries = _entries(folder, here, folders, files, rules, root)
        found += entries
        passed = {entry.path for entry in entries}
        folders[:] = [
            e for e in folders if not _hidden(e) and here / e not in passed and (here / e).resolve() != kept_out
        ]
        ignoring |= dict.fromkeys((here / entry for entry in folders), rules)
    return tuple(sorted(found, key=lambda file: file.source))


def _entries(
    folder: Path, here: Path, folders: list[str], files: list[str], rules: Ignoring, root: Path
) -> list[FolderEntry]:
    """The files of one folder, and those of its folders that are passed over."""
    found = []
    for name in folders:
        path = here / name
        why = "a link to a folder" if path.is_symlink() else rules.why(_source(folder, path), is_folder=True)
        if why and not _hidden(name):
            found.append(FolderEntry(_source(folder, path), path, why))
    for name in files:
        path = here / name
        if not _hidden(name):
            source = _source(folder, path)
            found.append(FolderEntry(source, path, rules.why(source) or _why_not(path, root)))
    return found


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
            return ALIAS
    return "" if target.is_file() else "not a regular file"
