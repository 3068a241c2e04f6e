"""The honesty report: what became of every file, and what of it can be answered from."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from index.store.rows import Facts
from index.unread import UnreadFile

# Not counted among the files of a folder: what it leads to is.
ALIAS = "a link to a file that is read under its own name"
COULD_NOT_BE_READ = "could not be read"
BEING_WRITTEN = "still being written"
GONE = (
    "{gone} of {stored} documents are not in the folder any more. They are kept, in case a disk or share is not there: "
    "if they are gone on purpose, run `footnote index --remove-all`."
)


class FileStatus(StrEnum):
    """What became of a file. FAILED: it could not be read; the version stored before, if any, is kept and served.
    MISSING: it is not in the folder any more, and kept all the same, since too many are gone at once."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    MISSING = "missing"
    FAILED = "failed"
    SKIPPED = "skipped"


class FileReport(Struct, frozen=True):
    """One file. message: why it failed or was skipped; reason: the same in few words. was: its path before a rename.

    blocks: number by kind. left_out: characters that no passage holds, by reason (white space not counted).
    """

    source: str
    status: FileStatus
    message: str = ""
    was: str = ""
    document_id: str = ""
    blocks: dict[str, int] = {}
    left_out: dict[str, int] = {}
    sentences: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()
    reason: str = ""


class SyncReport(Struct, frozen=True):
    """What `sync` did. embedded: texts (passages and sentences) that were embedded now. growing: how many files were
    left for the next time, since they are being written."""

    files: tuple[FileReport, ...]
    index_version: str
    embedded: int
    warnings: tuple[str, ...] = ()
    growing: int = 0

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """The files that answers cannot come from as they are now, by path."""
        return unread_of(self.files)

    @property
    def read(self) -> int:
        """How many files were read and are as they were then; one that is kept from before is not."""
        unread = {file.source for file in self.unread}
        stored = (f for f in self.files if f.document_id and f.status not in (FileStatus.REMOVED, FileStatus.MISSING))
        return sum(file.source not in unread for file in stored)

    @property
    def counts(self) -> dict[str, int]:
        """How many files have each status; those that none has are left out."""
        return {status.value: self.count(status) for status in FileStatus if self.count(status)}

    def count(self, status: FileStatus) -> int:
        """How many files have this status."""
        return sum(file.status is status for file in self.files)

    @property
    def documents(self) -> int:
        """How many documents can be asked now."""
        return sum(bool(file.document_id) and file.status is not FileStatus.REMOVED for file in self.files)

    @property
    def passages(self) -> int:
        """How many passages they have."""
        return sum(file.passages for file in self.files if file.status is not FileStatus.REMOVED)

    @property
    def sentences(self) -> int:
        """How many sentences they have."""
        return sum(file.sentences for file in self.files if file.status is not FileStatus.REMOVED)

    @property
    def left_out(self) -> dict[str, int]:
        """Characters left out of all documents, by reason, most first."""
        total: dict[str, int] = {}
        for file in self.files:
            for reason, characters in file.left_out.items():
                total[reason] = total.get(reason, 0) + characters
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def unread_of(files: Iterable[FileReport]) -> tuple[UnreadFile, ...]:
    """Those of the files that were not read, by path."""
    return tuple(
        UnreadFile(file.source, file.reason or file.message, file.message)
        for file in sorted(files, key=lambda file: file.source)
        if file.status in (FileStatus.FAILED, FileStatus.SKIPPED) and file.message != ALIAS
    )


def file_report(
    status: FileStatus, facts: Facts, *, source: str = "", message: str = "", was: str = "", reason: str = ""
) -> FileReport:
    """The report of a file whose document is stored."""
    return FileReport(
        source=source or facts.source,
        status=status,
        message=message,
        was=was,
        document_id=facts.document_id,
        blocks=facts.blocks,
        left_out=facts.left_out,
        sentences=facts.sentences,
        passages=facts.passages,
        warnings=facts.warnings,
        reason=reason,
    )
