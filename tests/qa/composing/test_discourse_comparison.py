import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.composing.discourse import comparison, speaks_of
from qa.language.question import analyse


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Is Weir larger than Ham?", ("weir", "ham")),
        ("What is the difference between the mill of Weir and the mill of Ham?", ("weir", "ham")),
        ("How do cats compare to dogs in hunting?", ("cats", "dogs")),
        ("How did the price of bread in Weir move compared with Ham?", ("weir", "ham")),
        ("Compare what the first and second floods did to the bridge", ("first", "second")),
        ("Is the mayor's name spelled Byron or Biron?", ("byron", "biron")),
        ("Why is rail cheaper than road?", ("rail", "road")),
        ("Which is older, the mill or the bakery?", ("mill", "bakery")),
        ("How many people live in Weir and Ham?", ()),
        ("Did more than 500 bakers come?", ()),
        ("Who sold the mill and the house?", ()),
    ],
)
def test_the_things_compared_are_told_apart(question: str, things: tuple[str, ...]) -> None:
    assert comparison(analyse(question)).things == things


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("What age do the two articles give the mayor?", True),
        ("Do the reports say when the bridge fell?", True),
        ("What are the main sources of energy?", False),
        ("What are the various sources of income of the town?", False),
        ("Who wrote the article?", False),
    ],
)
def test_what_several_documents_say_can_be_asked_for(question: str, documents: bool) -> None:
    assert comparison(analyse(question)).documents is documents


def test_only_what_sets_things_beside_each_other_is_answered_at_length() -> None:
    assert comparison(analyse("How does the mill differ from the bakery?")).at_length
    assert not comparison(analyse("Is the mill made of stone or brick?")).at_length


def test_a_thing_is_known_in_any_form() -> None:
    assert speaks_of("bakery", "Two bakeries stand there.")
    assert speaks_of("ham", "In Ham.")
    assert not speaks_of("ham", "The hammer fell.")
    assert not speaks_of("byron", "It was Biron.")


@given(st.text(max_size=80))
def test_any_question_can_be_looked_at(text: str) -> None:
    assert len(comparison(analyse(text)).things) in (0, 2)
