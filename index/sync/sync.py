"""Folder to store: what was added, changed, renamed or removed is made anew, and every file is reported."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.errors import DocumentError
from index.passages.pipeline import Pipeline, Prepared
from index.readers import Readers
from index.search.indexes import refresh_indexes
from index.store.rows import passage_number, text_key
from index.store.store import Store
from index.sync.folder import walk
from index.sync.hashes import FileHashes
from index.sync.lock import indexing
from index.sync.making import made_report, texts_of
from index.sync.options import MAX_FILE_BYTES, SyncOptions, unheard
from index.sync.planning import Plan, Task
from index.sync.progress import Phase, SyncProgress
from index.sync.report import GONE, FileReport, FileStatus, SyncReport, file_report, unread_of
from index.types import Matrix

_BATCH = 256  # texts embedded before documents are committed: what a crash can cost; by hand, 2026-11-22 (8c25c31)
# While much is read, what there is gets published so often, and no more than a sixth of the time goes into it; by hand.
_PUBLISH_SECONDS, _PUBLISH_SHARE = 10.0, 5.0


def sync(
    folder: Path,
    store: Store,
    pipeline: Pipeline,
    *,
    progress: Callable[[SyncProgress], None] | None = None,
    max_file_bytes: int = MAX_FILE_BYTES,
    remake: bool = False,
    remove_all: bool = False,
    readers: Readers | None = None,
) -> SyncReport:
    """`sync_with` what is named. Raises what it does."""
    options = SyncOptions(
        progress=progress or unheard,
        max_file_bytes=max_file_bytes,
        remake=remake,
        remove_all=remove_all,
        readers=readers,
    )
    return sync_with(folder, store, pipeline, options)


def sync_with(folder: Path, store: Store, pipeline: Pipeline, options: SyncOptions) -> SyncReport:
    """Make the store hold what `folder` holds, then bring the derived indexes up to date.

    One transaction a document, in the order of their paths; a file that cannot be read is reported and the rest goes
    on. A document is made anew when its file's SHA-256 or the pipeline's fingerprint has changed, or on `remake`. Its
    id stays when its file is edited or renamed. Where more than half of the documents are gone from the folder, they
    are kept, and a warning says so: a disk that is not there must not empty the index.

    Raises InputError (no such folder), LockedError (another process is at it), ReadOnlyError, ModelError,
    IntegrityError.
    """
    data_folder = store.path.parent
    with indexing(data_folder), Readers.limited() as own:
        readers = options.readers or own
        found = walk(folder, data_folder)
        store.claim(folder.resolve())
        facts = store.facts()
        incomplete = store.embeddings.incomplete_documents(pipeline.embedder.model_id)
        if not incomplete:
            store.embeddings.remember_complete(pipeline.embedder.model_id)
        outdated = {
            each.document_id
            for each in facts.values()
            if each.pipeline != pipeline.fingerprint or each.document_id in incomplete
        }
        plan = Plan(
            folder,
            found,
            facts,
            outdated,
            readers,
            options.hashes or FileHashes(),
            max_file_bytes=options.max_file_bytes,
            settle_seconds=options.settle_seconds,
        )
        work = _Sync(store, pipeline, plan, options, readers, len(found))
        work.publishes_midway = options.publish is not None and 2 * len(outdated) <= len(facts)
        work.look()
        tasks = work.tasks()
        kept = work.keep_vanished(len(facts))
        for task in (*tasks, *plan.catching_up(tasks, list(plan.vanished.values()))):
            work.make(task)
        work.flush()
        work.remove_vanished()
        reports = work.reports()
        store.about.put_unread(unread_of(reports))
        warnings = kept + _warnings(store, folder) + work.publish()
        store.embeddings.drop_unused(pipeline.embedder.model_id)
        return SyncReport(reports, store.index_version(), work.embedded, warnings, plan.growing)


def _warnings(store: Store, folder: Path) -> tuple[str, ...]:
    if not store.is_empty():
        return ()
    return (f"{folder} holds no file that can be read: put documents into it, then index again.",)


class _Sync:
    """One run of `sync`, whose steps share what they found."""

    def __init__(
        self, store: Store, pipeline: Pipeline, plan: Plan, options: SyncOptions, readers: Readers, files: int
    ) -> None:
        self.embedded = 0
        self.publishes_midway = False  # where most is made anew, the old index serves until the new one is whole
        self._store = store
        self._pipeline = pipeline
        self._fingerprint = pipeline.fingerprint
        self._plan = plan
        self._options = options
        self._readers = readers
        self._files = files
        self._waiting: list[tuple[Task, Prepared]] = []
        self._bytes = self._bytes_read = self._bytes_done = self._texts_read = 0
        self._published = time.monotonic()
        self._publish_seconds = _PUBLISH_SECONDS

    def look(self) -> None:
        """At all files; those that need nothing are reported."""
        for source in self._plan.look():
            self._tell("scanning", source)
            self._options.rest()

    def tasks(self) -> list[Task]:
        """What is to be made."""
        tasks = self._plan.tasks(self._options.remake)
        self._bytes = sum(task.size for task in tasks)
        return tasks

    def make(self, task: Task) -> None:
        """Read and split one document; it is committed with its batch."""
        self._tell("reading", task.file.source)
        self._options.rest()
        try:
            if task.status is FileStatus.FAILED:  # reported already
                document = self._store.document(task.document_id)
            else:
                document = self._readers.read(self._plan.read(task.file), task.file.source, task.document_id)
        except OSError as error:
            self._failed(task, self._plan.fail_to_read(task.file, error))
        except DocumentError as error:
            self._failed(task, self._plan.fail(task.file, str(error)))
        else:
            self._wait(task, self._pipeline.prepare(document))

    def flush(self) -> None:
        """Embed what is new in the documents that wait, then commit each of them."""
        texts = {text_key(text): text for _, prepared in self._waiting for text in texts_of(prepared)}
        known = self._store.embeddings.known_keys(self._pipeline.embedder.model_id, list(texts))
        self._embed({key: text for key, text in texts.items() if key not in known})
        self._options.before([task.document_id for task, prepared in self._waiting if self._replaces(task, prepared)])
        for task, prepared in self._waiting:
            self._commit(task, prepared)
        self._bytes_done = self._bytes_read
        self._waiting.clear()
        if self.publishes_midway and time.monotonic() - self._published > self._publish_seconds:
            self.publish()

    def publish(self) -> tuple[str, ...]:
        """Bring the indexes up to date and let who serves them know. Gives warnings."""
        self._tell("writing")
        began = time.monotonic()
        warnings = refresh_indexes(self._store, self._pipeline.embedder.model_id)
        if self._options.publish:
            self._options.publish()
        self._published = time.monotonic()
        self._publish_seconds = max(_PUBLISH_SECONDS, _PUBLISH_SHARE * (self._published - began))
        return warnings

    def keep_vanished(self, stored: int) -> tuple[str, ...]:
        """Decide whether the documents whose files are gone are kept, of so many that are stored. Gives a warning where
        too many are gone."""
        gone = list(self._plan.vanished.values())
        if not gone or self._options.remove_all:
            return ()
        is_half = 2 * len(gone) > stored
        if is_half:
            self._plan.reports.extend(file_report(FileStatus.MISSING, facts) for facts in gone)
        if is_half or self._plan.growing:  # what is being written may be one of them, moved
            self._plan.vanished.clear()
        return (GONE.format(gone=len(gone), stored=stored),) if is_half else ()

    def remove_vanished(self) -> None:
        """Forget the documents whose files are gone."""
        gone = list(self._plan.vanished.values())
        self._options.before([facts.document_id for facts in gone])
        for facts in gone:
            self._store.delete_document(facts.document_id)
            self._plan.reports.append(file_report(FileStatus.REMOVED, facts))

    def reports(self) -> tuple[FileReport, ...]:
        return tuple(sorted(self._plan.reports, key=lambda report: (report.source, report.status)))

    def _embed(self, texts: dict[str, str]) -> None:
        """Embed and keep texts, batch by batch, under their keys."""
        embedder = self._pipeline.embedder
        keys = list(texts)
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            before = self.embedded

            def tell(done: int, _: int, before: int = before, start: int = start) -> None:
                self.embedded = before + done
                share = (start + done) / len(keys)
                self._bytes_done = max(self._bytes_done, int(self._bytes_done_before + share * self._bytes_waiting))
                self._tell("embedding")
                self._options.rest()

            self._store.embeddings.put(embedder.model_id, *self._embed_batch(batch, texts, tell))
            self.embedded = before + len(batch)

    def _embed_batch(
        self, keys: Sequence[str], texts: dict[str, str], tell: Callable[[int, int], None]
    ) -> tuple[list[str], Matrix]:
        """The keys, in some order, and their vectors: all at once, or few at a time where somebody may be waiting."""
        embed, few = self._pipeline.embedder.embed, self._options.texts_at_once
        if not few:
            return list(keys), embed([texts[key] for key in keys], tell)
        ordered = sorted(keys, key=lambda key: (len(texts[key]), key))  # like lengths together: little is padded
        parts = []
        for start in range(0, len(ordered), few):
            part = ordered[start : start + few]
            parts.append(embed([texts[key] for key in part]))
            tell(start + len(part), len(ordered))
        return ordered, np.concatenate(parts)

    @property
    def _bytes_waiting(self) -> int:
        return sum(task.size for task, _ in self._waiting)

    @property
    def _bytes_done_before(self) -> int:
        """Of the documents that are committed."""
        return self._bytes_read - self._bytes_waiting

    def _replaces(self, task: Task, prepared: Prepared) -> bool:
        """Whether passages that are served would be gone."""
        if task.stored is None:
            return False
        stored = {passage.passage_id for passage in self._store.document_passages(task.document_id)}
        return stored != {passage_number(prepared.document, passage) for passage in prepared.passages}

    def _failed(self, task: Task, again: Task | None) -> None:
        """again: what is to be made of what is stored."""
        self._bytes_read += task.size
        if again is not None:
            self._wait(again, self._pipeline.prepare(self._store.document(again.document_id)))

    def _wait(self, task: Task, prepared: Prepared) -> None:
        self._waiting.append((task, prepared))
        self._bytes_read += task.size
        self._texts_read += len(texts_of(prepared))
        if sum(len(texts_of(waiting)) for _, waiting in self._waiting) >= _BATCH:
            self.flush()

    def _commit(self, task: Task, prepared: Prepared) -> None:
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
            self._plan.fail(task.file, str(error))
            return
        if task.status is not FileStatus.FAILED:  # that is reported already
            self._plan.reports.append(made_report(task, prepared, self._fingerprint))

    def _tell(self, phase: Phase, source: str = "") -> None:
        estimated = round(self._texts_read * self._bytes / self._bytes_read) if self._bytes_read else 0
        self._options.progress(
            SyncProgress(
                files_done=len(self._plan.reports),
                files=self._files,
                embedded=self.embedded,
                source=source,
                phase=phase,
                bytes_done=self._bytes_done,
                bytes=self._bytes,
                texts=estimated,
            )
        )
