"""From the surfaces' settings to the answer side: opening it, and bringing the index up to date first."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from index.errors import FootnoteError, LockedError, NotFoundError, ReadOnlyError
from index.store.store import FILE_NAME, Store
from index.sync.indexer import Indexer
from index.sync.progress import SyncProgress
from index.sync.report import SyncReport
from qa.bootstrap import (
    Models,
    ServiceSettings,
    index_folder,
    make_data_folder,
    open_models,
    open_readers,
    open_service,
    pipeline_that_answers,
)
from qa.service import Service
from web.corpora.corpora import CorpusParts
from web.settings.settings import Settings

_log = logging.getLogger(__name__)


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
        raise NotFoundError(_no_folder(settings.corpus))
    return index_folder(settings.corpus, service_settings(settings), progress, remove_all=remove_all)


def _no_folder(folder: Path) -> str:
    return f"There is no folder {folder}: name one with --corpus, FOOTNOTE_CORPUS or [corpora]."


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


class SharedModels:
    """The models of a server, opened once, whoever needs them first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = service_settings(settings)
        self._lock = threading.Lock()
        self._models: Models | None = None

    def open(self) -> Models:
        """Raises what `open_models` does."""
        with self._lock:
            if self._models is None:
                self._models = open_models(self._settings)
            return self._models


class Answers:
    """The answer side of a server, and what keeps its index in step with the folder while it answers. settings: of one
    corpus. models: which it shares with others."""

    def __init__(self, settings: Settings, models: SharedModels | None = None) -> None:
        self._settings = settings
        self._models = models or SharedModels(settings)
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
            raise NotFoundError(_no_folder(folder))
        try:
            make_data_folder(self._service_settings)
            with Store.open(file) as store:
                if folder.is_dir():
                    store.claim(folder.resolve())
        except ReadOnlyError:
            if not _holds_documents(file):
                raise

    def prepare_anyway(self) -> str:
        """The same where others are served besides: what is in the way, in a sentence, "" if nothing. A folder that is
        not there is looked for again and again, and its index is empty until it comes."""
        folder = self._settings.corpus
        try:
            make_data_folder(self._service_settings)
            with Store.open(self._settings.data_folder / FILE_NAME) as store:
                if folder.is_dir():
                    store.claim(folder.resolve())
        except FootnoteError as error:  # opening it says so again, to whoever asks
            return str(error)
        return "" if folder.is_dir() else f"There is no folder {folder}."

    def open(self) -> Service:
        """What answers; from now on the folder is read in the background. Raises what `open_service` does."""
        models = self._models.open()
        pipeline = models.pipeline
        with suppress(ReadOnlyError), Store.open(self._settings.data_folder / FILE_NAME) as store:
            store.about.name_model(pipeline.embedder.model_id, self._settings.embedding_model)
        serving = pipeline_that_answers(self._service_settings, pipeline)
        if serving is None:  # nothing here can be answered from: it is made anew first
            sync_corpus(self._settings)
        service = open_service(
            self._service_settings, serving or pipeline, lambda: self.indexer.indexing, models.make_reader
        )
        self.indexer.start(pipeline, service)
        return service


def parts_of(settings: Settings) -> dict[str, CorpusParts]:
    """What a server serves, by the corpora's names; the only one is called "". Several share their models, and one that
    cannot be served keeps none of the others from it. Raises what `Answers.prepare` does where there is but one, and
    NotFoundError where no folder of several is there."""
    if not settings.corpora:
        answers = Answers(settings)
        answers.prepare()
        return {"": CorpusParts(settings, answers.open, answers.indexer)}
    if not any(each.folder.is_dir() for each in settings.corpora.values()):
        raise NotFoundError(f"None of the folders of [corpora] is there: {', '.join(settings.corpora)}.")
    models = SharedModels(settings)
    return {name: _part(settings, name, models) for name in settings.corpora}


def _part(settings: Settings, name: str, models: SharedModels) -> CorpusParts:
    own = settings.of_corpus(name)
    answers = Answers(own, models)
    trouble = answers.prepare_anyway()
    if trouble:
        _log.warning("corpora.%s: %s The other corpora are served.", name, trouble)

    def opened() -> Service:
        try:
            return answers.open()
        except FootnoteError as error:
            _log.error("corpora.%s cannot be served: %s", name, error)
            raise

    return CorpusParts(own, opened, answers.indexer, settings.corpora[name].title)
