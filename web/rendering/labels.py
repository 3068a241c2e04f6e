"""The confidence labels in words: what a person is told, and how often such answers are right by qa.confidence."""

from msgspec import Struct

from qa.confidence import LABELS
from qa.types import ConfidenceLabel


class Meaning(Struct, frozen=True):
    """words: what the answer is marked with. share: how many of 100 are right. meaning: the same as a sentence.

    level: 1 (least sure) and up.
    """

    words: str
    share: str
    meaning: str
    level: int


_WORDS: dict[ConfidenceLabel, str] = {
    "VERY_HIGH": "Very confident",
    "HIGH": "Confident",
    "MEDIUM": "Fairly confident, worth checking",
    "LOW": "Not confident, please check the source",
}


def meanings(labels: tuple[tuple[float, ConfidenceLabel], ...] = LABELS) -> dict[ConfidenceLabel, Meaning]:
    """By label, the surest first. labels: the least confidence of each, falling, the last 0."""
    tops = (None, *(round(100 * floor) for floor, _ in labels))
    return {
        name: _meaning(_WORDS[name], _share(round(100 * floor), top), len(labels) - at)
        for at, ((floor, name), top) in enumerate(zip(labels, tops, strict=False))
    }


def _share(floor: int, top: int | None) -> str:
    if top is None:
        return f"about {floor} or more"
    return f"about {floor} to {top}" if floor else f"fewer than {top}"


def _meaning(words: str, share: str, level: int) -> Meaning:
    told = f"Of 100 answers marked like this, {share} quote the right sentence first, on questions like those tested."
    return Meaning(words, share, told, level)
