"""Rows and cells of a table as it is written: pipes, a grid of rules, or columns parted by space."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from index.layout.shapes import SEPARATORS, leaders, separated
from index.sentences.html_tables import html_rows
from index.types import Label, Range

_LINE = re.compile(r"[^\r\n]+")
_DELIMITER = re.compile(r"[\s|:+-]*-[\s|:+-]*\Z")  # | --- | :-: |, +----+----+, ----  ----
_HEAD_RULE = re.compile(r"[\s|+=]*=[\s|+=]*\Z")  # +=====+=====+
_GAP = re.compile(r"[ \xa0]{2,}|[ \xa0]*\t[ \t\xa0]*")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_MOST_HEADER_WORDS = 5
_MOST_COLUMNS = 200  # of a header that cells are held against one by one; by hand
_MOST_NAMED = 1_000  # cells of a header: with a longer one, each part of a row would be read with a book; by hand
_LOOKED = 50  # rows that say whether there are numbers below the first


class Row(Struct, frozen=True):
    """whole: from its first cell to its last one, with the quotes round them. cells: in order, an empty one with
    start == end."""

    whole: Range
    cells: tuple[Range, ...]


class Table(Struct, frozen=True):
    """header: the row that names the columns, None where none does. rows: the others."""

    header: Row | None
    rows: tuple[Row, ...]

    def labelled(self, row: Row) -> tuple[Label, ...]:
        """Each cell that is not empty with its column's name, by its number in the row; where the row has another
        number of cells than the header, by where it stands in the line."""
        if self.header is None and len(row.cells) == 2 and all(cell.start < cell.end for cell in row.cells):
            return (Label(row.cells[0], row.cells[1]),)  # what it is, and how much or where
        if self.header is None:
            return tuple(Label(None, cell) for cell in row.cells if cell.start < cell.end)
        names = self.header.cells
        pairs = []
        for number, cell in enumerate(row.cells):
            if cell.start == cell.end:
                continue
            by_number = len(names) == len(row.cells) or len(names) > _MOST_COLUMNS
            place = number if by_number else _nearest(names, self.header, cell, row)
            name = names[place] if place < len(names) and names[place].start < names[place].end else None
            pairs.append(Label(name, cell))
        return tuple(pairs)


def read_table(text: str, start: int, end: int) -> Table:
    """The table that stands at `text[start:end]`. Linear in its length."""
    if text.startswith("<", start):
        return _of_html(text, start, end)
    rows: list[Row] = []
    parted = _parting(text, start, end)
    head = 0  # how many of the rows stand over the rule that ends the header
    ruled = False
    for line in _LINE.finditer(text, start, end):
        if _HEAD_RULE.match(line[0]) or (_DELIMITER.match(line[0]) and not line[0].lstrip(" \t>").startswith("+")):
            if rows and not ruled:
                head, ruled = len(rows), True
        elif not _DELIMITER.match(line[0]):
            row = _row(text, line.start(), line.end(), parted)
            if row is not None:
                rows.append(row)
    if not ruled:
        head = 1 if _heads(text, rows) else 0
    if head == 0 or head == len(rows) or len(rows[head - 1].cells) > _MOST_NAMED:
        return Table(None, tuple(rows))
    return Table(rows[head - 1], tuple(rows[head:]))


def _of_html(text: str, start: int, end: int) -> Table:
    found, head = html_rows(text, start, end)
    rows = []
    for cells in found:
        filled = [cell for cell in cells if cell.start < cell.end]
        rows.append(Row(Range(filled[0].start, filled[-1].end), tuple(cells)))
    return Table(None, tuple(rows)) if head in {0, len(rows)} else Table(rows[head - 1], tuple(rows[head:]))


def _parting(text: str, start: int, end: int) -> str:
    """What parts the cells of a table's lines: a tab, comma or semicolon that its first two lines have as often, where
    no pipe does; "." for dots that lead from one cell to the next; else nothing, that is pipes or space."""
    lines = [trimmed(text, *line.span()) for line in islice(_LINE.finditer(text, start, end), 2)]
    if any("|" in text[line.start : line.end] for line in lines):
        return ""
    if all(leaders(text, line.start, line.end) for line in lines):
        return "."
    for mark in SEPARATORS:
        counts = {sum(1 for _ in separated(text, line.start, line.end, mark)) for line in lines}
        if len(counts) == 1 and counts != {1} and not (mark != "\t" and _is_spaced(text, lines)):
            return mark
    return ""


def _is_spaced(text: str, lines: Sequence[Range]) -> bool:
    return all(_GAP.search(text, line.start, line.end) for line in lines)


def _parted(text: str, start: int, end: int, mark: str) -> Iterator[Range]:
    """The cells between separators, without the quotes round them."""
    line = Range(start, end) if mark == "\t" else trimmed(text, start, end)
    for cell in separated(text, line.start, line.end, mark):
        kept = trimmed(text, cell.start, cell.end)
        if kept.end - kept.start > 1 and text[kept.start] == text[kept.end - 1] == '"':
            kept = trimmed(text, kept.start + 1, kept.end - 1)
        yield kept


def _led(text: str, start: int, end: int) -> Iterator[Range]:
    line = trimmed(text, start, end)
    dots = leaders(text, line.start, line.end)
    yield Range(line.start, dots.start if dots else line.end)
    if dots:
        yield Range(dots.end, line.end)


def _row(text: str, start: int, end: int, parted: str) -> Row | None:
    quote = _QUOTE.match(text, start, end)
    start = quote.end() if quote else start
    if parted == ".":
        cells = tuple(_led(text, start, end))
    elif parted:
        cells = tuple(_parted(text, start, end, parted))
    else:
        cells = tuple(_piped(text, start, end) if "|" in text[start:end] else _spaced(text, start, end))
    filled = [cell for cell in cells if cell.start < cell.end]
    if not filled:
        return None
    # The quotes round a line's first and last cell are the line's.
    return Row(trimmed(text, start, end) if parted else Range(filled[0].start, filled[-1].end), cells)


def _piped(text: str, start: int, end: int) -> Iterator[Range]:
    """Between pipes; one that is escaped or in code parts nothing."""
    bounds = []
    in_code = False
    at = start
    while at < end:
        if text[at] == "\\":
            at += 1
        elif text[at] == "`":
            in_code = not in_code and text.find("`", at + 1, end) >= 0
        elif text[at] == "|" and not in_code:
            bounds.append(at)
        at += 1
    line = trimmed(text, start, end)
    if bounds and bounds[0] == line.start:
        start = bounds.pop(0) + 1
    if bounds and bounds[-1] == line.end - 1:
        end = bounds.pop()
    for bound in bounds:
        yield trimmed(text, start, bound)
        start = bound + 1
    yield trimmed(text, start, end)


def _spaced(text: str, start: int, end: int) -> Iterator[Range]:
    line = trimmed(text, start, end)
    at = line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        yield Range(at, gap.start())
        at = gap.end()
    yield Range(at, line.end)


def _heads(text: str, rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns though no rule says so: words over a column of numbers, or single words
    of which none comes twice."""
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return False
    names = [text[cell.start : cell.end] for cell in rows[0].cells]
    if any(any(map(str.isdigit, name)) or len(name.split()) > _MOST_HEADER_WORDS for name in names):
        return False
    numbers = any(any(map(str.isdigit, text[cell.start : cell.end])) for row in rows[1:_LOOKED] for cell in row.cells)
    return numbers or (len(rows) > 2 and len(set(names)) == len(names) and all(len(n.split()) == 1 for n in names))


def _nearest(names: Sequence[Range], header: Row, cell: Range, row: Row) -> int:
    """The column whose name begins nearest to where the cell begins, both counted from the first cell's."""
    at = cell.start - row.cells[0].start
    return min(range(len(names)), key=lambda number: abs(names[number].start - header.cells[0].start - at))


def trimmed(text: str, start: int, end: int) -> Range:
    """`text[start:end]` without the white space around it; empty at `end` if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Range(start, end)
