"""What paper leaves in a text: the numbers, headers and footers of its pages."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from index.layout.signals import BlockFeatures
from index.types import BlockKind

_NUMBER = re.compile(
    r"[-–—\[(]*\s*(page|p\.|seite)?\s*(\d{1,4})(?:\s*(?:of|/|von)\s*\d{1,4})?\s*[-–—\])]*", re.IGNORECASE
)
_PAGED = re.compile(r"\bpage \d+\b", re.IGNORECASE)
_GAP = re.compile(r"\S {4,}(?=\S)|\S\t+(?=\S)")
_DIVISION = re.compile(r"(?:chapter|part|section|appendix|annex|book|article|act|scene)\b", re.IGNORECASE)
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})


class PageLimits(Struct, frozen=True):
    """words: the most in a running header. page_characters: the least on a page. counted: how many numbers that count
    up are page numbers. repeats: how often a header is there. gaps: wide spaces that make a line a header.

    Set by hand on 2026-11-22 (e6a4323), against RFCs, memos and the invented documents of tests/documents.
    """

    words: int = 16
    page_characters: int = 300
    counted: int = 3
    repeats: int = 2
    gaps: int = 2


LIMITS = PageLimits()


def find_page_marks(block_features: Sequence[BlockFeatures], breaks: Sequence[int]) -> dict[int, str]:
    """Page numbers, and lines that come back at page breaks with nothing but their numbers changed."""
    shapes = [
        re.sub(r"\d+", "#", features.text.lower()) if features.words <= LIMITS.words else ""
        for features in block_features
    ]
    counts = Counter(shapes)
    edges = _edges(block_features, breaks)
    counted = _counted(block_features)
    found = {}
    for number, features in enumerate(block_features):
        if features.block.kind not in _KINDS or not shapes[number] or _DIVISION.match(features.text):
            continue
        repeated = counts[shapes[number]] >= LIMITS.repeats
        bare = _NUMBER.fullmatch(features.text)
        if bare and (number in edges or number in counted or (repeated and bare.group(1))):
            found[number] = "page number"
        elif (repeated and (number in edges or _PAGED.search(features.text))) or (
            number in edges and len(_GAP.findall(features.raw)) >= LIMITS.gaps
        ):
            found[number] = "page header or footer"
    return found


def _edges(block_features: Sequence[BlockFeatures], breaks: Sequence[int]) -> set[int]:
    """The blocks right before and after a page break."""
    edges: set[int] = set()
    number = 0
    for offset in breaks:
        while number < len(block_features) and block_features[number].block.start < offset:
            number += 1
        edges |= {number - 1, number}
    return edges


def _counted(block_features: Sequence[BlockFeatures]) -> set[int]:
    """Numbers alone in their line that count up, at least three of them, a page apart."""
    counted: set[int] = set()
    run: list[tuple[int, int]] = []
    for number, features in enumerate(block_features):
        bare = _NUMBER.fullmatch(features.text)
        if not bare:
            continue
        value = int(bare.group(2))
        follows = run and value == run[-1][1] + 1
        if not (follows and features.block.start - block_features[run[-1][0]].block.start >= LIMITS.page_characters):
            run = []
        run.append((number, value))
        if len(run) >= LIMITS.counted:
            counted |= {at for at, _ in run}
    return counted
