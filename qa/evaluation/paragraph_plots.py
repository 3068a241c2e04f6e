"""An evaluation of a reader on given paragraphs in pictures: what the threshold does, and which questions are hard."""

from collections.abc import Sequence
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

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
    thinned,
)
from qa.evaluation.paragraphs import Attempt, best_threshold, scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def paragraph_plots(name: str, attempts: Sequence[Attempt], threshold: float, *, file_format: str = "svg") -> bytes:
    """The picture of a set's attempts (at least one); the same bytes for the same attempts.

    file_format: "svg" or "png".
    """
    title = f"{name}, paragraph given: {len(attempts):,} questions, threshold at {threshold:.3f}"
    return picture(title, _panels(attempts, threshold), file_format=file_format)


def _panels(attempts: Sequence[Attempt], threshold: float) -> list[Panel]:
    yes = [a for a in attempts if a.answerable]
    no = [a for a in attempts if not a.answerable]
    given = [(a.confidence, a.f1 if a.answerable else 0.0) for a in attempts if a.answer]
    panels: list[Panel] = [
        partial(draw_risk, scored=given, asked=len(attempts), threshold=threshold, what="of those, mean F1"),
        partial(_bars, attempts=attempts, threshold=threshold),
    ]
    if yes and no:
        sure, unsure = [a.confidence for a in yes], [a.confidence for a in no]
        panels.append(partial(draw_abstentions, answerable=sure, others=unsure, threshold=threshold))
    if yes:
        panels.append(partial(_types, attempts=yes))
    return panels


def _bars(axes: "Axes", attempts: Sequence[Attempt], threshold: float) -> None:
    """SQuAD 2.0's figures against the threshold."""
    at = thinned(sorted({a.confidence for a in attempts}), 60)
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
    frame(axes, "What the threshold does", "threshold", "figure, unanswered ones as SQuAD 2.0 counts them")


def _types(axes: "Axes", attempts: Sequence[Attempt]) -> None:
    kinds = sorted({a.kind for a in attempts})
    groups = [[a for a in attempts if a.kind == kind] for kind in kinds]
    counts = [len(group) for group in groups]
    series = (
        Bars("EM", BLUE, [fmean(a.exact for a in group) for group in groups], counts),
        Bars("F1", GREEN, [fmean(a.f1 for a in group) for group in groups]),
    )
    names = [f"{kind} ({count:,})" for kind, count in zip(kinds, counts, strict=True)]
    draw_bars(axes, names, series, "By type of question (how many)", "of answerable questions, were all answered")
