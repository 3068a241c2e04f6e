import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.composing.redundancy import gives_numbers_of, repeats, saying

CLOSED = "The bridge at Weir has been closed to all carts since a barge struck it in 1921."


def same(new: str, said: str) -> bool:
    return repeats(saying(new), saying(said))


@pytest.mark.parametrize(
    "again",
    [
        CLOSED.upper(),
        "“The bridge at Weir has been closed to all carts, since a barge struck it in 1921!”",
        "The  bridge at\u00a0Weir has been\nclosed to all carts since a barge struck it in 1921",
        "The bridge at Weir has been closed[3] to all carts² since a barge struck it in 1921.(*1)",
        "As a result, the bridge at Weir was closed to all carts since a barge had struck it in 1921.",
        "Since a barge struck it in 1921, the bridge at Weir has been closed to all carts.",
        "Bridge at Weir closed since barge struck it in 1921",
    ],
)
def test_the_same_in_nearly_the_same_words_is_a_repetition(again: str) -> None:
    assert same(again, CLOSED)


@pytest.mark.parametrize(
    "other",
    [
        "The bridge at Weir has been closed to all carts since a barge struck it in 1912.",
        "The bridge at Ham has been closed to all carts since a barge struck it in 1921.",
        "The bridge at Weir has not been closed to all carts since a barge struck it in 1921.",
        "The bridge at Weir hasn't been closed to all carts since a barge struck it in 1921.",
        "The bridge at Weir has been opened to all carts since a barge struck it in 1921.",
        "The bridge at Weir has been closed to all carts since a flood struck it in 1921.",
        "The mayor denied that the bridge at Weir has been closed to all carts since a barge struck it in 1921.",
        "The bridge at Weir may be closed to all carts since a barge struck it in 1921.",
        "The bridge at Weir has been closed to all carts until a barge struck it in 1921.",
        "The bridge was closed.",
        "The bridge at Weir has been closed to all carts since a barge struck it in 1921, and on 3 May of the year "
        "after it the council of the town met in the old mill to hear what bakers and millers wanted to be done.",
    ],
)
def test_another_number_name_date_cause_or_negation_is_no_repetition(other: str) -> None:
    assert not same(other, CLOSED)
    assert not same(CLOSED, other)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Weir lent Ham money for a mill.", "Ham lent Weir money for a mill."),
        ("Abe met Xi in Weir.", "Abe was met by Xi in Weir."),
        ("The price rose from 5 to 10 crowns.", "The price rose from 10 to 5 crowns."),
        ("The mill made 1.5 tons of flour.", "The mill made 15 tons of flour."),
        ("The mill made $5 million.", "The mill made €5 million."),
        ("In Weir he left the town council.", "In Weir she left the town council."),
        ("More than 500 bakers came to Weir.", "Fewer than 500 bakers came to Weir."),
        ("It is open.", "They are open."),
        ("...", "!!!"),
    ],
)
def test_the_same_words_can_say_another_thing(left: str, right: str) -> None:
    assert not same(left, right)
    assert not same(right, left)


def test_numbers_are_alike_however_they_are_written() -> None:
    assert same("The mill employs two thousand and 3,000 bakers.", "The mill employs 2 thousand and 3000 bakers.")
    assert same("Prices of flour rose 5 percent in Weir.", "Prices of flour rose 5% in Weir.")


def test_a_longer_sentence_that_adds_a_number_is_no_repetition() -> None:
    short = "The stone bridge over the river at Weir was built of granite and oak."
    longer = "The stone bridge over the river at Weir was built of granite and oak in 1450."
    assert same(short, longer)
    assert not same(longer, short)


def test_a_longer_sentence_that_adds_much_is_no_repetition() -> None:
    short = "The stone bridge over the river at Weir was built of granite."
    assert same(f"{short[:-1]} and oak.", short)
    assert not same(f"{short[:-1]} while bakers, millers and ferrymen looked on.", short)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_repeats_itself_if_it_says_anything_and_nothing_repeats_the_empty(left: str, right: str) -> None:
    said = saying(left)
    assert repeats(said, said) is bool(said.content)
    assert not repeats(saying(""), saying(right))


def test_a_title_without_the_figure_does_not_give_it_again() -> None:
    said = saying("The new quay of Norhaven cost 5.1 million euros.")
    title = saying("What the new quay of Norhaven cost")
    assert repeats(title, said), "it adds nothing"
    assert not gives_numbers_of(title, said)
    assert gives_numbers_of(saying("Norhaven's new quay: 5.1 million euros, interest included."), said)
