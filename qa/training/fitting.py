"""Fits what is learnt of numbers: a reader's linear weights, and the calibration with its threshold.

    python -m qa.training.fitting --kind embedded --work FOLDER --reader SET … --calibrate SET … --threshold SET

Each SET is a question file; one with a corpus beside it is indexed on its own under FOLDER, the others are asked of
`seeds/`. Writes the weights and the calibration of that reader (qa.bootstrap.FITTED), which ship with Footnote.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click
import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.errors import InputError
from index.models.model_folder import EMBEDDED
from qa.bootstrap import FEATURES, FITTED, Parts, ServiceSettings
from qa.confidence import Calibration, load_calibration
from qa.datasets.question_set import Example, load_question_set
from qa.evaluation.benchmark import open_benchmark
from qa.evaluation.evaluation import Outcome, at_threshold, evaluate, judge, sampled, summarise_outcomes
from qa.evaluation.metrics import overlaps
from qa.reading.features import NAMES as FEATURE_NAMES
from qa.reading.linear import Weights
from qa.reading.neural import NAMES as TRAINED_NAMES
from qa.training.calibrating import choose_threshold, error_curve, fit_calibration

# The sets have no footnotes, captions, titles or bylines to learn these from; nor questions about documents.
FIXED = {
    "note": -1.5, "metadata": -3.5, "states_field": 10.0, "defines": 2.0, "values": 2.0, "values_against": -3.0,
}  # fmt: skip
# All other features can only speak for a sentence: what the sets happen to say otherwise does not carry over.
_EITHER_WAY = frozenset({"no_form", "length", "opening", "note", "metadata"})
Floats = NDArray[np.float64]
NAMES = {FEATURES: FEATURE_NAMES, EMBEDDED: TRAINED_NAMES}
_HERE = Path(__file__).parents[1] / "reading"
T = TypeVar("T")


class Group(msgspec.Struct, frozen=True):
    """The sentences read for one question: their features [sentences, features], and which are right [sentences]."""

    features: Floats
    right: NDArray[np.bool_]


def collect(service: Parts, examples: Sequence[Example]) -> list[Group]:
    """The groups of the questions for which a right sentence was among those read; follow-ups are left out."""
    groups = []
    for example in examples:
        if example.turns or not example.gold:
            continue
        question, opened = service.answerer.prepare(example.question)
        features = service.reader.features(question, opened)
        right = [
            any(
                overlaps(opened[number].document.source, part.start, part.end, gold)
                for gold in example.gold
                for part in sentence.ranges
            )
            for number, sentence in features.places
        ]
        if any(right) and not all(right):
            groups.append(Group(np.array(features.rows), np.array(right)))
    return groups


def fit_weights(groups: Sequence[Group], names: Sequence[str], penalty: float = 1e-2) -> dict[str, float]:
    """Maximum likelihood of choosing a right sentence of each group by softmax (a conditional logit; McFadden 1974).

    names: of the features, in order. Features are scaled to unit deviation for the L2 penalty and the weights scaled
    back. Raises InputError for no groups.
    """
    if not groups:
        raise InputError("No question of these sets has both right and wrong sentences among those read.")
    everything = np.vstack([group.features for group in groups])
    scale = everything.std(axis=0)
    scale[scale < 1e-6] = np.inf  # a feature that never varies gets no weight
    starts = np.cumsum([0, *(len(group.features) for group in groups)])[:-1]
    sizes = np.diff([*starts, len(everything)])
    right = np.concatenate([group.right for group in groups])
    scaled = everything / scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total, hit = np.add.reduceat(scores, starts), np.add.reduceat(scores * right, starts)
        share = scores / np.repeat(total, sizes) - scores * right / np.repeat(hit, sizes)
        value = float(np.mean(np.log(total / hit))) + penalty * float(weights @ weights)
        return value, scaled.T @ share / len(groups) + 2 * penalty * weights

    bounds = [_bounds(name, float(width)) for name, width in zip(names, scale, strict=True)]
    begin = np.array([low if low is not None and low == high else 0.0 for low, high in bounds])
    found = minimize(loss, begin, jac=True, bounds=bounds, method="L-BFGS-B")
    return {
        name: round(float(weight), 4) for name, weight in zip(names, found.x / scale, strict=True) if weight
    } | FIXED


def _bounds(name: str, width: float) -> tuple[float | None, float | None]:
    """Of the weight of a feature scaled to unit deviation: a fixed one stays what it is while the others are fitted."""
    if name in FIXED and np.isfinite(width):
        return FIXED[name] * width, FIXED[name] * width
    return (None, None) if name in _EITHER_WAY else (0.0, None)


@click.command(help=__doc__)
@click.option("--kind", type=click.Choice(sorted(FITTED)), default=EMBEDDED, help="Which reader.")
@click.option("--work", type=click.Path(path_type=Path), required=True, help="Where corpora are indexed and kept.")
@click.option("--data", type=click.Path(path_type=Path), default=Path(".footnote"), help="Data folder of the seeds.")
@click.option(
    "--reader", "reader_sets", type=click.Path(path_type=Path), multiple=True, help="Fit the reader on these."
)
@click.option("--calibrate", "confidence_sets", type=click.Path(path_type=Path), multiple=True, help="Fit confidence.")
@click.option(
    "--threshold", "--bar", "threshold_set", type=click.Path(path_type=Path), help="Choose the threshold on this set."
)
@click.option("--most-false", default=0.04, help="Largest share of its answerable questions that may go unanswered.")
@click.option("--share", default=1.0, help="Share of the new calibration; the rest is the one there is, by log-odds.")
@click.option("--sample", default=1500, help="Questions taken of each set, at random with a fixed seed.")
def main(
    kind: str,
    work: Path,
    data: Path,
    reader_sets: tuple[Path, ...],
    confidence_sets: tuple[Path, ...],
    threshold_set: Path | None,
    most_false: float,
    share: float,
    sample: int,
) -> None:
    settings = ServiceSettings(data_folder=data, reader=kind)
    fitted = FITTED[kind]
    if reader_sets:
        groups = [g for path in reader_sets for g in _with(path, settings, work, sample, collect)]
        weights = fit_weights(groups, NAMES[kind])
        _write(fitted.weights, Weights(weights, f"{len(groups)} questions of {_names(reader_sets)}"))
    if confidence_sets:
        signals, right = _confidence_data(confidence_sets, settings, work, sample)
        intercept, of_signals = fit_calibration(signals, right)
        fitted_on = f"{len(right)} questions of {_names(confidence_sets)}"
        made = blended(Calibration(intercept, of_signals, 0.0, kind, fitted_on), fitted.calibration, share)
        scored = [(round(made.confidence(row), 4), good) for row, good in zip(signals, right, strict=True)]
        _write(fitted.calibration, replace(made, curve=error_curve(scored)))
    if threshold_set is not None:
        outcomes = _with(threshold_set, settings, work, sample, _outcomes)
        threshold = round(choose_threshold(outcomes, most_false), 4)
        _write(fitted.calibration, replace(load_calibration(fitted.calibration), threshold=threshold))
        figures = summarise_outcomes([at_threshold(outcome, threshold) for outcome in outcomes])
        click.echo(
            f"threshold {threshold}: right abstentions {figures.right_abstentions}, false {figures.false_abstentions}"
        )


def blended(made: Calibration, before: str, share: float) -> Calibration:
    """The log-odds of the calibration made and of the one of the name `before`, mixed; without its curve."""
    if share == 1.0:
        return made
    old = load_calibration(before)
    names = sorted({*made.weights, *old.weights})
    mixed = {n: round(share * made.weights.get(n, 0.0) + (1 - share) * old.weights.get(n, 0.0), 4) for n in names}
    fitted_on = f"{old.fitted_on} ({1 - share:.0%}); {made.fitted_on} ({share:.0%})"
    return replace(
        made,
        intercept=round(share * made.intercept + (1 - share) * old.intercept, 4),
        weights=mixed,
        fitted_on=fitted_on,
    )


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.parent.name for path in paths)


def _confidence_data(
    paths: Sequence[Path], settings: ServiceSettings, work: Path, sample: int
) -> tuple[list[dict[str, float]], list[bool]]:
    """The reader's signals for each question, and whether the first citation would be right."""
    signals: list[dict[str, float]] = []
    right: list[bool] = []

    def read(service: Parts, examples: Sequence[Example]) -> list[None]:
        for example in examples:
            if not example.turns:
                signals.append(service.reader.read(*service.answerer.prepare(example.question)).signals)
                right.append(judge(service.answerer.ask(example.question), example).first)
        return []

    for path in paths:
        _with(path, settings, work, sample, read)
    return signals, right


def _outcomes(service: Parts, examples: Sequence[Example]) -> list[Outcome]:
    return list(evaluate(service.answerer, examples))


def _with(
    path: Path,
    settings: ServiceSettings,
    work: Path,
    sample: int,
    use: Callable[[Parts, Sequence[Example]], list[T]],
) -> list[T]:
    questions = load_question_set(path)
    click.echo(f"{questions.name}: {len(questions.examples)} questions, at most {sample} taken", err=True)
    with open_benchmark(questions, settings, work) as service:
        return use(service, sampled(questions.examples, sample))


def _write(name: str, content: Weights | Calibration) -> None:
    (_HERE / name).write_bytes(msgspec.json.format(msgspec.json.encode(content)) + b"\n")
    click.echo(f"wrote qa/{name}")


if __name__ == "__main__":
    main()
