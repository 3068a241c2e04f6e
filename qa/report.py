"""What an evaluation says: each figure with what it means, over how many and how sure, as tables that can be read."""

import math
from collections.abc import Sequence
from urllib.parse import quote

from msgspec import Struct

from qa.evaluation import Figures, Outcome, at_bar, calibration_error, summarise_outcomes

_Z = 1.959964  # 95% of a normal distribution lies within so many deviations


class Circumstances(Struct, frozen=True):
    """How the figures came about. command: the line to run for them again."""

    command: str
    date: str
    machine: str
    index_version: str
    reader: str
    bar: float


class Report(Struct, frozen=True):
    """All that is known of one question set. by_type: figures by question type, empty if the set has none.

    intervals: 95% confidence intervals, by field of Figures, of those that are shares. ece: calibration error, 0 to 1.
    """

    name: str
    circumstances: Circumstances
    figures: Figures
    ece: float
    intervals: dict[str, tuple[float, float]]
    by_type: dict[str, Figures]


class Entry(Struct, frozen=True):
    """A row of the table. value, interval: as shown. count: what the value is of, in words with the number."""

    group: str
    name: str
    value: str
    interval: str
    count: str
    meaning: str


class _Kind(Struct, frozen=True):
    """A figure: a field of Figures, or `ece`. over: what is counted. share: whether it is a part of that count."""

    group: str
    field: str
    name: str
    over: str
    meaning: str
    share: bool = True


KINDS = (
    _Kind("Retrieval", "hit_at_1", "hit@1", "answerable", "the first passage holds a right answer"),
    _Kind("Retrieval", "hit_at_5", "hit@5", "answerable", "one of the first five passages does"),
    _Kind("Retrieval", "hit_at_10", "hit@10", "answerable", "one of the first ten does"),
    _Kind("Retrieval", "mrr_at_10", "MRR@10", "answerable", "mean of 1/rank of the first passage that does", False),
    _Kind("Citation", "first_cited", "first cited", "answerable", "the first sentence cites a right answer"),
    _Kind("Citation", "any_cited", "any cited", "answerable", "some sentence cites a right answer"),
    _Kind("Citation", "complete", "all needed", "answerable", "every part that the question needs is cited"),
    _Kind("Citation", "precision", "precision", "cited", "a cited sentence holds a right answer"),
    _Kind("Short answer", "short_exact", "exact match", "answerable", "it is an accepted answer (SQuAD's EM)"),
    _Kind("Short answer", "short_f1", "F1", "answerable", "words shared with an accepted answer (SQuAD's F1)", False),
    _Kind("Short answer", "short_contains", "contains", "answerable", "it holds an accepted answer, or one holds it"),
    _Kind("Short answer", "short_given", "given", "answerable", "there is one"),
    _Kind("Abstention", "right_abstentions", "right", "unanswerable", "unanswerable and not answered"),
    _Kind("Abstention", "false_abstentions", "false", "answerable", "answerable and not answered"),
    _Kind("Abstention", "selective_accuracy", "accuracy", "answered", "if answered, the first sentence is right"),
    _Kind("Abstention", "auroc", "AUROC", "asked", "an answerable one has more confidence than another", False),
    _Kind("Abstention", "ece", "ECE", "asked", "mean gap between confidence and share right; 0 is best", False),
    _Kind("Latency", "latency_p50_ms", "p50", "asked", "half of the replies take at most so long", False),
    _Kind("Latency", "latency_p95_ms", "p95", "asked", "19 of 20 replies take at most so long", False),
)
TYPE_FIELDS = ("hit_at_1", "hit_at_5", "first_cited", "any_cited", "short_f1", "right_abstentions", "false_abstentions")
COLUMNS = ("", "Figure", "Value", "95% interval", "Of", "What it means")
NOTES = (
    "Answerable questions that are not answered count as wrong under citation and short answer. A citation is right if "
    "it and a right answer share at least half of the shorter one. Intervals are Wilson's; sentences of one answer "
    "go together, so that of precision is wider in truth."
)


