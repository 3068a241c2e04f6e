"""The composition root: from settings to objects. The only module that names concrete classes.

`open_answerer` is for programs (docs/python.md), `open_service` for the surfaces, `open_parts` for measuring.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import IntegrityError, ModelError, NotFoundError, ReadOnlyError, UnavailableError
from index.models.embedding import open_embedder
from index.models.model_folder import EMBEDDED, find_model_folder
from index.models.tokens import open_token_counter
from index.passages.chunking import PassageBudget
from index.passages.pipeline import Pipeline
from index.readers import OpenReaders, Readers
from index.readers.sandbox import SandboxLimits
from index.store.database import Database
from index.store.store import FILE_NAME as STORE_FILE
from index.store.store import Store
from index.sync.progress import SyncProgress
from index.sync.report import FileStatus, SyncReport
from index.sync.sync import sync
from index.types import Indexing
from qa.collection.saved import SavedFilters
from qa.confidence import Calibration, load_calibration, load_own
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.conversations.history import History, open_database
from qa.insights.regression import RegressionQuestions
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, load_weights
from qa.reading.neural import TrainedReader
from qa.reading.question_model import open_question_model
from qa.reading.span_model import EmbeddedSpanModel, SpanModel
from qa.service import Engine, Engines, Service

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
READER_SHA256 = "a5d390343a409455a43baeb66411fecd1095780215026204558273461622fbbe"
_log = logging.getLogger(__name__)


class ServiceSettings(Struct, frozen=True, kw_only=True):
    """What the answer side is made from; web/settings/settings.py loads and documents it.

    parse_seconds, parse_memory_mb: of processor time and memory that one file may take to be parsed.
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
    parse_seconds: float = 10.0
    parse_memory_mb: int = 512
    reader: str = "embedded"
    threshold: float | None = None
    max_error_rate: float | None = None
    history_folder: Path | None = None


ReaderMaker = Callable[[Corpus], FeatureReader | TrainedReader]


class Models(Struct, frozen=True):
    """What is loaded once, however many corpora are served with it. make_reader: all that it makes share one model."""

    pipeline: Pipeline
    make_reader: ReaderMaker


def open_models(settings: ServiceSettings) -> Models:
    """Open them; they are loaded by the first call of each. Raises SettingsError or ModelError."""
    return Models(open_pipeline(settings), _readers(settings))


class Parts(Struct, frozen=True):
    """What answers for the operator, in its parts. history: None where none can be kept."""

    corpus: Corpus
    reader: FeatureReader | TrainedReader
    answerer: Answerer
    history: History | None


def open_pipeline(settings: ServiceSettings) -> Pipeline:
    """How documents are indexed. Raises SettingsError or ModelError."""
    embedder = open_embedder(settings.embedding_model, allow_download=settings.allow_download)
    budget = PassageBudget(tokens=settings.passage_tokens, overlap_sentences=settings.overlap_sentences)
    return Pipeline(embedder=embedder, token_counter=open_token_counter(settings.tokenizer), budget=budget)


def pipeline_that_answers(settings: ServiceSettings, pipeline: Pipeline) -> Pipeline | None:
    """The pipeline of the embedding model by which what is indexed can be answered from now: `pipeline` itself, or that
    of the model before, until the index is made anew. None where that model is not on this machine any more."""
    file = settings.data_folder / STORE_FILE
    with Store.open(file, read_only=True) as store:
        documents = len(store.sources())
        names = store.about.model_names()
        if 2 * len(store.embeddings.incomplete_documents(pipeline.embedder.model_id)) <= documents:
            return pipeline
        for name in dict.fromkeys((*names.values(), EMBEDDED)):
            try:
                before = open_pipeline(replace(settings, embedding_model=name))
            except ModelError:
                continue
            if 2 * len(store.embeddings.incomplete_documents(before.embedder.model_id)) <= documents:
                return before
    return None


