"""A question set made ready to run: its own corpus written out and indexed in a work folder, or the served one."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from index.store import FILE_NAME, Store
from index.sync import Progress, sync
from qa.assembly import Service, ServiceSettings, open_pipeline, open_service
from qa.questionset import QuestionSet, write_documents


def open_benchmark(
    questions: QuestionSet,
    settings: ServiceSettings,
    work: Path,
    progress: Callable[[Progress], None] | None = None,
) -> Service:
    """A service that never abstains, for `questions`: on the corpus beside them, indexed under `work` and kept for next
    time, or, if there is none, on the data folder of `settings`. Histories are kept apart from the user's, in `work`.

    Raises what indexing and opening raise.
    """
    data_folder = settings.data_folder
    if questions.corpus is not None:
        folder = work / questions.name
        data_folder = folder / "index"
        write_documents(questions.corpus, folder / "documents")
        data_folder.mkdir(parents=True, exist_ok=True)
        with Store.open(data_folder / FILE_NAME) as store:
            sync(folder / "documents", store, open_pipeline(settings), progress=progress)
    work.mkdir(parents=True, exist_ok=True)
    return open_service(replace(settings, data_folder=data_folder, history_folder=work, bar=0.0))
