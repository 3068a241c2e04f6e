"""The composition root: from settings to objects. The only module that names concrete classes.

`open_answerer` is for programs (docs/python.md), `open_service` for the surfaces.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from importlib.resources import files
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import NotFoundError, ReadOnlyError, UnavailableError
from index.models.embedding import open_embedder
from index.models.model_folder import EMBEDDED, find_model_folder
from index.models.tokens import open_token_counter
from index.passages.chunking import PassageBudget
from index.passages.pipeline import Pipeline
from index.store.database import Closing, Database
from index.store.store import FILE_NAME as STORE_FILE
from index.store.store import Store
from index.sync.report import FileStatus, SyncReport
from index.sync.sync import SyncProgress, sync
from qa.confidence import Calibration, load_calibration, load_own
from qa.conversations.feedback import Feedback
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.conversations.history import History
from qa.conversations.query_log import AskedLog
from qa.insights.clustering import Clustering
from qa.insights.regression import RegressionQuestions
from qa.parts import Parts
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, load_weights
from qa.reading.neural import TrainedReader
from qa.reading.question_model import open_question_model
from qa.reading.span_model import EmbeddedSpanModel, SpanModel
from qa.suggestions.suggester import Suggester
from qa.types import Requester

FEATURES = "features"


class Fitted(Struct, frozen=True):
    """The names of the files, beside this one, that hold what was fitted for a reader."""

    weights: str
    calibration: str


FITTED = {
    FEATURES: Fitted("linear_weights.json", "linear_calibration.json"),
    EMBEDDED: Fitted("neural_weights.json", "neural_calibration.json"),
}
READER_WEIGHTS = Path(__file__).parent / "reading" / "reader.safetensors"
# Of that file; docs/reader.md tells how it was made.
READER_SHA256 = "e53ef8925431439ce2eba85f6db49635f1c0b0d170d24add7ca33c7cd4b2ba82"
_log = logging.getLogger(__name__)


class ServiceSettings(Struct, frozen=True, kw_only=True):
    """What the answer side is made from; web/settings/settings.py loads and documents it.

    reader: "embedded" is the trained one that ships with Footnote, "features" the one that needs no training; else the
    folder or name of an extractive model.
    threshold: confidence below which to abstain, None for the calibrated one. max_error_rate: the share of the answers
    that may be wrong, which sets the threshold. allow_download: models may be fetched.
    history_folder: where conversations are kept, None for the data folder.
    """

    data_folder: Path
    embedding_model: str = "embedded"
    allow_download: bool = False
    tokenizer: str = "footnote"
    passage_tokens: int = 180
    overlap_sentences: int = 1
    reader: str = "embedded"
    threshold: float | None = None
    max_error_rate: float | None = None
    history_folder: Path | None = None


class Records(Struct, frozen=True):
    """What is stored of past questions, in one database, which `history` closes."""

    history: History
    feedback: Feedback
    asked: AskedLog

    def of(self, requester: Requester) -> "Records":
        """The same, as that requester may see it."""
        return Records(self.history.of(requester), self.feedback.of(requester), self.asked)


class Service(Closing):
    """The answer side, opened, as one requester may see it. Close it when done.

    clustering: of questions. limited: makes the same for a part of the documents.
    """

    def __init__(
        self,
        answerer: Answerer,
        corpus: Corpus,
        records: Records | None,
        reader: FeatureReader | TrainedReader,
        regression_questions: RegressionQuestions,
        limited: Callable[[tuple[str, ...]], "Service"] | None = None,
    ) -> None:
        self.answerer = answerer
        self.corpus = corpus
        self.reader = reader
        self.regression_questions = regression_questions
        self.clustering = Clustering(corpus)
        self.suggester = Suggester(corpus, answerer.preview)
        self._records = records
        self._parts = Parts(limited) if limited else None

    def seen_by(self, requester: Requester) -> "Service":
        """The same as that requester may see it; not to be closed. The first time for a part of the documents, indexes
        are made of it in memory. Raises what `Corpus.limited` does."""
        if requester == Requester():
            return self
        seen = copy(self._part(requester.sources) if requester.sources else self)
        seen._records = self._records.of(requester) if self._records else None
        seen.answerer = seen.answerer.of(seen._records.history if seen._records else None)
        return seen

    @property
    def history(self) -> History:
        """Past conversations. Raises UnavailableError where the data folder holds none and takes none."""
        return self._stored.history

    @property
    def feedback(self) -> Feedback:
        """What was said of replies. Raises UnavailableError as `history` does."""
        return self._stored.feedback

    @property
    def asked(self) -> AskedLog:
        """All questions, of whatever conversation. Raises UnavailableError as `history` does."""
        return self._stored.asked

    def _part(self, only: tuple[str, ...]) -> "Service":
        if self._parts is None:
            raise UnavailableError("This service was opened for all of its documents.")
        return self._parts.of(only)

    @property
    def _stored(self) -> Records:
        if self._records is None:
            raise UnavailableError("The data folder cannot be written, so conversations are not kept.")
        return self._records

    def close(self) -> None:
        """Close corpus and records."""
        self.corpus.close()
        if self._records is not None:
            self._records.history.close()


def open_pipeline(settings: ServiceSettings) -> Pipeline:
    """How documents are indexed. Raises SettingsError or ModelError."""
    embedder = open_embedder(settings.embedding_model, allow_download=settings.allow_download)
    budget = PassageBudget(tokens=settings.passage_tokens, overlap_sentences=settings.overlap_sentences)
    return Pipeline(embedder=embedder, token_counter=open_token_counter(settings.tokenizer), budget=budget)


def open_service(settings: ServiceSettings) -> Service:
    """Open what answers. Loads no model yet. Raises NotFoundError if nothing was indexed, and what the index raises."""
    corpus = Corpus.open(settings.data_folder, open_pipeline(settings))
    reader_of = _readers(settings)
    reader = reader_of(corpus)
    calibration = calibration_in_use(settings, reader.name)
    records = open_records(settings.history_folder or settings.data_folder)
    regression_questions = RegressionQuestions(settings.data_folder)

    def limited(only: tuple[str, ...]) -> Service:
        part = corpus.limited(only)
        part_reader = reader_of(part)
        return Service(Answerer(part, part_reader, calibration, None), part, None, part_reader, regression_questions)

    answerer = Answerer(corpus, reader, calibration, records.history if records else None)
    return Service(answerer, corpus, records, reader, regression_questions, limited)


def open_reader(settings: ServiceSettings, corpus: Corpus) -> FeatureReader | TrainedReader:
    """What reads passages. Loads no model yet. Raises ModelError for a model that is not there."""
    return _readers(settings)(corpus)


def _readers(settings: ServiceSettings) -> Callable[[Corpus], FeatureReader | TrainedReader]:
    """Makes a reader for a corpus; all that it makes share one model."""
    if settings.reader == FEATURES:
        return _untrained
    model: SpanModel
    if settings.reader == EMBEDDED:
        model = EmbeddedSpanModel(find_model_folder(), READER_WEIGHTS, READER_SHA256)
    else:
        model = open_question_model(settings.reader, allow_download=settings.allow_download)
    weights = load_weights(FITTED[EMBEDDED].weights)
    return lambda corpus: TrainedReader(_untrained(corpus), model, weights)


def _untrained(corpus: Corpus) -> FeatureReader:
    return FeatureReader(corpus, load_weights(FITTED[FEATURES].weights))


def calibration_in_use(settings: ServiceSettings, reader: str) -> Calibration:
    """The operator's own calibration if it is of this reader, else the one that ships, with the threshold of the
    settings.

    Raises SettingsError for `max_error_rate` with a calibration that has no curve.
    """
    fitted = FITTED.get(settings.reader, FITTED[EMBEDDED])
    calibration = load_own(settings.data_folder, reader) or replace(load_calibration(fitted.calibration), reader=reader)
    if settings.threshold is not None:
        return replace(calibration, threshold=settings.threshold)
    if settings.max_error_rate is None:
        return calibration
    if not calibration.keeps(settings.max_error_rate):
        _log.warning("No threshold keeps wrong answers at %s: the most careful one is used.", settings.max_error_rate)
    return replace(calibration, threshold=calibration.threshold_for(settings.max_error_rate))


def open_records(folder: Path) -> Records | None:
    """None where there are none and none can be made: questions are answered all the same."""
    try:
        return _records(folder, read_only=False)
    except (ReadOnlyError, UnavailableError):
        try:
            return _records(folder, read_only=True)
        except (NotFoundError, ReadOnlyError, UnavailableError) as error:
            _log.warning("Conversations are not kept: %s", error)
            return None


def _records(folder: Path, *, read_only: bool) -> Records:
    database = Database.open(folder / HISTORY_FILE, files("qa.conversations") / "migrations", read_only=read_only)
    return Records(History(database), Feedback(database), AskedLog(database))


def index_folder(
    folder: Path, settings: ServiceSettings, progress: Callable[[SyncProgress], None] | None = None
) -> SyncReport:
    """Index what has changed in a folder of documents. Raises NotFoundError (no such folder), and what
    `index.sync.sync` does."""
    if not folder.is_dir():
        raise NotFoundError(f"There is no folder {folder}: make it, put documents into it, or name another one.")
    pipeline = open_pipeline(settings)
    try:
        settings.data_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(f"The data folder {settings.data_folder} cannot be made: {error.strerror}.") from error
    with Store.open(settings.data_folder / STORE_FILE) as store:
        return sync(folder, store, pipeline, progress=progress)


@contextmanager
def open_answerer(folder: Path | str, settings: ServiceSettings | None = None) -> Iterator[Answerer]:
    """Index what has changed in a folder of documents, and give what answers from them, until `with` is left.

    settings: where the index lies, and all else; without them it lies in `.footnote` beside the folder, where
    `footnote` has it, too. A file that cannot be read is logged, and the others are answered from.
    Raises NotFoundError (no such folder), LockedError (another process is indexing), ReadOnlyError, and what else
    `index_folder` and `open_service` do.
    """
    folder = Path(folder)
    settings = settings or ServiceSettings(data_folder=folder.absolute().parent / ".footnote")
    report = index_folder(folder, settings)
    failed = (f"{file.source} is left out: {file.message}" for file in report.files if file.status is FileStatus.FAILED)
    for warning in (*report.warnings, *failed):
        _log.warning("%s", warning)
    with open_service(settings) as service:
        yield service.answerer
