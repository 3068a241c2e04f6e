"""Numbers that steer how follow-ups are understood, each at its edge; the two margins are in test_choice.py."""

import pytest

from qa.followups.antecedents import antecedents
from qa.followups.interpretation import interpretations
from qa.followups.rewriting import is_elliptic
from qa.language.english import ENGLISH
from tests.conversations import turn

FORMS = ENGLISH.follow_ups
BEFORE = turn("Who opened the canal lock?", "Ada Byron, an engineer, opened the canal lock of Weir.", "Ada Byron")


def meanings(question: str) -> list[str | None]:
    return [meant.interpreted_as for meant in interpretations(question, question, [BEFORE])]


@pytest.mark.parametrize(("question", "count"), [("tin bread?", 2), ("bread?", 2), ("Bread in Ghent of tin?", 1)])
def test_a_question_of_few_words_leans(question: str, count: int) -> None:
    assert len(meanings(question)) == count


@pytest.mark.parametrize(
    ("question", "leans"), [("amber brass cedar drum stood", False), ("amber brass cedar drum", True)]
)
def test_four_words_without_a_name_may_lean(question: str, leans: bool) -> None:
    assert (len(meanings(question)) > 1) is leans


@pytest.mark.parametrize(
    ("question", "elliptic"), [("and of bread in old Ghent", True), ("and of bread in very old Ghent", False)]
)
def test_a_phrase_has_five_words_at_most(question: str, elliptic: bool) -> None:
    assert is_elliptic(question, FORMS) is elliptic


@pytest.mark.parametrize(
    ("title", "topic"), [("Amber Brass of Cedar Drum Ember", True), ("Amber Brass of Cedar Drum Ember Fig", False)]
)
def test_a_title_of_five_words_is_a_name(title: str, topic: bool) -> None:
    before = turn("what happened?", "In 1985 it rained.", title=title)
    assert (antecedents("and then?", [before], FORMS).topic == title) is topic


def test_two_forms_are_tried_at_most() -> None:
    before = turn("Whom did Carl Holm meet?", "Carl Holm met Ada Byron where Paul Rask lived.")
    found = interpretations("When did he leave?", "When did he leave?", [before])
    assert [each.incomplete for each in found] == [False, False, True]
