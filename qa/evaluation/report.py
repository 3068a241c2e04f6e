"""What an evaluation says: of the whole pipeline, and of a reader on the paragraphs its questions were written for."""

from collections.abc import Sequence
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from qa.evaluation.calibration_metrics import calibration_error
from qa.evaluation.evaluation import Figures, Outcome, at_threshold, scored, summarise_outcomes
from qa.evaluation.paragraphs import Attempt, ParagraphFigures, summarise_attempts
from qa.evaluation.tables import Interval, Kind, Table, figure_table, intervals, markdown_table, type_table


class Circumstances(Struct, frozen=True):
    """How the figures came about. command: the line to run for them again."""

    command: str
    date: str
    machine: str
    index_version: str
    reader: str
    threshold: float = field(name="bar")  # in the JSON of reports


class Page(Struct, frozen=True):
    """What a report shows. summary: it all in a line. facts: how it came about. types: a table by type of question."""

    title: str
    summary: str
    facts: dict[str, str]
    table: Table
    notes: str
    types: Table | None
    command: str


class Report(Struct, frozen=True):
    """All that is known of one question set. by_type: figures by question type.

    intervals: 95% confidence intervals of the figures that are shares, by the path of their field. ece: calibration
    error, 0 to 1. beside: the same of another reader.
    """

    name: str
    circumstances: Circumstances
    figures: Figures
    ece: float
    intervals: dict[str, Interval]
    by_type: dict[str, Figures]
    beside: "Report | None" = None


class ParagraphReport(Struct, frozen=True):
    """All that is known of one question set with its paragraphs given. by_type: figures by question type.

    intervals: 95% confidence intervals of the figures that are shares, by the path of their field. beside: the same of
    another reader.
    """

    name: str
    circumstances: Circumstances
    figures: ParagraphFigures
    intervals: dict[str, Interval]
    by_type: dict[str, ParagraphFigures]
    beside: "ParagraphReport | None" = None


KINDS = (
    Kind("Retrieval", "figures.hit_at_1", "hit@1", "answerable", "the first passage holds a right answer"),
    Kind("Retrieval", "figures.hit_at_5", "hit@5", "answerable", "one of the first five passages does"),
    Kind("Retrieval", "figures.hit_at_10", "hit@10", "answerable", "one of the first ten does"),
    Kind(
        "Retrieval", "figures.mrr_at_10", "MRR@10", "answerable", "mean of 1/rank of the first passage that does", False
    ),
    Kind("Citation", "figures.first_cited", "first cited", "answerable", "the first sentence cites a right answer"),
    Kind("Citation", "figures.any_cited", "any cited", "answerable", "some sentence cites a right answer"),
    Kind("Citation", "figures.complete", "all needed", "answerable", "every part that the question needs is cited"),
    Kind("Citation", "figures.precision", "precision", "cited", "a cited sentence holds a right answer"),
    Kind(
        "Short answer",
        "figures.short_exact",
        "EM",
        "answerable",
        "it is an accepted answer, as SQuAD compares",
        unit="%",
    ),
    Kind("Short answer", "figures.short_f1", "F1", "answerable", "words shared with an accepted answer", False, "%"),
    Kind(
        "Short answer",
        "figures.short_contains",
        "contains",
        "answerable",
        "it holds an accepted one, or one it",
        unit="%",
    ),
    Kind("Short answer", "figures.short_given", "given", "answerable", "there is one", unit="%"),
    Kind("Abstention", "figures.right_abstentions", "right", "unanswerable", "unanswerable and not answered"),
    Kind("Abstention", "figures.false_abstentions", "false", "answerable", "answerable and not answered"),
    Kind(
        "Abstention", "figures.selective_accuracy", "accuracy", "answered", "if answered, the first sentence is right"
    ),
    Kind("Abstention", "figures.auroc", "AUROC", "asked", "an answerable one has more confidence than another", False),
    Kind("Abstention", "ece", "ECE", "asked", "mean gap between confidence and share right; 0 is best", False),
    Kind("Latency", "figures.latency_p50_ms", "p50", "asked", "half of the replies take at most so long", False, "ms"),
    Kind("Latency", "figures.latency_p95_ms", "p95", "asked", "19 of 20 replies take at most so long", False, "ms"),
)
TYPE_KINDS = (
    Kind("", "hit_at_1", "hit@1", "answerable", ""),
    Kind("", "hit_at_5", "hit@5", "answerable", ""),
    Kind("", "first_cited", "first cited", "answerable", ""),
    Kind("", "any_cited", "any cited", "answerable", ""),
    Kind("", "short_exact", "short EM", "answerable", "", unit="%"),
    Kind("", "short_f1", "short F1", "answerable", "", False, "%"),
    Kind("", "right_abstentions", "abstention right", "unanswerable", ""),
    Kind("", "false_abstentions", "abstention false", "answerable", ""),
)
NOTES = (
    "Answerable questions that are not answered count as wrong under citation and short answer. A citation is right if "
    "it and a right answer share at least half of the shorter one. Intervals are Wilson's; sentences of one answer "
    "go together, so that of precision is wider in truth."
)


