"""What a follow-up may point back to, and the signs that tell what a name is of."""

import pytest
from msgspec.structs import replace

from qa.followups.antecedents import antecedents
from qa.language.english import ENGLISH
from qa.types import Citation, ContentBlock, Turn
from tests.conversations import turn

FORMS = ENGLISH.follow_ups
LOCK = turn(
    "Who opened it?",
    "Ada Byron, an engineer, opened the canal lock of Weir in Ghent.",
    "Ada Byron",
    title="Weir Lock (canal)",
)


def with_blocks(before: Turn, *texts: str) -> Turn:
    """The turn, its reply with these sentences more."""
    assert before.reply is not None
    (first,) = before.reply.content
    more = tuple(ContentBlock(text, first.citations) for text in texts)
    return replace(before, reply=replace(before.reply, content=(first, *more)))


def test_each_is_told_by_its_signs() -> None:
    found = antecedents("and then?", [LOCK], FORMS)
    assert found.topic == "Weir Lock"  # the title, without what is in brackets
    assert found.persons[0] == "Ada Byron"
    assert found.places == ("Ghent",)
    assert found.things == ("Weir", "Ghent")


def test_without_a_reply_the_answer_tells() -> None:
    found = antecedents("and then?", [replace(LOCK, reply=None)], FORMS)
    assert (found.topic, found.persons, found.places) == ("Weir", ("Ada Byron",), ("Ghent",))


def test_what_the_question_names_itself_is_no_antecedent() -> None:
    assert antecedents("and Ghent?", [LOCK], FORMS).places == ()


def test_two_sentences_of_a_reply_name_what_was_spoken_of() -> None:
    before = with_blocks(LOCK, "Carl Holm came to Oslo.", "Paul Rask came to Bergen.")
    found = antecedents("and then?", [before], FORMS)
    assert "Carl Holm" in found.persons
    assert "Oslo" in found.things
    assert "Paul Rask" not in found.persons
    assert "Bergen" not in found.things


@pytest.mark.parametrize(
    ("title", "topic"),
    [("Weir Lock", "Weir Lock"), ("Weir lock", ""), ("Lock of Weir (canal)", "Lock of Weir"), ("Who is it?", "")],
)
def test_a_title_of_capitals_but_for_joining_words_is_a_topic(title: str, topic: str) -> None:
    assert antecedents("and then?", [turn("what happened?", "It rained.", title=title)], FORMS).topic == topic


def test_the_title_is_that_of_the_first_citation() -> None:
    before = turn("what happened?", "It rained.", title="Weir Lock")
    assert before.reply is not None
    other: Citation = replace(before.reply.content[0].citations[0], document_title="Mill of Ely")
    block = ContentBlock("It rained.", (*before.reply.content[0].citations, other))
    both = replace(before, reply=replace(before.reply, content=(block,)))
    assert antecedents("and then?", [both], FORMS).topic == "Weir Lock"
