"""How sure to be: the calibrated probability that the first citation is right, and the threshold below which we
abstain.

The threshold can be chosen by the error rate that is to be kept (`Calibration.threshold_for`), and a corpus can have a
calibration of its own in its data folder (`footnote calibrate`).
"""

import logging
import math
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib import resources
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from index.errors import ReadOnlyError, SettingsError
from qa.types import ConfidenceLabel

# What the labels mean, on questions like those the calibration was fitted on. VERY_HIGH: at least 9 of 10 such answers
# cite a right sentence first. HIGH: at least 3 of 4. MEDIUM: at least half. LOW: fewer. Each from this confidence on.
LABELS: tuple[tuple[float, ConfidenceLabel], ...] = ((0.9, "VERY_HIGH"), (0.75, "HIGH"), (0.5, "MEDIUM"), (0.0, "LOW"))
OWN_FILE = "calibration.json"
_log = logging.getLogger(__name__)


class Calibration(Struct, frozen=True):
    """A logistic model over a reader's signals. threshold: confidence below which the reply is an abstention.

    `reader` names the reader it was fitted for, `fitted_on` the questions. curve: thresholds, rising, each with the
    share of the answers given at it that were wrong there, falling; it holds from its threshold up to the next.
    """

    intercept: float
    weights: dict[str, float]
    threshold: float
    reader: str = ""
    fitted_on: str = ""
    curve: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a threshold or a curve that is none."""
        if not all(0.0 <= number <= 1.0 for point in ((self.threshold, 0.0), *self.curve) for number in point):
            raise ValueError("thresholds and shares are from 0 to 1")
        if any(low[0] >= high[0] or low[1] < high[1] for low, high in pairwise(self.curve)):
            raise ValueError("the thresholds of a curve rise, and its shares do not")

    def confidence(self, signals: Mapping[str, float]) -> float:
        """0 to 1. No signals (nothing was found) give 0; signals without a weight count nothing."""
        if not signals:
            return 0.0
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))

    def threshold_for(self, max_error_rate: float) -> float:
        """The lowest threshold at which at most the share `max_error_rate` of the answers was wrong; where none keeps
        that, the highest of the curve (see `keeps`). Raises SettingsError without a curve."""
        self._need_curve()
        return next((threshold for threshold, wrong in self.curve if wrong <= max_error_rate), self.curve[-1][0])

    def keeps(self, max_error_rate: float) -> bool:
        """Whether any threshold of the curve kept at most that share wrong. Raises SettingsError without a curve."""
        self._need_curve()
        return self.curve[-1][1] <= max_error_rate

    def _need_curve(self) -> None:
        if not self.curve:
            raise SettingsError(
                "max_error_rate: this calibration does not tell how many answers are wrong at which threshold: run "
                "`footnote calibrate`, or set threshold instead."
            )


def load_calibration(name: str = "linear_calibration.json") -> Calibration:
    """The calibration of that name that ships with Footnote."""
    return decode_calibration(resources.files("qa.reading").joinpath(name).read_bytes())


def decode_calibration(content: bytes) -> Calibration:
    """The calibration of a file's content, also of one written when the threshold was called `bar`.

    Raises msgspec.DecodeError, or UnicodeDecodeError, for what is none.
    """
    fields = msgspec.json.decode(content)
    if isinstance(fields, dict) and "bar" in fields:
        fields.setdefault("threshold", fields.pop("bar"))
    return msgspec.convert(fields, Calibration)


def load_own(data_folder: Path, reader: str) -> Calibration | None:
    """The calibration fitted for this corpus, if there is one of this reader. One of another reader, or one that cannot
    be read, is logged as a warning and left out: answering goes on with the one that ships."""
    path = data_folder / OWN_FILE
    try:
        own = decode_calibration(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        _log.warning("%s is not used, since it cannot be read (%s): run `footnote calibrate` again.", path, error)
        return None
    if own.reader != reader:
        _log.warning(
            "%s is not used, since it was fitted for the reader %s and this is %s: run `footnote calibrate` again.",
            path, own.reader, reader,
        )  # fmt: skip
        return None
    return own


def save_own(data_folder: Path, calibration: Calibration) -> Path:
    """Write it where `load_own` finds it, whole or not at all; returns the file. Raises ReadOnlyError."""
    path = data_folder / OWN_FILE
    draft = data_folder / f"{OWN_FILE}.new"
    try:
        with draft.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(calibration)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise ReadOnlyError(f"{path} cannot be written: {error.strerror}.") from error
    return path


def remove_own(data_folder: Path) -> bool:
    """Remove it; whether there was one. Raises ReadOnlyError."""
    path = data_folder / OWN_FILE
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise ReadOnlyError(f"{path} cannot be removed: {error.strerror}.") from error
    return True


def label(confidence: float) -> ConfidenceLabel:
    """The label of a confidence (see LABELS)."""
    return next(name for floor, name in LABELS if confidence >= floor)
