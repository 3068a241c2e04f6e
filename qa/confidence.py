"""How sure to be: the calibrated probability that the first citation is right, and the bar below which we abstain."""

import math
from collections.abc import Mapping
from importlib import resources

import msgspec
from msgspec import Struct

from qa.types import ConfidenceLabel

# What the labels mean: about this share or more of such answers cites the right sentence first, on questions like those
# the calibration was fitted on. docs/quality.md shows how it holds elsewhere.
LABELS: tuple[tuple[float, ConfidenceLabel], ...] = ((0.85, "VERY_HIGH"), (0.7, "HIGH"), (0.5, "MEDIUM"), (0.0, "LOW"))


class Calibration(Struct, frozen=True):
    """A logistic model over a reader's signals. bar: confidence below which the reply is an abstention.

    `reader` names the reader it was fitted for, `fitted_on` the questions.
    """

    intercept: float
    weights: dict[str, float]
    bar: float
    reader: str = ""
    fitted_on: str = ""

    def confidence(self, signals: Mapping[str, float]) -> float:
        """0 to 1. No signals (nothing was found) give 0; signals without a weight count nothing."""
        if not signals:
            return 0.0
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))


def load_calibration(name: str = "calibration.json") -> Calibration:
    """The calibration of that name that ships with Footnote."""
    return msgspec.json.decode(resources.files("qa").joinpath(name).read_bytes(), type=Calibration)


def label(confidence: float) -> ConfidenceLabel:
    """The label of a confidence (see LABELS)."""
    return next(name for floor, name in LABELS if confidence >= floor)
