import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.datasets.perturbation import swapped

TEXT = "In 1821 the oldest mill of Weir was built by Ada Byron. It has 3 wheels."
QUESTION = "When did Ada Byron build the oldest mill, in 1821?"
seeds = st.integers(0, 10_000)


def swap(question: str, seed: int, others: tuple[str, ...] = (), text: str = TEXT) -> str | None:
    return swapped(question, text, others, random.Random(seed))


@given(seeds)
def test_one_thing_is_exchanged(seed: int) -> None:
    made = swap(QUESTION, seed, ("Mary Evans", "Ghent"))
    assert made is not None
    before, after = QUESTION.rstrip("?").split(), made.rstrip("?").split()
    assert len(before) == len(after)
    changed = {(old, new) for old, new in zip(before, after, strict=True) if old != new}
    if changed != {("Ada", "Mary"), ("Byron", "Evans")} and changed != {("oldest", "youngest")}:
        ((old, new),) = changed
        assert old == "1821"
        assert new.startswith("18")
        assert new.isdigit()


def test_each_way_is_taken_now_and_then() -> None:
    made = {swap(QUESTION, seed, ("Mary Evans",)) for seed in range(40)}
    assert any(question and "Mary Evans" in question for question in made)
    assert any(question and "youngest" in question for question in made)
    assert any(question and "1821" not in question for question in made)


@given(seeds)
def test_the_same_draw_gives_the_same_question(seed: int) -> None:
    assert swap(QUESTION, seed, ("Mary Evans",)) == swap(QUESTION, seed, ("Mary Evans",))


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("Who burned it?", ("Mary Evans",)),
        ("What did Ada Byron do?", ("Ghent",)),  # no name of as many words
        ("What did Ada Byron do?", ()),
        ("Where is Weir?", ("Weir",)),  # the same again
        ("What did Mary Evans do in 1901?", ("Jane Doe",)),  # what the text does not speak of
    ],
)
def test_where_nothing_can_be_exchanged_there_is_no_question(question: str, others: tuple[str, ...]) -> None:
    assert [swap(question, seed, others) for seed in range(10)] == [None] * 10


@given(seeds)
def test_a_new_number_or_name_is_none_of_the_texts(seed: int) -> None:
    text = "Of 3 mills in Weir, 31, 32, 34, 35, 36, 37, 38 or 39 burned; Ghent has 30."
    made = swap("How many of 3 mills in Weir?", seed, ("Ghent", "Ostend"), text)
    assert made is None or "Ostend" in made
