"""OpenDocument texts, presentations and spreadsheets (ODT, ODP, ODS)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.readers.office.odf_lines import OdfLines
from index.readers.office.package import LIMITS, Package, child, stated
from index.readers.office.sheets import Area, Cell, write_sheet
from index.readers.pages.lists import counted
from index.readers.writer import ListItem, Markup, TableRow, TextWriter, Where
from index.types import BlockKind, Metadata, ParsedFile

_HOLDERS = frozenset({"section", "index-body", "g", "frame", "text-box", "custom-shape", "text"})
_INDEXES = frozenset({"table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index"})
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_REPEATED = 1_000


class OpenDocumentReader:
    """Reads documents of LibreOffice and others. name: "odt", "odp" or "ods"."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({f".{self._name}", f".{self._name[:1]}t{self._name[2:]}"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        with Package(data, source) as package:
            return _OpenDocument(package, self._name).read()


class _OpenDocument:
    """A document that is being read."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._root = package.tree("content.xml")
        styles = [root for root in (self._root, package.optional("styles.xml")) if root is not None]
        self._styles = {each.get("name", ""): each for root in styles for each in root.iter("style")}
        self._lists = {each.get("name", ""): each for root in styles for each in root.iter("list-style")}
        self._writer = TextWriter()
        self._lines = OdfLines(self._styles)
        self._numbers: dict[str, dict[int, int]] = {}

    def read(self) -> ParsedFile:
        """All of it, then its notes, then what stands at the head and foot of its pages."""
        body = child(self._root, "body")
        for kind in body if body is not None else ():
            if kind.tag == "spreadsheet":
                self._sheets(kind)
            elif kind.tag == "presentation":
                self._slides(kind)
            else:
                self._blocks(kind, 0)
        for number, note in enumerate(self._lines.notes, 1):
            self._writer.block(BlockKind.FOOTNOTE, Markup(f"[{number}] {note}") if note else "")
        self._edges()
        warnings = []
        if any(each.tag == "deletion" for each in self._root.iter()):
            warnings.append("What its tracked changes delete is left out.")
        if any(each.tag == "annotation" for each in self._root.iter()):
            warnings.append("Its comments are left out.")
        return self._writer.finished(self._name, self._properties(), warnings)

    def _properties(self) -> Metadata:
        root = self._package.optional("meta.xml")
        said: dict[str, str] = {}
        for each in root.iter() if root is not None else ():
            said.setdefault(each.tag, (each.text or "").strip())
        author = said.get("initial-creator") or said.get("creator", "")
        return stated(said.get("title", ""), author, said.get("date") or said.get("creation-date", ""))

    def _edges(self) -> None:
        styles = self._package.optional("styles.xml") if self._name == "odt" else None
        edges = (each for each in (styles.iter() if styles is not None else ()) if each.tag in {"header", "footer"})
        told = [" ".join(filter(None, (self._lines.read(p) for p in each.iter("p")))) for each in edges]
        for text in dict.fromkeys(told):
            self._writer.block(BlockKind.BOILERPLATE, Markup(text), reason="page header or footer")

    def _blocks(self, parent: Element, depth: int) -> None:
        for each in parent:
            if depth > LIMITS.depth:
                return
            if each.tag == "h":
                level = each.get("outline-level", "1")
                self._writer.heading(self._lines.read(each), int(level) if level.isdigit() and len(level) < 3 else 1)
            elif each.tag == "p":
                self._paragraph(each, depth)
            elif each.tag in {"list", "list-header"}:
                self._list(each)
            elif each.tag == "table":
                self._table(each)
            elif each.tag in _INDEXES:
                text = "\n".join(filter(None, (self._lines.read(p) for p in each.iter("p"))))
                self._writer.block(BlockKind.BOILERPLATE, Markup(text), reason="table of contents")
            elif each.tag in _HOLDERS:
                self._blocks(each, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> None:
        role = self._role(element.get("style-name", ""))
        text = self._lines.read(element)
        if role == "title":
            self._writer.block(BlockKind.TITLE, Markup(" ".join(text.split())))
        elif role == "code":
            self._writer.block(BlockKind.CODE, "".join(_raw(element)))
        else:
            self._writer.block(BlockKind.CAPTION if role == "caption" else BlockKind.PARAGRAPH, text)
        for frame in element.iter("text-box"):
            self._blocks(frame, depth + 1)

    def _role(self, name: str) -> str:
        """What a paragraph's style makes of it."""
        for _ in range(10):
            element = self._styles.get(name)
            shown = (element.get("display-name") if element is not None else None) or name
            low = shown.replace("_20_", " ").lower()
            if low == "title":
                return "title"
            if low in {"caption", "illustration", "figure", "drawing"}:
                return "caption"
            if "preformatted" in low or low in {"code", "source code"}:
                return "code"
            if element is None:
                break
            name = element.get("parent-style-name", "")
        return ""

    def _list(self, element: Element) -> None:
        items: list[ListItem] = []
        style = element.get("style-name", "")
        goes_on = element.get("continue-numbering") == "true" or "continue-list" in element.attrib
        if not goes_on:
            self._numbers.pop(style, None)
        self._items(element, style, 0, items)
        self._writer.items(items)

    def _items(self, listed: Element, style: str, depth: int, items: list[ListItem]) -> None:
        if depth > LIMITS.depth:
            return
        style = listed.get("style-name", style)
        numbers = self._numbers.setdefault(style, {})
        for item in listed:
            parts = [self._lines.read(each) for each in item if each.tag in {"p", "h"}]
            if item.tag == "list-item" and any(parts):
                marker = self._marker(style, depth, numbers, item.get("start-value", ""))
                items.append(ListItem(Markup(" ".join(parts)), depth, marker))
            for inner in item.findall("list"):
                numbers.pop(depth + 1, None)
                self._items(inner, style, depth + 1, items)

    def _marker(self, style: str, depth: int, numbers: dict[int, int], start: str) -> str:
        levels = self._lists.get(style)
        said = (
            next((each for each in levels if each.get("level") == str(depth + 1)), None) if levels is not None else None
        )
        if said is None or said.tag != "list-level-style-number" or not said.get("num-format"):
            return ""
        first = start or (said.get("start-value", "1") if depth not in numbers else "")
        numbers[depth] = int(first) if first.isdigit() and len(first) < 8 else numbers.get(depth, 0) + 1
        shown = counted(numbers[depth], said.get("num-format", "1"))
        return f"{said.get('num-prefix', '')}{shown}{said.get('num-suffix') or '.'}"

    def _table(self, table: Element) -> None:
        heads = sum(1 for part in table if part.tag == "table-header-rows" for _ in part.findall("table-row"))
        rows = []
        for row in _rows(table, 0):
            line: list[str] = []
            for cell in row:
                if cell.tag in {"table-cell", "covered-table-cell"}:
                    text = Markup(
                        " ".join(filter(None, (self._lines.read(p) for p in cell.iter() if p.tag in {"p", "h"})))
                    )
                    line += [text] * _count(cell, "number-columns-repeated")
                    if cell.tag == "covered-table-cell" and not text and len(line) > 1:
                        line[-1] = line[-2]
            rows.append(TableRow(line))
        self._writer.table(rows, header_rows=heads)

    def _slides(self, body: Element) -> None:
        for number, page in enumerate(body.findall("page"), 1):
            self._writer.at(Where(f"slide {number}", number))
            self._writer.leave(1)
            for frame in page:
                kind = frame.get("class", "")
                if kind == "title":
                    self._writer.heading(
                        Markup(" ".join(filter(None, (self._lines.read(p) for p in frame.iter("p"))))), 1
                    )
                elif frame.tag == "notes":
                    self._writer.at(Where(f"slide {number}, notes", number))
                    self._blocks(frame, 0)
                elif kind not in {"page-number", "footer", "header", "date-time"}:
                    self._blocks(frame, 0)

    def _sheets(self, body: Element) -> None:
        tables = body.findall("table")
        for table in tables:
            properties = child(self._styles.get(table.get("style-name", "")), "table-properties")
            if properties is not None and properties.get("display") == "false":
                continue
            name = table.get("name", "")
            self._writer.at(Where(name))
            if len(tables) > 1 or not name.startswith(("Sheet", "Tabelle", "Feuille")):
                self._writer.heading(name, 1)
            rows, areas = self._grid(table)
            write_sheet(self._writer, name, rows, areas)

    def _grid(self, table: Element) -> tuple[list[tuple[int, dict[int, Cell]]], list[Area]]:
        rows: list[tuple[int, dict[int, Cell]]] = []
        areas: list[Area] = []
        number = 1
        for row in _rows(table, 0):
            cells: dict[int, Cell] = {}
            column = 1
            for cell in row:
                repeated = _count(cell, "number-columns-repeated", limit=20_000)
                text = Markup("\n".join(filter(None, (self._lines.read(p) for p in cell.findall("p")))))
                if text:
                    is_number = cell.get("value-type", "string") not in {"string", ""}
                    for place in range(column, column + min(repeated, _MOST_REPEATED)):
                        cells[place] = Cell(text, is_number)
                    down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                    if down > 1 or right > 1:
                        areas.append(Area(number, column, number + down - 1, column + right - 1))
                column += repeated
            repeated = _count(row, "number-rows-repeated", limit=2_000_000)
            if cells:
                rows += [(place, cells) for place in range(number, number + min(repeated, _MOST_REPEATED))]
            number += repeated
        return rows, areas


def _rows(table: Element, depth: int) -> Iterator[Element]:
    for each in table:
        if each.tag == "table-row":
            yield each
        elif each.tag in _ROWS and depth < LIMITS.depth:
            yield from _rows(each, depth + 1)


def _count(element: Element, name: str, *, limit: int = _MOST_REPEATED) -> int:
    said = element.get(name, "1")
    return min(max(1, int(said)), limit) if said.isascii() and said.isdigit() and len(said) < 8 else 1


def _raw(element: Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag == "s":
            yield " " * _count(each, "c")
        elif each.tag in {"tab", "line-break"}:
            yield "\t" if each.tag == "tab" else "\n"
        else:
            yield from _raw(each)
        yield each.tail or ""
