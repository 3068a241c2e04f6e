"""`footnote calibrate`."""

from pathlib import Path

import click
from msgspec import Struct, field
from msgspec.structs import replace

from index.errors import InputError
from qa.bootstrap import Parts, calibration_in_use
from qa.confidence import Calibration, remove_own, save_own
from qa.datasets.question_set import Example, QuestionSet, load_question_set
from qa.datasets.synthetic import make_questions
from qa.evaluation.benchmark import missing_sources, open_benchmark
from qa.training.calibrating import RULES, Effect, Refit, ask_all, refit
from web.bootstrap import service_settings
from web.commands import options
from web.commands.terminal import note, progress_bar, say, say_json, say_table
from web.settings.settings import Settings

_MAX_ERROR_RATE = 0.05
_MADE = "made from the documents"


class _Result(Struct, frozen=True):
    """What is printed as JSON, under the names it has had since 0.1. made: whether the questions were. written: the
    file, None with --dry-run."""

    questions: int
    answerable: int
    made: bool
    max_error_rate: float = field(name="most_wrong")
    kept: bool
    threshold: float = field(name="bar")
    fitted_on: str
    before: Effect
    after: Effect
    written: str | None


@click.command("calibrate")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--max-error-rate",
    "--most-wrong",
    "max_error_rate",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="SHARE",
    help="Largest share of the answers that may be wrong; the setting max_error_rate, or 0.05, if not given.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--reset", is_flag=True, help="Go back to the calibration that ships with Footnote.")
@options.as_json
@options.corpus
@options.data
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    max_error_rate: float | None,
    dry_run: bool,
    reset: bool,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Fit confidence, and the threshold below which nothing is answered, to your documents.

    FILE holds questions with their right answers, as for `footnote eval`; at least 30, some that the documents do not
    answer among them. Without a FILE questions are made from the documents, which are easier than people's, so that a
    FILE is better. Writes calibration.json in the data folder, used from the next start on. Exit code 1 if no threshold
    keeps the error rate; the most careful one is written all the same.
    """
    settings = options.one_corpus(corpus, data)
    if reset:
        _reset(settings, file is not None or dry_run or max_error_rate is not None)
        return
    rate = max_error_rate or settings.max_error_rate or _MAX_ERROR_RATE
    whole = load_question_set(file) if file else None
    options.bring_up_to_date(settings)
    found = _refit(settings, whole, rate)
    path = None if dry_run else str(save_own(settings.data_folder, found.calibration))
    if as_json:
        say_json(_result(found, whole is None, path))
    else:
        _show(found, whole is None)
    _tell(found, settings, path)
    ctx.exit(int(not found.kept))


def _reset(settings: Settings, asks_more: bool) -> None:
    if asks_more:
        raise InputError("--reset goes with no FILE, --dry-run or --most-wrong: it only removes what was fitted.")
    there = remove_own(settings.data_folder)
    note("Removed; the calibration that ships is used from the next start on." if there else "There was none.")


def _refit(settings: Settings, whole: QuestionSet | None, max_error_rate: float) -> Refit:
    name, given = (whole.name, whole.examples) if whole else (_MADE, ())
    questions = QuestionSet(name, given, None)  # without a corpus beside it: the documents served are asked
    with open_benchmark(questions, service_settings(settings), settings.data_folder) as service:
        examples = _asked_here(whole, service) if whole else _made(service)
        old = _in_use(settings, service)
        with progress_bar("Asking", "questions") as tell:
            outcomes = ask_all(service, old, examples, lambda done, total: tell(done, total, ""))
        return refit(old, outcomes, max_error_rate, f"of {name}" if whole else _MADE)


def _made(service: Parts) -> tuple[Example, ...]:
    made = make_questions(service.corpus)
    if len(made) < RULES.questions:
        raise InputError(
            f"Only {len(made)} questions could be made from the documents, and it takes at least "
            f"{RULES.questions}: name a file of questions with their answers."
        )
    return made


def _asked_here(whole: QuestionSet, service: Parts) -> tuple[Example, ...]:
    """The questions but those on documents that are not there. Raises InputError if none is left."""
    missing = set(missing_sources(whole.examples, service.corpus.sources()))
    kept = tuple(each for each in whole.examples if not missing & {gold.source for gold in each.gold})
    left_out = len(whole.examples) - len(kept)
    if left_out and not any(example.answerable for example in kept):
        raise InputError(
            f"None of the documents that {whole.name} asks about is indexed ({min(missing)}, for one): name their "
            "folder with --corpus."
        )
    if left_out:
        note(f"{left_out} questions are left out, on documents that are not indexed ({min(missing)}, for one).")
    return kept


def _in_use(settings: Settings, service: Parts) -> Calibration:
    """The calibration that questions are answered with now, and its threshold."""
    calibration = calibration_in_use(replace(service_settings(settings), max_error_rate=None), service.reader.name)
    if settings.max_error_rate is not None and calibration.curve:
        return replace(calibration, threshold=calibration.threshold_for(settings.max_error_rate))
    return calibration


def _result(found: Refit, made: bool, path: str | None) -> _Result:
    new = found.calibration
    return _Result(
        found.questions, found.answerable, made, found.max_error_rate, found.kept, new.threshold, new.fitted_on,
        found.before, found.after, path,
    )  # fmt: skip


def _show(found: Refit, made: bool) -> None:
    rows = [
        ["Error of confidence (ECE)", _number(found.before.calibration_error), _number(found.after.calibration_error)],
        ["Questions answered", _percent(found.before.answered), _percent(found.after.answered)],
        ["Wrong among answers", _percent(found.before.wrong), _percent(found.after.wrong)],
        ["  at most, with 95% confidence", _percent(found.before.at_most), _percent(found.after.at_most)],
        [
            "Unanswerable, left unanswered",
            *map(_percent, (found.before.right_abstentions, found.after.right_abstentions)),
        ],
        [
            "Answerable, left unanswered",
            *map(_percent, (found.before.false_abstentions, found.after.false_abstentions)),
        ],
    ]
    say_table(["", "Now", "Calibrated"], rows, f"{found.questions} questions, {found.answerable} of them answerable")
    say(
        f"Threshold for at most {found.max_error_rate:.1%} wrong: {found.calibration.threshold:.3f}. Wrong means "
        "that the first source shown is not a right one.\n"
        "Each question under Calibrated was judged by a fit to the other four fifths, so expect the like of others."
    )
    if made:
        say(
            "The questions were made from the documents' own sentences. People's questions share fewer words with "
            "them: expect more wrong answers than this, and give a FILE of people's questions where you can."
        )


def _tell(found: Refit, settings: Settings, path: str | None) -> None:
    if not found.tells:
        note("Right answers were no surer than wrong ones here: confidence tells nothing of such questions.")
    if not found.kept:
        note(
            f"No threshold keeps wrong answers at {found.max_error_rate:.1%} on these questions; this is the most "
            "careful one."
        )
    if settings.threshold is not None:
        note(f"The setting threshold ({settings.threshold}) goes before the one found here: drop it to use this one.")
    note(f"Wrote {path}; a server uses it when it is started again." if path else "Nothing was written (--dry-run).")


def _number(value: float) -> str:
    return f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
