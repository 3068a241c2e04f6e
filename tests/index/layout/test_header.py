"""Lines at a document's head, at the edges of what they may be; and which of them is the title."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from index.layout.header import (
    find_title,
    is_affiliation,
    is_bare_name,
    is_byline,
    is_caption,
    is_dateline,
    is_header_line,
    is_name,
    name_end,
)
from index.types import BlockKind
from tests.index.layout.features import PROSE, features_of, words

HEADING = BlockKind.HEADING


@pytest.mark.parametrize(
    ("judge", "yes", "no"),
    [
        (
            is_byline,
            ["By Anna Weir", "(Written by: Anna Weir and Ben de la Lock)", "By Anna Weir, Staff Writer | 3 May 2020",
             "by Anna Weir - " + words(11)],
            ["By the river", "By Anna", "Anna Weir", "by Anna Weir - " + words(12)],
        ),
        (
            is_name,
            ["Anna Weir", "Anna B. Weir", "Ludwig van der Weir", "Anna Weir, Ben Lock and Cara Mill", "Jean-Luc O’Weir",
             ", ".join(["Anna Weir"] * 8)],
            ["Anna", "anna weir", "Anna Weir University", "A B C D E F", "Anna 2 Weir", "",
             ", ".join(["Anna Weir"] * 9)],
        ),
        (
            is_dateline,
            ["3 May 2021", "[2018.06.13]", "Published: 3 May 2021, 10:15", "Ghent, 3 May 2021",
             "Updated " + words(7) + " 3 May 2021"],
            ["In 2021", words(3) + " 3 May 2021", "Updated " + words(8) + " 3 May 2021", "3 May 2021" + " " * 80 + "a"],
        ),
        (is_header_line, ["From: Anna", "Reply-To:  x", "ATTENDEES: all"], ["From Anna", "Weather: fine", "To:"]),
    ],
)  # fmt: skip
def test_lines_by_their_form(judge: Callable[[str], bool], yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not judge(text)] == []
    assert [text for text in no if judge(text)] == []


def test_a_name_ends_before_a_role_or_a_date() -> None:
    text = "By Anna Weir, editor on 3 May"
    assert text[3 : name_end(text, 3, len(text))] == "Anna Weir"
    text = "Anna Weir, Ben Lock (Ghent)"
    assert text[: name_end(text, 0, len(text))].strip() == "Anna Weir, Ben Lock"
    assert name_end("the mill", 0, 8) == 0


def test_a_bare_name_has_words_that_the_text_does_not_use() -> None:
    assert is_bare_name("Anna Weir", "the mill by the lock")
    assert not is_bare_name("Anna Weir", "the weir by the mill")
    assert is_bare_name("Anna Weir*", "the weir by the mill")  # a note mark is proof
    assert not is_bare_name("Rural Electrification", "the mill")
    assert not is_bare_name("Mill", "")


@pytest.mark.parametrize(
    ("text", "placed", "yes"),
    [
        ("Figure 3: the mill", False, True),
        ("The mill (Photo: Anna Weir)", False, True),
        ("The mill. Photo by Anna Weir", False, True),
        ("Anna Weir, left, with Ben", True, True),
        ("Anna Weir, left, with Ben", False, False),
        ("The mill on the river", True, False),
        ("Figure 3: " + words(78), False, True),
        ("Figure 3: " + words(79), False, False),
    ],
)
def test_captions(text: str, placed: bool, yes: bool) -> None:
    assert is_caption(features_of(text)[0], placed) is yes


def test_an_affiliation_names_an_institution_in_few_words() -> None:
    def judged(text: str) -> bool:
        return is_affiliation(features_of(text)[0])

    assert judged("Department of Mills, " + words(27))
    assert not judged("Department of Mills, " + words(28))
    assert not judged("They went to the university.")
    assert not judged("The old mill")


def title(*blocks: str | tuple[BlockKind, str], body: int = -1, runs: list[int] | None = None) -> int | None:
    """body: number of the first running text, the last block where it is not said."""
    block_features = features_of(*blocks)
    return find_title(block_features, body % len(block_features), runs or list(range(len(block_features))), ())


def test_a_stated_title_or_the_highest_heading_is_the_title() -> None:
    assert title("Mill news", (BlockKind.TITLE, "The mill"), PROSE) == 1
    assert title("Mill news", (HEADING, "Of the reed"), PROSE) == 1
    assert title(PROSE) is None
    assert title(PROSE, "The mill", body=0) is None


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Weir",
        "3 May 2021",
        "From: Anna",
        "It was built.",
        "small letters first",
        "ends in a comma,",
        "columns    apart",
        "ANNA: yes",
        "1234",
        "Figure 1: mill",
        words(31).capitalize(),
        "M" * 251,
    ],
)
def test_what_no_title_is(line: str) -> None:
    assert title(line, PROSE) is None
    assert title(line, "The Old Mill", PROSE) == 1


def test_the_longest_titles() -> None:
    assert title(words(30).capitalize(), PROSE) == 0
    assert title("M" * 250, PROSE) == 0
    assert title("Who built the mill?", PROSE) == 0


def test_of_several_lines_the_likeliest_is_the_title() -> None:
    assert title("The Weir Review", "The Old Mill Rebuilt", PROSE) == 1  # its words are in the text
    assert title("The Weir Review", "Of Grain", PROSE) == 0
    assert title("The Weir", "The Grain and Bread", "By Anna Weir", PROSE) == 1  # a byline below, and long enough
    assert title("Weir Works Yearly Review", "Grain and Its Bread", PROSE) == 0  # the first of two alike


def test_a_numbered_line_or_a_question_below_the_first_is_a_section() -> None:
    assert title("The Weir", "1. The Old Mill Rebuilt", PROSE) == 0
    assert title("1. The Weir", "The Old Mill Rebuilt", PROSE) == 0


@pytest.mark.parametrize(
    ("first", "title_is"),
    [
        (words(6).capitalize(), 0),
        (words(7).capitalize(), 1),
        (words(7).capitalize() + "?", 0),
        ("1. " + words(9).capitalize(), 0),
    ],
)
def test_a_heading_of_six_words_a_question_or_a_numbered_one_heads_a_section(first: str, title_is: int) -> None:
    """Of such a one as the first line nothing below is the title; else one that has the text's words may be."""
    pieces = features_of((HEADING, first), "The Old Mill Rebuilt", PROSE, (HEADING, "Other"))
    derived = [replace(piece, block=replace(piece.block, reason="short line")) for piece in pieces]
    assert find_title(derived, 2, [0, 1, 2, 3], ()) == title_is


def test_a_short_heading_is_a_section_only_where_there_are_others() -> None:
    pieces = features_of((HEADING, "Reed"), "The Old Mill Rebuilt", PROSE)
    derived = [replace(piece, block=replace(piece.block, reason="short line")) for piece in pieces]
    assert find_title(derived, 2, [0, 1, 2], ()) == 1


def test_labels_in_a_run_with_boilerplate_are_no_title() -> None:
    block_features = features_of("Menu", "Weir River News", "The Old Lock", PROSE)
    assert find_title(block_features, 3, [0, 0, 1, 2], {0}) == 2
    assert find_title(block_features, 3, [0, 1, 2, 3], {0}) == 1


def test_without_running_text_only_the_first_line_may_be_the_title() -> None:
    assert find_title(features_of("The Old Mill", "By Anna Weir"), 2, [0, 1], ()) == 0
    assert find_title(features_of("By Anna Weir", "The Old Mill"), 2, [0, 1], ()) is None
