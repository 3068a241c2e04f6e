"""Pieces to lines in reading order: columns, one after another, and what goes over several of them."""

import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from index.readers.pdf.pieces import PagePiece, is_right_to_left


class PrintedLine(NamedTuple):
    """A line of a column. pieces: from left to right. page: its number. column: number of its column on the page.
    left_edge, right_edge: of the column."""

    pieces: tuple[PagePiece, ...]
    page: int
    column: int
    left_edge: float
    right_edge: float

    @property
    def text(self) -> str:
        text = " ".join(piece.text for piece in self.pieces)
        if len(self.pieces) > 1 and is_right_to_left(text):
            return " ".join(piece.text for piece in reversed(self.pieces))
        return text

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def base(self) -> float:
        return self._longest.base

    @property
    def size(self) -> float:
        return self._longest.size

    @property
    def bold(self) -> bool:
        return sum(len(piece.text) for piece in self.pieces if piece.bold) * 2 > sum(
            len(piece.text) for piece in self.pieces
        )

    @property
    def _longest(self) -> PagePiece:
        return max(self.pieces, key=lambda piece: len(piece.text))


class ColumnLimits(Struct, frozen=True):
    """bins: places across the page at which a gutter is looked for. tried: the most of them. lines: the fewest of a
    column. gutter: its least width, in sizes of the font. aligned: share of lines that stand on one baseline with those
    of the other side, from which both sides must be full lines: else they are a table. long, short: characters of the
    usual line of a column, where the sides are aligned and where not. full: share of the lines of a column of running
    text that reach over most of it. depth: of columns within columns. stretched, equal, widest: share of the
    width of its column that a stretched line has, how much its gaps differ and how wide they are at most, in sizes.

    Set by hand on 2026-11-30, against articles, forms, manuals and tables of some 20 public PDFs.
    """

    bins: int = 150
    tried: int = 8
    lines: int = 3
    gutter: float = 0.8
    aligned: float = 0.6
    long: int = 22
    short: int = 9
    full: float = 0.4
    depth: int = 5
    stretched: float = 0.95
    equal: float = 0.12
    widest: float = 4.0


LIMITS = ColumnLimits()


def lines_of(pieces: Sequence[PagePiece], page: int) -> list[PrintedLine]:
    """The lines of a page in the order they are read."""
    found: list[PrintedLine] = []
    for column, region in enumerate(_regions(list(pieces), 0)):
        left, right = min(piece.left for piece in region), max(piece.right for piece in region)
        found += [PrintedLine(_unstretched(row, right - left), page, column, left, right) for row in rows_of(region)]
    return found


def _unstretched(row: list[PagePiece], width: float) -> tuple[PagePiece, ...]:
    """A line that was made as wide as its column by equal gaps between its words, as one piece."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    wide = row[-1].right - row[0].left >= LIMITS.stretched * width
    closed = sum(piece.text.count(" ") for piece in row)  # gaps of this line that are narrow
    if len(gaps) < 2 or not wide or closed * 2 > len(gaps) or max(gaps) > LIMITS.widest * row[0].size:
        return tuple(row)
    if max(gaps) - min(gaps) > LIMITS.equal * row[0].size:
        return tuple(row)
    return (
        row[0]._replace(
            text=" ".join(piece.text for piece in row),
            top=min(piece.top for piece in row),
            right=row[-1].right,
            bottom=max(piece.bottom for piece in row),
        ),
    )


def rows_of(pieces: Sequence[PagePiece]) -> list[list[PagePiece]]:
    """Pieces of one baseline, from top to bottom, each row from left to right."""
    rows: list[list[PagePiece]] = []
    for piece in sorted(pieces, key=lambda each: (each.base, each.left)):
        if rows and any(_same_row(piece, other) for other in rows[-1][-3:]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _same_row(one: PagePiece, other: PagePiece) -> bool:
    return abs(one.base - other.base) <= 0.3 * min(one.size, other.size) or (
        # A large initial or number and the line beside it.
        min(one.size, other.size) * 1.5 < max(one.size, other.size)
        and abs(one.base - other.base) <= 0.15 * max(one.size, other.size)
    )


def _regions(pieces: list[PagePiece], depth: int) -> Iterator[list[PagePiece]]:
    cut = _best_cut(pieces) if depth < LIMITS.depth and len(pieces) >= 2 * LIMITS.lines else None
    if cut is None:
        if pieces:
            yield pieces
        return
    for band in cut:
        if isinstance(band, tuple):
            for side in band:
                yield from _regions(side, depth + 1)
        else:
            yield from _regions(band, depth + 1)


_Band = list[PagePiece] | tuple[list[PagePiece], list[PagePiece]]


def _best_cut(pieces: list[PagePiece]) -> list[_Band] | None:
    """The gutter with the most text beside it, as bands from top to bottom: columns, or what goes over both."""
    best: list[_Band] | None = None
    most = 0
    for x in _candidates(pieces):
        bands, score = _bands(pieces, x)
        if score > most:
            best, most = bands, score
    return best


def _candidates(pieces: Sequence[PagePiece]) -> list[float]:
    """Where few pieces cross: the middles of the strips that fewer cross than their neighbours."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = right - left
    if width <= 0:
        return []
    change = [0] * (LIMITS.bins + 2)
    for piece in pieces:
        change[int((piece.left - left) / width * LIMITS.bins)] += 1
        change[int((piece.right - left) / width * LIMITS.bins) + 1] -= 1
    counts, held = [], 0
    for step in change[: LIMITS.bins]:
        held += step
        counts.append(held)
    strips: list[tuple[int, float]] = []
    start = 0
    for end in range(1, len(counts) + 1):
        if end < len(counts) and counts[end] == counts[start]:
            continue
        lower_left = start > 0 and counts[start - 1] > counts[start]
        lower_right = end < len(counts) and counts[end] > counts[start]
        if lower_left and lower_right:
            strips.append((counts[start], left + (start + end) / 2 / LIMITS.bins * width))
        start = end
    return [x for _, x in sorted(strips)[: LIMITS.tried]]


