"""Lines with their offsets."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.lines import TextLine, markdown_lines, split_lines, trimmed
from index.types import Range

TEXTS = st.text(st.sampled_from("ab \t\n\r\f\x85\u2028\ufeff"), max_size=40)


def test_lines_have_their_indent_and_page_breaks() -> None:
    assert split_lines("\ufeffone\r\n\t two \f\n\u2028x") == [
        TextLine(1, 4, 0),
        TextLine(8, 11, 5),
        TextLine(13, 13, 0, True),
        TextLine(14, 14, 0),
        TextLine(15, 16, 0),
    ]
    assert split_lines(" " * 199 + "a")[0].indent == 199
    assert split_lines(" " * 300 + "a")[0].indent == 200


def test_markdown_counts_lines_as_its_parser_does() -> None:
    text = "\ufeffone\r\ntwo\rthree\fpage\u2028on\n"
    assert [text[line.start : line.end] for line in markdown_lines(text)] == ["one", "two", "three\fpage\u2028on", ""]


@given(TEXTS)
def test_lines_hold_all_that_is_no_space(text: str) -> None:
    plain = [(line.start, line.end) for line in split_lines(text)]
    for spans in (plain, [(line.start, line.end) for line in markdown_lines(text)]):
        held = "".join(text[start:end] for start, end in spans)
        assert "".join(held.split()).lstrip("\ufeff") == "".join(text.split()).lstrip("\ufeff")
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("start", "end", "kept"), [(0, 7, (2, 5)), (3, 4, (4, 4)), (0, 2, (2, 2)), (5, 7, (7, 7)), (4, 4, (4, 4))]
)
def test_trimmed(start: int, end: int, kept: tuple[int, int]) -> None:
    assert trimmed(" \ta b\n ", start, end) == Range(*kept)
