"""Characters to pieces of lines, in either direction."""

from collections.abc import Sequence

import pytest

from index.readers.pdf.glyphs import Glyph
from index.readers.pdf.pieces import pieces_of

SIZE = 10.0


def line(characters: Sequence[tuple[str, float]], width: float = 5.0) -> list[Glyph]:
    """Characters with the places where they begin."""
    return [Glyph(text, left, 0, left + width, 10, 8, SIZE, False, False) for text, left in characters]


def visual(text: str) -> list[tuple[str, float]]:
    """The characters one beside the other, from the left; a space is a gap."""
    return [(character, 5.0 * number) for number, character in enumerate(text) if character != " "]


@pytest.mark.parametrize("reverse", [False, True], ids=["in order of sight", "in order of reading"])
def test_what_is_written_from_the_right_is_read_so(reverse: bool) -> None:
    word, number = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "2024"
    seen = visual(f"{number} {word[::-1]}")
    glyphs = line(sorted(seen, key=lambda each: -each[1]) if reverse else seen)
    found = pieces_of(glyphs)
    assert " ".join(piece.text for piece in sorted(found, key=lambda piece: -piece.left)) == f"{word} {number}"


def test_a_gap_parts_words_and_a_wide_one_pieces() -> None:
    assert [piece.text for piece in pieces_of(line(visual("ab cd   ef")))] == ["ab cd", "ef"]


def test_lines_that_are_written_in_pieces_are_joined() -> None:
    glyphs = line(visual("one two"))
    assert [piece.text for piece in pieces_of([*glyphs[3:], *glyphs[:3]])] == ["one two"]
