"""What a question is about, what a sentence states of it, and whether two state it of one thing."""

import pytest

from index.language.dates import Date
from qa.composing.statements import Statement, same_thing, statement, topic_of
from qa.language.question import analyse
from tests.qa.composing.test_conflicts import WORDS, read


def stated(question: str, text: str) -> Statement | None:
    """What the sentence with the [value] states of what is asked."""
    found, opened = read(text)
    return statement(topic_of(analyse(question), WORDS), found.spans[0], found, opened, WORDS)


def of_one_thing(question: str, one: str, other: str) -> bool:
    found, opened = read(one, other)
    topic = topic_of(analyse(question), WORDS)
    left, right = (statement(topic, span, found, opened, WORDS) for span in found.spans)
    assert left is not None
    assert right is not None
    assert same_thing(topic, left, right, WORDS) is same_thing(topic, right, left, WORDS)
    return same_thing(topic, left, right, WORDS)


def test_a_topic_is_what_is_spoken_of() -> None:
    topic = topic_of(analyse("In which year did Keller and 16 men open the Weir lock in 1821?"), WORDS)
    assert set(topic.names) == {"keller", "weir", "16"}
    assert {"keller", "weir", "open", "lock", "men"} <= set(topic.words)
    assert not {"year", "1821"} & set(topic.words)
    assert topic.dates == (Date(1821, 1821),)
    assert "open" in topic.keys
    assert not {"16", "keller"} & topic.keys


def test_a_number_is_not_what_happened() -> None:
    assert "bring" in topic_of(analyse("What did the miller bring 3rd?"), WORDS).keys
    assert "3rd" not in topic_of(analyse("What did the miller bring 3rd?"), WORDS).keys
    assert "c" in topic_of(analyse("What did the miller write in c?"), WORDS).words


LOCK = "When was the Weir lock opened?"


@pytest.mark.parametrize(
    ("question", "sentence", "states"),
    [
        (LOCK, "The Weir lock was opened in [1821].", True),
        (LOCK, "The Weir lock was opened in [haste].", False),  # no date
        (LOCK, "The Weir lock was not opened in [1821].", False),
        (LOCK, "Bread was baked in [1821].", False),
        ("Who opened the Weir lock?", "The Weir lock was opened by [Ada Keller].", True),
        ("Who opened the Weir lock?", "The Weir lock was also opened by [Ada Keller].", False),
        (LOCK, "The Weir lock was also opened in [1821].", True),
        ("When was the Weir lock opened in 1821?", "The Weir lock was opened on [3 May 1821].", True),
        ("When was the Weir lock opened in 1821?", "The Weir lock was opened on [3 May 1822].", False),
        ("Who opened the Weir lock in 1821?", "The Weir lock was opened by [Ada Keller] in 1821.", True),
        ("Who opened the Weir lock in 1821?", "The Weir lock was opened by [Ada Keller] in 1822.", False),
        ("Who opened the Weir lock in 1821?", "The Weir lock was opened by [Ada Keller].", False),
    ],
)
def test_a_sentence_states_a_value_of_what_is_asked(question: str, sentence: str, states: bool) -> None:
    assert (stated(question, sentence) is not None) is states


@pytest.mark.parametrize(
    ("value", "states"),
    [("20 kg", True), ("20", False), ("1821", True), ("the boat", False)],
)
def test_of_an_open_question_only_dates_and_numbers_with_a_unit_are_values(value: str, states: bool) -> None:
    found = stated("What did the Weir lock take?", f"The Weir lock did take [{value}] of them, and 30 km of rope.")
    assert (found is not None) is states
    assert found is None or len(found.values) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Weir lock was opened in [1821].", "The Weir lock was opened in [1823].", True),
        ("The Weir lock was opened in [1821] in Ghent.", "The Weir lock was opened in [1823] in Ghent.", True),
        ("The Weir lock was opened in [1821] in Ghent.", "The Weir lock was opened in [1823].", True),
        ("The Weir lock was opened in [1821] in Ghent.", "The Weir lock was opened in [1823] in Bruges.", False),
        ("The Weir lock was opened in [1821].", "The Weir lock was reopened in [1823].", False),
        ("The Weir lock was opened in [1821].", "The Weir lock was opened again in [1823].", False),
    ],
)
def test_two_sentences_speak_of_one_thing(one: str, other: str, same: bool) -> None:
    assert of_one_thing(LOCK, one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("[25 states] signed the Orrin treaty.", "[30 states] signed the Orrin treaty.", True),
        ("[25 states] signed the Orrin treaty.", "[16 coastal states] signed the Orrin treaty.", False),
        ("[25 states] signed the Orrin treaty.", "[3 more states] signed the Orrin treaty.", False),
        ("In 1990 [25 states] signed the Orrin treaty.", "In 1995 [30 states] signed the Orrin treaty.", False),
    ],
)
def test_the_same_is_counted(one: str, other: str, same: bool) -> None:
    assert of_one_thing("How many states signed the Orrin treaty?", one, other) is same
