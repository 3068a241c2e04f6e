"""Presentations (PPTX, PPTM, POTX): slide by slide, each with its notes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.readers.marked import Marked, address_in
from index.readers.office.package import LIMITS, Package, child, value
from index.readers.pages.lists import counted
from index.readers.writer import ListItem, Markup, TableRow, TextWriter, Where
from index.types import BlockKind, ParsedFile

_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
_BULLETED = frozenset({"body", "obj", ""})
_FORMS = {"alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I"}
_MOST_SPAN = 200


class PptxReader:
    """Reads presentations."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".pptx", ".pptm", ".potx", ".ppsx"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        with Package(data, source) as package:
            return _Presentation(package).read()


class _Presentation:
    """A presentation that is being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._writer = TextWriter()
        self._related: dict[str, tuple[str, str, bool]] = {}
        self._hidden = 0

    def read(self) -> ParsedFile:
        """All slides in order."""
        name = self._package.main("ppt/presentation.xml")
        root, related = self._package.tree(name), self._package.related(name)
        listed = child(root, "sldIdLst")
        ids = [each.get("r:id", "") for each in listed] if listed is not None else []
        slides = [related[each][1] for each in ids if each in related and self._package.has(related[each][1])]
        for number, slide in enumerate(slides, 1):
            self._slide(number, slide)
        warnings = [f"{self._hidden} of its slides are hidden, and read."] if self._hidden else []
        return self._writer.finished("pptx", self._package.properties(), warnings)

    def _slide(self, number: int, name: str) -> None:
        root = self._package.tree(name)
        self._related = self._package.related(name)
        hidden = root.get("show") in {"0", "false"}
        self._hidden += hidden
        self._writer.at(Where(f"slide {number} (hidden)" if hidden else f"slide {number}", number))
        self._writer.leave(1)
        shapes = list(_shapes(child(root, "cSld", "spTree"), 0))
        title = next((shape for shape in shapes if _kind(shape) in _TITLES), None)
        if title is not None:
            text = Markup(" ".join(" ".join(self._text(each) for each in title.iter("p")).split()))
            if text and number == 1:
                self._writer.block(BlockKind.TITLE, text)
            elif text:
                self._writer.heading(text, 1)
        for shape in shapes:
            if shape is not title and _kind(shape) not in _FURNITURE:
                self._shape(shape)
        self._notes(number)

    def _shape(self, shape: Element) -> None:
        if shape.tag == "graphicFrame":
            self._frame(shape)
        elif shape.tag == "pic":
            told = value(shape, "nvPicPr", "cNvPr", attribute="descr").strip()
            if " " in told and "generated" not in told:
                self._writer.block(BlockKind.CAPTION, " ".join(told.split()), reason="a picture's text")
        else:
            self._paragraphs(child(shape, "txBody"), bulleted=_kind(shape) in _BULLETED)

    def _paragraphs(self, body: Element | None, *, bulleted: bool) -> None:
        """Paragraphs of a box: those with bullets, or one below the other in a box for points, as a list."""
        lines = [(each, self._text(each)) for each in (body.findall("p") if body is not None else [])]
        lines = [(each, text) for each, text in lines if text.strip()]
        items: list[ListItem] = []
        numbers: dict[int, int] = {}
        for each, text in lines:
            properties = child(each, "pPr")
            level = (
                int(value(each, "pPr", attribute="lvl") or 0) if value(each, "pPr", attribute="lvl").isdigit() else 0
            )
            numbered = child(properties, "buAutoNum")
            listed = numbered is not None or child(properties, "buChar") is not None
            listed = listed or (bulleted and child(properties, "buNone") is None and (len(lines) > 1 or level > 0))
            if not listed:
                self._writer.items(items)
                items = []
                self._writer.paragraph(text)
                continue
            marker = ""
            if numbered is not None:
                start = numbered.get("startAt", "1")
                numbers[level] = numbers.get(level, int(start) - 1 if start.isdigit() and len(start) < 6 else 0) + 1
                marker = f"{counted(numbers[level], _form(numbered.get('type', '')))}."
            items.append(ListItem(text, min(level, 8), marker))
        self._writer.items(items)

    def _text(self, paragraph: Element) -> Markup:
        line = Marked()
        for each in paragraph:
            if each.tag == "br":
                line.text("\n")
            elif each.tag == "fld" and each.get("type", "").startswith(("slidenum", "datetime")):
                continue
            elif each.tag in {"r", "fld"}:
                self._run(each, line)
            elif each.tag in {"m", "oMathPara", "oMath", "AlternateContent"}:
                line.text("".join(inner.text or "" for inner in each.iter("t")))
        return line.taken()

    def _run(self, run: Element, line: Marked) -> None:
        text = (value_of(run, "t") or "").replace("\v", "\n")
        properties = child(run, "rPr")
        kind, target, _ = self._related.get(value(properties, "hlinkClick", attribute="r:id"), ("", "", False))
        address = address_in(target, text) if kind == "hyperlink" else ""
        raised = properties.get("baseline", "0") if properties is not None else "0"
        marks = ("[", f"]({address})") if address else ("", "")
        if properties is not None and properties.get("strike", "noStrike") != "noStrike":
            marks = ("~~", "~~")
        elif raised.lstrip("-").isdigit() and int(raised) != 0 and not address:
            marks = ("<sup>", "</sup>") if int(raised) > 0 else ("<sub>", "</sub>")
        if marks[0] and text.strip() and not line.full:
            line.opens(marks[0])
            line.text(text)
            line.closes(marks[1])
        else:
            line.text(text)

    def _frame(self, frame: Element) -> None:
        for table in frame.iter("tbl"):
            self._table(table)
        for chart in frame.iter("chart"):
            _, target, _ = self._related.get(chart.get("r:id", ""), ("", "", False))
            if self._package.has(target):
                self._chart(self._package.tree(target))
        for ids in frame.iter("relIds"):
            _, target, _ = self._related.get(ids.get("r:dm", ""), ("", "", False))
            if self._package.has(target):
                points = [self._text(each) for each in self._package.tree(target).iter("p")]
                self._writer.items([ListItem(text) for text in points])

    def _table(self, table: Element) -> None:
        rows: list[TableRow] = []
        above: list[str] = []
        for row in table.findall("tr"):
            line: list[str] = []
            for at, cell in enumerate(row.findall("tc")):
                text = Markup(" ".join(self._text(each) for each in cell.iter("p")))
                if cell.get("hMerge") in {"1", "true"} and line:
                    text = Markup(line[-1])
                elif cell.get("vMerge") in {"1", "true"} and at < len(above):
                    text = Markup(above[at])
                line.append(text)
            rows.append(TableRow(line))
            above = line
        first = value(table, "tblPr", attribute="firstRow") in {"1", "true"} and len(rows) > 1
        self._writer.table(rows, header_rows=int(first))

    def _chart(self, root: Element) -> None:
        """A chart's title, and its numbers as a table."""
        title = child(root, "chart", "title")
        if title is not None:
            self._writer.block(BlockKind.CAPTION, " ".join(each.text or "" for each in title.iter("t")))
        series = list(root.iter("ser"))[:_MOST_SPAN]
        names = [" ".join(_cached(child(each, "tx")).values()) for each in series]
        groups = [_cached(child(each, "cat")) for each in series]
        values = [_cached(child(each, "val")) for each in series]
        points = sorted({place for each in (*groups, *values) for place in each})
        labels = {place: text for each in reversed(groups) for place, text in each.items()}
        rows = [TableRow([labels.get(place, ""), *(each.get(place, "") for each in values)]) for place in points]
        self._writer.table([TableRow(["", *names]), *rows] if rows else [])

    def _notes(self, number: int) -> None:
        for kind, target, _ in list(self._related.values()):
            if kind == "notesSlide" and self._package.has(target):
                self._writer.at(Where(f"slide {number}, notes", number))
                root = self._package.tree(target)
                for shape in _shapes(child(root, "cSld", "spTree"), 0):
                    if _kind(shape) == "body":
                        self._paragraphs(child(shape, "txBody"), bulleted=False)


