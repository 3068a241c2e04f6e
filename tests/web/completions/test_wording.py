"""A reply as a chat message: every sentence with its marks, nothing that documents say as markup, and back again."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import convert
from msgspec.structs import replace

from qa.types import Count, Reply
from tests import structured
from web.completions.completion import message_text
from web.completions.wording import inert, parse_message, pieces
from web.http.examples import ABSTAINED, ANSWERED, CITATION, DIFFERING, EXHAUSTIVE, SAID_AGAIN
from web.rendering.plain import printable

TITLE = CITATION["document_title"]
OTHER_TITLE = "Trump's pressure pushed Beijing toward Tokyo"
TRICKY = st.text("ab1 .()[]{}<>!`#*+-_~=>:&|\\\n\"'/")
HARMLESS = {"text", "text_special", "em_open", "em_close", "strong_open", "strong_close"}


def _reply(example: dict[str, object], **changes: object) -> Reply:
    return replace(convert(example, Reply), **changes)


def test_an_answer_is_the_short_answer_the_sentences_and_their_sources() -> None:
    assert message_text(_reply(ANSWERED)) == (
        "**Takaya Imai** [1]\n\n"
        f"{ANSWERED['content'][0]['text']} [1]\n\n"
        "Very confident (91%).\n\n"
        f"Sources:\n- [1] {TITLE}: {CITATION['url']}"
    )
    paged = replace(convert(ANSWERED, Reply).content[0].citations[0], page=3, document_title="")
    block = replace(convert(ANSWERED, Reply).content[0], citations=(paged,))
    assert f"- [1] Untitled, page 3: {CITATION['url']}" in message_text(_reply(ANSWERED, content=(block,)))
    celled = replace(paged, place="Sales!A2:D2")
    said = message_text(_reply(ANSWERED, content=(replace(block, citations=(celled,)),)))
    assert f"- [1] Untitled, {inert(celled.spot)}: {CITATION['url']}" in said


def test_what_was_understood_comes_first() -> None:
    text = message_text(_reply(ANSWERED, interpreted_as="Who is Takaya Imai?"))
    assert text.startswith("Interpreted as: Who is Takaya Imai?\n\n**Takaya Imai** [1]\n\n")
    assert parse_message(text).interpreted_as == "Who is Takaya Imai?"


def test_an_abstention_is_a_plain_sentence() -> None:
    text = message_text(_reply(ABSTAINED))
    assert text.startswith("The documents do not seem to hold the answer. Nothing here mentions “tungsten” or “boil”.")
    assert text.endswith("about?")
    assert parse_message(text).text == ""
    note = "Diese Frage ist auf Deutsch. Footnote reads English well."
    assert parse_message(message_text(_reply(ABSTAINED, language="de", message=note))).text == ""
    nothing = Count(("zeppelin",), 0, 5, 0, 0)
    text = message_text(_reply(ABSTAINED, coverage="exhaustive", count=nothing))
    assert text == "None of the 5 documents mentions “zeppelin”. All documents were read."


def test_what_is_said_again_has_marks_too() -> None:
    text = message_text(_reply(SAID_AGAIN))
    assert f"{SAID_AGAIN['content'][0]['text']} [1] (also said in [2])\n" in text
    assert parse_message(text).text == SAID_AGAIN["content"][0]["text"]


def test_sides_stand_before_the_sentences_in_place_of_a_short_answer() -> None:
    text = message_text(_reply(DIFFERING))
    assert text.startswith(
        "Sources differ:\n"
        f"- **National Security Secretariat Secretary General**: [1] {TITLE} (no date)\n"
        f"- **National Security Adviser**: [2] {OTHER_TITLE} (no date)\n\n"
    )
    assert parse_message(text).text == " ".join(block["text"] for block in DIFFERING["content"])


def test_a_count_lists_the_sentences_by_document() -> None:
    first, second, third = (block["text"] for block in EXHAUSTIVE["content"])
    assert message_text(_reply(EXHAUSTIVE)).startswith(
        "2 of 5 documents mention “Yachi”. 5 sentences, 3 of them quoted here. All documents were read.\n\n"
        f"{TITLE} (000_70440dd45b37daba.txt):\n- {first} [1]\n- {second} [2]\n\n"
        f"{OTHER_TITLE} (003_477d697d00413904.txt):\n- {third} [3]\n\nVery"
    )


@pytest.mark.parametrize("shown", [ANSWERED, SAID_AGAIN, DIFFERING])
def test_of_an_answer_its_sentences_are_remembered(shown: dict[str, object]) -> None:
    reply = _reply(shown)
    assert parse_message(message_text(reply)).text == " ".join(block.text for block in reply.content)
    assert parse_message(message_text(reply).replace("\n", "\r\n")) == parse_message(message_text(reply))


def test_of_an_abstention_nothing_is_remembered() -> None:
    assert parse_message(message_text(_reply(ABSTAINED, interpreted_as="Which?"))) == parse_message(
        "Interpreted as: Which?"
    )


def test_of_what_others_said_all_is_remembered() -> None:
    assert (
        parse_message("He was **born** there.\n\nSources: his mother.").text
        == "He was **born** there. Sources: his mother."
    )


@given(TRICKY)
@example("[3] says so")
@example("![a](http://evil/a.png)")
@example("[a]: http://evil")
@example("ends with \\")
@example("**a**")
def test_whatever_a_document_says_it_is_remembered_as_it_is(text: str) -> None:
    reply = convert(ANSWERED, Reply)
    block = replace(reply.content[0], text=text)
    assert parse_message(message_text(replace(reply, content=(block,)))).text == printable(text)


@given(TRICKY | st.text())
@example("<img src=x>")
@example("~~~")
@example("1. a")
@example("- - -")
@example("[a](b)")
@example("```")
@example("<http://evil>")
def test_nothing_a_document_says_is_a_link_a_picture_code_or_a_block(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(inert(text))
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    for token in tokens:
        assert {child.type for child in token.children or ()} <= HARMLESS


def test_plain_words_stay_as_they_are() -> None:
    plain = "In 1998 (see [the note] and §3), snake_case cost $5 * 3 < 20 & more; a\\b 5. Mai"
    assert inert(plain) == plain


def parsed(reply: Reply) -> list[str]:
    """Kinds and contents of a Markdown parser's tokens."""
    text = message_text(reply).partition("\n\nVery confident")[0]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [
        f"{each.type} {each.info or each.content}".strip() for each in tokens if not each.type.startswith("paragraph")
    ]