_ALWAYS, _CITED = "Always answered", "In the first sentence"
_BEST, _SHIPPED = "Best threshold", "Threshold that ships"
PARAGRAPH_KINDS = (
    Kind(_ALWAYS, "figures.always.answerable_exact", "EM", "answerable", "SQuAD 1.1's exact match", unit="%"),
    Kind(_ALWAYS, "figures.always.answerable_f1", "F1", "answerable", "SQuAD 1.1's shared words", False, "%"),
    Kind(_CITED, "figures.cited_exact", "EM", "answerable", "the short answer a reply would have", unit="%"),
    Kind(_CITED, "figures.cited_f1", "F1", "answerable", "the short answer a reply would have", False, "%"),
    Kind(_BEST, "figures.best_exact", "EM", "asked", "SQuAD 2.0's best_exact, at the threshold best for it", unit="%"),
    Kind(_BEST, "figures.best.f1", "F1", "asked", "SQuAD 2.0's best_f1, at the threshold best for it", False, "%"),
    Kind(_BEST, "figures.best.answerable_exact", "HasAns EM", "answerable", "at the threshold best for F1", unit="%"),
    Kind(_BEST, "figures.best.answerable_f1", "HasAns F1", "answerable", "at the threshold best for F1", False, "%"),
    Kind(
        _BEST, "figures.best.refused", "NoAns", "unanswerable", "not answered, at the threshold best for F1", unit="%"
    ),
    Kind(_BEST, "figures.best_threshold", "threshold", "asked", "the threshold best for F1", False),
    Kind(_SHIPPED, "figures.shipped.exact", "EM", "asked", "as SQuAD 2.0 has it, with the threshold above", unit="%"),
    Kind(_SHIPPED, "figures.shipped.f1", "F1", "asked", "as SQuAD 2.0 has it, with the threshold above", False, "%"),
    Kind(_SHIPPED, "figures.shipped.answerable_exact", "HasAns EM", "answerable", "of answerable ones", unit="%"),
    Kind(_SHIPPED, "figures.shipped.answerable_f1", "HasAns F1", "answerable", "of answerable ones", False, "%"),
    Kind(_SHIPPED, "figures.shipped.refused", "NoAns", "unanswerable", "unanswerable and not answered", unit="%"),
    Kind("Confidence", "figures.auroc", "AUROC", "asked", "an answerable one has more than another", False),
    Kind("Latency", "figures.latency_p50_ms", "p50", "asked", "half are read in at most so long", False, "ms"),
    Kind("Latency", "figures.latency_p95_ms", "p95", "asked", "19 of 20 are read in at most so long", False, "ms"),
)
PARAGRAPH_TYPE_KINDS = (
    Kind("", "always.answerable_exact", "EM", "answerable", "", unit="%"),
    Kind("", "always.answerable_f1", "F1", "answerable", "", unit="%"),
    Kind("", "shipped.answerable_exact", "EM at the threshold", "answerable", "", unit="%"),
    Kind("", "shipped.refused", "NoAns at the threshold", "unanswerable", "", unit="%"),
    Kind("", "auroc", "AUROC", "asked", ""),
)
PARAGRAPH_NOTES = (
    "Each question is put to the paragraph it was written for, without retrieval; beside the paragraph the reader sees "
    "its document's title and headings, as it does in service. The answer is the reader's best span; a reply's short "
    "answer is the best one in the sentence it cites first. EM and F1 are SQuAD's. Intervals are Wilson's."
)


