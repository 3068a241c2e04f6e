"""`footnote eval`."""

from pathlib import Path

import click
from msgspec.structs import asdict

from qa.benchmark import open_benchmark
from qa.confidence import load_calibration
from qa.evaluation import at_bar, evaluate, sampled, summarise_outcomes
from qa.questionset import load_question_set
from web.commands import options
from web.service import service_settings
from web.terminal import progress_bar, say_json, say_table, sync_progress


@click.command("eval")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--most", type=click.IntRange(min=1), metavar="NUMBER", help="Ask that many questions only, by chance.")
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the file's own corpus is indexed; `eval` in the data folder if not given.",
)
@options.as_json
@options.corpus
@options.data
def command(
    file: Path, most: int | None, work: Path | None, as_json: bool, corpus: Path | None, data: Path | None
) -> None:
    """Score a question file.

    Documents beside it (corpus.jsonl) are indexed first, as a corpus of their own; without any, the questions are put
    to the index at hand.
    """
    settings = options.load_settings(corpus=corpus, data=data).settings
    questions = load_question_set(file)
    with sync_progress() as show:
        service = open_benchmark(questions, service_settings(settings), work or settings.data_folder / "eval", show)
    with service, progress_bar("Asking", "questions") as tell:
        examples = sampled(questions.examples, most)
        outcomes = evaluate(service.answerer, examples, lambda done, total: tell(done, total, ""))
    bar = load_calibration().bar if settings.bar is None else settings.bar
    figures = summarise_outcomes([at_bar(outcome, bar) for outcome in outcomes])
    if as_json:
        say_json(figures)
        return
    rows = [
        [name, "-" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")]
        for name, value in asdict(figures).items()
    ]
    say_table(["Figure", "Value"], rows, title=f"{questions.name}, at bar {bar:.2f}")
