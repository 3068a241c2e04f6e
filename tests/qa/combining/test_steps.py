"""Questions in two steps: their form, and what comes of them over a folder of their own."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.bootstrap import ServiceSettings, open_answerer
from qa.combining.steps import two_steps
from qa.pipeline import Answerer

BOOK = "# The Weir Chronicle\n\nThe Weir Chronicle was written by Ada Kawa. It tells the history of the town.\n"
LIFE = "# Ada Kawa\n\nAda Kawa was born in Ghent in 1821. She died in Bruges.\n\nThe mayor of Weir is Carl Loft.\n"


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Where was the author of Weir born?", "Who was the author of Weir?", "Where was X born?"),
        ("When did the mayor of Weir die?", "Who is the mayor of Weir?", "When did X die?"),
        ("Where was the man who built the mill born?", "Who built the mill?", "Where was X born?"),
        ("Who is the wife of the mayor of Weir?", "Who is the mayor of Weir?", "Who is the wife of X?"),
    ],
)
def test_a_thing_told_by_another_is_asked_for_first(question: str, first: str, second: str) -> None:
    steps = two_steps(question)
    assert steps is not None
    assert (steps.first, steps.second("X")) == (first, second)


@pytest.mark.parametrize(
    "question",
    [
        "Where was Ada Kawa born?",
        "Who is the mayor of Weir?",
        "Where was the author of it born?",
        "When did the Bank of Weir open?",  # a name
        "When did the wife of Weir make What a Wonderful World?",
        "What is the name of the Latin translation of the Chronicle?",
    ],
)
def test_one_step_is_enough_for_others(question: str) -> None:
    assert two_steps(question) is None


@given(st.text(max_size=80))
def test_any_question_can_be_looked_at(text: str) -> None:
    two_steps(text)
    two_steps(f"Where was the author of {text} born?")


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "book.md").write_text(BOOK)
    (folder / "life.md").write_text(LIFE)
    with open_answerer(folder, ServiceSettings(data_folder=tmp_path_factory.mktemp("data"))) as made:
        yield made


def test_both_steps_are_cited_in_order(answerer: Answerer) -> None:
    reply = answerer.ask("Where was the author of the Weir Chronicle born?")
    assert [block.text for block in reply.content] == [
        "The Weir Chronicle was written by Ada Kawa.",
        "Ada Kawa was born in Ghent in 1821.",
    ]
    assert (reply.answer and reply.answer.text, reply.interpreted_as) == ("Ghent", "Where was Ada Kawa born?")
    assert reply.message == "Taken in two steps: the author of the Weir Chronicle is Ada Kawa."


def test_the_first_step_alone_answers_nothing(answerer: Answerer) -> None:
    reply = answerer.ask("Where was the mayor of Weir born?")
    assert not reply.answered
