"""Replies as text for a terminal."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from qa.types import Reply
from web.examples import ABSTAINED, ANSWERED, CITATION
from web.plain import plain_reply, printable


def test_an_answer_has_numbered_sources() -> None:
    reply = convert(ANSWERED, Reply)
    assert plain_reply(reply) == (
        "Takaya Imai\n\n"
        f"{ANSWERED['content'][0]['text']} [1]\n\n"
        "Sources:\n"
        f"  [1] {CITATION['document_title']} (000_70440dd45b37daba.txt, characters 609-955)\n"
    )
    assert plain_reply(replace(reply, interpreted_as="Who?", answer=None)).startswith("(Understood as: Who?)\n\nIn May")


def test_an_abstention_says_so_and_shows_what_came_nearest() -> None:
    reply = convert(ABSTAINED, Reply)
    text = plain_reply(reply)
    assert text.startswith("That is not in these documents.")
    assert f"  1. {CITATION['document_title']} (000_70440dd45b37daba.txt)\n     In May, the Japanese" in text
    long = replace(reply.passages[0], text="word " * 100)
    assert plain_reply(replace(reply, passages=(long,) * 9)).count("word …") == 3
    assert plain_reply(replace(reply, passages=())) == "That is not in these documents: nothing in them comes near.\n"


@given(st.text())
def test_no_document_can_steer_the_terminal(text: str) -> None:
    shown = printable(f"a{text}\x1b[31m\x07\x9b2J")
    assert all(each.isprintable() or each == "\u200d" for each in shown)
    assert printable(shown) == shown


@given(st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs"))))
def test_what_can_be_read_stays(text: str) -> None:
    assert printable(text).split() == text.split()