def make_report(name: str, outcomes: Sequence[Outcome], circumstances: Circumstances) -> Report:
    """Of outcomes without a threshold; the threshold of `circumstances` is laid on here. Raises ValueError for no
    outcomes."""
    judged = [at_threshold(outcome, circumstances.threshold) for outcome in outcomes]
    types = sorted({outcome.kind for outcome in judged if outcome.kind})
    report = Report(
        name=name,
        circumstances=circumstances,
        figures=summarise_outcomes(judged),
        ece=calibration_error(scored(outcomes)),
        intervals={},
        by_type={kind: summarise_outcomes([o for o in judged if o.kind == kind]) for kind in types},
    )
    return replace(report, intervals=intervals(KINDS, report, _counts(report.figures)))


def make_paragraph_report(name: str, attempts: Sequence[Attempt], circumstances: Circumstances) -> ParagraphReport:
    """Raises ValueError for no attempts."""
    types = sorted({attempt.kind for attempt in attempts})
    report = ParagraphReport(
        name=name,
        circumstances=circumstances,
        figures=summarise_attempts(attempts, circumstances.threshold),
        intervals={},
        by_type={
            kind: summarise_attempts([a for a in attempts if a.kind == kind], circumstances.threshold) for kind in types
        },
    )
    return replace(report, intervals=intervals(PARAGRAPH_KINDS, report, _paragraph_counts(report.figures)))


def page(report: Report) -> Page:
    """What it shows."""
    figures, how, beside = report.figures, report.circumstances, report.beside
    rest = figures.questions - figures.answerable
    return Page(
        title=report.name,
        summary=f"{report.name}: {figures.questions:,} questions, {rest:,} of them unanswerable; "
        f"threshold {how.threshold:.3f}",
        facts=_facts(how, figures.questions, figures.answerable, beside.circumstances if beside else None),
        table=figure_table(KINDS, report, _counts(figures), beside),
        notes=NOTES,
        types=type_table(TYPE_KINDS, report.by_type),
        command=how.command,
    )


def paragraph_page(report: ParagraphReport) -> Page:
    """What it shows."""
    figures, how, beside = report.figures, report.circumstances, report.beside
    rest = figures.questions - figures.answerable
    title = f"{report.name}, paragraph given"
    return Page(
        title=title,
        summary=f"{title}: {figures.questions:,} questions, {rest:,} of them unanswerable; "
        f"threshold {how.threshold:.3f}",
        facts=_facts(how, figures.questions, figures.answerable, beside.circumstances if beside else None),
        table=figure_table(PARAGRAPH_KINDS, report, _paragraph_counts(figures), beside),
        notes=PARAGRAPH_NOTES,
        types=type_table(PARAGRAPH_TYPE_KINDS, report.by_type),
        command=how.command,
    )


def markdown(page: Page, plot: str) -> str:
    """The page. plot: the address of its picture, relative to the page."""
    parts = [
        f"# {page.title}",
        "\n".join(f"- {name}: {value}" for name, value in page.facts.items()),
        f"![Plots of {page.title}]({quote(plot)})",
        markdown_table(page.table),
        page.notes,
    ]
    if page.types is not None:
        parts += ["By type of question:", markdown_table(page.types)]
    parts.append(f"To run it again:\n\n```sh\n{page.command}\n```")
    return "\n\n".join(parts) + "\n"


def _facts(how: Circumstances, questions: int, answerable: int, beside: Circumstances | None) -> dict[str, str]:
    """What a page says first."""
    facts = {
        "Questions": f"{questions:,}, {questions - answerable:,} of them unanswerable",
        "Threshold": f"{how.threshold:.3f} (a reply of less confidence is an abstention)",
        "Reader": how.reader,
        "Index version": f"`{how.index_version}`",
        "Machine": how.machine,
        "Date": how.date,
    }
    if beside is not None:
        facts["Beside it"] = f"{beside.reader}, threshold {beside.threshold:.3f}"
    return facts


def _counts(figures: Figures) -> dict[str, int]:
    return {
        "asked": figures.questions,
        "answerable": figures.answerable,
        "unanswerable": figures.questions - figures.answerable,
        "answered": figures.answered,
        "cited": figures.cited,
    }


def _paragraph_counts(figures: ParagraphFigures) -> dict[str, int]:
    return {
        "asked": figures.questions,
        "answerable": figures.answerable,
        "unanswerable": figures.questions - figures.answerable,
    }
