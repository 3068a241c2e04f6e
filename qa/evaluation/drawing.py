"""Pictures: one style, and the panels that several of them have."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from qa.evaluation.calibration_metrics import auroc, risk_coverage
from qa.evaluation.pages import wilson

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Panel = Callable[["Axes"], None]
T = TypeVar("T")

# Okabe and Ito's colours, told apart with any colour vision; shapes differ as well.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#595959"
_ROW = 5.2  # inches
_MOST_POINTS = 400  # of a curve, which no eye tells from more


class Bars(Struct, frozen=True):
    """A series of bars, one a name: values from 0 to 1. counts: of what each is a share, for intervals; None for no
    share."""

    label: str
    colour: str
    values: Sequence[float]
    counts: Sequence[int] | None = None


def picture(title: str, panels: Sequence[Panel], extra_inches: float = 0.0, *, file_format: str = "svg") -> bytes:
    """The panels, two in a row; the same bytes for the same panels. file_format: "svg" or "png"."""
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
    rows = (len(panels) + 1) // 2
    file = io.BytesIO()
    with style:
        layout = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12)  # inches
        figure = Figure(figsize=(11.5, _ROW * rows + extra_inches), layout=layout)
        figure.suptitle(title, fontsize=13)
        for number, draw in enumerate(panels, 1):
            draw(figure.add_subplot(rows, 2, number))
        figure.savefig(file, format=file_format, dpi=100, metadata=metadata)
    return file.getvalue()


def draw_risk(axes: "Axes", scored: Sequence[tuple[float, float]], asked: int, threshold: float, what: str) -> None:
    """How right the answers are against how many are given. scored: (confidence, right) of what can be answered."""
    points = risk_coverage(scored)
    part = len(scored) / asked
    curve = thinned(points)
    axes.plot(
        [p.answered * part for p in curve], [p.right for p in curve], color=BLUE, label="as the threshold is lowered"
    )
    above = [point for point in points if point.threshold >= threshold]
    if above:
        share, right = above[-1].answered * part, above[-1].right
        label = f"at the threshold: {share:.0%} answered, {right:.0%} right"
        axes.plot([share], [right], color=ORANGE, marker="D", markersize=8, linestyle="none", label=label)
    frame(axes, "What answering more costs", "share of questions answered", what)


def draw_abstentions(axes: "Axes", answerable: Sequence[float], others: Sequence[float], threshold: float) -> None:
    """Right abstentions against false ones, from the confidence of answerable questions and of others."""
    bars = thinned(sorted({*answerable, *others, 1.1}))
    label = f"as the threshold is raised (AUROC {auroc(answerable, others) or 0.0:.3f})"
    axes.plot([_below(answerable, b) for b in bars], [_below(others, b) for b in bars], color=BLUE, label=label)
    false, right = _below(answerable, threshold), _below(others, threshold)
    label = f"at the threshold: {right:.0%} right, {false:.0%} false"
    axes.plot([false], [right], color=ORANGE, marker="D", markersize=8, linestyle="none", label=label)
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="by chance")
    frame(axes, "What abstaining more costs", "answerable, not answered (false)", "unanswerable, not answered (right)")


def draw_bars(axes: "Axes", names: Sequence[str], series: Sequence[Bars], title: str, x: str) -> None:
    """Lying bars, a group for each name; those that are shares with their 95% intervals."""
    thickness = 0.8 / len(series)
    for number, bars in enumerate(series):
        places = [row - 0.4 + (number + 0.5) * thickness for row in range(len(names))]
        axes.barh(places, bars.values, height=thickness * 0.9, color=bars.colour, label=bars.label)
        if bars.counts is not None:
            ends = [wilson(value, count) for value, count in zip(bars.values, bars.counts, strict=True)]
            below = [value - low for value, (low, _) in zip(bars.values, ends, strict=True)]
            over = [high - value for value, (_, high) in zip(bars.values, ends, strict=True)]
            axes.errorbar(bars.values, places, xerr=(below, over), color=GREY, linestyle="none", capsize=2, linewidth=1)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, 1.03)
    axes.set_xlabel(x)
    axes.set_title(title)
    legend(axes)


def thinned(points: Sequence[T], most: int = _MOST_POINTS) -> Sequence[T]:
    """About `most` of them, evenly, the first and the last among them."""
    step = -(-len(points) // most)
    return points if step < 2 else [*points[:-1:step], points[-1]]


def frame(axes: "Axes", title: str, x: str, y: str) -> None:
    """Titles, and both axes from 0 to 1."""
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.03)
    legend(axes)


def legend(axes: "Axes") -> None:
    """Below the panel, where it hides nothing."""
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2, frameon=False, fontsize=9)


def _below(values: Sequence[float], threshold: float) -> float:
    return sum(value < threshold for value in values) / len(values)
