"""The figures of an evaluation in tables that can be read: each with its unit, interval, count and meaning."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct
from scipy.stats import binomtest

_PLURALS = {
    "asked": "questions",
    "answerable": "answerable",
    "unanswerable": "unanswerable",
    "answered": "answered",
    "cited": "sentences",
}

Interval = tuple[float, float]
Table = tuple[list[str], list[list[str]]]  # columns, rows


class Kind(Struct, frozen=True):
    """A figure. path: of its field, with dots. over: what is counted (see _PLURALS). unit: how it is shown.

    share: whether it is a part of that count, and so has an interval.
    """

    group: str
    path: str
    name: str
    over: str
    meaning: str
    share: bool = True
    unit: str = ""


class HasQuestions(Protocol):
    """Figures of so many questions."""

    @property
    def questions(self) -> int: ...


def wilson(share: float, count: int) -> Interval:
    """The 95% interval of a share of `count` trials, at least one.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
    """
    interval = binomtest(round(share * count), count).proportion_ci(0.95, "wilson")
    return float(interval.low), float(interval.high)


def figure_at(source: object, path: str) -> float | None:
    """The figure at a path of fields; None where it, or what it is in, is None."""
    value: Any = source
    for name in path.split("."):
        value = None if value is None else getattr(value, name)
    return None if value is None else float(value)


def intervals(kinds: Sequence[Kind], source: object, counts: Mapping[str, int]) -> dict[str, Interval]:
    """Wilson's, by path, of those that are shares."""
    values = {kind: figure_at(source, kind.path) for kind in kinds if kind.share}
    return {kind.path: wilson(value, counts[kind.over]) for kind, value in values.items() if value is not None}


def shown(value: float | None, unit: str = "") -> str:
    """A number of that unit as a table has it: "%", "ms", or none."""
    if value is None:
        return "-"
    if unit == "ms":
        return f"{value:,.0f} ms"
    return f"{100 * value:.1f}%" if unit == "%" else f"{value:.3f}"


def figure_table(
    kinds: Sequence[Kind],
    source: object,
    counts: Mapping[str, int],
    beside: object | None = None,
) -> Table:
    """A row for each figure that the set has questions for; a group is named in its first row.

    beside: another reader's figures, shown in a column of their own.
    """
    columns = ["", "Figure", "Value", "95% interval", *(["Beside it"] if beside else []), "Of", "What it means"]
    ranges = intervals(kinds, source, counts)
    rows, group = [], ""
    for kind in kinds:
        value = figure_at(source, kind.path)
        if value is None:
            continue
        interval = " to ".join(shown(end, kind.unit) for end in ranges.get(kind.path, ()))
        other = [shown(figure_at(beside, kind.path), kind.unit)] if beside else []
        count = f"{counts[kind.over]:,} {_PLURALS[kind.over]}"
        first = "" if kind.group == group else kind.group
        rows.append([first, kind.name, shown(value, kind.unit), interval, *other, count, kind.meaning])
        group = kind.group
    return columns, rows


def type_table(kinds: Sequence[Kind], groups: Mapping[str, HasQuestions]) -> Table | None:
    """Those figures for each type of question, None without types; "-" where the type has no such questions."""
    if not groups:
        return None
    rows = [
        [name, f"{figures.questions:,}", *(shown(figure_at(figures, kind.path), kind.unit) for kind in kinds)]
        for name, figures in groups.items()
    ]
    return ["Type", "Questions", *(kind.name for kind in kinds)], rows


def markdown_table(table: Table) -> str:
    """The table in Markdown."""
    columns, rows = table
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
