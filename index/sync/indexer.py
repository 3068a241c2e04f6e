"""Keeps an index in step with its folder, on a thread of its own, while questions are answered from it."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from index.errors import FootnoteError, LockedError
from index.models.embedding import Embedder
from index.passages.pipeline import Pipeline
from index.readers import OpenReaders
from index.store.store import FILE_NAME, Store
from index.sync.hashes import FileHashes
from index.sync.options import Exclusively, SyncOptions, run
from index.sync.progress import Pacing, SyncProgress, told
from index.sync.report import SyncReport
from index.sync.sync import sync_with
from index.sync.watch import FolderWatch
from index.types import Indexing
from index.unread import UnreadGroup, grouped
from index.unread import told as told_unread

_log = logging.getLogger(__name__)
State = Literal["idle", "waiting", "scanning", "reading", "embedding", "writing", "stopped"]


class IndexerTimes(Struct, frozen=True):
    """Seconds. settle: a file changed since is still being written. again: until what is being written, or another
    process's work, is looked at again. retry: until what failed for a reason that may pass is tried again. line:
    between two lines of the log on how far it is. texts_at_once: embedded before questions are given way to; more are
    faster, and a question that comes meanwhile waits for them. By hand, 2026-11-30."""

    settle: float = 1.0
    again: float = 0.5
    retry: float = 30.0
    line: float = 10.0
    texts_at_once: int = 4


TIMES = IndexerTimes()


class SyncStatus(Struct, frozen=True, kw_only=True):
    """What is going on. waiting: for another process that indexes. Of texts, and of the seconds that are left, it is an
    estimate; null where there is none. counts: files by what became of them the last time. unread: those that were not
    read then, by reason. finished_at: ISO 8601, UTC. error: why the last try came to nothing, "" if it did not.
    """

    state: State = "idle"
    is_watching: bool = False
    files_done: int = 0
    files: int = 0
    bytes_done: int = 0
    bytes: int = 0
    texts_done: int = 0
    texts: int = 0
    bytes_per_second: float = 0.0
    texts_per_second: float = 0.0
    seconds_left: float | None = None
    source: str = ""
    finished_at: str | None = None
    counts: dict[str, int] = {}
    unread: tuple[UnreadGroup, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""


class Serving(Protocol):
    """What answers from the index meanwhile (index.corpus.Corpus)."""

    def hold(self, document_ids: Sequence[str]) -> None:
        """Go on serving these documents as they are now until the next state is served."""
        ...

    def refresh(self, *, while_indexing: bool = False, exclusively: Exclusively = run) -> bool:
        """Serve the newest state, and let it take the old one's place `exclusively`."""
        ...

    @property
    def model_id(self) -> str:
        """Of the embedding model it is served by."""
        ...

    def switch(self, embedder: Embedder) -> None:
        """Serve the newest state by another model."""
        ...


