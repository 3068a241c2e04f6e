"""An evaluation in pictures: what a threshold does, what confidence is worth, what is found and which is hard."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from statistics import fmean
from typing import TypeVar

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from msgspec import Struct

from qa.evaluation.calibration_metrics import auroc, calibration_error, reliability, risk_coverage
from qa.evaluation.evaluation import Outcome, scored
from qa.evaluation.paragraphs import Attempt, best_threshold, scores
from qa.evaluation.tables import wilson

_Panel = Callable[[Axes], None]
T = TypeVar("T")

# Okabe and Ito's colours, told apart with any colour vision; shapes differ as well.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#595959"
_ROW = 5.2  # inches
_MOST_POINTS = 400  # of a curve, which no eye tells from more
_MOST_TYPES = 30


class _Bars(Struct, frozen=True):
    """A series of bars, one a name: values from 0 to 1. counts: of what each is a share, for intervals; None for no
    share."""

    label: str
    colour: str
    values: Sequence[float]
    counts: Sequence[int] | None = None


def plots(name: str, outcomes: Sequence[Outcome], threshold: float, *, file_format: str = "svg") -> bytes:
    """The picture of a set's outcomes without a threshold (at least one); the same bytes for the same outcomes.

    file_format: "svg" or "png".
    """
    title = f"{name}: {len(outcomes):,} questions, threshold at {threshold:.3f}"
    types = min(len({o.kind for o in outcomes if o.kind}), _MOST_TYPES)
    return _picture(title, _panels(outcomes, threshold), 0.3 * max(0, types - 10), file_format=file_format)


def paragraph_plots(name: str, attempts: Sequence[Attempt], threshold: float, *, file_format: str = "svg") -> bytes:
    """The picture of a set's attempts (at least one); the same bytes for the same attempts.

    file_format: "svg" or "png".
    """
    title = f"{name}, paragraph given: {len(attempts):,} questions, threshold at {threshold:.3f}"
    return _picture(title, _paragraph_panels(attempts, threshold), file_format=file_format)


def _picture(title: str, panels: Sequence[_Panel], extra_inches: float = 0.0, *, file_format: str = "svg") -> bytes:
    """The panels, two in a row; the same bytes for the same panels. file_format: "svg" or "png"."""
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


def _panels(outcomes: Sequence[Outcome], threshold: float) -> list[_Panel]:
    """Those that the set has questions for; a gap in the last row is filled."""
    answerable = [o for o in outcomes if o.answerable]
    others = [o for o in outcomes if not o.answerable]
    answered = scored([o for o in outcomes if o.answered])
    right = "of those, first citation right"
    panels: list[_Panel] = [
        partial(_risk, scored=answered, asked=len(outcomes), threshold=threshold, what=right),
        partial(_reliability, outcomes=outcomes, threshold=threshold),
    ]
    if answerable and others:
        sure, unsure = [_sureness(o) for o in answerable], [_sureness(o) for o in others]
        panels.append(partial(_abstentions, answerable=sure, others=unsure, threshold=threshold))
    if any(o.kind for o in answerable):
        panels.append(partial(_types, outcomes=answerable))
    if len(panels) % 2 and answerable:
        panels.append(partial(_ranks, outcomes=answerable))
    return panels


def _paragraph_panels(attempts: Sequence[Attempt], threshold: float) -> list[_Panel]:
    yes = [a for a in attempts if a.answerable]
    no = [a for a in attempts if not a.answerable]
    given = [(a.confidence, a.f1 if a.answerable else 0.0) for a in attempts if a.answer]
    panels: list[_Panel] = [
        partial(_risk, scored=given, asked=len(attempts), threshold=threshold, what="of those, mean F1"),
        partial(_thresholds, attempts=attempts, threshold=threshold),
    ]
    if yes and no:
        sure, unsure = [a.confidence for a in yes], [a.confidence for a in no]
        panels.append(partial(_abstentions, answerable=sure, others=unsure, threshold=threshold))
    if yes:
        panels.append(partial(_paragraph_types, attempts=yes))
    return panels


def _risk(axes: Axes, scored: Sequence[tuple[float, float]], asked: int, threshold: float, what: str) -> None:
    """How right the answers are against how many are given. scored: (confidence, right) of what can be answered."""
    points = risk_coverage(scored)
    part = len(scored) / asked
    curve = _thinned(points)
    axes.plot(
        [p.answered * part for p in curve], [p.right for p in curve], color=BLUE, label="as the threshold is lowered"
    )
    above = [point for point in points if point.threshold >= threshold]
    if above:
        share, right = above[-1].answered * part, above[-1].right
        label = f"at the threshold: {share:.0%} answered, {right:.0%} right"
        axes.plot([share], [right], color=ORANGE, marker="D", markersize=8, linestyle="none", label=label)
    _frame(axes, "What answering more costs", "share of questions answered", what)


def _abstentions(axes: Axes, answerable: Sequence[float], others: Sequence[float], threshold: float) -> None:
    """Right abstentions against false ones, from the confidence of answerable questions and of others."""
    bars = _thinned(sorted({*answerable, *others, 1.1}))
    label = f"as the threshold is raised (AUROC {auroc(answerable, others) or 0.0:.3f})"
    axes.plot([_below(answerable, b) for b in bars], [_below(others, b) for b in bars], color=BLUE, label=label)
    false, right = _below(answerable, threshold), _below(others, threshold)
    label = f"at the threshold: {right:.0%} right, {false:.0%} false"
    axes.plot([false], [right], color=ORANGE, marker="D", markersize=8, linestyle="none", label=label)
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="by chance")
    _frame(axes, "What abstaining more costs", "answerable, not answered (false)", "unanswerable, not answered (right)")


def _reliability(axes: Axes, outcomes: Sequence[Outcome], threshold: float) -> None:
    bins = reliability(scored(outcomes))
    ranges = [wilson(each.right, each.count) for each in bins]
    below = [each.right - low for each, (low, _) in zip(bins, ranges, strict=True)]
    over = [high - each.right for each, (_, high) in zip(bins, ranges, strict=True)]
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="as it should be")
    axes.errorbar(
        [each.confidence for each in bins],
        [each.right for each in bins],
        yerr=(below, over),
        color=BLUE,
        marker="o",
        linestyle="none",
        capsize=3,
        label=f"tenths of the scale (ECE {calibration_error(scored(outcomes)):.3f})",
    )
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    for each in bins:
        axes.text(each.confidence, -0.09, f"{each.count:,}", ha="center", va="center", fontsize=8, bbox=box)
    axes.axvline(threshold, color=ORANGE, linestyle=":", label="the threshold")
    _frame(axes, "Is confidence what it says?", "confidence (numbers: how many questions)", "first citation right")
    axes.set_ylim(-0.14, 1.03)


def _thresholds(axes: Axes, attempts: Sequence[Attempt], threshold: float) -> None:
    """SQuAD 2.0's figures against the threshold."""
    at = _thinned(sorted({a.confidence for a in attempts}), 60)
    each = [scores(attempts, value) for value in at]
    axes.plot(at, [s.f1 for s in each], color=BLUE, label="F1 of all")
    axes.plot(at, [s.exact for s in each], color=BLUE, linestyle=":", label="EM of all")
    if any(a.answerable for a in attempts):
        axes.plot(at, [s.answerable_f1 or 0.0 for s in each], color=GREEN, linestyle="--", label="F1 of answerable")
    if not all(a.answerable for a in attempts):
        axes.plot(at, [s.refused or 0.0 for s in each], color=GREY, linestyle="-.", label="unanswerable, refused")
        best, value = best_threshold(attempts, lambda a: a.f1)
        axes.plot([best], [value], color=BLUE, marker="o", linestyle="none", label=f"best F1 {value:.1%}")
    axes.axvline(threshold, color=ORANGE, linestyle=":", label="the threshold that ships")
    _frame(axes, "What the threshold does", "threshold", "figure, unanswered ones as SQuAD 2.0 counts them")


