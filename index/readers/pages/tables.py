"""Tables of a page: the grid of their cells, and whether they hold data or only lay the page out."""

from collections.abc import Iterator

from msgspec import Struct

from index.readers.pages.tree import Element

_BLOCKS = frozenset("p div ul ol dl h1 h2 h3 h4 h5 h6 pre blockquote section article form table figure center".split())
_PARTS = frozenset({"thead", "tbody", "tfoot"})


class GridLimits(Struct, frozen=True):
    """span: columns or rows that one cell may cover; more is no table that people read. cells: of a whole table, with
    those that a cell covers. long: characters of a cell that is text by itself. By hand, 2026-11-30."""

    span: int = 200
    cells: int = 2_000_000
    long: int = 400


LIMITS = GridLimits()


class Grid(Struct, frozen=True):
    """rows: for each row its cells, one that covers several places in each of them; None where none is.
    header_rows: how many of the first rows name the columns."""

    rows: list[list[Element | None]]
    header_rows: int


def rows_of(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of the table itself, and whether each stands in its head."""
    for child in table.elements():
        if child.tag == "tr":
            yield child, False
        elif child.tag in _PARTS:
            for row in child.elements():
                if row.tag == "tr":
                    yield row, child.tag == "thead"


def cells_of(row: Element) -> list[Element]:
    """Its cells in order."""
    return [child for child in row.elements() if child.tag in {"td", "th"} and "lineno" not in child.named]


def is_layout(table: Element) -> bool:
    """Whether it only lays out what stands in its cells, each of which is then read by itself."""
    if table.get("role") in {"presentation", "none"}:
        return True
    if table.get("role") in {"table", "grid"} or any(child.tag in {"caption", "thead"} for child in table.elements()):
        return False
    rows = [cells_of(row) for row, _ in rows_of(table)]
    cells = [cell for row in rows for cell in row]
    if any(cell.tag == "th" for cell in cells) and len(rows) > 1:
        return False
    widths = {len(row) for row in rows}
    if len(cells) <= 1 or max(widths) == 1 or len(rows) == 1:
        return True
    inner = [cell for cell in cells if any(e.tag in _BLOCKS - {"p", "div"} for e in cell.walk() if e is not cell)]
    return bool(inner) or any(cell.size > LIMITS.long for cell in cells)


def grid_of(table: Element) -> Grid:
    """The table's cells as they stand, spans filled."""
    rows: list[list[Element | None]] = []
    open_spans: dict[int, tuple[Element, int]] = {}
    heads: list[bool] = []
    total = 0
    for row, in_head in rows_of(table):
        cells = cells_of(row)
        if not cells or total > LIMITS.cells:
            continue
        line = _line(cells, open_spans)
        total += len(line)
        rows.append(line)
        heads.append(in_head or all(cell.tag == "th" for cell in cells))
    header_rows = next((number for number, head in enumerate(heads) if not head), len(heads))
    return Grid(rows, 1 if header_rows == len(rows) > 1 else header_rows)


def _line(cells: list[Element], open_spans: dict[int, tuple[Element, int]]) -> list[Element | None]:
    """One row, with the cells of rows above that reach into it; those that reach further are kept in open_spans."""
    line: list[Element | None] = []
    waiting = iter(cells)
    last = max(open_spans, default=-1)
    cell = next(waiting, None)
    while cell is not None or len(line) <= last:
        column = len(line)
        if column in open_spans:
            above, left = open_spans.pop(column)
            line.append(above)
            if left > 1:
                open_spans[column] = above, left - 1
        elif cell is None:
            line.append(None)
        else:
            down = _span(cell, "rowspan")
            for place in range(column, column + _span(cell, "colspan")):
                line.append(cell)
                open_spans.pop(place, None)
                if down > 1:
                    open_spans[place] = cell, down - 1
            cell = next(waiting, None)
    return line


def _span(cell: Element, name: str) -> int:
    said = cell.get(name).strip()
    return min(max(1, int(said)), LIMITS.span) if said.isascii() and said.isdigit() and len(said) < 6 else 1
