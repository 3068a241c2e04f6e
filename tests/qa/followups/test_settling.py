import pytest

from qa.followups.interpretation import Interpretation
from qa.followups.settling import INCOMPLETE_MARGIN, MARGIN, Look, settle
from qa.language.question import analyse
from qa.reading.reader import Reading

NOTHING = Reading(evidence=(), relevance=(), span=None, signals={})


def settled(**confidences: float) -> tuple[str, list[str]]:
    asked: list[str] = []

    def look(meant: Interpretation) -> Look:
        asked.append(meant.question)
        return Look(meant, analyse(meant.question), (), NOTHING, confidences[meant.question])

    return settle([Interpretation("asked", name) for name in confidences], look).meant.question, asked


def test_one_meaning_is_read_and_taken() -> None:
    assert settled(only=0.0) == ("only", ["only"])


def test_in_doubt_the_likeliest_is_taken() -> None:
    assert settled(likeliest=0.5, other=0.5 + MARGIN, third=0.4) == ("likeliest", ["likeliest", "other", "third"])


def test_an_incomplete_question_has_to_be_much_surer() -> None:
    whole, fragment = Interpretation("and?", "whole"), Interpretation("and?", "and?", incomplete=True)
    for gain, taken in ((1.5 * MARGIN, whole), (1.1 * INCOMPLETE_MARGIN, fragment)):
        looks = {whole: 0.2, fragment: 0.2 + gain}
        found = settle((whole, fragment), lambda meant: Look(meant, analyse("?"), (), NOTHING, looks[meant]))  # noqa: B023
        assert found.meant == taken


@pytest.mark.parametrize("surer", [0.5 + 1.1 * MARGIN, 1.0])
def test_a_meaning_that_reading_is_surer_of_is_taken(surer: float) -> None:
    assert settled(likeliest=0.5, other=0.45, third=surer)[0] == "third"
