"""A follow-up's words made whole, from what is given and nothing else."""

import pytest

from qa.followups.antecedents import Antecedents
from qa.followups.rewriting import filled, is_elliptic, is_name, named, without_opening
from qa.language.english import ENGLISH

FORMS = ENGLISH.follow_ups
KNOWN = Antecedents("Weir", "", ("Ada and Bo",), ("Ada", "Bo", "Cy"), ("Oslo", "Ghent"), ("the mill", "the lock"))


@pytest.mark.parametrize(
    ("question", "made"),
    [
        ("When did he leave?", ("When did Ada leave?", "When did Bo leave?")),
        ("When did he go there?", ("When did Ada go to Oslo?", "When did Bo go to Oslo?")),
        ("Did he live there?", ("Did Ada live in Oslo?", "Did Bo live in Oslo?")),
        ("Did she come from there?", ("Did Ada come from Oslo?", "Did Bo come from Oslo?")),
        ("How old is it?", ("How old is the mill?", "How old is the lock?")),
        ("What did they say?", ("What did Ada and Bo say?", "What did the mill say?")),
        ("Where is her house?", ("Where is Ada’s house?", "Where is Bo’s house?")),
        ("Who paid her in May?", ("Who paid Ada in May?", "Who paid Bo in May?")),
        ("It was old?", ("The mill was old?", "The lock was old?")),
        ("When did Carl leave?", ()),
    ],
)
def test_pronouns_are_named(question: str, made: tuple[str, ...]) -> None:
    assert named(question, KNOWN, 2, FORMS) == made


@pytest.mark.parametrize(
    ("question", "before", "made"),
    [
        ("and in Sweden?", "How do people in Norway vote?", "How do people in Sweden vote?"),
        ("in France?", "How many live in the Germany of old?", "How many live in the France of old?"),
        ("and at Sweden?", "How do people in Norway vote?", "How do people in Norway vote at Sweden?"),
        ("What about Ely?", "Did Ada or the WTO agree?", "Did Ely or the WTO agree?"),
        ("What about Ely?", "Did WTO thank Norway?", None),  # neither a country nor an acronym
        ("What about IMF?", "Did Ghent thank WTO?", "Did Ghent thank IMF?"),
        ("What about Peru?", "Did Ghent thank Norway?", "Did Ghent thank Peru?"),
        ("What about A?", "Did Ghent thank WTO?", "Did A thank WTO?"),  # one letter is no acronym
        ("in 1990?", "Did it rain in 1960?", "Did it rain in 1990?"),
        ("in 1990?", "Did it rain?", "Did it rain in 1990?"),
        ("why?", "When did Ada come?", "Why did Ada come?"),
    ],
)
def test_a_gap_is_filled_by_what_is_of_the_same_kind(question: str, before: str, made: str | None) -> None:
    assert next((text for text, _ in filled(question, before, "", FORMS)), None) == made


@pytest.mark.parametrize(
    ("phrase", "whole"), [("Norway", True), ("Ada Byron", True), ("Norway joined", False), ("the mill", False)]
)
def test_a_name_is_nothing_else(phrase: str, whole: bool) -> None:
    assert is_name(phrase, FORMS) is whole
    assert is_elliptic(f"{phrase}?", FORMS) is whole


def test_an_opening_is_left_out() -> None:
    assert without_opening("and who left?", FORMS) == "Who left?"
    assert without_opening("Who left?", FORMS) == "Who left?"
