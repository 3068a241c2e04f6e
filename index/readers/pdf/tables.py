"""Tables of a column of lines, told by cells that stand below each other."""

import itertools
import re
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from index.readers.pdf.lines import PrintedLine
from index.readers.pdf.pieces import PagePiece

LEADERS = re.compile(r"(?:\. ?){4,}\s*\S{0,8}$|…{2,}\s*\S{0,8}$|_{6,}")
MARKER = re.compile(r"(?:[•▪▫●○◦‣⁃■□–—·*»➢✓❖-]|(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])|(?:[A-Z][.)])|\[\d{1,3}\])")


class PdfTableLimits(Struct, frozen=True):
    """rows, wide_rows: the fewest of a table of two columns, and of more. gap: sizes of the font that a row may stand
    below another. filled: the share of rows that have two cells. wrapped: how much closer, than the others, rows stand
    that are lines of one row. cell: characters of the usual cell at most. apart: sizes of the font between two cells.

    Set by hand on 2026-11-30, against the tables of some 20 public PDFs.
    """

    rows: int = 3
    wide_rows: int = 3
    gap: float = 3.2
    filled: float = 0.5
    wrapped: float = 1.35
    cell: int = 90
    apart: float = 1.0


LIMITS = PdfTableLimits()


class PdfRow(NamedTuple):
    """cells: "" where there is none. lines: that it is made of."""

    cells: tuple[str, ...]
    lines: tuple[PrintedLine, ...]


class PdfTable(NamedTuple):
    rows: tuple[PdfRow, ...]


def next_table(lines: Sequence[PrintedLine], start: int) -> tuple[PdfTable | None, int]:
    """The table whose first line is `lines[start]`, and the number of the line behind it; None where none begins."""
    if len(lines[start].pieces) < 2:
        return None, start
    end = _reach(lines, start)
    run = lines[start:end]
    while run and len(run[-1].pieces) < 2 and not _inside(run[-1], _columns(run[:-1])):
        run = run[:-1]
    columns = _columns(run)
    if not _is_table(run, columns):
        return None, start
    rows = _rows(run, columns)
    return (PdfTable(rows), start + len(run)) if len(rows) > 1 else (None, start)


def _reach(lines: Sequence[PrintedLine], start: int) -> int:
    """How far down the rows go: rows of several cells, and lines that lie within one column."""
    end = start + 1
    alone = 0
    while end < len(lines):
        line, before = lines[end], lines[end - 1]
        if line.base - before.base > LIMITS.gap * max(line.size, before.size) or LEADERS.search(line.text):
            break
        if len(line.pieces) < 2:
            alone += 1
            within = _inside(line, _columns(lines[max(start, end - 12) : end]))
            if alone > 3 or not within or line.right - line.left > 0.6 * (line.right_edge - line.left_edge):
                break
        else:
            alone = 0
        end += 1
    return end


Interval = tuple[float, float]


def _columns(run: Sequence[PrintedLine]) -> list[Interval]:
    """The columns' left and right: of the row with the most cells, widened and joined by those of the others."""
    found: list[list[float]] = []
    for line in sorted(run, key=lambda each: -len(each.pieces)):
        for piece in line.pieces:
            over = [column for column in found if piece.left < column[1] and column[0] < piece.right]
            if not over:
                found.append([piece.left, piece.right])
            elif len(over) == 1:
                left, right = min(over[0][0], piece.left), max(over[0][1], piece.right)
                if not any(other is not over[0] and left < other[1] and other[0] < right for other in found):
                    over[0][:] = [left, right]
    return sorted((left, right) for left, right in found)


def _inside(line: PrintedLine, columns: Sequence[Interval]) -> bool:
    slack = line.size
    return any(left - slack <= line.left and line.right <= right + slack for left, right in columns)


def _is_table(run: Sequence[PrintedLine], columns: Sequence[Interval]) -> bool:
    if len(columns) < 2 or len(run) < (LIMITS.rows if len(columns) == 2 else LIMITS.wide_rows):
        return False
    several = [line for line in run if len(line.pieces) > 1]
    if len(several) < max(2, LIMITS.filled * len(run)):
        return False
    if len(columns) == 2 and len(several) < LIMITS.rows:
        return False
    size = statistics.median(line.size for line in run)
    if any(after[0] - before[1] < 0.4 * size for before, after in itertools.pairwise(columns)):
        return False
    # Numbers or bullets with what they stand before are a list.
    first = [line.pieces[0].text for line in several if _column_of(line.pieces[0], columns) == 0]
    if len(columns) == 2 and first and sum(bool(MARKER.fullmatch(text)) for text in first) > 0.7 * len(first):
        return False
    lengths = [len(piece.text) for line in several for piece in line.pieces]
    return statistics.median(lengths) <= LIMITS.cell and _is_aligned(several, columns)


def _is_aligned(several: Sequence[PrintedLine], columns: Sequence[Interval]) -> bool:
    """Wide gaps of justified lines lie anywhere; cells begin, end or are centred at the same place."""
    good = total = 0
    for number in range(1, len(columns)):
        cells = [piece for line in several for piece in line.pieces if _column_of(piece, columns) == number]
        size = statistics.median(piece.size for piece in cells) if cells else 1.0
        total += len(cells)
        good += max(_most_alike([edge(piece) for piece in cells], size) for edge in (_left, _right, _middle))
    return total > 0 and good >= 0.6 * total


def _left(piece: PagePiece) -> float:
    return piece.left


def _right(piece: PagePiece) -> float:
    return piece.right


def _middle(piece: PagePiece) -> float:
    return (piece.left + piece.right) / 2


def _most_alike(values: Sequence[float], size: float) -> int:
    held = sorted(values)
    best = start = 0
    for end in range(len(held)):
        while held[end] - held[start] > 0.6 * size:
            start += 1
        best = max(best, end - start + 1)
    return best


def _column_of(piece: PagePiece, columns: Sequence[Interval]) -> int:
    def overlap(column: Interval) -> float:
        return min(piece.right, column[1]) - max(piece.left, column[0])

    return max(range(len(columns)), key=lambda number: overlap(columns[number]))


def _rows(run: Sequence[PrintedLine], columns: Sequence[Interval]) -> tuple[PdfRow, ...]:
    groups: list[list[PrintedLine]] = []
    close = _close(run)
    for line in run:
        if groups and _goes_on(line, groups[-1][-1], columns, close):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_row(group, columns) for group in groups)


def _close(run: Sequence[PrintedLine]) -> float:
    """Lines that stand closer than this are of one row; 0 where all stand alike."""
    gaps = [after.base - before.base for before, after in itertools.pairwise(run)]
    if len(gaps) < 2:
        return 0.0
    least, most = min(gaps), max(gaps)
    return (least + most) / 2 if most >= LIMITS.wrapped * least else 0.0


def _goes_on(line: PrintedLine, before: PrintedLine, columns: Sequence[Interval], close: float) -> bool:
    """Whether the line is the next one of the row before it."""
    first_empty = _column_of(line.pieces[0], columns) != 0
    if close:
        return line.base - before.base < close and (first_empty or len(line.pieces) < len(columns))
    return first_empty and len(line.pieces) < len(columns)


def _row(group: Sequence[PrintedLine], columns: Sequence[Interval]) -> PdfRow:
    cells: list[list[str]] = [[] for _ in columns]
    for line in group:
        for piece in line.pieces:
            cells[_column_of(piece, columns)].append(piece.text)
    return PdfRow(tuple(" ".join(parts) for parts in cells), tuple(group))
