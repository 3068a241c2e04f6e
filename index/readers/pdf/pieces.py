"""Characters to pieces of lines: what stands on one line without a wide gap."""

import itertools
import re
import statistics
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from msgspec import Struct

from index.readers.pdf.glyphs import Glyph

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PRESENTED = re.compile("[\ufb1d-\ufdfb\ufe70-\ufefc]+")  # forms of letters by where they stand in a word
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_RAISABLE = frozenset("0123456789")


class PagePiece(NamedTuple):
    """A run of words on a line, in points. bold: most of it is."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class GapLimits(Struct, frozen=True):
    """In shares of the size of the font. word: the least between two words that no space parts. piece: the least
    between two pieces. spaced: more of a gap that a space is part of. back: how far a line may step back within. drift:
    of a baseline. raised: of the size of a mark that is raised or lowered. letters: the fewest of a word that is set
    apart letter by letter, whose own gaps are wide; wider: how much wider those between its words are.

    Set by hand on 2026-11-30, against Chromium's, Word's and LaTeX's pages and some 20 public PDFs.
    """

    word: float = 0.17
    piece: float = 0.9
    spaced: float = 0.6
    back: float = 0.35
    drift: float = 0.22
    raised: float = 0.86
    letters: int = 5
    wider: float = 1.6


LIMITS = GapLimits()


def pieces_of(glyphs: Sequence[Glyph]) -> list[PagePiece]:
    """In the order of the file. Linear."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _goes_on(runs[-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    found = [_piece(run) for run in _joined(runs)]
    return [piece for piece in found if piece.text]


def _goes_on(run: Sequence[Glyph], glyph: Glyph, *, in_order: bool = True) -> bool:
    last = run[-1]
    size = max(last.size, glyph.size)
    gap = _gap(last, glyph) if is_right_to_left(last.text) and is_right_to_left(glyph.text) else glyph.left - last.right
    if gap < -LIMITS.back * size or gap > (LIMITS.piece + LIMITS.spaced * (glyph.spaced and in_order)) * size:
        return False
    drift = abs(glyph.base - last.base)
    if drift <= LIMITS.drift * min(last.size, glyph.size):
        return True
    small = min(last.size, glyph.size) <= LIMITS.raised * size
    return small and drift <= 0.6 * size and gap <= 0.5 * size


def _joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs that the file writes one by one, though they stand side by side on a line."""
    order = sorted(range(len(runs)), key=lambda number: (round(runs[number][0].base), runs[number][0].left))
    last_of: dict[int, int] = {}
    gone: set[int] = set()
    for number in order:
        run = runs[number]
        first = run[0]
        line = round(first.base)
        for near in (line, line - 1):
            before = last_of.get(near)
            if before is not None and before != number and _goes_on(runs[before], first, in_order=False):
                runs[before].extend(run)
                gone.add(number)
                number = before
                break
        last_of[line] = number
    return [run for number, run in enumerate(runs) if number not in gone]


def _gap(one: Glyph, other: Glyph) -> float:
    """Between two characters, whichever stands left."""
    return max(other.left - one.right, one.left - other.right)


def is_right_to_left(text: str) -> bool:
    """Whether most of its letters are written so."""
    letters = sum(character.isalpha() for character in text)
    return bool(_RIGHT_TO_LEFT.search(text)) and 2 * len(_RIGHT_TO_LEFT.findall(text)) > letters


def _as_read(run: Sequence[Glyph]) -> list[Glyph]:
    """Characters of a line that is read from the right: what is not (numbers, names) the other way round in it."""
    ordered = sorted(run, key=lambda glyph: -glyph.right)
    read: list[Glyph] = []
    for is_rtl, group in groupby(ordered, lambda glyph: not glyph.text.isalnum() or is_right_to_left(glyph.text)):
        read += list(group)[:: 1 if is_rtl else -1]
    return read


def _piece(run: Sequence[Glyph]) -> PagePiece:
    if is_right_to_left("".join(glyph.text for glyph in run)):
        run = _as_read(run)
    size = _size(run)
    base = _base(run, size)
    marked = [_mark(glyph, size, base) for glyph in run]
    parts = [marked[0]]
    threshold, spaced = _word_gap(run, size)
    for before, glyph, mark in zip(run, run[1:], marked[1:], strict=False):
        gap = _gap(before, glyph)
        if (spaced and glyph.spaced) or gap > threshold:
            parts.append(" ")
        parts.append(mark)
    text = _PRESENTED.sub(lambda found: normalize("NFKC", found[0]), " ".join("".join(parts).split()))
    weight = sum(len(glyph.text) for glyph in run if glyph.bold)
    return PagePiece(
        text,
        min(glyph.left for glyph in run),
        min(glyph.top for glyph in run),
        max(glyph.right for glyph in run),
        max(glyph.bottom for glyph in run),
        base,
        size,
        weight * 2 > len(run),
    )


def _size(run: Sequence[Glyph]) -> float:
    counts: dict[float, int] = {}
    for glyph in run:
        size = round(glyph.size, 1)
        counts[size] = counts.get(size, 0) + 1
    return max(counts, key=lambda size: (counts[size], size))


def _base(run: Sequence[Glyph], size: float) -> float:
    return next((glyph.base for glyph in run if abs(glyph.size - size) < 0.1), run[0].base)


def _mark(glyph: Glyph, size: float, base: float) -> str:
    """The character; a raised figure as such, so that a note's mark or a power is none of the number before it."""
    if glyph.text in _RAISABLE and glyph.size <= LIMITS.raised * size and base - glyph.base > 0.15 * size:
        return glyph.text.translate(_RAISED)
    return glyph.text


def _word_gap(run: Sequence[Glyph], size: float) -> tuple[float, bool]:
    """The gap that parts words, and whether spaces do, too."""
    plain = LIMITS.word * size
    if len(run) < LIMITS.letters:
        return plain, True
    gaps = [_gap(before, after) for before, after in itertools.pairwise(run)]
    usual = statistics.median(gaps)
    if usual <= plain:
        return plain, True
    # Each letter stands apart ("C H A P T E R"): only what is wider still parts words.
    single = sum(glyph.spaced for glyph in run) * 2 > len(run)
    return usual * LIMITS.wider, not single
