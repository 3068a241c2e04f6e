"""Folder to store: what was added, changed, renamed or removed, told by content, and a report of every file."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from index.errors import DocumentError
from index.passages.pipeline import Pipeline, Prepared
from index.readers import Readers
from index.readers.detection import HEAD
from index.search.indexes import refresh_indexes
from index.store.rows import Facts, new_document_id, text_key
from index.store.store import Store
from index.sync.folder import FolderEntry, walk
from index.sync.lock import indexing
from index.sync.report import FileReport, FileStatus, SyncReport, file_report

MAX_FILE_BYTES = 50_000_000  # by hand: longer files are split by who writes them
_BATCH = 256  # texts embedded before documents are committed: what a crash can cost; by hand, 2026-11-22 (8c25c31)
_KEPT = " The version read before is kept."


class SyncProgress(Struct, frozen=True):
    """How far it is. embedded: texts (passages and sentences) embedded so far. source: the file at hand."""

    files_done: int
    files: int
    embedded: int
    source: str = ""


class _Task(Struct, frozen=True):
    """A document to make. stored: what it replaces."""

    status: FileStatus
    file: FolderEntry
    document_id: str
    stored: Facts | None = None


def sync(
    folder: Path,
    store: Store,
    pipeline: Pipeline,
    *,
    progress: Callable[[SyncProgress], None] | None = None,
    max_file_bytes: int = MAX_FILE_BYTES,
    remake: bool = False,
    readers: Readers | None = None,
) -> SyncReport:
    """Make the store hold what `folder` holds, then bring the derived indexes up to date.

    One transaction a document, in the order of their paths; a file that cannot be read is reported and the rest goes
    on. A document is made anew when its file's SHA-256 or the pipeline's fingerprint has changed, or on `remake`. Its
    id stays when its file is edited or renamed. readers: None for ones of its own, with their own limits.

    Raises InputError (no such folder), LockedError (another process is at it), ReadOnlyError, ModelError,
    IntegrityError.
    """
    data_folder = store.path.parent
    with indexing(data_folder), Readers.limited() as own:
        found = walk(folder, data_folder)
        store.claim(folder.resolve())
        work = _Sync(store, pipeline, readers or own, found, progress or _ignore, max_file_bytes)
        for task in work.plan(remake):
            work.make(task)
        work.flush()
        work.remove_vanished()
        store.embeddings.drop_unused(pipeline.embedder.model_id)
        warnings = work.warnings(folder) + refresh_indexes(store, pipeline.embedder.model_id)
        return SyncReport(work.reports(), store.index_version(), work.embedded, warnings)


class _Sync:
    """One run of `sync`, whose steps share what they found."""

    def __init__(
        self,
        store: Store,
        pipeline: Pipeline,
        readers: Readers,
        found: Sequence[FolderEntry],
        progress: Callable[[SyncProgress], None],
        max_file_bytes: int,
    ) -> None:
        self.embedded = 0
        self._store = store
        self._pipeline = pipeline
        self._readers = readers
        self._fingerprint = pipeline.fingerprint
        self._found = found
        self._progress = progress
        self._max_file_bytes = max_file_bytes
        self._facts = store.facts()
        self._incomplete = store.embeddings.incomplete_documents(pipeline.embedder.model_id)
        self._reports: list[FileReport] = []
        self._waiting: list[tuple[_Task, Prepared]] = []
        self._hashes: dict[str, str] = {}
        unlisted = tuple(f"{file.source}/" for file in found if file.error)
        here = {file.source for file in found if not file.skipped}
        self._vanished = {
            source: facts
            for source, facts in self._facts.items()
            if source not in here and not (unlisted and source.startswith(unlisted))
        }

    def plan(self, remake: bool) -> list[_Task]:
        """What is to be made; files that need nothing are reported at once."""
        readable = [file for file in self._found if self._is_to_be_read(file)]
        self._hashes = {file.source: digest for file in readable if (digest := self._hash(file))}
        renamed = self._find_renamed(readable)
        taken = {facts.document_id for facts in self._facts.values()}
        tasks = []
        for file in readable:
            stored = self._facts.get(file.source) or renamed.get(file.source)
            if file.source not in self._hashes:
                continue
            if stored is None:
                document_id = new_document_id(file.source, taken)
                taken.add(document_id)
                tasks.append(_Task(FileStatus.ADDED, file, document_id))
            elif file.source in renamed:
                tasks.append(_Task(FileStatus.RENAMED, file, stored.document_id, stored))
            elif stored.content_sha256 != self._hashes[file.source]:
                tasks.append(_Task(FileStatus.CHANGED, file, stored.document_id, stored))
            elif remake or self._is_outdated(stored):
                tasks.append(_Task(FileStatus.UNCHANGED, file, stored.document_id, stored))
            else:
                self._reports.append(file_report(FileStatus.UNCHANGED, stored))
        return tasks

    def make(self, task: _Task) -> None:
        """Read and split one document; it is committed with its batch."""
        self._tell(task.file.source)
        try:
            document = self._readers.read(task.file.path.read_bytes(), task.file.source, task.document_id)
        except OSError as error:
            self._fail(task.file, f"It cannot be read ({error.strerror}).")
        except DocumentError as error:
            self._fail(task.file, str(error))
        else:
            self._wait(task, self._pipeline.prepare(document))

    def flush(self) -> None:
        """Embed what is new in the documents that wait, then commit each of them."""
        texts = {text_key(text): text for _, prepared in self._waiting for text in _texts(prepared)}
        known = self._store.embeddings.known_keys(self._pipeline.embedder.model_id, list(texts))
        self._embed({key: text for key, text in texts.items() if key not in known})
        for task, prepared in self._waiting:
            self._commit(task, prepared)
        self._waiting.clear()

    def _embed(self, texts: dict[str, str]) -> None:
        """Embed and keep texts, batch by batch, under their keys."""
        embedder = self._pipeline.embedder
        keys = list(texts)
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            before = self.embedded

            def tell(done: int, _: int, before: int = before) -> None:
                self.embedded = before + done
                self._tell()

            matrix = embedder.embed([texts[key] for key in batch], tell)
            self._store.embeddings.put(embedder.model_id, batch, matrix)
            self.embedded = before + len(batch)

    def remove_vanished(self) -> None:
        """Forget the documents whose files are gone."""
        for facts in self._vanished.values():
            self._store.delete_document(facts.document_id)
            self._reports.append(file_report(FileStatus.REMOVED, facts))
        self._tell()

    def reports(self) -> tuple[FileReport, ...]:
        return tuple(sorted(self._reports, key=lambda report: (report.source, report.status)))

    def warnings(self, folder: Path) -> tuple[str, ...]:
        if self._store.facts():
            return ()
        return (f"{folder} holds no file that can be read: put documents into it, then index again.",)

    def _is_outdated(self, stored: Facts) -> bool:
        return stored.pipeline != self._fingerprint or stored.document_id in self._incomplete

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
            with file.path.open("rb") as stream:
                return self._readers.why_not(stream.read(HEAD), file.source)
        except OSError:
            return ""

    def _hash(self, file: FolderEntry) -> str:
        """SHA-256 of the file's bytes; "" and a report if it cannot be had."""
        try:
            file.source.encode()
            size = file.path.stat().st_size
            if size > self._max_file_bytes:
                self._fail(file, f"It has {size:,} bytes and {self._max_file_bytes:,} are allowed: split it.")
                return ""
            with file.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            self._fail(file, f"It cannot be read ({error.strerror}).")
        except UnicodeEncodeError:
            self._fail(file, "Its name is not valid UTF-8: rename it.")
        return ""

    def _find_renamed(self, readable: Sequence[FolderEntry]) -> dict[str, Facts]:
        """New paths whose bytes are those of a vanished document, and that document, which is then not vanished."""
        lost: dict[str, list[Facts]] = defaultdict(list)
        for facts in self._vanished.values():
            lost[facts.content_sha256].append(facts)
        renamed: dict[str, Facts] = {}
        for file in readable:
            candidates = lost.get(self._hashes.get(file.source, ""))
            if candidates and file.source not in self._facts:
                renamed[file.source] = candidates.pop(0)
                del self._vanished[renamed[file.source].source]
        return renamed

    def _fail(self, file: FolderEntry, message: str) -> None:
        source = file.source.encode("utf-8", "backslashreplace").decode()
        stored = self._facts.get(file.source)
        if stored is None:
            self._reports.append(FileReport(source, FileStatus.FAILED, message))
            return
        self._reports.append(file_report(FileStatus.FAILED, stored, message=message + _KEPT))
        if self._is_outdated(stored):  # its text is in the store, so it can follow the others
            task = _Task(FileStatus.FAILED, file, stored.document_id, stored)
            self._wait(task, self._pipeline.prepare(self._store.document(stored.document_id)))

    def _skip(self, file: FolderEntry, reason: str) -> None:
        source = file.source.encode("utf-8", "backslashreplace").decode()
        self._reports.append(FileReport(source, FileStatus.SKIPPED, reason))

    def _wait(self, task: _Task, prepared: Prepared) -> None:
        self._waiting.append((task, prepared))
        if sum(len(_texts(waiting)) for _, waiting in self._waiting) >= _BATCH:
            self.flush()

    def _commit(self, task: _Task, prepared: Prepared) -> None:
        try:
            self._store.replace_document(
                prepared.document,
                prepared.sentences,
                prepared.passages,
                prepared.texts,
                sentence_texts=prepared.sentence_texts,
                pipeline=self._fingerprint,
                left_out=prepared.left_out,
            )
        except DocumentError as error:
            self._fail(task.file, str(error))
            return
        if task.status is not FileStatus.FAILED:  # that is reported already
            self._reports.append(_made_report(task, prepared, self._fingerprint))

    def _tell(self, source: str = "") -> None:
        self._progress(SyncProgress(len(self._reports), len(self._found), self.embedded, source))


def _texts(prepared: Prepared) -> list[str]:
    """All that is embedded of a document."""
    return [*prepared.texts, *filter(None, prepared.sentence_texts)]


def _made_report(task: _Task, prepared: Prepared, fingerprint: str) -> FileReport:
    kinds: dict[str, int] = {}
    for block in prepared.document.blocks:
        kinds[block.kind.value] = kinds.get(block.kind.value, 0) + 1
    facts = Facts(
        document_id=task.document_id,
        source=task.file.source,
        content_sha256=prepared.document.content_sha256,
        pipeline=fingerprint,
        blocks=kinds,
        left_out=prepared.left_out,
        sentences=len(prepared.sentences),
        passages=len(prepared.passages),
        warnings=prepared.document.warnings,
    )
    was = task.stored.source if task.stored and task.status is FileStatus.RENAMED else ""
    message = "made anew" if task.status is FileStatus.UNCHANGED else ""
    return file_report(task.status, facts, message=message, was=was)


def _ignore(_: SyncProgress) -> None:
    """Nobody looks."""
