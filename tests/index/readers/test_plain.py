"""Plain lines to blocks, at the edges of what a list, a table and a paragraph are."""

import pytest

from index.readers.plain import PlainReader, is_markdown

TEXT = "The old mill by the river was rebuilt after the flood, and the new wheel turned on for years."  # one line


def blocks(text: str) -> list[tuple[str, str]]:
    parsed = PlainReader().read(text.encode(), "a.txt")
    return [(block.kind.value, parsed.text[block.start : block.end]) for block in parsed.blocks]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# One\n\n**two**", True),
        ("# One\n\ntwo", False),
        ("**a** and `b`", False),
        ("**a** and `b` and [c](http://d)", True),
        ("a " * 99_999 + "\n# One\n\n**two**", False),  # behind the sample
    ],
)
def test_markdown_is_told_by_its_kinds_of_markup(text: str, markdown: bool) -> None:
    assert is_markdown(text) is markdown


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("- one\n- two", ["list"]),
        ("- one", ["list"]),
        ("1. one\n2. two", ["list"]),
        ("1986. It was a good year.", ["paragraph"]),
        ("1. It was", ["paragraph"]),
        ("200 g lentils\n1 l water\n2 eggs", ["list"]),
        ("200 g lentils\n1 l water", ["paragraph"]),
        ("200 g lentils\n1 l water\n2 eggs.", ["paragraph"]),
        (f"200 g lentils\n1 l water\n2 eg{'g' * 55}s", ["list"]),  # sixty characters
        (f"200 g lentils\n1 l water\n2 eg{'g' * 56}s", ["paragraph"] * 3),
        ("a   b\nc   d\ne   f\ngh", ["table"]),  # three lines of four
        ("a   b\nc   d\nef\ngh", ["paragraph"]),
        ("a   b", ["paragraph"]),
        ("one\n-----\ntwo", ["heading", "furniture", "paragraph"]),
        ("one\n\n-----\n\ntwo", ["paragraph", "furniture", "paragraph"]),
        (f"{'a' * 120}\n-----\ntwo", ["heading", "furniture", "paragraph"]),
        (f"{'a' * 121}\n-----\ntwo", ["paragraph", "furniture", "paragraph"]),
    ],
)
def test_kinds_of_runs(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in blocks(f"{TEXT}\n\n{text}")][1:] == kinds


def test_lines_that_fill_the_width_are_one_paragraph() -> None:
    full, rest = "a" * 30 + " bbbb " + "c" * 40, "the rest of it ends here."
    assert [text for _, text in blocks(f"{TEXT}\n\n{full}\n{rest}")] == [TEXT, f"{full}\n{rest}"]


def test_a_line_set_in_begins_a_paragraph() -> None:
    one = "The mill was built on the river by Anna Weir in the spring of that year."
    assert len(blocks(f"{TEXT}\n\n{one}\n  {one}\n  {one}")) > len(blocks(f"{TEXT}\n\n{one}\n {one}\n {one}"))
