"""Tables of a Word document: the grid of their cells, which rows head it, and whether they only lay the text out."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from index.readers.office.package import child, is_on, value

_ROWS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml"})
_PLAIN_STYLES = frozenset({"", "TableGrid", "TableNormal", "Tabellenraster", "Grilledutableau", "TableGridLight"})
_MOST_SPAN = 200
_LONG = 400  # characters of a cell on average, from which cells are read as text
_DEEP = 40


def rows_of(table: Element) -> list[list[Element | None]]:
    """The cells of each row, one that covers several places in each of them."""
    rows: list[list[Element | None]] = []
    for row in _within(table, "tr", 0):
        before, line = rows[-1] if rows else [], list[Element | None]()
        line += [None] * _count(value(row, "trPr", "gridBefore"), 0)
        for cell in _within(row, "tc", 0):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            goes_on = merged is not None and merged.get("val", "continue") == "continue"
            at = len(line)
            held = before[at] if goes_on and at < len(before) else cell
            line += [held] * _count(value(properties, "gridSpan"), 1)
        rows.append(line)
    return rows


def header_rows(table: Element, rows: Sequence[Sequence[Element | None]]) -> int:
    """How many rows the table says are its head, or shows to be it."""
    marked = 0
    for row in _within(table, "tr", 0):
        if not is_on(row, "trPr", "tblHeader"):
            break
        marked += 1
    if marked or len(rows) < 2:
        return min(marked, len(rows) - 1)
    look = child(table, "tblPr", "tblLook")
    said = look.get("firstRow", "") if look is not None else ""
    bits = look.get("val", "") if look is not None else ""
    first = said in {"1", "true"} or (not said and _hexadecimal(bits) & 0x20 > 0)
    if first and value(table, "tblPr", "tblStyle") not in _PLAIN_STYLES:
        return 1
    return int(all(cell is not None and _stands_out(cell) for cell in rows[0]))


def is_layout(rows: Sequence[Sequence[Element | None]]) -> bool:
    """Whether cells hold text of their own: one cell or column, headings, or much text."""
    cells = list({id(cell): cell for row in rows for cell in row if cell is not None}.values())
    if len(cells) <= 1 or max(len(row) for row in rows) == 1:
        return True
    long = sum(len(each.text or "") for cell in cells for each in cell.iter("t")) > _LONG * len(cells)
    return long or (len(rows) == 1 and any(len(cell.findall("p")) > 2 for cell in cells))


def _stands_out(cell: Element) -> bool:
    """Shaded, or all bold."""
    fill = value(cell, "tcPr", "shd", attribute="fill").upper()
    if fill not in {"", "AUTO", "FFFFFF"}:
        return True
    runs = [run for run in cell.iter("r") if any((each.text or "").strip() for each in run.findall("t"))]
    return bool(runs) and all(is_on(run, "rPr", "b") for run in runs)


def _within(parent: Element, tag: str, depth: int) -> list[Element]:
    found = []
    for each in parent:
        if each.tag == tag:
            if not (tag == "tr" and child(each, "trPr", "del") is not None):
                found.append(each)
        elif each.tag in _ROWS and depth < _DEEP:
            found += _within(each, tag, depth + 1)
    return found


def _count(said: str, default: int) -> int:
    return min(int(said), _MOST_SPAN) if said.isascii() and said.isdigit() and len(said) < 6 else default


def _hexadecimal(said: str) -> int:
    try:
        return int(said, 16)
    except ValueError:
        return 0
