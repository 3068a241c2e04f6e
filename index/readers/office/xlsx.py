"""Workbooks (XLSX, XLSM, XLTX): each sheet's cells as they are shown, formulas as they were last computed."""

import re
from xml.parsers import expat

from index.errors import DocumentError
from index.readers.office.number_formats import NumberFormat, built_in, read_format, shown
from index.readers.office.package import LIMITS, Package, child, stream, value
from index.readers.office.sheets import Area, Cell, write_sheet
from index.readers.writer import TextWriter, Where
from index.types import BlockKind, ParsedFile

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DEFAULT_NAME = re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja|Foglio|Blad|Planilha|Лист)\s?\d*\Z")
_STRINGS = frozenset({"si"})
_MOST_AREAS = 50_000


class XlsxReader:
    """Reads workbooks."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        with Package(data, source) as package:
            return _Workbook(package).read()


class _Workbook:
    """A workbook that is being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = package.main("xl/workbook.xml")
        self._related = package.related(self._name)
        self._writer = TextWriter()
        self._warnings: list[str] = []

    def read(self) -> ParsedFile:
        """All sheets that are shown."""
        root = self._package.tree(self._name)
        since_1904 = value(root, "workbookPr", attribute="date1904") in {"1", "true"}
        listed = child(root, "sheets")
        sheets = list(listed) if listed is not None else []
        seen = [each for each in sheets if each.get("state", "visible") == "visible"]
        hidden = [each.get("name", "") for each in sheets if each not in seen]
        if hidden:
            self._warnings.append(f"Its hidden sheets are left out: {', '.join(hidden[:10])}.")
        strings, styles = self._strings(), self._styles()
        for sheet in seen:
            _, target, _ = self._related.get(sheet.get("r:id", ""), ("", "", False))
            if self._package.has(target):
                name = sheet.get("name", "")
                self._writer.at(Where(name))
                if len(seen) > 1 or not _DEFAULT_NAME.match(name):
                    self._writer.heading(name, 1)
                self._sheet(name, target, _Rows(strings, styles, since_1904))
        return self._writer.finished("xlsx", self._package.properties(), self._warnings)

    def _sheet(self, name: str, part: str, rows: "_Rows") -> None:
        data = self._package.bytes(part, LIMITS.streamed)
        rows.read(data, f"{self._package.source}: {part}", self._package.source)
        write_sheet(self._writer, name, rows.rows, _areas(data))
        for kind, target, _ in self._package.related(part).values():
            if kind == "comments" and self._package.has(target):
                for note in self._package.tree(target).iter("comment"):
                    text = " ".join("".join(each.text or "" for each in note.iter("t")).split())
                    place = note.get("ref", "")
                    self._writer.block(BlockKind.FOOTNOTE, f"{place}: {text}" if text else "", Where(f"{name}!{place}"))

    def _strings(self) -> list[str]:
        """The texts that cells name by number; without the readings of Japanese words."""
        name = next((target for kind, target, _ in self._related.values() if kind == "sharedStrings"), "")
        if not self._package.has(name):
            return []
        found = []
        for each in stream(self._package.bytes(name, LIMITS.streamed), name, self._package.source, _STRINGS):
            runs = (part for part in each if not str(part.tag).endswith("rPh"))
            texts = (t.text or "" for part in runs for t in part.iter() if str(t.tag).rpartition("}")[2] == "t")
            found.append(_unescaped("".join(texts)))
        return found

    def _styles(self) -> list[tuple[NumberFormat, bool]]:
        """Of each style of a cell, its number format and whether it is bold."""
        name = next((target for kind, target, _ in self._related.values() if kind == "styles"), "")
        root = self._package.optional(name)
        listed = child(root, "numFmts")
        codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in listed} if listed is not None else {}
        fonts = [child(each, "b") is not None for each in child(root, "fonts") or ()]
        formats: dict[str, NumberFormat] = {}
        styles = []
        for each in child(root, "cellXfs") or ():
            number = each.get("numFmtId", "0")
            if number not in formats:
                known = built_in(int(number)) if number.isdigit() and len(number) < 6 else NumberFormat()
                formats[number] = read_format(codes[number]) if number in codes else known
            font = each.get("fontId", "")
            styles.append((formats[number], font.isdigit() and int(font) < len(fonts) and fonts[int(font)]))
        return styles


class _Rows:
    """The rows of a sheet, read as its XML comes by: a tree of 100,000 rows would not fit."""

    def __init__(self, strings: list[str], styles: list[tuple[NumberFormat, bool]], since_1904: bool) -> None:
        self.rows: list[tuple[int, dict[int, Cell]]] = []
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self._known: dict[tuple[str, int], Cell] = {}
        self._columns: dict[str, int] = {}
        self._cells: dict[int, Cell] = {}
        self._number = 0
        self._column = 0
        self._kind = ""
        self._style = 0
        self._text: list[str] = []
        self._takes = False

    def read(self, data: bytes, part: str, source: str) -> None:
        """Raises DocumentError for what is no XML or declares entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError) as error:
            raise DocumentError(f"{part} is damaged ({error}): save the document again.", source) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name if ":" not in name else name.rpartition(":")[2]
        if name == "c":
            place = attributes.get("r", "")
            letters = place.rstrip("0123456789")
            self._column = self._column_of(letters) if letters else self._column + 1
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdigit() and len(style) < 6 else 0
            self._text = []
        elif name in {"v", "t"}:
            self._takes = True
        elif name == "row":
            said = attributes.get("r", "")
            self._number = int(said) if said.isdigit() and len(said) < 8 else self._number + 1
            self._cells, self._column = {}, 0
        elif name == "rPh":
            self._takes = False

    def _data(self, text: str) -> None:
        if self._takes:
            self._text.append(text)

    def _end(self, name: str) -> None:
        name = name if ":" not in name else name.rpartition(":")[2]
        if name in {"v", "t"}:
            self._takes = False
        elif name == "c":
            said = "".join(self._text)
            if said:
                cell = self._cell(said)
                if cell.text:
                    self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self.rows.append((self._number, self._cells))

    def _column_of(self, letters: str) -> int:
        if letters not in self._columns:
            column = 0
            for letter in letters[:3].upper():
                column = column * 26 + ord(letter) - 64
            self._columns[letters] = max(1, column)
        return self._columns[letters]

    def _cell(self, said: str) -> Cell:
        form, strong = self._styles[self._style] if self._style < len(self._styles) else (NumberFormat(), False)
        if self._kind == "s":
            key = (said, self._style)
            if key not in self._known:
                known = said.isdigit() and len(said) < 10 and int(said) < len(self._strings)
                self._known[key] = Cell(self._strings[int(said)].strip() if known else "", False, strong)
            return self._known[key]
        if self._kind in {"str", "inlineStr", "e"}:
            return Cell(_unescaped(said).strip(), False, strong)
        if self._kind == "b":
            return Cell("TRUE" if said == "1" else "FALSE", True, strong)
        if self._kind == "d":
            return Cell(said[:10], True, strong)
        try:
            return Cell(shown(float(said), form, since_1904=self._since_1904), True, strong)
        except (ValueError, OverflowError):
            return Cell(said.strip(), False, strong)


def _refuse(*_: object) -> None:
    raise ValueError("it declares a document type")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _areas(data: bytes) -> list[Area]:
    found = []
    for left, top, right, bottom in _MERGED.findall(data)[:_MOST_AREAS]:
        columns = [_column(each.decode()) for each in (left, right)]
        found.append(Area(int(top), columns[0], int(bottom), columns[1]))
    return found


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column