def _types(axes: Axes, outcomes: Sequence[Outcome]) -> None:
    kinds = sorted({o.kind for o in outcomes if o.kind})[:_MOST_TYPES]
    groups = [[o for o in outcomes if o.kind == kind] for kind in kinds]
    counts = [len(group) for group in groups]
    series = (
        ("right passage first", BLUE, [sum((o.rank or 99) <= 1 for o in group) for group in groups]),
        ("right sentence cited first", ORANGE, [sum(o.first for o in group) for group in groups]),
        ("short answer exactly right", GREEN, [sum(o.exact for o in group) for group in groups]),
    )
    bars = [
        _Bars(label, colour, [value / count for value, count in zip(values, counts, strict=True)], counts)
        for label, colour, values in series
    ]
    names = [f"{kind} ({count:,})" for kind, count in zip(kinds, counts, strict=True)]
    what = "share of answerable questions, were all answered"
    _bars(axes, names, bars, "By type of question (how many)", what)


def _paragraph_types(axes: Axes, attempts: Sequence[Attempt]) -> None:
    kinds = sorted({a.kind for a in attempts})
    groups = [[a for a in attempts if a.kind == kind] for kind in kinds]
    counts = [len(group) for group in groups]
    series = (
        _Bars("EM", BLUE, [fmean(a.exact for a in group) for group in groups], counts),
        _Bars("F1", GREEN, [fmean(a.f1 for a in group) for group in groups]),
    )
    names = [f"{kind} ({count:,})" for kind, count in zip(kinds, counts, strict=True)]
    _bars(axes, names, series, "By type of question (how many)", "of answerable questions, were all answered")


def _ranks(axes: Axes, outcomes: Sequence[Outcome]) -> None:
    ranks = [outcome.rank or 99 for outcome in outcomes]
    shares = [sum(rank <= most for rank in ranks) / len(ranks) for most in range(1, 11)]
    axes.plot(range(1, 11), shares, color=BLUE, marker="o", label="answerable questions")
    for most in (1, 5, 10):
        axes.annotate(
            f"{shares[most - 1]:.3f}", (most, shares[most - 1]), (0, -14), textcoords="offset points", ha="center"
        )
    _frame(axes, "Is the right passage found?", "passages looked at", "right one among them")
    axes.set_xlim(0.5, 10.5)
    axes.set_xticks(range(1, 11))


def _sureness(outcome: Outcome) -> float:
    """Its confidence; below all others if nothing was found that could be answered with."""
    return outcome.confidence if outcome.answered else -1.0


def _bars(axes: Axes, names: Sequence[str], series: Sequence[_Bars], title: str, x: str) -> None:
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
    _legend(axes)


def _thinned(points: Sequence[T], most: int = _MOST_POINTS) -> Sequence[T]:
    """About `most` of them, evenly, the first and the last among them."""
    step = -(-len(points) // most)
    return points if step < 2 else [*points[:-1:step], points[-1]]


def _frame(axes: Axes, title: str, x: str, y: str) -> None:
    """Titles, and both axes from 0 to 1."""
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.03)
    _legend(axes)


def _legend(axes: Axes) -> None:
    """Below the panel, where it hides nothing."""
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2, frameon=False, fontsize=9)


def _below(values: Sequence[float], threshold: float) -> float:
    return sum(value < threshold for value in values) / len(values)
