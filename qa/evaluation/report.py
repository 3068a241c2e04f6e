"""What an evaluation of the whole pipeline says."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from qa.evaluation.calibration_metrics import calibration_error
from qa.evaluation.evaluation import Figures, Outcome, at_threshold, scored, summarise_outcomes
from qa.evaluation.pages import Circumstances, Interval, Kind, Page, facts_of, figure_table, intervals, type_table


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


def page(report: Report) -> Page:
    """What it shows."""
    figures, how, beside = report.figures, report.circumstances, report.beside
    rest = figures.questions - figures.answerable
    return Page(
        title=report.name,
        summary=f"{report.name}: {figures.questions:,} questions, {rest:,} of them unanswerable; "
        f"threshold {how.threshold:.3f}",
        facts=facts_of(how, figures.questions, figures.answerable, beside.circumstances if beside else None),
        table=figure_table(KINDS, report, _counts(figures), beside),
        notes=NOTES,
        types=type_table(TYPE_KINDS, report.by_type),
        command=how.command,
    )


def _counts(figures: Figures) -> dict[str, int]:
    return {
        "asked": figures.questions,
        "answerable": figures.answerable,
        "unanswerable": figures.questions - figures.answerable,
        "answered": figures.answered,
        "cited": figures.cited,
    }