def _bands(pieces: Sequence[PagePiece], x: float) -> tuple[list[_Band], int]:
    bands: list[_Band] = []
    score = 0
    beside: list[PagePiece] = []
    over: list[PagePiece] = []

    def close_columns() -> None:
        nonlocal score, beside
        left = [piece for piece in beside if piece.right <= x]
        right = [piece for piece in beside if piece.right > x]
        gain = _columns(left, right)
        if gain:
            flush_over()
            bands.append((left, right))
            score += gain
        else:
            over.extend(beside)
        beside = []

    def flush_over() -> None:
        if over:
            bands.append(list(over))
            over.clear()

    for piece in sorted(pieces, key=lambda each: (each.base, each.left)):
        if piece.left < x < piece.right:
            close_columns()
            over.append(piece)
        else:
            beside.append(piece)
    close_columns()
    flush_over()
    return bands, score


def _columns(left: Sequence[PagePiece], right: Sequence[PagePiece]) -> int:
    """How many characters are in two columns here; 0 where these are none, but a table, a form or chance."""
    if len(left) < LIMITS.lines or len(right) < LIMITS.lines:
        return 0
    rows = rows_of(left), rows_of(right)
    if min(len(rows[0]), len(rows[1])) < LIMITS.lines:
        return 0
    size = statistics.median(piece.size for piece in (*left, *right))
    if min(piece.left for piece in right) - max(piece.right for piece in left) < LIMITS.gutter * size:
        return 0
    bases = [statistics.median(piece.base for piece in row) for row in rows[0]]
    others = [statistics.median(piece.base for piece in row) for row in rows[1]]
    fewer, more = (bases, others) if len(bases) <= len(others) else (others, bases)
    aligned = _aligned(fewer, more, 0.12 * size) >= LIMITS.aligned
    usual = LIMITS.long if aligned else LIMITS.short
    if not (_is_text(rows[0], usual, aligned) and _is_text(rows[1], usual, aligned)):
        return 0
    return sum(len(piece.text) for piece in (*left, *right))


def _aligned(fewer: Sequence[float], more: Sequence[float], slack: float) -> float:
    held = sorted(more)
    count, at = 0, 0
    for base in sorted(fewer):
        while at < len(held) and held[at] < base - slack:
            at += 1
        count += at < len(held) and held[at] <= base + slack
    return count / len(fewer)


def _is_text(rows: Sequence[Sequence[PagePiece]], usual: int, aligned: bool) -> bool:
    lengths = [sum(len(piece.text) for piece in row) for row in rows]
    if statistics.median(lengths) < usual:
        return False
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    full = sum(row[-1].right - row[0].left >= 0.6 * (right - left) for row in rows)
    return not aligned or full >= LIMITS.full * len(rows)