def open_readers(settings: ServiceSettings) -> OpenReaders:
    """What reads files. Its limited process starts with the first file that needs one, and ends with the context."""
    return Readers.limited(SandboxLimits(seconds=settings.parse_seconds, memory_mb=settings.parse_memory_mb))


def open_engines(
    settings: ServiceSettings,
    pipeline: Pipeline | None = None,
    indexing: Callable[[], Indexing | None] = lambda: None,
    make_reader: ReaderMaker | None = None,
) -> Engines:
    """Open what answers. Loads no model yet. pipeline, make_reader: those that are open already. indexing: see
    `Answerer`. Raises NotFoundError if nothing was indexed, and what the index raises."""
    corpus = Corpus.open(settings.data_folder, pipeline or open_pipeline(settings))
    make_reader = make_reader or _readers(settings)
    reader = make_reader(corpus)
    calibration = calibration_in_use(settings, reader.name)
    filters = SavedFilters(settings.data_folder)

    def limited(only: tuple[str, ...]) -> Engine:
        part = corpus.limited(only)
        return Engine(part, make_reader(part), calibration, indexing, filters.all)

    return Engines(Engine(corpus, reader, calibration, indexing, filters.all), limited, filters)


def open_service(
    settings: ServiceSettings,
    pipeline: Pipeline | None = None,
    indexing: Callable[[], Indexing | None] = lambda: None,
    make_reader: ReaderMaker | None = None,
) -> Service:
    """The use cases for the operator; the first call loads the models. See `open_engines`, also for what it raises."""
    engines = open_engines(settings, pipeline, indexing, make_reader)
    records = open_records(settings.history_folder or settings.data_folder)
    return Service(engines, records, RegressionQuestions(settings.data_folder))


def _readers(settings: ServiceSettings) -> ReaderMaker:
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


@contextmanager
def open_parts(settings: ServiceSettings) -> Iterator[Parts]:
    """What is behind the use cases, for programs and for measuring and training. Raises what `open_engines` does."""
    engine = open_engines(settings).whole
    with ExitStack() as stack:
        stack.enter_context(engine.corpus)
        database = open_records(settings.history_folder or settings.data_folder)
        history = History(stack.enter_context(database)) if database is not None else None
        yield Parts(engine.corpus, engine.reader, engine.answerer(history), history)


def open_records(folder: Path) -> Database | None:
    """The database of past questions. None where there is none and none can be made, or it is damaged: questions are
    answered all the same."""
    try:
        return open_database(folder / HISTORY_FILE)
    except (ReadOnlyError, UnavailableError):
        try:
            return open_database(folder / HISTORY_FILE, read_only=True)
        except (NotFoundError, ReadOnlyError, UnavailableError) as error:
            _log.warning("Conversations are not kept: %s", error)
            return None
    except IntegrityError as error:  # an answer needs no history, and what is damaged is left as it is
        _log.error("Conversations are not kept: %s", error)
        return None


def index_folder(
    folder: Path,
    settings: ServiceSettings,
    progress: Callable[[SyncProgress], None] | None = None,
    *,
    remove_all: bool = False,
) -> SyncReport:
    """Index what has changed in a folder of documents. remove_all: see `index.sync.options.SyncOptions`. Raises
    NotFoundError (no such folder), and what `index.sync.sync` does."""
    if not folder.is_dir():
        raise NotFoundError(f"There is no folder {folder}: make it, put documents into it, or name another one.")
    pipeline = open_pipeline(settings)
    make_data_folder(settings)
    with Store.open(settings.data_folder / STORE_FILE) as store, open_readers(settings) as readers:
        store.about.name_model(pipeline.embedder.model_id, settings.embedding_model)
        return sync(folder, store, pipeline, progress=progress, readers=readers, remove_all=remove_all)


def make_data_folder(settings: ServiceSettings) -> None:
    """Make it if it is not there. Raises ReadOnlyError."""
    try:
        settings.data_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(f"The data folder {settings.data_folder} cannot be made: {error.strerror}.") from error


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
    with open_parts(settings) as parts:
        yield parts.answerer
