"""The honesty report: what became of every file, and what of it can be answered from."""

from enum import StrEnum

from msgspec import Struct

from index.store.rows import Facts


class FileStatus(StrEnum):
    """What became of a file. FAILED: it could not be read; the version stored before, if any, is kept and served."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"
    SKIPPED = "skipped"


class FileReport(Struct, frozen=True):
    """One file. message: why it failed or was skipped. was: its path before a rename.

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


class SyncReport(Struct, frozen=True):
    """What `sync` did. embedded: texts (passages and sentences) that were embedded now."""

    files: tuple[FileReport, ...]
    index_version: str
    embedded: int
    warnings: tuple[str, ...] = ()

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


def file_report(status: FileStatus, facts: Facts, *, source: str = "", message: str = "", was: str = "") -> FileReport:
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
    )
