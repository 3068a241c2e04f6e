"""The composition root: from settings to objects. The only module that names concrete classes.

from qa.assembly import ServiceSettings, open_service

with open_service(ServiceSettings(data_folder=Path(".footnote"))) as service:
    print(service.answerer.ask("Who went to Beijing?").content)
"""

import logging
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from index.closing import Closing
from index.corpus import Corpus
from index.embedding import open_embedder
from index.errors import NotFoundError, ReadOnlyError, SettingsError, UnavailableError
from index.model_folder import EMBEDDED, find_model_folder
from index.passages import PassageBudget
from index.pipeline import Pipeline
from index.tokens import open_ruler
from qa.answering import Answerer
from qa.confidence import load_calibration
from qa.feature_reader import FeatureReader, load_weights
from qa.history import FILE_NAME as HISTORY_FILE
from qa.history import History
from qa.span_model import EmbeddedSpanModel
from qa.trained_reader import TrainedReader

FEATURES = "features"


class Fitted(Struct, frozen=True):
    """The names of the files, beside this one, that hold what was fitted for a reader."""

    weights: str
    calibration: str


FITTED = {
    FEATURES: Fitted("reader_weights.json", "calibration.json"),
    EMBEDDED: Fitted("trained_weights.json", "trained_calibration.json"),
}
READER_WEIGHTS = Path(__file__).parent / "reader.safetensors"
READER_SHA256 = ""  # of that file; the model card in docs/reader.md tells how it was made
_log = logging.getLogger(__name__)


class ServiceSettings(Struct, frozen=True, kw_only=True):
    """What the answer side is made from; web/settings.py loads and documents it.

    reader: "embedded" is the trained one that ships with Footnote, "features" the one that needs no training.
    bar: confidence below which to abstain, None for the calibrated one. allow_download: models may be fetched.
    history_folder: where conversations are kept, None for the data folder.
    """

    data_folder: Path
    embedding_model: str = "embedded"
    allow_download: bool = False
    ruler: str = "footnote"
    passage_tokens: int = 180
    overlap_sentences: int = 1
    reader: str = "features"
    bar: float | None = None
    history_folder: Path | None = None


class Service(Closing):
    """The answer side, opened. Close it when done."""

    def __init__(
        self, answerer: Answerer, corpus: Corpus, history: History | None, reader: FeatureReader | TrainedReader
    ) -> None:
        self.answerer = answerer
        self.corpus = corpus
        self.reader = reader
        self._history = history

    @property
    def history(self) -> History:
        """Past conversations. Raises UnavailableError where the data folder holds none and takes none."""
        if self._history is None:
            raise UnavailableError("The data folder cannot be written, so conversations are not kept.")
        return self._history

    def close(self) -> None:
        """Close corpus and history."""
        self.corpus.close()
        if self._history is not None:
            self._history.close()


def open_pipeline(settings: ServiceSettings) -> Pipeline:
    """How documents are indexed. Raises SettingsError or ModelError."""
    embedder = open_embedder(settings.embedding_model, allow_download=settings.allow_download)
    budget = PassageBudget(tokens=settings.passage_tokens, overlap_sentences=settings.overlap_sentences)
    return Pipeline(embedder=embedder, ruler=open_ruler(settings.ruler), budget=budget)


def open_service(settings: ServiceSettings) -> Service:
    """Open what answers. Loads no model yet. Raises NotFoundError if nothing was indexed, and what the index raises."""
    corpus = Corpus.open(settings.data_folder, open_pipeline(settings))
    reader = open_reader(settings, corpus)
    calibration = load_calibration(FITTED[settings.reader].calibration)
    if settings.bar is not None:
        calibration = replace(calibration, bar=settings.bar)
    history = _open_history(settings.history_folder or settings.data_folder)
    return Service(Answerer(corpus, reader, calibration, history), corpus, history, reader)


def open_reader(settings: ServiceSettings, corpus: Corpus) -> FeatureReader | TrainedReader:
    """What reads passages. Loads no model yet. Raises SettingsError for a reader that there is not."""
    features = FeatureReader(corpus, load_weights(FITTED[FEATURES].weights))
    if settings.reader == FEATURES:
        return features
    if settings.reader != EMBEDDED:
        raise SettingsError(f'reader: there is no reader {settings.reader!r}; "{EMBEDDED}" and "{FEATURES}" are.')
    model = EmbeddedSpanModel(find_model_folder(), READER_WEIGHTS, READER_SHA256)
    return TrainedReader(features, model, load_weights(FITTED[EMBEDDED].weights))


def _open_history(folder: Path) -> History | None:
    """None where there is none and none can be made: questions are answered all the same."""
    path = folder / HISTORY_FILE
    try:
        return History.open(path)
    except (ReadOnlyError, UnavailableError):
        try:
            return History.open(path, read_only=True)
        except (NotFoundError, ReadOnlyError, UnavailableError) as error:
            _log.warning("Conversations are not kept: %s", error)
            return None
