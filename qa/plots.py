"""An evaluation in pictures: what the bar does, how far confidence can be trusted, and what is found."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.evaluation import Outcome, calibration_error, reliability, risk_coverage, summarise_outcomes
from qa.report import wilson

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes", Sequence[Outcome], float], None]

# Okabe and Ito's colours, told apart with any colour vision; shapes differ as well.
_BLUE, _ORANGE, _GREEN, _GREY = "#0072B2", "#D55E00", "#009E73", "#595959"
_MOST_TYPES = 30


def plots(name: str, outcomes: Sequence[Outcome], bar: float, *, file_format: str = "svg") -> bytes:
    """The picture of a set's outcomes without a bar (at least one); the same bytes for the same outcomes.

    file_format: "svg" or "png".
    """
    # matplotlib takes a second to import, and only an evaluation that writes files draws.
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    style = rc_context(
        {
            "svg.fonttype": "none",  # text stays text: small, and it can be searched
            "svg.hashsalt": "footnote",  # ids, and so bytes, are the same each time
            "font.family": ["DejaVu Sans"],
            "font.size": 10.0,
            "axes.titlesize": 11.0,
            "axes.grid": True,
            "grid.color": "#DDDDDD",
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    metadata = {"Date": None, "Creator": None} if file_format == "svg" else {"Software": None}
    file = io.BytesIO()
    with style:
        layout = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12)  # inches
        figure = Figure(figsize=(11.5, _height(outcomes)), layout=layout)
        figure.suptitle(f"{name}: {len(outcomes):,} questions, bar at {bar:.3f}", fontsize=13)
        panels = _panels(outcomes)
        for number, draw in enumerate(panels, 1):
            draw(figure.add_subplot((len(panels) + 1) // 2, 2, number), outcomes, bar)
        figure.savefig(file, format=file_format, dpi=100, metadata=metadata)
    return file.getvalue()


def _height(outcomes: Sequence[Outcome]) -> float:
    """In inches: as many rows as there are panels, and room for the names of types."""
    types = len({outcome.kind for outcome in outcomes if outcome.kind})
    return 5.2 * ((len(_panels(outcomes)) + 1) // 2) + 0.16 * max(0, min(types, _MOST_TYPES) - 8)


def write_plots(file: Path, name: str, outcomes: Sequence[Outcome], bar: float) -> None:
    """Write the picture; the suffix of `file` decides on its format. Raises OSError."""
    file.write_bytes(plots(name, outcomes, bar, file_format=file.suffix.removeprefix(".")))


def _panels(outcomes: Sequence[Outcome]) -> list[Draw]:
    """Those that the set has questions for; a gap in the last row is filled."""
    answerable = {outcome.answerable for outcome in outcomes}
    panels: list[Draw] = [_risk_coverage, _reliability]
    if len(answerable) == 2:
        panels.append(_abstentions)
    if any(outcome.kind and outcome.answerable for outcome in outcomes):
        panels.append(_types)
    if len(panels) % 2 and True in answerable:
        panels.append(_ranks)
    return panels


def _risk_coverage(axes: "Axes", outcomes: Sequence[Outcome], bar: float) -> None:
    points = risk_coverage([outcome for outcome in outcomes if outcome.answered])
    bars = [each for each, _, _ in points]
    part = len(points) / len(outcomes)
    # Of questions with the same confidence none can be answered without the others.
    ends = [number for number, each in enumerate(bars) if number + 1 == len(bars) or bars[number + 1] < each]
    axes.plot(
        [points[n][1] * part for n in ends], [points[n][2] for n in ends], color=_BLUE, label="as the bar is lowered"
    )
    above = [number for number in ends if bars[number] >= bar]
    if above:
        _, share, right = points[above[-1]]
        label = f"at the bar: {share * part:.0%} answered, {right:.0%} right"
        axes.plot([share * part], [right], color=_ORANGE, marker="D", markersize=8, linestyle="none", label=label)
    _frame(axes, "What answering more costs", "share of questions answered", "of those, first citation right")


def _reliability(axes: "Axes", outcomes: Sequence[Outcome], bar: float) -> None:
    bins = reliability(outcomes)
    ranges = [wilson(each.right, each.count) for each in bins]
    below = [each.right - low for each, (low, _) in zip(bins, ranges, strict=True)]
    over = [high - each.right for each, (_, high) in zip(bins, ranges, strict=True)]
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1, label="as it should be")
    axes.errorbar(
        [each.confidence for each in bins],
        [each.right for each in bins],
        yerr=(below, over),
        color=_BLUE,
        marker="o",
        linestyle="none",
        capsize=3,
        label=f"tenths of the scale (ECE {calibration_error(outcomes):.3f})",
    )
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    for each in bins:
        axes.text(each.confidence, -0.09, f"{each.count:,}", ha="center", va="center", fontsize=8, bbox=box)
    axes.axvline(bar, color=_ORANGE, linestyle=":", label="the bar")
    _frame(axes, "Is confidence what it says?", "confidence (numbers: how many questions)", "first citation right")
    axes.set_ylim(-0.14, 1.03)


def _abstentions(axes: "Axes", outcomes: Sequence[Outcome], bar: float) -> None:
    answerable = [_sureness(outcome) for outcome in outcomes if outcome.answerable]
    others = [_sureness(outcome) for outcome in outcomes if not outcome.answerable]
    bars = sorted({*answerable, *others, 1.1})
    axes.plot(
        [_below(answerable, each) for each in bars], [_below(others, each) for each in bars], color=_BLUE,
        label="as the bar is raised",
    )  # fmt: skip
    false, right = _below(answerable, bar), _below(others, bar)
    label = f"at the bar: {right:.0%} right, {false:.0%} false"
    axes.plot([false], [right], color=_ORANGE, marker="D", markersize=8, linestyle="none", label=label)
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1, label="by chance")
    _frame(axes, "What abstaining more costs", "answerable, not answered (false)", "unanswerable, not answered (right)")


def _types(axes: "Axes", outcomes: Sequence[Outcome], _: float) -> None:
    kinds = sorted({outcome.kind for outcome in outcomes if outcome.kind and outcome.answerable})[:_MOST_TYPES]
    groups = [[o for o in outcomes if o.kind == kind and o.answerable] for kind in kinds]
    figures = [summarise_outcomes(group) for group in groups]
    rows = range(len(kinds))
    series = (
        ("right passage among the first 5", [each.hit_at_5 for each in figures], "|", _GREEN, 14),
        ("right passage first", [each.hit_at_1 for each in figures], "s", _BLUE, 9),
        ("right sentence cited first", [each.first_cited for each in figures], "o", _ORANGE, 5),
    )
    for label, values, marker, colour, size in series:
        axes.plot(
            [value or 0.0 for value in values], rows, color=colour, marker=marker, markersize=size, linestyle="none",
            markeredgewidth=2.5 if marker == "|" else 1, fillstyle="none" if marker == "s" else "full", label=label,
        )  # fmt: skip
    axes.set_yticks(rows, [f"{kind} ({len(group)})" for kind, group in zip(kinds, groups, strict=True)])
    axes.set_ylim(len(kinds) - 0.4, -0.6)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xlabel("share of answerable questions, were all answered")
    axes.set_title("By type of question (how many)")
    _legend(axes)


def _ranks(axes: "Axes", outcomes: Sequence[Outcome], _: float) -> None:
    ranks = [outcome.rank or 99 for outcome in outcomes if outcome.answerable]
    shares = [sum(rank <= most for rank in ranks) / len(ranks) for most in range(1, 11)]
    axes.plot(range(1, 11), shares, color=_BLUE, marker="o", label="answerable questions")
    for most in (1, 5, 10):
        axes.annotate(
            f"{shares[most - 1]:.3f}", (most, shares[most - 1]), (0, -14), textcoords="offset points", ha="center"
        )
    _frame(axes, "Is the right passage found?", "passages looked at", "right one among them")
    axes.set_xlim(0.5, 10.5)
    axes.set_xticks(range(1, 11))


def _frame(axes: "Axes", title: str, x: str, y: str) -> None:
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.03)
    _legend(axes)


def _legend(axes: "Axes") -> None:
    """Below the panel, where it hides nothing."""
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2, frameon=False, fontsize=9)


def _sureness(outcome: Outcome) -> float:
    """Its confidence; below all others if nothing was found that could be answered with."""
    return outcome.confidence if outcome.answered else -1.0


def _below(values: Sequence[float], bar: float) -> float:
    return sum(value < bar for value in values) / len(values)
