"""Markdown's blocks with the file's own offsets."""

import pytest

from index.readers.markdown import MarkdownReader
from index.types import BlockKind, ParsedFile


def parsed(text: str) -> ParsedFile:
    return MarkdownReader().read(text.encode(), "a.md")


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# One #\n\nText", [("heading", 1, "One"), ("paragraph", 0, "Text")]),
        ("Two\n---\n", [("heading", 2, "Two")]),
        ("#\n\nText", [("paragraph", 0, "Text")]),
        ("> quoted\n> text", [("paragraph", 0, "quoted\n> text")]),
        ("- a\n  - b\n- c", [("list", 0, "- a\n  - b\n- c")]),
        ("1. a\n2. b", [("list", 0, "1. a\n2. b")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("table", 0, "| a | b |\n|---|---|\n| 1 | 2 |")]),
        ("```py\nx = 1\n```\n", [("code", 0, "x = 1")]),
        ("```\nx = 1", [("code", 0, "x = 1")]),  # never closed
        ("```\n```\n", []),
        ("`make all`", [("code", 0, "make all")]),
        ("`` `x` ``", [("paragraph", 0, "`` `x` ``")]),
        ("a\n\n***\n\nb", [("paragraph", 0, "a"), ("furniture", 0, "***"), ("paragraph", 0, "b")]),
        ("    set in", [("paragraph", 0, "set in")]),
        ("<div>text</div>", [("paragraph", 0, "text")]),
        ("<div></div>", []),
        ("<!-- a -->", [("furniture", 0, "<!-- a -->")]),
        ("<!-- a", [("furniture", 0, "<!-- a")]),
        ("[a]: http://b.org", [("furniture", 0, "[a]: http://b.org")]),
        ("[^1]: A note.", [("footnote", 0, "[^1]: A note.")]),
        ("---\ntitle: The Mill\n---\nText", [("title", 0, "The Mill"), ("paragraph", 0, "Text")]),
        ("", []),
    ],
)
def test_blocks(text: str, blocks: list[tuple[str, int, str]]) -> None:
    found = parsed(text)
    assert [(block.kind.value, block.level, found.text[block.start : block.end]) for block in found.blocks] == blocks


def test_what_the_file_states_of_itself() -> None:
    found = parsed("---\nauthor: Anna Weir\n---\nText")
    assert found.stated.author is not None
    assert (found.stated.author.value, found.format, found.encoding) == ("Anna Weir", "markdown", "utf-8")


def test_items_of_numbers_are_items() -> None:
    text = "The ports are:\n\n- 7001\n- 7002\n\n1.\n"
    found = MarkdownReader().read(text.encode(), "a.md")
    lists = [text[block.start : block.end] for block in found.blocks if block.kind is BlockKind.LIST]
    assert lists == ["- 7001\n- 7002"]
