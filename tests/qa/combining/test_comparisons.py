"""What a question sets beside each other, by its form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.combining.comparisons import comparison_intent, sources_topic
from qa.combining.values import greater
from qa.language.english import ENGLISH

_MEASURES = ENGLISH.combining.measures


@pytest.mark.parametrize(
    ("question", "names", "asked"),
    [
        ("What is the difference between a lock and a weir?", ("a lock", "a weir"), "What is a lock?"),
        (
            "Difference between the mill and the lock in price",
            ("the mill", "the lock"),
            "What is the price of the mill?",
        ),
        ("How does Weir differ from Ghent?", ("Weir", "Ghent"), "What is Weir?"),
        (
            "What is the difference between Weir's and Ghent's view of the mill?",
            ("Weir's view of the mill", "Ghent's view of the mill"),
            "What is Weir's view of the mill?",
        ),
        ("lock vs. weir", ("lock", "weir"), "What is lock?"),
        ("Please compare Weir with Ghent", ("Weir", "Ghent"), "What is Weir?"),
        ("Is tower A higher than tower B?", ("tower A", "tower B"), "How high is tower A?"),
        ("Was the mill built before the lock?", ("the mill", "the lock"), "When was the mill built?"),
        ("Did the mill open earlier than the lock?", ("the mill", "the lock"), "When did the mill open?"),
        ("Which is larger, Weir or Ghent?", ("Weir", "Ghent"), "How large is Weir?"),
        ("Is Weir or Ghent older?", ("Weir", "Ghent"), "How old is Weir?"),
    ],
)
def test_two_things_are_set_beside_each_other(question: str, names: tuple[str, str], asked: str) -> None:
    intent = comparison_intent(question)
    assert intent is not None
    assert tuple(side.name for side in intent.sides) == names
    assert intent.sides[0].questions[0] == asked


@pytest.mark.parametrize(
    "question",
    [
        "How does it differ from Ghent?",
        "Is Weir larger than that?",
        "What is the bridge between Weir and Ghent?",
        "Who won, Weir or Ghent?",
        "Is Weir a larger town?",
        "What is Weir?",
    ],
)
def test_other_questions_compare_nothing(question: str) -> None:
    assert comparison_intent(question) is None
    assert sources_topic(question) is None


def test_sources_are_compared_on_something() -> None:
    assert sources_topic("How do the sources differ on the flood?") == "flood"
    assert sources_topic("Do the two reports agree on why it fell?") == "why it fell"
    assert sources_topic("How do the mills differ on the flood?") is None


@pytest.mark.parametrize(
    ("more", "left", "right", "expected"),
    [
        ("higher", "A is 80 m high.", "B is 0.12 km high.", 1),
        ("lower", "A is 80 m high.", "B is 120 m high.", 0),
        ("higher", "A is 80 m high.", "B weighs 120 kg.", None),
        ("higher", "A is 80 m high.", "B was 90 m high and is 70 m high now.", None),
        ("higher", "A is about 80 m high.", "B is 82 m high.", None),
        ("older", "A opened in 1821.", "B opened in May 1740.", 1),
        ("later", "A opened in 1821.", "B opened in May 1740.", 0),
        ("older", "A opened in 1821.", "B opened in May 1821.", None),
    ],
)
def test_two_values_are_compared_where_both_are_sure(more: str, left: str, right: str, expected: int | None) -> None:
    assert greater(left, right, _MEASURES[more]) == expected


@given(st.text(max_size=80))
def test_any_question_can_be_looked_at(text: str) -> None:
    comparison_intent(text)
    comparison_intent(f"Is {text} higher than {text}b?")
    sources_topic(text)
