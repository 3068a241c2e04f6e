"""Which meaning of a follow-up is taken."""

import pytest

from qa.followups.interpretation import Interpretation, InterpretationReading, choose_interpretation
from qa.language.question import analyse
from qa.reading.reader import Reading

NOTHING = Reading(evidence=(), relevance=(), span=None, signals={})


def chosen(*meanings: tuple[Interpretation, float]) -> tuple[str, list[str]]:
    """The question of the meaning taken, and those read, in order."""
    read: list[str] = []
    confidence = dict(meanings)

    def reading(meaning: Interpretation) -> InterpretationReading:
        read.append(meaning.question)
        return InterpretationReading(meaning, analyse(meaning.question), (), NOTHING, confidence[meaning])

    return choose_interpretation([meaning for meaning, _ in meanings], reading).interpretation.question, read


LIKELIEST, OTHER, THIRD = (Interpretation("asked", name) for name in ("likeliest", "other", "third"))
FRAGMENT = Interpretation("and?", "and?", incomplete=True)


def test_one_meaning_is_read_and_taken() -> None:
    assert chosen((LIKELIEST, 0.0)) == ("likeliest", ["likeliest"])


def test_every_meaning_is_read() -> None:
    assert chosen((LIKELIEST, 0.5), (OTHER, 0.45), (THIRD, 1.0)) == ("third", ["likeliest", "other", "third"])


@pytest.mark.parametrize(("surer", "taken"), [(0.64, "likeliest"), (0.66, "other")])
def test_reading_has_to_be_surer_by_15_points(surer: float, taken: str) -> None:
    assert chosen((LIKELIEST, 0.5), (OTHER, surer))[0] == taken


@pytest.mark.parametrize(("surer", "taken"), [(0.79, "likeliest"), (0.81, "and?")])
def test_a_fragment_has_to_be_surer_by_60_points(surer: float, taken: str) -> None:
    assert chosen((LIKELIEST, 0.2), (FRAGMENT, surer))[0] == taken
