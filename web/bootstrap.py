"""From the surfaces' settings to the answer side: opening it, and bringing the index up to date first."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from index.errors import LockedError, NotFoundError, ReadOnlyError
from index.store.store import FILE_NAME, Store
from index.sync.indexer import Indexer
from index.sync.progress import SyncProgress
from index.sync.report import SyncReport
from qa.bootstrap import (
    ServiceSettings,
    index_folder,
    make_data_folder,
    open_pipeline,
    open_readers,
    open_service,
    pipeline_that_answers,
)
from qa.service import Service
from web.settings.settings import Settings


def service_settings(settings: Settings) -> ServiceSettings:
    """The part of the settings that the answer side is made from."""
    return ServiceSettings(
        data_folder=settings.data_folder,
        embedding_model=settings.embedding_model,
        allow_download=settings.allow_download,
        tokenizer=settings.tokenizer,
        passage_tokens=settings.passage_tokens,
        overlap_sentences=settings.overlap_sentences,
        parse_seconds=settings.parse_seconds,
        parse_memory_mb=settings.parse_memory_mb,
        reader=settings.reader,
        threshold=settings.threshold,
        max_error_rate=settings.max_error_rate,
    )


def sync_corpus(
    settings: Settings, progress: Callable[[SyncProgress], None] | None = None, *, remove_all: bool = False
) -> SyncReport:
    """Index what changed in the corpus folder. Raises what `index.sync.sync` does."""
    if not settings.corpus.is_dir():
        raise NotFoundError(f"There is no folder {settings.corpus}: name one with --corpus or FOOTNOTE_CORPUS.")
    return index_folder(settings.corpus, service_settings(settings), progress, remove_all=remove_all)


def open_answers(settings: Settings) -> Service:
    """The answer side over what is indexed. Raises what `qa.bootstrap.open_service` does."""
    return open_service(service_settings(settings))


def sync_if_possible(
    settings: Settings, progress: Callable[[SyncProgress], None] | None = None
) -> tuple[SyncReport | None, str]:
    """Like `sync_corpus`; where it cannot be done but documents are indexed already: None, and why, in a sentence."""
    try:
        return sync_corpus(settings, progress), ""
    except (LockedError, ReadOnlyError) as error:
        if not _holds_documents(settings.data_folder / FILE_NAME):
            raise
        return None, f"{error} Answering from what is indexed already."


def _holds_documents(file: Path) -> bool:
    if not file.is_file():
        return False
    with Store.open(file, read_only=True) as store:
        return bool(store.sources())


class Answers:
    """The answer side of a server, and what keeps its index in step with the folder while it answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._service_settings = service_settings(settings)
        self.indexer = Indexer(
            settings.corpus,
            settings.data_folder,
            lambda: open_readers(self._service_settings),
            watches=settings.watch,
        )

    def prepare(self) -> None:
        """Make the data folder and an empty index where there is none, so that it can be opened at once. Raises
        NotFoundError where there is neither a folder nor an index of one, and what `Store.claim` does."""
        folder, file = self._settings.corpus, self._settings.data_folder / FILE_NAME
        if not folder.is_dir() and not _holds_documents(file):
            raise NotFoundError(f"There is no folder {folder}: name one with --corpus or FOOTNOTE_CORPUS.")
        try:
            make_data_folder(self._service_settings)
            with Store.open(file) as store:
                if folder.is_dir():
                    store.claim(folder.resolve())
        except ReadOnlyError:
            if not _holds_documents(file):
                raise

    def open(self) -> Service:
        """What answers; from now on the folder is read in the background. Raises what `open_service` does."""
        pipeline = open_pipeline(self._service_settings)
        with suppress(ReadOnlyError), Store.open(self._settings.data_folder / FILE_NAME) as store:
            store.about.name_model(pipeline.embedder.model_id, self._settings.embedding_model)
        serving = pipeline_that_answers(self._service_settings, pipeline)
        if serving is None:  # nothing here can be answered from: it is made anew first
            sync_corpus(self._settings)
        service = open_service(self._service_settings, serving or pipeline, lambda: self.indexer.indexing)
        self.indexer.start(pipeline, service)
        return service
