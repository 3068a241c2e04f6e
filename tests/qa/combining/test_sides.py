"""Things and sources set beside each other, over a folder of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.bootstrap import ServiceSettings, open_answerer
from qa.pipeline import Answerer
from qa.types import AskOptions, Reply
from web.rendering.plain import plain_reply

FILES = {
    "towers.md": """# Towers of Weir

Published 3 May 2019

Tower A is 80 metres high. Tower B is 120 metres high. The harbour was closed because the sea wall broke.
""",
    "plans.md": """# Plans and prices

Published 12 June 2021

The Basic plan includes one seat. The Team plan includes ten seats. The harbour was closed for lack of money.
""",
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder: Path = tmp_path_factory.mktemp("corpus")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    with open_answerer(folder, ServiceSettings(data_folder=tmp_path_factory.mktemp("data"))) as made:
        yield made


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(block.about, block.text) for block in reply.content]


def test_each_side_has_its_sentence_and_two_values_a_conclusion(answerer: Answerer) -> None:
    reply = answerer.ask("Is tower A higher than tower B?")
    assert told(reply) == [("tower A", "Tower A is 80 metres high."), ("tower B", "Tower B is 120 metres high.")]
    assert reply.message == "By these two values: tower B is higher."
    assert "tower A: Tower A is 80 metres high. [1]" in plain_reply(reply)


def test_a_side_that_is_not_there_is_said_to_be_missing(answerer: Answerer) -> None:
    reply = answerer.ask("What is the difference between the Team plan and the Gold plan?")
    assert told(reply) == [("the Team plan", "The Team plan includes ten seats.")]
    assert reply.message == "Nothing was found on “the Gold plan”, only on “the Team plan”."


def test_sources_are_set_beside_each_other_the_newest_first(answerer: Answerer) -> None:
    reply = answerer.ask("How do the sources differ on why the harbour was closed?")
    assert told(reply) == [
        ("Plans and prices (12 June 2021)", "The harbour was closed for lack of money."),
        ("Towers of Weir (3 May 2019)", "The harbour was closed because the sea wall broke."),
    ]


def test_it_can_be_taken_as_it_is_put(answerer: Answerer) -> None:
    question = "Is tower A higher than tower B?"
    plain = answerer.ask(question, None, AskOptions(interpreted_as=question))
    assert plain.answered
    assert not any(block.about for block in plain.content)
