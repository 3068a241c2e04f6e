"""Word documents (DOCX, DOCM, DOTX): what they say, in the order in which it is read."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.layout.shapes import MARK
from index.readers.office.numbering import Number, Numbering, numbered
from index.readers.office.package import LIMITS, Package, child, value
from index.readers.office.runs import Runs, StyledParagraph
from index.readers.office.styles import Style, Styles
from index.readers.office.word_tables import header_rows, is_layout, rows_of
from index.readers.writer import ListItem, Markup, TableRow, TextWriter
from index.types import BlockKind, ParsedFile

_MARKER = re.compile(MARK)
_HOLDERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_MOST_HEADING_WORDS = 12
_STOPS = tuple(".,;:!?…")
_TOC = re.compile(r"TOC\b|INDEX\b|TOA\b", re.IGNORECASE)


class DocxReader:
    """Reads Word documents."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".docx", ".docm", ".dotx", ".dotm"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        with Package(data, source) as package:
            return _Document(package).read()


class _Document:
    """A document that is being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = package.main("word/document.xml")
        self._related = package.related(self._name)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._notes = {kind: self._notes_of(kind) for kind in ("footnote", "endnote")}
        self._counted: dict[tuple[str, str], str] = {}
        self._runs = Runs(self._address, self._count)
        self._writer = TextWriter()
        self._items: list[ListItem] = []
        self._code: list[str] = []
        self._bold_heads = False
        self._in_contents = 0
        self._warnings: list[str] = []

    def read(self) -> ParsedFile:
        """All of it: the body, then notes, then what stands at the head and foot of its pages."""
        root = self._package.tree(self._name)
        body = child(root, "body")
        if body is None:
            body = root
        names = {value(each, "pPr", "pStyle") for each in body.iter("p")}
        self._bold_heads = not any(self._styles.of(name).role == "heading" for name in names)
        self._blocks(body, 0)
        self._flush()
        self._write_notes()
        self._write_edges()
        self._warn(body)
        return self._writer.finished("docx", self._package.properties(), self._warnings)

    def _part(self, kind: str) -> Element | None:
        name = next((target for each, target, outside in self._related.values() if each == kind and not outside), "")
        return self._package.optional(name) if name else None

    def _address(self, relation: str) -> str:
        _, target, outside = self._related.get(relation, ("", "", False))
        return target if outside else ""

    def _notes_of(self, kind: str) -> dict[str, Element]:
        root = self._part(f"{kind}s")
        found = root.findall(kind) if root is not None else []
        return {each.get("id", ""): each for each in found if each.get("type", "normal") == "normal"}

    def _count(self, kind: str, name: str) -> str:
        if name not in self._notes.get(kind, {}):
            return ""
        return self._counted.setdefault((kind, name), str(len(self._counted) + 1))

    def _blocks(self, parent: Element, depth: int) -> None:
        for each in parent:
            if each.tag == "p":
                self._paragraph(each)
            elif each.tag == "tbl" and depth < LIMITS.depth:
                self._table(each, depth)
            elif each.tag in _HOLDERS and depth < LIMITS.depth:
                self._blocks(each, depth + 1)
            elif each.tag == "AlternateContent" and depth < LIMITS.depth:
                chosen = child(each, "Choice")
                self._blocks(chosen if chosen is not None else each, depth + 1)

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style = self._styles.of(value(properties, "pStyle"))
        outline = value(properties, "outlineLvl")
        if outline.isdigit() and int(outline) < 9 and style.role == "":
            style = Style("heading", int(outline) + 1, style.number)
        read = self._runs.read(element)
        contents = style.role == "contents" or any(_TOC.match(told) for told in read.fields)
        number = self._number(properties, style) if read.text and not contents else None
        if style.role != "code" or not read.text:
            self._flush_code()
        if contents:
            self._flush()
            self._writer.block(BlockKind.BOILERPLATE, read.text, reason="table of contents")
        elif style.role == "code":
            self._flush_items()
            self._code.append("".join(_raw(element)))
        elif read.text:
            self._text(read, style, number)
        for box in read.boxes:
            self._flush()
            self._blocks(box, LIMITS.depth // 2)

    def _number(self, properties: Element | None, style: Style) -> Number | None:
        said = numbered(properties)
        if said is None:
            said = style.number
        elif said[0] == "" and style.number is not None:
            said = style.number[0], said[1]
        return self._numbering.next(*said) if said is not None else None

    def _text(self, read: StyledParagraph, style: Style, number: Number | None) -> None:
        marker = number.marker if number else ""
        text = Markup(f"{marker} {read.text}") if marker else read.text
        if style.role == "title":
            self._flush()
            self._writer.block(BlockKind.TITLE, Markup(" ".join(text.split())))
        elif style.role == "heading" or (self._bold_heads and number is None and _heads(read)):
            self._flush()
            self._writer.heading(text, style.level or 2)
        elif style.role == "caption":
            self._flush()
            self._writer.block(BlockKind.CAPTION, text)
        elif number is not None and (not marker or _MARKER.fullmatch(marker)):
            self._items.append(ListItem(read.text, number.level or style.depth, marker))
        else:
            self._flush()
            self._writer.paragraph(text)

    def _flush(self) -> None:
        self._flush_items()
        self._flush_code()

    def _flush_items(self) -> None:
        self._writer.items(self._items)
        self._items = []

    def _flush_code(self) -> None:
        if self._code:
            self._writer.block(BlockKind.CODE, "\n".join(self._code))
        self._code = []

    def _table(self, table: Element, depth: int) -> None:
        self._flush()
        rows = rows_of(table)
        if is_layout(rows):
            for cell in dict.fromkeys(cell for row in rows for cell in row if cell is not None):
                self._blocks(cell, depth + 1)
            self._flush()
            return
        shown = {id(cell): self._cell(cell, depth) for row in rows for cell in row if cell is not None}
        lines = [TableRow([shown[id(cell)] if cell is not None else "" for cell in row]) for row in rows]
        self._writer.table(lines, header_rows=header_rows(table, rows))

    def _cell(self, cell: Element, depth: int) -> Markup:
        return Markup(" ".join(filter(None, self._lines(cell, depth))))

    def _lines(self, parent: Element, depth: int) -> Iterator[str]:
        """The paragraphs of a cell or note, those of tables in it, too."""
        for each in parent:
            if each.tag == "p":
                properties = child(each, "pPr")
                read = self._runs.read(each)
                number = self._number(properties, self._styles.of(value(properties, "pStyle"))) if read.text else None
                yield f"{number.marker} {read.text}" if number and number.marker else read.text
            elif depth < LIMITS.depth and each.tag in {*_HOLDERS, "tbl", "tr", "tc"}:
                yield from self._lines(each, depth + 1)

    def _write_notes(self) -> None:
        for (kind, name), number in list(self._counted.items()):
            text = " ".join(" ".join(self._lines(self._notes[kind][name], 0)).split())
            if text:
                self._writer.block(BlockKind.FOOTNOTE, Markup(f"[{number}] {text}"))

    def _write_edges(self) -> None:
        told = []
        for kind, target, _ in self._related.values():
            if kind in {"header", "footer"} and self._package.has(target):
                told.append(" ".join(filter(None, self._lines(self._package.tree(target), 0))))
        for text in dict.fromkeys(told):
            self._writer.block(BlockKind.BOILERPLATE, Markup(text), reason="page header or footer")

    def _warn(self, body: Element) -> None:
        if any(True for _ in body.iter("del")):
            self._warnings.append("What its tracked changes delete is left out.")
        if any(kind == "comments" for kind, _, _ in self._related.values()):
            self._warnings.append("Its comments are left out.")


def _heads(read: StyledParagraph) -> bool:
    """Whether a paragraph is a heading, in a document that has none by its styles: a short line, all of it bold."""
    return (
        read.bold
        and "\n" not in read.text
        and len(read.text.split()) <= _MOST_HEADING_WORDS
        and not (read.text.endswith(_STOPS))
    )


def _raw(paragraph: Element) -> Iterator[str]:
    """The text of code, as it is written."""
    for each in paragraph.iter():
        if each.tag == "t":
            yield each.text or ""
        elif each.tag in {"tab", "br", "cr"}:
            yield "\t" if each.tag == "tab" else "\n"
