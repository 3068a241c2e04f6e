"""Page numbers, headers and footers, told by where they stand and what comes back."""

import pytest

from index.layout.page_breaks import LIMITS, find_page_marks
from index.types import BlockKind
from tests.index.layout.features import PROSE, features_of, words

PAGE = " ".join([PROSE] * 3)  # over 300 characters


def marks(*blocks: str | tuple[BlockKind, str], breaks: tuple[int, ...] = ()) -> dict[int, str]:
    """breaks: before the blocks with these numbers."""
    block_features = features_of(*blocks)
    return find_page_marks(block_features, [block_features[number].block.start for number in breaks])


@pytest.mark.parametrize("form", ["{}", "- {} -", "[{}]", "Page {}", "p. {} of 9", "Seite {} von 9"])
def test_numbers_alone_that_count_up_a_page_apart_are_page_numbers(form: str) -> None:
    one, two, three = (form.format(number) for number in (7, 8, 9))
    assert marks(PAGE, one, PAGE, two, PAGE, three) == dict.fromkeys((1, 3, 5), "page number")


def test_numbers_that_do_not_count_pages_are_text() -> None:
    assert marks(PAGE, "7", PAGE, "8", PAGE) == {}  # two are no run
    assert marks(PAGE, "7", PAGE, "9", PAGE, "10") == {}
    assert marks("7", "8", "9", "10") == {}  # a list, not pages
    short = "a" * (LIMITS.page_characters - 5)  # with the number and two blank lines one page of 300
    assert marks("7", short, "8", short, "9") == dict.fromkeys((0, 2, 4), "page number")
    assert marks("7", short[1:], "8", short[1:], "9") == {}


def test_beside_a_page_break_one_number_is_enough() -> None:
    assert marks(PAGE, "7", PAGE, breaks=(2,)) == {1: "page number"}
    assert marks(PAGE, "7", PAGE, breaks=(1,)) == {1: "page number"}
    assert marks(PAGE, "7", PAGE) == {}


def test_a_line_that_comes_back_at_page_breaks_is_a_header() -> None:
    header = "The Mill, 3 May, sheet {}"
    blocks = (PAGE, header.format(1), PAGE, header.format(2), PAGE)
    assert marks(*blocks, breaks=(1, 3)) == dict.fromkeys((1, 3), "page header or footer")
    assert marks(*blocks) == {}
    assert marks(PAGE, header.format(1), PAGE, breaks=(1,)) == {}  # once only
    paged = ("Mill, page 1", PAGE, "Mill, page 2", PAGE)
    assert marks(*paged) == dict.fromkeys((0, 2), "page header or footer")


def test_a_header_is_short_and_no_heading_of_a_chapter() -> None:
    long, longer = words(LIMITS.words), words(LIMITS.words + 1)
    assert marks(long, PAGE, long, PAGE, breaks=(1, 3)) == dict.fromkeys((0, 2), "page header or footer")
    assert marks(longer, PAGE, longer, PAGE, breaks=(1, 3)) == {}
    assert marks("Chapter 1", PAGE, "Chapter 2", PAGE, breaks=(1, 3)) == {}
    assert marks((BlockKind.TABLE, "7"), PAGE, breaks=(1,)) == {}


def test_a_line_with_wide_gaps_beside_a_break_is_a_header() -> None:
    assert marks(PAGE, "Weir      RFC 9      May 2020", breaks=(1,)) == {1: "page header or footer"}
    assert marks(PAGE, "Weir      RFC 9 of May 2020", breaks=(1,)) == {}
