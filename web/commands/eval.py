"""`footnote eval`."""

import shlex
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from index.errors import InputError, ReadOnlyError
from qa.assembly import Service
from qa.benchmark import missing_sources, open_benchmark
from qa.confidence import load_calibration
from qa.evaluation import Outcome, evaluate, sampled
from qa.feature_reader import load_weights
from qa.plots import write_plots
from qa.questionset import QuestionSet, load_question_set
from qa.report import COLUMNS, NOTES, Circumstances, Report, make_report, markdown, summary, table, type_table
from web.commands import options
from web.machine import machine
from web.service import service_settings
from web.settings import Settings
from web.terminal import note, progress_bar, say, say_json, say_table, sync_progress


@click.command("eval")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--most", type=click.IntRange(min=1), metavar="NUMBER", help="Ask that many questions only, by chance.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the tables (SET.md) and plots (SET.svg) there; SET is the name of the file's folder.",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the file's own corpus is indexed; `eval` in the data folder if not given.",
)
@options.as_json
@options.corpus
@options.data
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    most: int | None,
    out: Path | None,
    work: Path | None,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Score a question file.

    Documents beside it (corpus.jsonl) are indexed first, as a corpus of their own; without any, the questions are put
    to the documents that are served. Conversations are not kept.
    """
    settings = options.load_settings(corpus=corpus, data=data).settings
    questions = load_question_set(file)
    outcomes, index_version = _asked(questions, settings, work, most)
    calibration = load_calibration()
    how = Circumstances(
        command=_command_line(ctx),
        date=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        index_version=index_version,
        reader=f"{calibration.reader}, fitted on {load_weights().fitted_on}; confidence on {calibration.fitted_on}",
        bar=calibration.bar if settings.bar is None else settings.bar,
    )
    report = make_report(questions.name, outcomes, how)
    if out is not None:
        _write(report, outcomes, out)
    if as_json:
        say_json(report)
    else:
        _show(report)


def _asked(
    questions: QuestionSet, settings: Settings, work: Path | None, most: int | None
) -> tuple[tuple[Outcome, ...], str]:
    """The outcomes, and the version of the index."""
    examples = sampled(questions.examples, most)
    if questions.corpus is None:
        options.bring_up_to_date(settings)
    with ExitStack() as stack:
        with sync_progress() as show:
            folder = work or settings.data_folder / "eval"
            service = stack.enter_context(open_benchmark(questions, service_settings(settings), folder, show))
        _check_sources(questions, service)
        service.corpus.embed((questions.name,))  # loads the model, which is no part of the first reply's latency
        with progress_bar("Asking", "questions") as tell:
            outcomes = evaluate(service.answerer, examples, lambda done, total: tell(done, total, ""))
        return outcomes, service.corpus.version


def _check_sources(questions: QuestionSet, service: Service) -> None:
    missing = missing_sources(questions.examples, service.corpus.sources())
    if not missing:
        return
    if len(missing) == len({gold.source for example in questions.examples for gold in example.gold}):
        raise InputError(
            f"None of the documents that {questions.name} asks about is indexed ({missing[0]}, for one): name their "
            "folder with --corpus."
        )
    note(f"{len(missing)} documents that {questions.name} asks about are not indexed ({missing[0]}, for one).")


def _show(report: Report) -> None:
    say_table(list(COLUMNS), table(report), title=summary(report))
    if report.by_type:
        say_table(*type_table(report), title="By type of question")
    say(NOTES)


def _write(report: Report, outcomes: tuple[Outcome, ...], folder: Path) -> None:
    page, plot = folder / f"{report.name}.md", folder / f"{report.name}.svg"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(markdown(report, plot.name), encoding="utf-8")
        write_plots(plot, report.name, outcomes, report.circumstances.bar)
    except OSError as error:
        raise ReadOnlyError(f"{folder} cannot be written ({error.strerror}): name another with --out.") from error
    note(f"Wrote {page} and {plot}.")


def _command_line(ctx: click.Context) -> str:
    """What decides the figures; where files are written and how it is printed does not."""
    words = ["footnote", "eval", str(ctx.params["file"])]
    for name in ("most", "work", "corpus", "data"):
        if ctx.params[name] is not None:
            words += [f"--{name}", str(ctx.params[name])]
    return shlex.join(words)
