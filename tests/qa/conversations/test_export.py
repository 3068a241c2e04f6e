"""Exports: a Markdown parser reads them, and finds the very words and no markup but ours."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import convert, json
from msgspec.structs import replace

from qa.conversations.export import as_json, as_markdown, escaped
from qa.types import AskedWithin, Citation, ContentBlock, Conversation, Reply, Turn
from tests import structured
from tests.strategies import texts
from web.http import examples

CITATION = convert(examples.CITATION, Citation)
DATE = "2026-01-02T03:04:05+00:00"
HOSTILE = (
    "spaces \x00\n about \u202e what is left out",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "[^1]: a note of my own",
    "[^1]",
    "[ref]: http://evil.example 'title'",
    "<http://evil.example>",
    "http://evil.example/?a=b and www.evil.example and me@evil.example",
    "# heading",
    "ends like a heading ##",
    "## twice #",
    "> quoted",
    "- item",
    "+ item",
    "1. item",
    "23) item",
    "---",
    "===",
    "***",
    "```\ncode\n```",
    "~~~ code",
    "    indented",
    "`code`",
    "**bold** __bold__ *em* _em_ ~~struck~~",
    "a\\",
    "a  \nb",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &amp; &#42; &copy;",
    "$x^2$ {{ site.secret }}",
    "\\*not escaped\\*",
    "\x00\x1b[31mred\x07",
    "\u202eevil\u202c \u2066x\u2069",
    "<!-- hidden",
    "a]] [[b]](c)",
    "term\n: definition",
)
hostile = st.sampled_from(HOSTILE) | texts


def plain(text: str) -> str:
    """The text as it is to be seen: in one line, without control and bidirectional formatting characters."""
    spaced = re.sub(r"[\s\x1c-\x1f]", lambda space: " " if space[0] in "\x1c\x1d\x1e\x1f" or ord(space[0]) < 33 or
                    space[0] in "\x85\u2028\u2029" else space[0], text)  # fmt: skip
    kept = "".join(c for c in spaced if not (ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202b\u202c\u202d\u202e"
                                             "\u2066\u2067\u2068\u2069"))  # fmt: skip
    return re.sub(" +", " ", kept).strip()


def turn_of(reply: Reply) -> Turn:
    text = " ".join(block.text for block in reply.content)
    return Turn(reply.id, reply.question, reply.interpreted_as, reply.answered, text, DATE, reply)


def conversation_of(*replies: Reply, title: str = "A title") -> Conversation:
    return Conversation("c", tuple(map(turn_of, replies)), title)


def example(which: dict[str, object], **changes: object) -> Reply:
    return replace(convert(which, Reply), **changes)


def parsed(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def lines(tokens: list[Token], within: str) -> Iterator[str]:
    """The text of each inline part directly in a `within` or a paragraph in one."""
    inside = 0
    for token in tokens:
        if token.type == f"{within}_open":
            inside += 1
        elif token.type == f"{within}_close":
            inside -= 1
        elif token.type == "inline" and inside:
            yield "".join(each.content for each in token.children or ())


def kinds(tokens: list[Token]) -> set[str]:
    return {each.type for token in tokens for each in (token, *(token.children or ()))}


OURS = {
    f"{name}_{side}" for name in ("heading", "paragraph", "blockquote", "bullet_list", "list_item", "strong", "em")
    for side in ("open", "close")
} | {"inline", "text"}  # fmt: skip


def said(text: str, **changes: object) -> Reply:
    """A reply whose one sentence, document and place have that text."""
    citation = replace(CITATION, cited_text=text, document_title=text, source=text, heading=text, page=3)
    return example(examples.ANSWERED, content=(ContentBlock(text, (citation,)),), answer=None, **changes)


# Sentences


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_itself(text: str) -> None:
    markdown = as_markdown(conversation_of(said(text, question=text, interpreted_as=text), title=text))
    tokens = parsed(markdown)
    assert kinds(tokens) <= OURS
    assert list(lines(tokens, "blockquote")) == [f"{plain(text)}[^1]"]
    assert list(lines(tokens, "heading")) == [plain(text), plain(text)]
    paragraphs = list(lines(tokens, "paragraph"))
    assert f"Interpreted as: {plain(text)}" in paragraphs
    seen = plain(text)
    assert f"[^1]: {seen}, {seen}, characters 609-955, page 3, under “{seen}”: “{seen}”" in paragraphs


@given(st.lists(hostile.filter(plain), min_size=1, max_size=4))
def test_whatever_is_said_the_rendered_text_is_the_sentences(sentences: list[str]) -> None:
    replies = [said(each) for each in sentences]
    tokens = parsed(as_markdown(conversation_of(*replies)))
    assert kinds(tokens) <= OURS
    assert list(lines(tokens, "blockquote")) == [f"{plain(each)}[^{n}]" for n, each in enumerate(sentences, 1)]


@given(hostile)
def test_escaped_text_is_one_paragraph_of_plain_text(text: str) -> None:
    tokens = parsed(escaped(text))
    assert list(lines(tokens, "paragraph")) == [plain(text)] * bool(plain(text))
    assert kinds(tokens) <= {"paragraph_open", "paragraph_close", "inline", "text"}


def test_ordinary_text_is_not_littered_with_escapes() -> None:
    text = "In May 2019 – (so it says) – “trade” rose by 5%: from 1.5 to 2.0; U.S. C# and so on!"
    assert escaped(text) == text


def test_addresses_do_not_become_links_by_themselves() -> None:
    assert escaped("see http://a.example or WWW.a.example, me@a.example") == (
        r"see http\://a.example or WWW\.a.example, me\@a.example"
    )


# The whole


def test_footnotes_are_numbered_through_the_conversation_and_each_is_there_once() -> None:
    replies = [example(each) for each in (examples.ANSWERED, examples.SAID_AGAIN, examples.DIFFERING)]
    markdown = as_markdown(conversation_of(*replies))
    assert re.findall(r"^\[\^(\d+)\]: ", markdown, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    marks = re.findall(r"\[\^(\d+)\](?!: )", markdown)
    assert set(marks) == {"1", "2", "3", "4", "5"}
    quotes = [
        each.cited_text for reply in replies for block in reply.content for each in (*block.citations, *block.also)
    ]
    notes = [line for line in lines(parsed(markdown), "paragraph") if re.match(r"\[\^\d+\]: ", line)]
    for number, (note, quote) in enumerate(zip(notes, quotes, strict=True), 1):
        assert note.startswith(f"[^{number}]: ")
        assert note.endswith(f"“{plain(quote)}”")
    assert "(also said there: [^3])" in markdown


def test_a_conversation_reads_like_this() -> None:
    heading = replace(
        CITATION, cited_text="It rose.", document_title="A. Title", source="a_b.txt", heading="X › Y", place="page 2"
    )
    reply = example(
        examples.ANSWERED,
        content=(ContentBlock("It rose.", (heading,)),),
        interpreted_as="What rose in May?",
        question="And in May?",
        within=AskedWithin("a_b/", "folder", 2),
    )
    assert as_markdown(conversation_of(reply, title="Prices")) == (
        "# Prices\n\n"
        "## And in May?\n\n"
        "Interpreted as: What rose in May?\n\n"
        "Asked within a\\_b/.\n\n"
        "**Takaya Imai**[^1]\n\n"
        "> It rose.[^1]\n\n"
        "Confidence: very high (91%).\n\n"
        "Asked on 2026-01-02T03:04:05+00:00, of the index 572e3f8910df2430.\n\n"
        "[^1]: *A. Title*, a\\_b.txt, characters 609-955, page 2, under “X › Y”: “It rose.”\n"
    )


def test_sources_that_differ_stand_side_by_side() -> None:
    markdown = as_markdown(conversation_of(example(examples.DIFFERING)))
    items = list(lines(parsed(markdown), "list_item"))
    assert "Sources differ:" in markdown
    assert [item.partition(": ")[0] for item in items] == [
        "National Security Secretariat Secretary General",
        "National Security Adviser",
    ]
    assert [item[-4:] for item in items] == ["[^1]", "[^2]"]
    assert "no date" in items[0]
    assert "**National Security Secretariat Secretary General**[^1]" not in markdown


def test_an_abstention_is_said_plainly_with_what_came_nearest() -> None:
    markdown = as_markdown(conversation_of(example(examples.ABSTAINED)))
    assert "Not in these documents: nothing was found to answer this." in markdown
    (nearest,) = lines(parsed(markdown), "list_item")
    assert "characters 609-1077" in nearest
    assert "Confidence" not in markdown
    assert "What came nearest" not in as_markdown(conversation_of(example(examples.ABSTAINED, passages=())))


def test_a_count_is_told() -> None:
    markdown = as_markdown(conversation_of(example(examples.EXHAUSTIVE)))
    assert "All documents were read (5). Documents with “Yachi”: 2; sentences: 5, quoted here: 3." in markdown


def test_a_document_without_a_title_is_called_so() -> None:
    reply = said("It rose.")
    untitled = replace(reply.content[0].citations[0], document_title="\u202e", heading=None, page=None)
    markdown = as_markdown(conversation_of(replace(reply, content=(ContentBlock("It rose.", (untitled,)),))))
    assert "[^1]: Untitled, It rose., characters 609-955: “It rose.”" in markdown


def test_json_is_the_conversation() -> None:
    conversation = conversation_of(example(examples.DIFFERING), example(examples.ABSTAINED), title="Ärger")
    content = as_json(conversation)
    assert json.decode(content, type=Conversation) == conversation
    assert content.decode().startswith('{\n  "conversation_id": "c",\n')


# Lists, tables, records and code


def test_lists_tables_and_code_are_set_as_such_in_the_quotation() -> None:
    markdown = as_markdown(conversation_of(structured.mixed()))
    tokens = parsed(markdown)
    more = ("ordered_list", "table", "thead", "tbody", "tr", "th", "td")
    assert kinds(tokens) <= OURS | {f"{name}_{side}" for name in more for side in ("open", "close")} | {"fence"}
    (fence,) = (each for each in tokens if each.type == "fence")
    assert fence.content == 'sudo restart <b>\n  echo "```done```" # [x](y)\n'
    assert "> 4. Unpack it. Keep its name.[^4]\n>    - On Linux use tar.[^5]\n" in markdown
    assert "> | 9090 |  | a\\|b[^12][^13][^14] |\n" in markdown


def test_a_row_and_records_are_values_by_name() -> None:
    markdown = as_markdown(conversation_of(structured.rows(1), structured.records()))
    assert "> **Port:** 8080\\\n> **Used by:** http\\\n> **Open:** yes[^2][^3]\n" in markdown
    assert "> **Name:** Ada Kowalska[^4]\\\n> **Phone:** \\+48 555[^5]\n" in markdown
