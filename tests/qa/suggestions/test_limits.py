"""Numbers that steer what is suggested, each at its edge."""

import pytest

from qa.language.english import ENGLISH
from qa.suggestions.limits import LIMITS, WORTH
from qa.suggestions.question_forms import QUESTION_FORMS
from qa.suggestions.self_contained import stands_alone
from qa.suggestions.templates import questions_of

DOCUMENT = "In Weir, Ada Byron is known, and so is Ghent, where Ada Byron lived."


def asked(sentence: str) -> list[str]:
    return [each.question for each in questions_of(sentence, f"{DOCUMENT} {sentence}", "Weir")]


@pytest.mark.parametrize(("words", "alone"), [(17, True), (18, False)])
def test_a_question_has_17_words_at_most(words: int, alone: bool) -> None:
    question = " ".join(["Why", "did", "Ghent", "sell", *["ox"] * (words - 4)]) + "?"
    assert stands_alone(question, "Weir") is alone


@pytest.mark.parametrize(("characters", "alone"), [(120, True), (121, False)])
def test_a_question_has_120_characters_at_most(characters: int, alone: bool) -> None:
    begins = "Why did Ghent sell "
    assert stands_alone(begins + "x" * (characters - len(begins) - 1) + "?", "Weir") is alone


@pytest.mark.parametrize(
    ("question", "alone"), [("When did Ada publish her letters?", True), ("When did Ada her?", False)]
)
def test_what_is_owned_has_its_owner_before_it(question: str, alone: bool) -> None:
    assert stands_alone(question, "Weir") is alone


def test_a_sentence_has_420_characters_at_most() -> None:
    begins, ends = "The Weir Bank was founded in 1821 by farmers", "."
    assert asked(begins + " x" * ((420 - len(begins) - 1) // 2) + ends)
    assert not asked(begins + " x" * ((420 - len(begins) - 1) // 2 + 1) + ends)


@pytest.mark.parametrize(("year", "question"), [(1959, "Who was Paul Rask?"), (1960, "Who is Paul Rask?")])
def test_people_of_before_1960_are_of_the_past(year: int, question: str) -> None:
    assert question in asked(f"They met economist Paul Rask in {year}.")


@pytest.mark.parametrize(
    ("rest", "is_asked"), [("a savings bank of old farmers", True), ("a savings bank of farmers", False)]
)
def test_a_definition_has_six_words(rest: str, is_asked: bool) -> None:
    assert ("What is the Weir Bank?" in asked(f"The Weir Bank is {rest}.")) is is_asked


@pytest.mark.parametrize(("topic", "is_asked"), [("Ghent", True), ("Oslo", True), ("Ely", False)])
def test_a_topic_has_four_letters(topic: str, is_asked: bool) -> None:
    assert any("say about" in each for each in asked(f"Ada Byron said that {topic} was too far away.")) is is_asked


@pytest.mark.parametrize(
    ("sentence", "is_asked"),
    [("Weir helped Ghent by lending money to its mills.", True), ("Weir grew by lending money to its mills.", False)],
)
def test_a_question_after_means_has_five_words(sentence: str, is_asked: bool) -> None:
    assert any(each.startswith("How ") for each in asked(sentence)) is is_asked


def test_forms_of_question_have_a_worth() -> None:
    sentences = (
        "The Weir Bank was founded in 1821 by Ada Byron.",
        "The Weir Bank was closed because its farmers were poor.",
        "Weir is also known as the Town of Mills.",
        "They met economist Paul Rask.",
    )
    found = {each.form for sentence in sentences for each in questions_of(sentence, f"{DOCUMENT} {sentence}", "Weir")}
    assert found <= set(WORTH)
    assert len(found) >= 4
    assert len(QUESTION_FORMS) == 12
    assert ENGLISH.suggestions.ask["when"] == "When"


def test_what_is_tried_is_more_than_what_is_kept() -> None:
    assert (LIMITS.enough_first, LIMITS.most_first) == (8, 32)
    assert (LIMITS.enough_following, LIMITS.most_following) == (3, 6)