def _shapes(parent: Element | None, depth: int) -> Iterator[Element]:
    """The shapes in order, groups opened."""
    for each in parent if parent is not None else ():
        if each.tag in {"sp", "graphicFrame", "pic"}:
            if value(each, f"nv{each.tag[0].upper()}{each.tag[1:]}Pr", "cNvPr", attribute="hidden") not in {
                "1",
                "true",
            }:
                yield each
        elif each.tag in {"grpSp", "AlternateContent", "Choice"} and depth < LIMITS.depth:
            yield from _shapes(each, depth + 1)


def _kind(shape: Element) -> str:
    """What place of the slide's design a shape fills; "-" for one that is its own."""
    found = next(shape.iter("ph"), None)
    return "-" if found is None else found.get("type", "")


def _form(kind: str) -> str:
    return next((form for begin, form in _FORMS.items() if kind.startswith(begin)), "1")


def _cached(element: Element | None) -> dict[int, str]:
    """The points of a chart as they were last shown."""
    if element is None:
        return {}
    points = {}
    for each in element.iter("pt"):
        place = each.get("idx", "")
        if place.isdigit() and len(place) < 7:
            points[int(place)] = (value_of(each, "v") or "").strip()
    alone = next((text for each in element.iter("v") if (text := (each.text or "").strip())), "")
    return points or ({0: alone} if alone else {})


def value_of(element: Element, name: str) -> str | None:
    """The text of a child."""
    found = child(element, name)
    return found.text if found is not None else None
