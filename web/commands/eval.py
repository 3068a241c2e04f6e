"""`footnote eval`."""

import os
import platform
import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.errors import InputError, ReadOnlyError
from index.store.store import FILE_NAME, Store
from qa.bootstrap import Parts, ServiceSettings, calibration_in_use
from qa.confidence import Calibration
from qa.datasets.question_set import Example, QuestionSet, load_question_set
from qa.evaluation.benchmark import missing_sources, open_benchmark
from qa.evaluation.evaluation import at_threshold, evaluate, sampled
from qa.evaluation.paragraphs import attempt_all
from qa.evaluation.plots import paragraph_plots, plots
from qa.evaluation.quality import PARAGRAPHS
from qa.evaluation.report import (
    Circumstances,
    Page,
    ParagraphReport,
    Report,
    make_paragraph_report,
    make_report,
    markdown,
    page,
    paragraph_page,
)
from qa.insights.regression import RegressionQuestions
from qa.pipeline import Answerer
from web.bootstrap import service_settings
from web.commands import options
from web.commands.terminal import note, progress_bar, say, say_json, say_table, sync_progress
from web.rendering.plain import printable
from web.settings.settings import Settings

_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Run(Struct, frozen=True):
    """What is asked of whom."""

    questions: QuestionSet
    settings: Settings
    work: Path
    command: str


class _Result(Struct, frozen=True):
    """A report, and its picture to be drawn. name: of its files. missed: questions whose reply is not right."""

    name: str
    report: Report | ParagraphReport
    draw: Callable[[], bytes]
    missed: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        return page(self.report) if isinstance(self.report, Report) else paragraph_page(self.report)


@click.command("eval")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--kept", is_flag=True, help="Score the questions that were kept, instead of a file.")
@click.option("--most", type=click.IntRange(min=1), metavar="NUMBER", help="Ask that many questions only, by chance.")
@click.option("--paragraph-given", is_flag=True, help="Put each question to its own paragraph, to measure the reader.")
@click.option("--reader", metavar="READER", help="Another reader than the one in the settings.")
@click.option("--beside", metavar="READER", help="Measure this reader too, and show it beside.")
@click.option(
    "--out",
    type=_FOLDER,
    metavar="FOLDER",
    help="Write tables (SET.md), figures (SET.json) and plots (SET.svg) there; SET is the name of the file's folder.",
)
@click.option(
    "--work",
    type=_FOLDER,
    metavar="FOLDER",
    help="Where the file's own corpus is indexed; `eval` in the data folder if not given.",
)
@options.as_json
@options.corpus
@options.data
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    kept: bool,
    most: int | None,
    paragraph_given: bool,
    reader: str | None,
    beside: str | None,
    out: Path | None,
    work: Path | None,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Score a question file.

    Documents beside it (corpus.jsonl) are indexed first, as a corpus of their own; without any, the questions are put
    to the documents that are served. Conversations are not kept.

    With --kept, the questions that were kept as regression questions are put to the documents that are served; the exit
    code is 1 if one is not answered rightly any more.
    """
    settings = options.one_corpus(corpus, data)
    whole = _questions(file, kept, settings)
    questions = replace(whole, examples=tuple(sampled(whole.examples, most)))
    run = _Run(questions, settings, work or settings.data_folder / "eval", _command_line(ctx))
    measure = _paragraphs if paragraph_given else _pipeline
    result = measure(run, reader)
    if beside is not None:
        result = replace(result, report=replace(result.report, beside=measure(run, beside).report))
    if out is not None:
        _write(result, out)
    if as_json:
        say_json(result.report)
    else:
        _show(result.page)
    if kept:
        ctx.exit(_regressions(result))


def _regressions(result: _Result) -> int:
    """Tells of what is not right any more; the exit code."""
    for question in result.missed:
        note(f"Not right any more: {printable(question)}")
    return int(bool(result.missed))


def _questions(file: Path | None, kept: bool, settings: Settings) -> QuestionSet:
    if (file is None) != kept:
        raise click.UsageError("Name a question file, or say --kept, and not both")
    whole = load_question_set(file) if file is not None else None
    if whole is None or whole.corpus is None:
        options.bring_up_to_date(settings)
    if whole is not None:
        return whole
    with Store.open(settings.data_folder / FILE_NAME, read_only=True) as store:
        questions, lost = RegressionQuestions(settings.data_folder).questions(store)
    for question in lost:
        note(f"Left out, since what answered it is not in the documents any more: {printable(question)}")
    return questions


def _pipeline(run: _Run, reader: str | None) -> _Result:
    """Every question through all of it."""
    with _opened(run, reader) as service, progress_bar("Asking", "questions") as tell:
        calibration = _calibration(run, reader, service)
        before = Answerer(service.corpus, service.reader, calibration, service.history)
        outcomes = evaluate(service.answerer, run.questions.examples, lambda done, total: tell(done, total, ""), before)
        how = _circumstances(run, service, calibration)
    name = run.questions.name
    missed = tuple(
        example.question
        for example, outcome in zip(
            run.questions.examples, (at_threshold(each, how.threshold) for each in outcomes), strict=True
        )
        if not (outcome.any_cited if outcome.answerable else not outcome.answered)
    )
    return _Result(name, make_report(name, outcomes, how), lambda: plots(name, outcomes, how.threshold), missed)


def _paragraphs(run: _Run, reader: str | None) -> _Result:
    """Every question put to its paragraph."""
    examples: tuple[Example, ...] = run.questions.examples
    with _opened(run, reader) as service, progress_bar("Reading", "questions") as tell:
        calibration = _calibration(run, reader, service)
        attempts = attempt_all(
            service.reader, calibration, service.corpus, examples, lambda done, total: tell(done, total, "")
        )
        how = _circumstances(run, service, calibration)
    name = run.questions.name
    report = make_paragraph_report(name, attempts, how)
    return _Result(name + PARAGRAPHS, report, lambda: paragraph_plots(name, attempts, how.threshold))


@contextmanager
def _opened(run: _Run, reader: str | None) -> Iterator[Parts]:
    """The service that is asked, with its model loaded, which is no part of the first reply's latency."""
    with ExitStack() as stack:
        with sync_progress() as show:
            benchmark = open_benchmark(run.questions, _service_settings(run, reader), run.work, show)
            service = stack.enter_context(benchmark)
        _check_sources(run.questions, service)
        service.reader.warm()
        yield service