def test_a_list_is_one_and_numbered_as_the_document_has_it() -> None:
    text = message_text(structured.steps())
    assert text.startswith(
        "To install it, follow these steps: [1]\n\n3. Download the archive. [2]\n4. Unpack it. Keep its name. [3]\n"
        "   - On Linux use tar. [4]\n   - On Windows: [5]\n     - a) open the explorer [6]\n"
        "- 7\\. Start the service. [7]\n\n"
    )
    assert parsed(structured.steps()).count("ordered_list_open") == 1


def test_rows_are_a_table_and_one_row_its_values_by_name() -> None:
    found = parsed(structured.rows())
    assert "table_open" in found
    assert "inline 9090" in found
    assert "inline a|b [4][5][6]" in [each.replace("\\|", "|") for each in found]
    assert "**Port:** 8080  \n**Used by:** http  \n**Open:** yes [2][3]\n\n" in message_text(structured.rows(1))
    assert "**Name:** Ada Kowalska [1]  \n**Phone:** +48 555 [2]\n\n" in message_text(structured.records())


def test_code_stands_in_a_fence_longer_than_any_in_it() -> None:
    (block,) = structured.code().content
    found = parsed(structured.code())
    assert f"fence {block.citations[-1].cited_text}" in found
    assert found[-1] == "inline [2]"
    more = replace(block.citations[-1], cited_text="`````\n<b>\n~~~")
    reply = replace(structured.code(), content=(replace(block, citations=(block.citations[0], more)),))
    assert "fence `````\n<b>\n~~~" in parsed(reply)


@pytest.mark.parametrize(
    "make", [structured.steps, structured.rows, structured.records, structured.code, structured.mixed]
)
def test_every_mark_of_what_is_structured_is_where_it_says(make: Callable[[], Reply]) -> None:
    reply = make()
    told = list(pieces(reply, ""))
    marks = [(each.citation.number, piece.text[each.start : each.end]) for piece in told for each in piece.marks]
    assert marks == [(number, f"[{number}]") for number, _ in enumerate(marks, 1)]
    assert len(marks) == sum(len(block.citations) for block in reply.content)


@given(TRICKY, TRICKY)
@example("a\\*b", "|\\")
@example("**a**", "| --- |")
def test_nothing_in_a_cell_or_name_is_markup(label: str, text: str) -> None:
    reply = structured.rows()
    blocks = [
        replace(block, entries=(replace(block.entries[0], label=label or "x", text=text or "x"), *block.entries[1:]))
        for block in reply.content
    ]
    for content, rows in ((blocks, 2), (blocks[:1], 0)):
        message = message_text(replace(reply, content=tuple(content))).partition("\n\nVery confident")[0]
        tokens = MarkdownIt("commonmark").enable("table").parse(message)
        assert sum(each.type == "tr_open" for each in tokens) == (rows + 1 if rows else 0)
        assert sum(each.type == "td_open" for each in tokens) == 3 * rows
        assert {child.type for each in tokens for child in each.children or ()} <= HARMLESS | {"hardbreak"}
