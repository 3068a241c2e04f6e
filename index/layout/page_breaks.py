"""What paper leaves in a text: the numbers, headers and footers of its pages."""

import re
from collections import Counter
from collections.abc import Sequence

from index.layout.signals import BlockFeatures
from index.types import BlockKind

_NUMBER = re.compile(
    r"[-–—\[(]*\s*(page|p\.|seite)?\s*(\d{1,4})(?:\s*(?:of|/|von)\s*\d{1,4})?\s*[-–—\])]*", re.IGNORECASE
)
_PAGED = re.compile(r"\bpage \d+\b", re.IGNORECASE)
_GAP = re.compile(r"\S {4,}(?=\S)|\S\t+(?=\S)")
_DIVISION = re.compile(r"(?:chapter|part|section|appendix|annex|book|article|act|scene)\b", re.IGNORECASE)
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})
_MOST_WORDS = 16
_PAGE_CHARACTERS = 300  # a page holds at least this many


def find_page_marks(pieces: Sequence[BlockFeatures], breaks: Sequence[int]) -> dict[int, str]:
    """Page numbers, and lines that come back at page breaks with nothing but their numbers changed."""
    shapes = [re.sub(r"\d+", "#", piece.text.lower()) if piece.words <= _MOST_WORDS else "" for piece in pieces]
    counts = Counter(shapes)
    edges = _edges(pieces, breaks)
    counted = _counted(pieces)
    found = {}
    for number, piece in enumerate(pieces):
        if piece.block.kind not in _KINDS or not shapes[number] or _DIVISION.match(piece.text):
            continue
        repeated = counts[shapes[number]] >= 2
        bare = _NUMBER.fullmatch(piece.text)
        if bare and (number in edges or number in counted or (repeated and bare.group(1))):
            found[number] = "page number"
        elif (repeated and (number in edges or _PAGED.search(piece.text))) or (
            number in edges and len(_GAP.findall(piece.raw)) >= 2
        ):
            found[number] = "page header or footer"
    return found


def _edges(pieces: Sequence[BlockFeatures], breaks: Sequence[int]) -> set[int]:
    """The blocks right before and after a page break."""
    edges: set[int] = set()
    number = 0
    for offset in breaks:
        while number < len(pieces) and pieces[number].block.start < offset:
            number += 1
        edges |= {number - 1, number}
    return edges


def _counted(pieces: Sequence[BlockFeatures]) -> set[int]:
    """Numbers alone in their line that count up, at least three of them, a page apart."""
    counted: set[int] = set()
    run: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces):
        bare = _NUMBER.fullmatch(piece.text)
        if not bare:
            continue
        value = int(bare.group(2))
        follows = run and value == run[-1][1] + 1
        if not (follows and piece.block.start - pieces[run[-1][0]].block.start >= _PAGE_CHARACTERS):
            run = []
        run.append((number, value))
        if len(run) >= 3:
            counted |= {at for at, _ in run}
    return counted
