"""The files of a folder that were not read, and why."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct


class UnreadFile(Struct, frozen=True):
    """A file that answers cannot come from as it is now. reason: in few words, to group by. message: all of it."""

    source: str
    reason: str
    message: str


class UnreadGroup(Struct, frozen=True):
    """files: how many of one format ("PDF"; "" where the name has no ending) were not read for one reason."""

    format: str
    reason: str
    files: int


def grouped(files: Iterable[UnreadFile]) -> tuple[UnreadGroup, ...]:
    """By format and reason, those with most files first."""
    counts = Counter((PurePosixPath(file.source).suffix[1:].upper(), file.reason) for file in files)
    groups = [UnreadGroup(format_, reason, files) for (format_, reason), files in counts.items()]
    return tuple(sorted(groups, key=lambda group: (-group.files, group.format, group.reason)))


def told(read: int, unread: Iterable[UnreadFile]) -> str:
    """ "27 of 44 files read; 9 PDF: no reader; 8 DOCX: no reader"."""
    groups = grouped(unread)
    total = read + sum(group.files for group in groups)
    return "; ".join([f"{read:,} of {total:,} file{'s' * (total != 1)} read", *map(told_group, groups)])


def told_group(group: UnreadGroup) -> str:
    """ "9 PDF: no reader"."""
    return f"{group.files:,} {group.format or 'without an ending'}: {group.reason}"
