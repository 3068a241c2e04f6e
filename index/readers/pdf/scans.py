"""Pages that are pictures of text, read by the program `tesseract` where it is installed."""

import subprocess
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from index.readers.pdf.pictures import png_of
from index.readers.pdf.pieces import PagePiece

Recogniser = Callable[[Any, int], list[PagePiece] | None]
_WORD = "5"  # the level of a line of tesseract's table that is a word


class RecognitionLimits(Struct, frozen=True):
    """width: of the picture, in pixels; a page of A4 at about 200 a inch. seconds: that one page may take. certain: the
    least that tesseract is sure of a word, of 100.

    Set by hand on 2026-11-30 from tesseract's own advice on resolution.
    """

    width: int = 1_650
    seconds: float = 25.0
    certain: float = 20.0


LIMITS = RecognitionLimits()


def recognised(document: Any, number: int, program: str = "tesseract") -> list[PagePiece] | None:
    """The words of a page as lines of pieces, in points of the page; None where the program is missing or fails."""
    page = document[number - 1]
    try:
        width, _height = page.get_size()
    finally:
        page.close()
    picture = png_of(document, number, LIMITS.width)
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", "--psm", "3", "tsv"],
            input=picture,
            capture_output=True,
            timeout=LIMITS.seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return pieces_of_tsv(done.stdout.decode("utf-8", "replace"), width / LIMITS.width)


def pieces_of_tsv(table: str, scale: float) -> list[PagePiece]:
    """The lines that tesseract found. scale: points a pixel."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD or not cells[11].strip() or float(cells[10]) < LIMITS.certain:
            continue
        left, top, width, height = (float(cell) * scale for cell in cells[6:10])
        lines.setdefault(tuple(cells[1:5]), []).append((cells[11].strip(), left, top, left + width, top + height))
    return [_piece(words) for words in lines.values()]


def _piece(words: list[tuple[str, float, float, float, float]]) -> PagePiece:
    top, bottom = min(word[2] for word in words), max(word[4] for word in words)
    text = " ".join(word[0] for word in words)
    size = round(bottom - top)
    return PagePiece(text, words[0][1], top, words[-1][3], bottom, bottom, max(1.0, size), False)
