"""From the surfaces' settings to the answer side: opening it, and bringing the index up to date first."""

from collections.abc import Callable
from pathlib import Path

from index.errors import LockedError, NotFoundError, ReadOnlyError
from index.store.store import FILE_NAME, Store
from index.sync.progress import SyncProgress
from index.sync.report import SyncReport
from qa.bootstrap import ServiceSettings, index_folder, open_service
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


def sync_corpus(settings: Settings, progress: Callable[[SyncProgress], None] | None = None) -> SyncReport:
    """Index what changed in the corpus folder. Raises what `index.sync.sync` does."""
    if not settings.corpus.is_dir():
        raise NotFoundError(f"There is no folder {settings.corpus}: name one with --corpus or FOOTNOTE_CORPUS.")
    return index_folder(settings.corpus, service_settings(settings), progress)


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
