"""What of an answer is shown as one."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.structure import Markdown, Section, plain_lines, section_of, sections
from qa.types import ContentBlock
from tests import structured


def numbers(section: Section) -> list[list[int]]:
    return [[citation.number for citation in line.citations] for line in section.lines]


def test_every_kind_is_a_section_of_its_own() -> None:
    found = sections(structured.mixed().content)
    assert [section.kind for section in found] == ["sentence", "list", "row", "code", "sentence"]
    assert [len(section.blocks) for section in found] == [1, 1, 2, 1, 1]


def test_rows_of_one_table_are_one_with_the_header_once() -> None:
    (section,) = sections(structured.rows().content)
    assert section.lead == "The ports are:"
    assert [name for _, name in section.columns] == ["Port", "Used by", "Open"]
    assert [citation.number for citation in section.lead_citations] == [1]
    assert numbers(section) == [[2, 3], [4, 5, 6]], "every citation has a place"


def test_items_of_one_list_and_records_go_on() -> None:
    (items,) = sections(structured.items().content)
    assert (items.lead, numbers(items)) == ("To install it, follow these steps:", [[2], [3, 4]])
    (records,) = sections(structured.records().content)
    assert numbers(records) == [[1], [2]]


def test_what_is_of_other_tables_or_documents_stands_apart() -> None:
    first, second = structured.rows().content
    elsewhere = structured.wide().content
    assert len(sections((first, *elsewhere, second))) == 3
    assert len(sections((*structured.items().content, *structured.struck().content))) == 2


def test_of_code_the_last_citation_is_the_code() -> None:
    (section,) = sections(structured.code().content)
    assert section.code == 'sudo restart <b>\n  echo "```done```" # [x](y)'
    assert [citation.number for citation in section.lead_citations] == [1]


def test_a_block_of_any_kind_without_parts_is_text() -> None:
    assert section_of(ContentBlock("Words.", (), kind="list")).kind == "sentence"
    assert section_of(ContentBlock("Words.", (), kind="code")).kind == "sentence"


MARKDOWN = Markdown(lambda text: text, plain_lines)


def test_a_number_that_would_be_counted_otherwise_is_text() -> None:
    (section,) = sections(structured.steps().content)
    assert list(MARKDOWN.items(section.lines)) == [
        "3. Download the archive.",
        "4. Unpack it. Keep its name.",
        "   - On Linux use tar.",
        "   - On Windows:",
        "     - a) open the explorer",
        "- 7. Start the service.",
    ]


@given(st.text("`~ab\n\r\x1b\u202e\t "))
def test_nothing_ends_the_fence_before_the_code_does(code: str) -> None:
    (token,) = MarkdownIt("commonmark").parse(MARKDOWN.fenced(code))
    assert (token.type, token.content) == ("fence", f"{plain_lines(code)}\n")


def test_control_characters_of_code_are_left_out() -> None:
    assert plain_lines("a\r\n\tb\x1b[31m\u202ec\x00\rd\u2028e") == "a\n\tb[31mc\nde"