def make_report(name: str, outcomes: Sequence[Outcome], circumstances: Circumstances) -> Report:
    """Of outcomes without a bar; the bar of `circumstances` is laid on here. Raises ValueError for no outcomes."""
    barred = [at_bar(outcome, circumstances.bar) for outcome in outcomes]
    figures = summarise_outcomes(barred)
    types = sorted({outcome.kind for outcome in barred if outcome.kind})
    return Report(
        name=name,
        circumstances=circumstances,
        figures=figures,
        ece=calibration_error(outcomes),
        intervals=_intervals(figures),
        by_type={kind: summarise_outcomes([o for o in barred if o.kind == kind]) for kind in types},
    )


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95% interval of a share of `count` trials, at least one.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
    """
    scale = 1 + _Z**2 / count
    centre = (share + _Z**2 / (2 * count)) / scale
    half = _Z / scale * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def entries(report: Report) -> list[Entry]:
    """The rows of the table, without the figures that the set has no questions for."""
    counts, rows = _counts(report.figures), []
    for kind in KINDS:
        value = report.ece if kind.field == "ece" else getattr(report.figures, kind.field)
        if value is None:
            continue
        interval = report.intervals.get(kind.field)
        rows.append(
            Entry(
                group=kind.group,
                name=kind.name,
                value=f"{value:,.0f} ms" if kind.group == "Latency" else _number(value),
                interval=f"{_number(interval[0])} to {_number(interval[1])}" if interval else "",
                count=f"{counts[kind.over]:,} {_PLURALS[kind.over]}",
                meaning=kind.meaning,
            )
        )
    return rows


def table(report: Report) -> list[list[str]]:
    """Rows of cells under COLUMNS; a group is named in its first row."""
    rows, group = [], ""
    for entry in entries(report):
        first = "" if entry.group == group else entry.group
        group = entry.group
        rows.append([first, entry.name, entry.value, entry.interval, entry.count, entry.meaning])
    return rows


def type_table(report: Report) -> tuple[list[str], list[list[str]]]:
    """Columns and rows by question type; "-" where the type has no such questions."""
    groups = {kind.field: f"{kind.group.lower()} {kind.name}" for kind in KINDS if kind.group != "Retrieval"}
    names = {kind.field: groups.get(kind.field, kind.name) for kind in KINDS}
    names["first_cited"], names["any_cited"] = "first cited", "any cited"
    rows = [
        [kind, str(figures.questions), *(_number(getattr(figures, field)) for field in TYPE_FIELDS)]
        for kind, figures in report.by_type.items()
    ]
    return ["Type", "Questions", *(names[field] for field in TYPE_FIELDS)], rows


def markdown(report: Report, plot: str) -> str:
    """The report as a page. plot: the address of its picture, relative to the page."""
    how = report.circumstances
    parts = [
        f"# {report.name}",
        _bullets(report),
        f"![Plots of {report.name}]({quote(plot)})",
        _markdown_table(COLUMNS, table(report)),
        NOTES,
    ]
    if report.by_type:
        parts += ["By type of question:", _markdown_table(*type_table(report))]
    parts.append(f"To run it again:\n\n```sh\n{how.command}\n```")
    return "\n\n".join(parts) + "\n"


def summary(report: Report) -> str:
    """The set and the circumstances in a line."""
    figures, how = report.figures, report.circumstances
    rest = figures.questions - figures.answerable
    return f"{report.name}: {figures.questions:,} questions, {rest:,} of them unanswerable; bar {how.bar:.3f}"


def _bullets(report: Report) -> str:
    figures, how = report.figures, report.circumstances
    lines = {
        "Questions": f"{figures.questions:,}, {figures.questions - figures.answerable:,} of them unanswerable",
        "Bar": f"{how.bar:.3f} (a reply of less confidence is an abstention)",
        "Reader": how.reader,
        "Index version": f"`{how.index_version}`",
        "Machine": how.machine,
        "Date": how.date,
    }
    return "\n".join(f"- {name}: {value}" for name, value in lines.items())


_PLURALS = {
    "asked": "questions",
    "answerable": "answerable",
    "unanswerable": "unanswerable",
    "answered": "answered",
    "cited": "sentences",
}


def _counts(figures: Figures) -> dict[str, int]:
    return {
        "asked": figures.questions,
        "answerable": figures.answerable,
        "unanswerable": figures.questions - figures.answerable,
        "answered": figures.answered,
        "cited": figures.cited,
    }


def _intervals(figures: Figures) -> dict[str, tuple[float, float]]:
    counts = _counts(figures)
    shares = {kind.field: (getattr(figures, kind.field), counts[kind.over]) for kind in KINDS if kind.share}
    return {field: wilson(value, count) for field, (value, count) in shares.items() if value is not None}


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
