"""An evaluation of the whole pipeline in pictures: what a threshold does, what confidence is worth, what is found."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from qa.evaluation.calibration_metrics import calibration_error, reliability
from qa.evaluation.drawing import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    Bars,
    Panel,
    draw_abstentions,
    draw_bars,
    draw_risk,
    frame,
    picture,
)
from qa.evaluation.evaluation import Outcome, scored
from qa.evaluation.pages import wilson

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_TYPES = 30


def plots(name: str, outcomes: Sequence[Outcome], threshold: float, *, file_format: str = "svg") -> bytes:
    """The picture of a set's outcomes without a threshold (at least one); the same bytes for the same outcomes.

    file_format: "svg" or "png".
    """
    title = f"{name}: {len(outcomes):,} questions, threshold at {threshold:.3f}"
    types = min(len({o.kind for o in outcomes if o.kind}), _MOST_TYPES)
    return picture(title, _panels(outcomes, threshold), 0.3 * max(0, types - 10), file_format=file_format)


def _panels(outcomes: Sequence[Outcome], threshold: float) -> list[Panel]:
    """Those that the set has questions for; a gap in the last row is filled."""
    answerable = [o for o in outcomes if o.answerable]
    others = [o for o in outcomes if not o.answerable]
    answered = scored([o for o in outcomes if o.answered])
    right = "of those, first citation right"
    panels: list[Panel] = [
        partial(draw_risk, scored=answered, asked=len(outcomes), threshold=threshold, what=right),
        partial(_reliability, outcomes=outcomes, threshold=threshold),
    ]
    if answerable and others:
        sure, unsure = [_sureness(o) for o in answerable], [_sureness(o) for o in others]
        panels.append(partial(draw_abstentions, answerable=sure, others=unsure, threshold=threshold))
    if any(o.kind for o in answerable):
        panels.append(partial(_types, outcomes=answerable))
    if len(panels) % 2 and answerable:
        panels.append(partial(_ranks, outcomes=answerable))
    return panels


def _reliability(axes: "Axes", outcomes: Sequence[Outcome], threshold: float) -> None:
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
    frame(axes, "Is confidence what it says?", "confidence (numbers: how many questions)", "first citation right")
    axes.set_ylim(-0.14, 1.03)


def _types(axes: "Axes", outcomes: Sequence[Outcome]) -> None:
    kinds = sorted({o.kind for o in outcomes if o.kind})[:_MOST_TYPES]
    groups = [[o for o in outcomes if o.kind == kind] for kind in kinds]
    counts = [len(group) for group in groups]
    series = (
        ("right passage first", BLUE, [sum((o.rank or 99) <= 1 for o in group) for group in groups]),
        ("right sentence cited first", ORANGE, [sum(o.first for o in group) for group in groups]),
        ("short answer exactly right", GREEN, [sum(o.exact for o in group) for group in groups]),
    )
    bars = [
        Bars(label, colour, [value / count for value, count in zip(values, counts, strict=True)], counts)
        for label, colour, values in series
    ]
    names = [f"{kind} ({count:,})" for kind, count in zip(kinds, counts, strict=True)]
    what = "share of answerable questions, were all answered"
    draw_bars(axes, names, bars, "By type of question (how many)", what)


def _ranks(axes: "Axes", outcomes: Sequence[Outcome]) -> None:
    ranks = [outcome.rank or 99 for outcome in outcomes]
    shares = [sum(rank <= most for rank in ranks) / len(ranks) for most in range(1, 11)]
    axes.plot(range(1, 11), shares, color=BLUE, marker="o", label="answerable questions")
    for most in (1, 5, 10):
        axes.annotate(
            f"{shares[most - 1]:.3f}", (most, shares[most - 1]), (0, -14), textcoords="offset points", ha="center"
        )
    frame(axes, "Is the right passage found?", "passages looked at", "right one among them")
    axes.set_xlim(0.5, 10.5)
    axes.set_xticks(range(1, 11))


def _sureness(outcome: Outcome) -> float:
    """Its confidence; below all others if nothing was found that could be answered with."""
    return outcome.confidence if outcome.answered else -1.0
