"""A question set made ready to run: its own corpus written out and indexed in a work folder, or the served one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from index.store.store import FILE_NAME, Store
from index.sync.progress import SyncProgress
from index.sync.sync import sync
from index.types import SourceSummary
from qa.bootstrap import Parts, ServiceSettings, open_parts, open_pipeline
from qa.datasets.question_set import Example, QuestionSet, write_documents


@contextmanager
def open_benchmark(
    questions: QuestionSet,
    settings: ServiceSettings,
    work: Path,
    progress: Callable[[SyncProgress], None] | None = None,
) -> Iterator[Parts]:
    """What never abstains, for `questions`: on the corpus beside them, indexed under `work` and kept for next
    time, or, if there is none, on the data folder of `settings`. Its conversations are thrown away at the end.

    Raises what indexing and opening raise.
    """
    data_folder = settings.data_folder
    if questions.corpus is not None:
        data_folder = _indexed(questions.corpus, work / questions.name, settings, progress)
    with (
        TemporaryDirectory(prefix="footnote-eval-") as history_folder,
        open_parts(
            replace(settings, data_folder=data_folder, history_folder=Path(history_folder), threshold=0.0)
        ) as parts,
    ):
        yield parts


def _indexed(
    corpus: Path, folder: Path, settings: ServiceSettings, progress: Callable[[SyncProgress], None] | None
) -> Path:
    """The data folder of a corpus file's index, or of a folder's, brought up to date."""
    documents = corpus
    if not corpus.is_dir():
        documents = folder / "documents"
        write_documents(corpus, documents)
    data_folder = folder / "index"
    data_folder.mkdir(parents=True, exist_ok=True)
    with Store.open(data_folder / FILE_NAME) as store:
        sync(documents, store, open_pipeline(settings), progress=progress)
    return data_folder


def missing_sources(examples: Sequence[Example], sources: Sequence[SourceSummary]) -> tuple[str, ...]:
    """The documents of right answers that are not among `sources`: questions on them can only be missed."""
    there = {summary.source for summary in sources}
    return tuple(sorted({gold.source for example in examples for gold in example.gold} - there))
