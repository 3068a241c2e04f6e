"""Sheets of workbooks: which of their cells are tables, what heads them, and where each row stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from index.readers.writer import Line, TableRow, TextWriter, Where
from index.types import BlockKind

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_HEAD_WORDS = 8
_LOOKED = 30  # rows below the first that say whether it heads them


class Cell(Struct, frozen=True):
    """A cell as it is shown. number: it is a number, date or truth value. strong: it stands out, by bold type."""

    text: str
    number: bool = False
    strong: bool = False


class Area(Struct, frozen=True):
    """Cells that are merged; rows and columns from 1, ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


Cells = Mapping[int, Cell]  # of a row, by column from 1


class SheetLimits(Struct, frozen=True):
    """merged: cells that a merged one is written into. By hand, 2026-11-30: a title that is merged over a whole sheet
    covers 16 billion."""

    merged: int = 2_000


LIMITS = SheetLimits()


def write_sheet(writer: TextWriter, name: str, rows: Sequence[tuple[int, Cells]], areas: Sequence[Area] = ()) -> None:
    """Its tables, parted by empty rows and columns, each row at its place ("Sales!A2:D2"). rows: those with cells, in
    order, with their numbers from 1."""
    filled = _filled(rows, areas)
    for run in _runs([number for number, _ in filled]):
        block = filled[run.start : run.stop]
        columns = sorted({column for _, cells in block for column in cells})
        for part in _runs(columns):
            wanted = columns[part.start : part.stop]
            kept = [(number, {c: cells[c] for c in wanted if c in cells}) for number, cells in block]
            _write(writer, name, [(number, cells) for number, cells in kept if cells], wanted)


def column_name(column: int) -> str:
    """A column as sheets call it: A, Z, AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _filled(rows: Sequence[tuple[int, Cells]], areas: Sequence[Area]) -> list[tuple[int, Cells]]:
    """The rows with what is merged in every place that it covers."""
    if not areas:
        return [(number, cells) for number, cells in rows if cells]
    places = {number: dict(cells) for number, cells in rows}
    for area in areas:
        said = places.get(area.top, {}).get(area.left)
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if said is None or size > LIMITS.merged:
            continue
        for number in range(area.top, area.bottom + 1):
            row = places.setdefault(number, {})
            for column in range(area.left, area.right + 1):
                row.setdefault(column, said)
    return [(number, dict(sorted(places[number].items()))) for number in sorted(places) if places[number]]


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """Where numbers follow each other without a gap."""
    for _, run in groupby(range(len(numbers)), key=lambda at: numbers[at] - at):
        places = list(run)
        yield range(places[0], places[-1] + 1)


def _write(writer: TextWriter, name: str, rows: list[tuple[int, Cells]], columns: Sequence[int]) -> None:
    """One table; lines over it that fill one place are its captions, and one column of words is text."""
    while len(rows) > 1 and len(columns) > 1 and _is_caption(rows[0][1], rows[1][1]):
        number, cells = rows.pop(0)
        column, cell = next(iter(cells.items()))
        writer.block(BlockKind.CAPTION, cell.text, _where(name, number, [column]))
    if len(columns) == 1 or all(len({cell.text for cell in cells.values()}) == 1 for _, cells in rows):
        lines = [(number, next(iter(cells.items()))) for number, cells in rows]
        if len(lines) == 1 and _is_heading(lines[0][1][1]):
            writer.heading(lines[0][1][1].text, 2, _where(name, lines[0][0], list(rows[0][1])))
            return
        writer.paragraph([Line(cell.text, _where(name, number, [column])) for number, (column, cell) in lines])
        return
    written = [
        TableRow([cells[c].text if c in cells else "" for c in columns], _where(name, number, list(cells)))
        for number, cells in rows
    ]
    writer.table(written, header_rows=_header_rows(rows, columns))


def _where(name: str, row: int, columns: Sequence[int]) -> Where:
    first, last = f"{column_name(min(columns))}{row}", f"{column_name(max(columns))}{row}"
    return Where(f"{name}!{first}" if first == last else f"{name}!{first}:{last}")


def _is_caption(cells: Cells, below: Cells) -> bool:
    texts = {cell.text for cell in cells.values()}
    return len(texts) == 1 and len(below) > 1 and not any(cell.number for cell in cells.values())


def _is_heading(cell: Cell) -> bool:
    """A few words in a place by themselves, which head what stands below them."""
    return not cell.number and len(cell.text.split()) <= _HEAD_WORDS and not any(sign in cell.text for sign in ".:!?;")


def _header_rows(rows: Sequence[tuple[int, Cells]], columns: Sequence[int]) -> int:
    """How many rows name the columns: two where the first is merged over what the second names."""
    if len(rows) < 2:
        return 0
    first = list(rows[0][1].values())
    texts = [cell.text for cell in first]
    merged = any(a == b for a, b in pairwise(texts))
    if merged and len(rows) > 2 and _names(rows[1][1], columns, rows[2:]):
        return 2
    return int(_names(rows[0][1], columns, rows[1:]))


def _names(cells: Cells, columns: Sequence[int], below: Sequence[tuple[int, Cells]]) -> bool:
    """Whether a row's cells are names of columns: short words, nearly all places filled, and set off from the rows
    below by type, by numbers there, or by being no sentence."""
    texts = [cell.text for cell in cells.values()]
    if any(cell.number and not _YEAR.match(cell.text) for cell in cells.values()) or len(cells) * 2 < len(columns):
        return False
    if all(cell.number for cell in cells.values()):
        return False
    if any(len(text.split()) > _HEAD_WORDS or text.endswith((".", "!")) for text in texts):
        return False
    rest = [cell for _, row in below[:_LOOKED] for cell in row.values()]
    if all(cell.strong for cell in cells.values()) and not all(cell.strong for cell in rest):
        return True
    if any(cell.number for cell in rest):
        return True
    digits = any(any(map(str.isdigit, text)) for text in texts)
    return not digits and len(below) > 1 and len(set(texts)) == len(texts) and len(cells) == len(columns) > 1