def _service_settings(run: _Run, reader: str | None) -> ServiceSettings:
    settings = service_settings(run.settings)
    return settings if reader is None else replace(settings, reader=reader)


def _calibration(run: _Run, reader: str | None, service: Parts) -> Calibration:
    """The one in use, with its own threshold: the benchmark's service has none."""
    return calibration_in_use(_service_settings(run, reader), service.reader.name)


def _circumstances(run: _Run, service: Parts, calibration: Calibration) -> Circumstances:
    return Circumstances(
        command=run.command,
        date=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        index_version=service.corpus.version,
        reader=f"{service.reader.name}; confidence of {calibration.reader}, fitted on {calibration.fitted_on}",
        threshold=calibration.threshold if run.settings.threshold is None else run.settings.threshold,
    )


def _check_sources(questions: QuestionSet, service: Parts) -> None:
    missing = missing_sources(questions.examples, service.corpus.sources())
    if not missing:
        return
    if len(missing) == len({gold.source for example in questions.examples for gold in example.gold}):
        raise InputError(
            f"None of the documents that {questions.name} asks about is indexed ({missing[0]}, for one): name their "
            "folder with --corpus."
        )
    note(f"{len(missing)} documents that {questions.name} asks about are not indexed ({missing[0]}, for one).")


def _show(shown: Page) -> None:
    say_table(*shown.table, title=shown.summary)
    if shown.types is not None:
        say_table(*shown.types, title="By type of question")
    say(shown.notes)


def _write(result: _Result, folder: Path) -> None:
    text, plot, figures = (folder / f"{result.name}.{ending}" for ending in ("md", "svg", "json"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text.write_text(markdown(result.page, plot.name), encoding="utf-8")
        plot.write_bytes(result.draw())
        figures.write_bytes(msgspec.json.encode(result.report))
    except OSError as error:
        raise ReadOnlyError(f"{folder} cannot be written ({error.strerror}): name another with --out.") from error
    note(f"Wrote {text}, {plot} and {figures}.")


def _command_line(ctx: click.Context) -> str:
    """What decides the figures; where files are written and how it is printed does not."""
    words = ["footnote", "eval", "--kept" if ctx.params["kept"] else str(ctx.params["file"])]
    if ctx.params["paragraph_given"]:
        words.append("--paragraph-given")
    for name in ("most", "reader", "beside", "work", "corpus", "data"):
        if ctx.params[name] is not None:
            words += [f"--{name}", str(ctx.params[name])]
    return shlex.join(words)


_CPU_INFO = Path("/proc/cpuinfo")


def machine() -> str:
    """The processor's model and how many cores this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"{_processor()}, {usable} core{'s' * (usable != 1)}"


def _processor() -> str:
    if _CPU_INFO.is_file():  # platform.processor() is empty on many Linux systems
        for line in _CPU_INFO.read_text(errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
