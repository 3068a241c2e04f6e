"""The header of `key: value` lines before Markdown."""

import pytest

from index.readers.frontmatter import FrontMatter, read_front_matter
from index.readers.lines import markdown_lines
from index.types import BlockKind, Field


def read_of(text: str) -> FrontMatter:
    return read_front_matter(text, markdown_lines(text))


def test_fields_are_stated_with_where_they_stand() -> None:
    text = '---\ntitle: "The Old Mill"\nby: Anna  Weir\ndate: 2021-05-03\npublisher: Lock\ntags: [a, b]\n---\nText'
    found = read_of(text)
    assert found.end_line == 7
    fields = found.stated
    assert fields.title is not None
    assert (fields.title.value, text[fields.title.start : fields.title.end]) == ("The Old Mill", "The Old Mill")
    assert fields.author is not None
    assert (fields.author.value, text[fields.author.start : fields.author.end]) == ("Anna Weir", "Anna  Weir")
    assert fields.date == Field("2021-05-03", 47, 57)
    assert fields.publisher is not None
    shown = [(block.kind, text[block.start : block.end]) for block in found.blocks]
    assert shown == [
        (BlockKind.TITLE, "The Old Mill"),
        (BlockKind.BYLINE, "by: Anna  Weir"),
        (BlockKind.BYLINE, "date: 2021-05-03"),
        (BlockKind.BYLINE, "publisher: Lock"),
        (BlockKind.PARAGRAPH, "tags: [a, b]"),
    ]


@pytest.mark.parametrize(
    ("text", "end_line"),
    [
        ("---\ntitle: a\n---\n", 3),
        ("---  \ntitle: a\n...\n", 3),
        ("---\ntitle: a\n- b\n# c\n  d\n\n---\n", 7),
        ("---\n---\n", 0),  # without an entry: two rules
        ("---\n# c\n---\n", 0),
        ("---\ntitle: a\nText that is no entry\n---\n", 0),
        ("---\ntitle: a\n", 0),
        ("text\n---\ntitle: a\n---\n", 0),
        ("---\n" + "a: b\n" * 198 + "---\n", 200),
        ("---\n" + "a: b\n" * 199 + "---\n", 0),
        ("", 0),
    ],
)
def test_where_it_ends(text: str, end_line: int) -> None:
    assert read_of(text).end_line == end_line


@pytest.mark.parametrize("value", ["", "[a]", "{a: b}", "|", ">", "&a", "*a", "!x", '""', "'  '"])
def test_what_is_no_plain_value_is_no_title(value: str) -> None:
    assert read_of(f"---\ntitle: {value}\n---\n").stated.title is None


def test_the_first_of_two_counts_and_a_date_has_to_be_one() -> None:
    found = read_of("---\nauthor: Anna\nauthors: Ben\ndate: soon\npublished: 2021-05-03\n---\n").stated
    assert found.author is not None
    assert found.date is not None
    assert (found.author.value, found.date.value) == ("Anna", "2021-05-03")