class Indexer:
    """Syncs when it is started, when `request` is called and, if it watches, when something in the folder changes.

    rest: see `SyncOptions`. exclusively: does a job while no question is answered. open_readers: what reads files,
    opened for as long as the thread lives.
    """

    def __init__(
        self, folder: Path, data_folder: Path, open_readers: Callable[[], OpenReaders], *, watches: bool = True
    ) -> None:
        self.rest: Callable[[], None] = lambda: None
        self.exclusively: Exclusively = run
        self._folder = folder
        self._data_folder = data_folder
        self._open_readers = open_readers
        self._watches = watches
        self._hashes = FileHashes()
        self._wanted = threading.Event()
        self._stop = threading.Event()
        self._remove_all = False
        self._lock = threading.Lock()
        self._status = SyncStatus(is_watching=watches)
        self._has_synced = False
        self._thread: threading.Thread | None = None
        self._watch: FolderWatch | None = None

    @property
    def status(self) -> SyncStatus:
        """As it is now."""
        return self._status

    @property
    def indexing(self) -> Indexing | None:
        """How far it is while there is something to be read; None while the index is as the folder was last seen."""
        status = self._status
        if self._has_synced and (status.state in ("idle", "stopped", "scanning") or not status.bytes):
            return None
        if self._thread is None or status.state == "stopped" or (status.error and status.state == "idle"):
            return None
        return Indexing(status.files_done, status.files)

    def start(self, pipeline: Pipeline, serving: Serving) -> None:
        """Begin, for what serves the index, with the first sync."""
        self._wanted.set()
        self._thread = threading.Thread(target=self._run, args=(pipeline, serving), name="index", daemon=True)
        self._thread.start()
        if self._watches:
            self._watch = FolderWatch(self._folder, self._data_folder, self.request)

    def request(self, *, remove_all: bool = False) -> None:
        """Look at the folder again, soon. remove_all: see `SyncOptions`."""
        with self._lock:
            self._remove_all |= remove_all
        self._wanted.set()

    def close(self) -> None:
        """Stop at the next small step; what is not committed yet is done the next time."""
        self._stop.set()
        self._wanted.set()
        if self._watch is not None:
            self._watch.close()
        if self._thread is not None:
            self._thread.join()

    def _run(self, pipeline: Pipeline, serving: Serving) -> None:
        try:
            with ExitStack() as stack:
                readers = stack.enter_context(self._open_readers())
                while not self._stop.is_set():
                    self._wanted.wait()
                    self._wanted.clear()
                    if not self._stop.is_set():
                        self._sync(pipeline, serving, readers)
        except _StoppedError:
            return
        finally:
            self._status = replace(self._status, state="stopped")

    def _sync(self, pipeline: Pipeline, serving: Serving, readers: OpenReaders) -> None:
        with self._lock:
            remove_all, self._remove_all = self._remove_all, False
        hears = _Hearing(self)
        options = SyncOptions(
            progress=hears,
            rest=self._rest,
            before=serving.hold,
            publish=lambda: self._publish(pipeline, serving),
            remove_all=remove_all,
            settle_seconds=TIMES.settle,
            hashes=self._hashes,
            readers=readers,
            texts_at_once=TIMES.texts_at_once,
        )
        try:
            with Store.open(self._data_folder / FILE_NAME) as store:
                report = sync_with(self._folder, store, pipeline, options)
        except LockedError as error:
            if self._status.state != "waiting":
                _log.info("%s Answering from what is indexed already.", error)
            self._put(state="waiting", error="")
            self._again(TIMES.again, remove_all)
        except (FootnoteError, OSError) as error:
            if str(error) != self._status.error:
                _log.warning("The index is not brought up to date: %s", error)
            self._put(state="idle", error=str(error))
            self._wanted.wait(TIMES.retry)
            self.request(remove_all=remove_all)
        else:
            self._finished(report)

    def _publish(self, pipeline: Pipeline, serving: Serving) -> None:
        if serving.model_id == pipeline.embedder.model_id:
            serving.refresh(while_indexing=True, exclusively=self.exclusively)
        else:
            self.exclusively(lambda: serving.switch(pipeline.embedder))
            _log.info("Questions are answered by the embedding model %s from now on.", pipeline.embedder.model_id)

    def _finished(self, report: SyncReport) -> None:
        counts = report.counts
        if not self._has_synced or counts.keys() - {"unchanged", "failed", "skipped", "missing"}:
            done = ", ".join(f"{number} {status}" for status, number in counts.items())
            _log.info("Indexed: %s; %s", done or "no files", told_unread(report.read, report.unread))
        for warning in report.warnings:
            if warning not in self._status.warnings:
                _log.warning("%s", warning)
        self._has_synced = True
        self._status = SyncStatus(
            is_watching=self._watches,
            files_done=len(report.files),
            files=len(report.files),
            finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
            counts=counts,
            unread=grouped(report.unread),
            warnings=report.warnings,
        )
        if report.growing:
            self._again(TIMES.again, remove_all=False)

    def _again(self, seconds: float, remove_all: bool) -> None:
        """Sync again after so long."""
        self._stop.wait(seconds)
        self.request(remove_all=remove_all)

    def _rest(self) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self.rest()

    def _put(self, **changes: object) -> None:
        self._status = replace(self._status, **changes)


class _StoppedError(Exception):
    """The server ends: indexing is left where it is."""


class _Hearing:
    """Makes the status of what a sync tells, and a line of the log now and then."""

    def __init__(self, indexer: Indexer) -> None:
        self._indexer = indexer
        self._pacing = Pacing()
        self._line = time.monotonic()

    def __call__(self, at: SyncProgress) -> None:
        pace = self._pacing.heard(at)
        self._indexer._put(
            state=at.phase,
            files_done=at.files_done,
            files=at.files,
            bytes_done=at.bytes_done,
            bytes=at.bytes,
            texts_done=at.embedded,
            texts=max(at.texts, at.embedded),
            bytes_per_second=round(pace.bytes_per_second, 1),
            texts_per_second=round(pace.texts_per_second, 1),
            seconds_left=None if pace.seconds_left is None else round(pace.seconds_left, 1),
            source=at.source,
            error="",
        )
        if at.bytes and time.monotonic() - self._line > TIMES.line:
            self._line = time.monotonic()
            _log.info("Indexing: %s", told(at, pace))
