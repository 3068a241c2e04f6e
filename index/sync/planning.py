"""What is to be made of a folder's files: told by content against what is stored."""

import errno
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from index.beneath import open_beneath, read_beneath
from index.readers import Readers
from index.readers.detection import HEAD
from index.store.rows import Facts, new_document_id
from index.sync.folder import FolderEntry
from index.sync.hashes import FileHashes
from index.sync.report import BEING_WRITTEN, COULD_NOT_BE_READ, FileReport, FileStatus, file_report

TOO_LARGE = "too large"
KEPT = " The version read before is kept."


class Task(Struct, frozen=True):
    """A document to make. stored: what it replaces. size: bytes of its file. FAILED: it is made of what is stored."""

    status: FileStatus
    file: FolderEntry
    document_id: str
    stored: Facts | None = None
    size: int = 0


class Plan:
    """One run's plan. reports: of the files that need nothing, or of which nothing can be had. vanished: the documents
    whose files are gone, by path. growing: how many files were left for later, since they are being written."""

    def __init__(
        self,
        folder: Path,
        found: Sequence[FolderEntry],
        facts: dict[str, Facts],
        outdated: set[str],
        readers: Readers,
        hashes: FileHashes,
        *,
        max_file_bytes: int,
        settle_seconds: float,
    ) -> None:
        self.reports: list[FileReport] = []
        self.growing = 0
        self._folder = folder
        self._found = found
        self._facts = facts
        self._outdated = outdated
        self._readers = readers
        self._file_hashes = hashes
        self._max_file_bytes = max_file_bytes
        self._settle_seconds = settle_seconds
        self._hashes: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._failed: list[Task] = []
        unlisted = tuple(f"{file.source}/" for file in found if file.error)
        here = {file.source for file in found if not file.skipped}
        self.vanished = {
            source: stored
            for source, stored in facts.items()
            if source not in here and not (unlisted and source.startswith(unlisted))
        }

    def look(self) -> Iterator[str]:
        """Look at each file; gives the paths as it goes."""
        for file in self._found:
            yield file.source
            if self._is_to_be_read(file) and (digest := self._hash(file)):
                self._hashes[file.source] = digest

    def tasks(self, remake: bool) -> list[Task]:
        """What is to be made, once all files were looked at."""
        readable = [file for file in self._found if file.source in self._hashes]
        renamed = self._find_renamed(readable)
        taken = {facts.document_id for facts in self._facts.values()}
        tasks = list(self._failed)
        for file in readable:
            stored = self._facts.get(file.source) or renamed.get(file.source)
            size = self._sizes[file.source]
            if stored is None:
                document_id = new_document_id(file.source, taken)
                taken.add(document_id)
                tasks.append(Task(FileStatus.ADDED, file, document_id, None, size))
            elif file.source in renamed:
                tasks.append(Task(FileStatus.RENAMED, file, stored.document_id, stored, size))
            elif stored.content_sha256 != self._hashes[file.source]:
                tasks.append(Task(FileStatus.CHANGED, file, stored.document_id, stored, size))
            elif remake or stored.document_id in self._outdated:
                tasks.append(Task(FileStatus.UNCHANGED, file, stored.document_id, stored, size))
            else:
                self.reports.append(file_report(FileStatus.UNCHANGED, stored))
        return tasks

    def catching_up(self, tasks: Sequence[Task], gone: Sequence[Facts]) -> list[Task]:
        """What is to be made of the outdated documents that stay, but of whose files nothing can be had now: without it
        they would be lost with what they were made by."""
        met = {task.document_id for task in tasks} | {facts.document_id for facts in gone}
        return [
            Task(FileStatus.FAILED, FolderEntry(facts.source, Path(facts.source)), facts.document_id, facts)
            for facts in self._facts.values()
            if facts.document_id in self._outdated and facts.document_id not in met
        ]

    def fail(self, file: FolderEntry, message: str, reason: str = COULD_NOT_BE_READ) -> Task | None:
        """Report that it could not be read. Gives what is to be made of its stored version, if that is outdated."""
        stored = self._facts.get(file.source)
        if stored is None:
            self.reports.append(FileReport(_told(file), FileStatus.FAILED, message, reason=reason))
            return None
        self.reports.append(file_report(FileStatus.FAILED, stored, message=message + KEPT, reason=reason))
        if stored.document_id not in self._outdated:
            return None
        return Task(FileStatus.FAILED, file, stored.document_id, stored)  # so that its text can follow the others

    def read(self, file: FolderEntry) -> bytes:
        """The bytes of a file, whatever has become of it since it was looked at. Raises OSError."""
        return read_beneath(self._folder, file.source, self._max_file_bytes)

    def fail_to_read(self, file: FolderEntry, error: OSError) -> Task | None:
        """The same as `fail`, for what `read` raised."""
        return self.fail(file, *self._told_why(error))

    def _told_why(self, error: OSError) -> tuple[str, str]:
        """Message and reason."""
        if error.errno == errno.EFBIG:
            return f"It has more than the {self._max_file_bytes:,} bytes that are allowed: split it.", TOO_LARGE
        return f"It cannot be read ({error.strerror}).", COULD_NOT_BE_READ

    def _is_to_be_read(self, file: FolderEntry) -> bool:
        if file.error:
            self._fail(file, file.error)
        elif file.skipped:
            self._skip(file, file.skipped)
        elif why := self._why_not(file):
            self._skip(file, why)
        else:
            return True
        return False

    def _why_not(self, file: FolderEntry) -> str:
        """Why no reader takes it, by its first bytes; what cannot be opened is told when its hash is asked for."""
        try:
            with open_beneath(self._folder, file.source) as stream:
                return self._readers.why_not(stream.read(HEAD), file.source)
        except OSError:
            return ""

    def _hash(self, file: FolderEntry) -> str:
        """SHA-256 of the file's bytes; "" and a report if it cannot be had."""
        try:
            file.source.encode()
            facts = file.path.stat()
            if facts.st_size > self._max_file_bytes:
                message = f"It has {facts.st_size:,} bytes and {self._max_file_bytes:,} are allowed: split it."
                self._fail(file, message, TOO_LARGE)
                return ""
            if self._is_growing(facts):
                self._defer(file)
                return ""
            self._sizes[file.source] = facts.st_size
            return self._file_hashes.sha256(self._folder, file.source, self._max_file_bytes)
        except OSError as error:
            self._fail(file, *self._told_why(error))
        except UnicodeEncodeError:
            self._fail(file, "Its name is not valid UTF-8: rename it.", "its name is not UTF-8")
        return ""

    def _is_growing(self, facts: os.stat_result) -> bool:
        return 0 <= time.time() - facts.st_mtime < self._settle_seconds

    def _defer(self, file: FolderEntry) -> None:
        self.growing += 1
        stored = self._facts.get(file.source)
        if stored is None:
            self._skip(file, BEING_WRITTEN)
        else:
            self.reports.append(file_report(FileStatus.UNCHANGED, stored, message=BEING_WRITTEN))

    def _find_renamed(self, readable: Sequence[FolderEntry]) -> dict[str, Facts]:
        """New paths whose bytes are those of a vanished document, and that document, which is then not vanished."""
        lost: dict[str, list[Facts]] = defaultdict(list)
        for facts in self.vanished.values():
            lost[facts.content_sha256].append(facts)
        renamed: dict[str, Facts] = {}
        for file in readable:
            candidates = lost.get(self._hashes[file.source])
            if candidates and file.source not in self._facts:
                renamed[file.source] = candidates.pop(0)
                del self.vanished[renamed[file.source].source]
        return renamed

    def _fail(self, file: FolderEntry, message: str, reason: str = COULD_NOT_BE_READ) -> None:
        task = self.fail(file, message, reason)
        if task is not None:
            self._failed.append(task)

    def _skip(self, file: FolderEntry, message: str, reason: str = "") -> None:
        self.reports.append(FileReport(_told(file), FileStatus.SKIPPED, message, reason=reason or message))


def _told(file: FolderEntry) -> str:
    """Its path as text, whatever the bytes of its name are."""
    return file.source.encode("utf-8", "backslashreplace").decode()
