"""Replies as text for a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from qa.types import Count, Reply
from tests import structured
from web.http.examples import ABSTAINED, ANSWERED, CITATION, DIFFERING, EXHAUSTIVE, SAID_AGAIN
from web.rendering.plain import plain_reply, printable


def test_an_answer_has_numbered_sources() -> None:
    reply = convert(ANSWERED, Reply)
    assert plain_reply(reply) == (
        "Takaya Imai\n\n"
        f"{ANSWERED['content'][0]['text']} [1]\n\n"
        "Very confident (91%).\n\n"
        "Sources:\n"
        f"  [1] {CITATION['document_title']} (000_70440dd45b37daba.txt, characters 609-955)\n"
    )
    assert plain_reply(replace(reply, interpreted_as="Who?", answer=None)).startswith("(Understood as: Who?)\n\nIn May")


def test_an_abstention_says_so_and_shows_what_came_nearest() -> None:
    reply = convert(ABSTAINED, Reply)
    text = plain_reply(reply)
    assert text.startswith(
        "The documents do not seem to hold the answer. Nothing here mentions “tungsten” or “boil”. "
        "None of the nearest passages has “temperature”.\n\nThese questions have an answer here:\n"
    )
    for question in reply.suggestions:
        assert f"\n  {question}\n" in text
    assert "\n\nThese passages came nearest." in text
    assert f"  1. {CITATION['document_title']} (000_70440dd45b37daba.txt)\n     In May, the Japanese" in text
    long = replace(reply.passages[0], text="word " * 100)
    shown = [plain_reply(replace(reply, passages=(long,) * 9, related=related)) for related in (False, True)]
    assert [text.count("word …") for text in shown] == [3, 3]
    assert len(shown[0]) < len(shown[1]), "what is hardly about the question is a glimpse"
    marked = replace(reply.passages[0], text="ABSTRACT:** *The", display="ABSTRACT: The")
    assert "     ABSTRACT: The\n" in plain_reply(replace(reply, passages=(marked,)))
    bare = replace(reply, passages=(), missing=(), unmentioned=(), suggestions=())
    none = "The documents do not seem to hold the answer. Nothing in them comes near the question.\n"
    assert plain_reply(bare) == none
    together = "No passage has “Abe” and “tungsten” together."
    assert together in plain_reply(replace(bare, apart=("Abe", "tungsten")))


def test_links_begin_with_the_address_of_the_page() -> None:
    told = plain_reply(convert(ANSWERED, Reply), "https://footnote.example")
    assert told.endswith(f"characters 609-955)\n      https://footnote.example{CITATION['url']}\n")
    reply = convert(ABSTAINED, Reply)
    nearest = f"\n      https://a.example/b{reply.passages[0].url}\n     In May"
    assert nearest in plain_reply(reply, "https://a.example/b")
    assert "://" not in plain_reply(reply)


def test_what_is_said_again_is_named_behind_the_sentence() -> None:
    text = plain_reply(convert(SAID_AGAIN, Reply))
    assert f"{SAID_AGAIN['content'][0]['text']} [1] (also said in [2])\n" in text
    assert "  [2] Trump's pressure pushed Beijing toward Tokyo (003_477d697d00413904.txt, characters 361-565)\n" in text


def test_sources_that_differ_are_set_side_by_side_in_place_of_the_answer() -> None:
    reply = convert(DIFFERING, Reply)
    dated = replace(reply.groups[1], mentions=(replace(reply.groups[1].mentions[0], date="October\x1b 26, 2018"),))
    text = plain_reply(replace(reply, groups=(reply.groups[0], dated)))
    assert text.startswith(
        "Sources differ:\n"
        "  National Security Secretariat Secretary General\n"
        f"    [1] {CITATION['document_title']} (no date)\n"
        "  National Security Adviser\n"
        "    [2] Trump's pressure pushed Beijing toward Tokyo (October 26, 2018)\n\n"
        "But National"
    )
    assert reply.answer
    elsewhere = replace(
        reply, answer=replace(reply.answer, text="skeptical", start_char_index=1362, end_char_index=1371)
    )
    assert plain_reply(elsewhere).startswith("skeptical\n\nSources differ:")


def test_a_count_says_what_was_found_and_what_is_quoted_of_it() -> None:
    reply = convert(EXHAUSTIVE, Reply)
    first, second, third = (block["text"] for block in EXHAUSTIVE["content"])
    assert plain_reply(reply).startswith(
        "2 of 5 documents mention “Yachi”. 5 sentences, 3 of them quoted here. All documents were read.\n\n"
        f"{CITATION['document_title']} (000_70440dd45b37daba.txt)\n  - {first} [1]\n  - {second} [2]\n\n"
        "Trump's pressure pushed Beijing toward Tokyo (003_477d697d00413904.txt)\n"
        f"  - {third} [3]\n\n"
    )
    mixed = replace(reply, content=(reply.content[0], reply.content[2], reply.content[1]))
    assert plain_reply(mixed).split("\n\nVery")[0] == plain_reply(reply).split("\n\nVery")[0]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(("Yachi",), 1, 5, 1, 1), "1 of 5 documents mentions “Yachi”. 1 sentence, all quoted here. All"),
        (
            Count(("a\x1b", "b"), 1200, 1200, 3000, 9),
            "1,200 of 1,200 documents mention “a”, “b”. 3,000 sentences, 9 of",
        ),
        (Count((), 2, 2, 4, 4), "2 of 2 documents mention it. 4 sentences, all quoted here. All documents were read."),
    ],
)
def test_counts_in_words(count: Count, words: str) -> None:
    assert plain_reply(replace(convert(EXHAUSTIVE, Reply), count=count)).startswith(words)


def test_a_count_of_nothing() -> None:
    reply = replace(convert(ABSTAINED, Reply), coverage="exhaustive", count=Count(("zeppelin",), 0, 5, 0, 0))
    words = "None of the 5 documents mentions “zeppelin”. All documents were read.\n"
    assert plain_reply(reply).startswith(f"{words}\nThese passages came nearest.")
    assert plain_reply(replace(reply, passages=())) == words


@given(st.text())
def test_no_document_can_steer_the_terminal(text: str) -> None:
    shown = printable(f"a{text}\x1b[31m\x07\x9b2J")
    assert all(each.isprintable() or each == "\u200d" for each in shown)
    assert printable(shown) == shown


@given(st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs"))))
def test_what_can_be_read_stays(text: str) -> None:
    assert printable(text).split() == text.split()


def content_of(reply: Reply) -> str:
    return plain_reply(reply).partition("\n\nVery confident")[0]


def test_a_list_has_its_markers_and_indents() -> None:
    assert content_of(structured.steps()) == (
        "To install it, follow these steps: [1]\n"
        "  3. Download the archive. [2]\n"
        "  4. Unpack it. Keep its name. [3]\n"
        "    - On Linux use tar. [4]\n"
        "    - On Windows: [5]\n"
        "      a) open the explorer [6]\n"
        "  7. Start the service. [7]"
    )


def test_rows_are_a_table_and_one_row_is_its_values_by_name() -> None:
    assert content_of(structured.rows()) == (
        "The ports are: [1]\n  Port  Used by  Open\n  8080  http     yes   [2][3]\n  9090           a|b   [4][5][6]"
    )
    assert content_of(structured.rows(1)) == "The ports are: [1]\n  Port: 8080\n  Used by: http\n  Open: yes [2][3]"
    twice = replace(structured.wide(), content=structured.wide().content * 2)
    assert "\n  Column number 8: a value of 8 words, or so [1][2]\n" in content_of(twice), "too wide for a table"


def test_the_place_in_the_original_is_said() -> None:
    reply = convert(ANSWERED, Reply)
    block = reply.content[0]
    paged = replace(block, citations=(replace(block.citations[0], page=3, place="page 3"),))
    assert "(000_70440dd45b37daba.txt, page 3, characters 609-955)" in plain_reply(replace(reply, content=(paged,)))


def test_wide_characters_keep_columns_in_line() -> None:
    reply = structured.rows()
    first = reply.content[0]
    entry = replace(first.entries[1], text="港湾")
    changed = replace(first, entries=(first.entries[0], entry, first.entries[2]))
    assert "  8080  港湾     yes   [2][3]\n" in content_of(replace(reply, content=(changed, reply.content[1])))


def test_records_and_code() -> None:
    assert content_of(structured.records()) == "  Name: Ada Kowalska [1]\n  Phone: +48 555 [2]"
    assert content_of(structured.code()) == (
        'Restart it with: [1]\n    sudo restart <b>\n      echo "```done```" # [x](y)\n  [2]'
    )


def test_sentences_and_what_is_structured_are_paragraphs() -> None:
    parts = content_of(structured.mixed()).split("\n\n")
    assert [part.split("\n")[0] for part in parts] == [
        "Restart it with: [1]",
        "To install it, follow these steps: [2]",
        "The ports are: [9]",
        "Restart it with: [15]",
        "Restart it with: [17]",
    ]


def test_code_cannot_steer_a_terminal() -> None:
    (block,) = structured.code().content
    last = replace(block.citations[-1], cited_text="ls\x1b[2J\r\n\tb\u202e\x07")
    reply = replace(structured.code(), content=(replace(block, citations=(block.citations[0], last)),))
    assert "    ls[2J\n    \tb\n" in content_of(reply)
