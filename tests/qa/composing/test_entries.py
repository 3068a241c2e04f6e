"""What a quoted list, row or record is made of: read from real documents, held against them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.errors import QuoteError
from index.types import Sentence, UnitKind
from qa.composing.citations import cite, prove
from qa.composing.selection import Quote
from qa.reading.reader import OpenPassage
from qa.types import BlockForm, ContentBlock, Entry
from tests.reading import evidence, open_text, shelf_of

STEPS = """# Gateway

To install it, follow these steps:

2. Download the **archive**.
3. Unpack it.
   Keep its name.
   - On Linux use tar.
   - On other systems:
     a) open the explorer
     b) choose a folder

4. [x] Start the service.
"""
PORTS = """The ports are:

| Port | Used by | Since \\| until |
|------|---------|-----------------|
| 8080 | http    | 2019            |
| 9090 |         | **2021**        |
"""
CARD = "# Contacts\n\nName: Ada Kowalska\nTeam: Platform\nPhone: +48 555\n"


def quoted(opened: OpenPassage, kind: BlockForm, *found: Sentence) -> ContentBlock:
    """A block of these sentences, what announces a row or item before it, proven."""
    last = found[-1]
    leads = {unit.ranges[0] for unit in opened.sentences if unit.kind is UnitKind.LEAD}
    before = tuple(part for part in last.context if part in leads) if len(found) == 1 else ()
    scored = replace(evidence(opened, *[1.0] * len(opened.sentences))[0], sentence=last)
    (block,) = cite([Quote(scored, found, before=before, kind=kind)], [opened])
    prove(shelf_of(opened), [block], None)
    return block


def said(block: ContentBlock) -> list[tuple[str, str, int, int]]:
    return [(entry.label, entry.text, entry.line, entry.depth) for entry in block.entries]


def test_a_lists_items_have_their_numbers_and_depth() -> None:
    opened = open_text(STEPS, "steps.md")
    first = next(n for n, unit in enumerate(opened.sentences) if unit.kind is UnitKind.LEAD)
    block = quoted(opened, "list", *opened.sentences[first:])
    assert block.lead == "To install it, follow these steps:"
    assert said(block) == [
        ("2.", "Download the archive.", 0, 0),
        ("3.", "Unpack it. Keep its name.", 1, 0),
        ("", "On Linux use tar.", 2, 1),
        ("", "On other systems:", 3, 1),
        ("a)", "open the explorer", 4, 2),
        ("b)", "choose a folder", 5, 2),
        ("4.", "Start the service.", 6, 0),
    ]
    for entry in block.entries:
        if entry.label:
            assert opened.document.text[entry.label_start_char_index : entry.label_end_char_index] == entry.label
    assert [entry.citation for entry in block.entries] == [2, 3, 5, 6, 7, 8, 9]


def test_one_item_is_shown_with_what_announces_it() -> None:
    opened = open_text(STEPS, "steps.md")
    item = next(unit for unit in opened.sentences if "explorer" in opened.document.text[unit.start : unit.end])
    block = quoted(opened, "list", item)
    assert block.lead == "To install it, follow these steps: On other systems:"
    assert said(block) == [("a)", "open the explorer", 0, 0)]


def test_a_row_has_the_columns_names() -> None:
    opened = open_text(PORTS, "ports.md")
    first, second = (unit for unit in opened.sentences if unit.kind is UnitKind.ROW)
    block = quoted(opened, "row", first)
    assert block.lead == "The ports are:"
    assert said(block) == [("Port", "8080", 0, 0), ("Used by", "http", 0, 0), ("Since | until", "2019", 0, 0)]
    assert said(quoted(opened, "row", first, second))[3:] == [("Port", "9090", 1, 0), ("Since | until", "2021", 1, 0)]


def test_a_record_has_its_keys() -> None:
    opened = open_text(CARD, "card.md")
    block = quoted(opened, "record", *(unit for unit in opened.sentences if unit.kind is UnitKind.RECORD))
    assert (block.lead, len(block.citations)) == ("", 1)
    assert said(block) == [
        ("Name", "Ada Kowalska", 0, 0),
        ("Team", "Platform", 1, 0),
        ("Phone", "+48 555", 2, 0),
    ]


def test_code_has_only_a_lead_in_and_a_sentence_has_neither() -> None:
    opened = open_text("Restart it with:\n\n```\nmake `x`\n\n  *run*\n```\n", "code.md")
    block = quoted(opened, "code", *opened.sentences)
    assert (block.lead, block.entries) == ("Restart it with:", ())
    assert block.text == "Restart it with:\nmake `x`\n\n  *run*"
    plain = open_text("It is a mill. It burned.")
    block = quoted(plain, "sentence", plain.sentences[0])
    assert (block.lead, block.entries) == ("", ())


@pytest.mark.parametrize(
    "change",
    [
        {"text": "8081"},
        {"start_char_index": 0},
        {"label": "Ports"},
        {"label_start_char_index": 1},
        {"label": "", "label_start_char_index": 3, "label_end_char_index": 5},
        {"label_start_char_index": None, "label_end_char_index": None},
    ],
)
def test_an_entry_that_its_document_does_not_bear_out_never_leaves(change: dict[str, Any]) -> None:
    opened = open_text(PORTS, "ports.md")
    block = quoted(opened, "row", next(unit for unit in opened.sentences if unit.kind is UnitKind.ROW))
    wrong: Entry = replace(block.entries[0], **change)
    with pytest.raises(QuoteError):
        prove(shelf_of(opened), [replace(block, entries=(wrong, *block.entries[1:]))], None)
    with pytest.raises(QuoteError, match="lead-in"):
        prove(shelf_of(opened), [replace(block, lead="The ports were:")], None)


_WORDS = st.text("ab1*_~`|[]()<>&\\.:!é\u202e日 ", min_size=1, max_size=12)
_LINES = st.lists(st.tuples(st.sampled_from(["- ", "1. ", "  * ", "   b) ", "| ", "Key: ", "> - ", ""]), _WORDS))


@given(_LINES, st.sampled_from(["list", "row", "record", "code", "sentence"]), st.booleans())
def test_whatever_is_written_its_parts_are_proven(
    lines: list[tuple[str, str]], kind: BlockForm, is_whole: bool
) -> None:
    text = "They are:\n\n" + "\n".join(start + words for start, words in lines)
    opened = open_text(text, "any.md")
    found = opened.sentences if is_whole else opened.sentences[-1:]
    block = quoted(opened, kind, *found)
    for entry in block.entries:
        assert any(each.number == entry.citation for each in block.citations)
