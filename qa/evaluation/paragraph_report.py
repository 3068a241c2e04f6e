"""What an evaluation of a reader on given paragraphs says."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from qa.evaluation.pages import Circumstances, Interval, Kind, Page, facts_of, figure_table, intervals, type_table
from qa.evaluation.paragraphs import Attempt, ParagraphFigures, summarise_attempts


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


_ALWAYS, _CITED = "Always answered", "In the first sentence"
_BEST, _SHIPPED = "Best threshold", "Threshold that ships"
KINDS = (
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
TYPE_KINDS = (
    Kind("", "always.answerable_exact", "EM", "answerable", "", unit="%"),
    Kind("", "always.answerable_f1", "F1", "answerable", "", unit="%"),
    Kind("", "shipped.answerable_exact", "EM at the threshold", "answerable", "", unit="%"),
    Kind("", "shipped.refused", "NoAns at the threshold", "unanswerable", "", unit="%"),
    Kind("", "auroc", "AUROC", "asked", ""),
)
NOTES = (
    "Each question is put to the paragraph it was written for, without retrieval; beside the paragraph the reader sees "
    "its document's title and headings, as it does in service. The answer is the reader's best span; a reply's short "
    "answer is the best one in the sentence it cites first. EM and F1 are SQuAD's. Intervals are Wilson's."
)


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
    return replace(report, intervals=intervals(KINDS, report, _counts(report.figures)))


def paragraph_page(report: ParagraphReport) -> Page:
    """What it shows."""
    figures, how, beside = report.figures, report.circumstances, report.beside
    rest = figures.questions - figures.answerable
    title = f"{report.name}, paragraph given"
    return Page(
        title=title,
        summary=f"{title}: {figures.questions:,} questions, {rest:,} of them unanswerable; "
        f"threshold {how.threshold:.3f}",
        facts=facts_of(how, figures.questions, figures.answerable, beside.circumstances if beside else None),
        table=figure_table(KINDS, report, _counts(figures), beside),
        notes=NOTES,
        types=type_table(TYPE_KINDS, report.by_type),
        command=how.command,
    )


def _counts(figures: ParagraphFigures) -> dict[str, int]:
    return {
        "asked": figures.questions,
        "answerable": figures.answerable,
        "unanswerable": figures.questions - figures.answerable,
    }
