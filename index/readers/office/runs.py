"""The text of a Word paragraph: its runs, links, notes and fields, as they are seen."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from msgspec import Struct

from index.readers.marked import Marked, address_in
from index.readers.office.package import LIMITS, child, is_on, value
from index.readers.writer import Markup

_INNER = frozenset({"ins", "moveTo", "smartTag", "fldSimple", "customXml", "sdt", "sdtContent", "dir", "bdo", "oMath"})
_INNER |= frozenset({"oMathPara", "r", "hyperlink"})
_FORMULA = {"den": "/", "sup": "^", "sub": "_", "rad": "√"}  # what joins a part of a formula to what stands before it
_FORMULAS = frozenset("e f num d sSup sSub sSubSup nary func fName m mr acc bar box groupChr limLow limUpp lim".split())
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|FILENAME|SAVEDATE|PRINTDATE)\b", re.IGNORECASE)
_RAISED = {"superscript": ("<sup>", "</sup>"), "subscript": ("<sub>", "</sub>")}


class StyledParagraph(Struct, frozen=True):
    """A paragraph's text. boxes: what stands in text boxes that hang on it. bold: all of it is. fields: what its fields
    are told to show. notes: ids of its notes, with their kind, in order."""

    text: Markup
    boxes: list[Element]
    bold: bool
    fields: list[str]
    notes: list[tuple[str, str]]


class Runs:
    """Reads paragraphs. link: the address of a relation. count: the number of a note, by kind and id."""

    def __init__(self, link: Callable[[str], str], count: Callable[[str, str], str]) -> None:
        self._link = link
        self._count = count
        self._fields: list[str | None] = []  # of fields that are open: None once what they show begins
        self._line = Marked()
        self._boxes: list[Element] = []
        self._told: list[str] = []
        self._notes: list[tuple[str, str]] = []
        self._bold: list[bool] = []
        self._hidden: list[str] = []

    def read(self, paragraph: Element) -> StyledParagraph:
        """The text of a `<w:p>`. Fields may go on from one to the next."""
        self._boxes, self._told, self._notes, self._bold = [], [], [], []
        self._inside(paragraph, 0)
        bold = bool(self._bold) and all(self._bold)
        return StyledParagraph(self._line.taken(), self._boxes, bold, self._told, self._notes)

    def _inside(self, element: Element, depth: int) -> None:
        if depth > LIMITS.depth:
            return
        for each in element:
            if each.tag == "r":
                self._run(each, depth)
            elif each.tag == "hyperlink" and each.get("r:id"):
                self._hyperlink(each, depth)
            elif each.tag == "fldSimple" and _PAGE_FIELD.match(each.get("instr", "")):
                continue
            elif each.tag == "t":  # of a formula
                self._line.text(each.text or "")
            elif each.tag in _FORMULA:
                self._line.text(_FORMULA[each.tag])
                self._inside(each, depth + 1)
            elif each.tag == "AlternateContent":
                self._alternate(each, depth)
            elif each.tag in _INNER or each.tag in _FORMULAS:
                self._inside(each, depth + 1)

    def _alternate(self, element: Element, depth: int) -> None:
        chosen = child(element, "Choice")
        self._inside(chosen if chosen is not None else element, depth + 1)

    def _hyperlink(self, element: Element, depth: int) -> None:
        text = "".join(each.text or "" for each in element.iter("t"))
        address = address_in(self._link(element.get("r:id", "")), text)
        if address and not self._line.full:
            self._line.opens("[")
            self._inside(element, depth + 1)
            self._line.closes(f"]({address})")
        else:
            self._inside(element, depth + 1)

    def _run(self, run: Element, depth: int) -> None:
        properties = child(run, "rPr")
        if is_on(properties, "vanish") or is_on(properties, "webHidden"):
            return
        struck = is_on(properties, "strike") or is_on(properties, "dstrike")
        opening, closing = ("~~", "~~") if struck else _RAISED.get(value(properties, "vertAlign"), ("", ""))
        wraps = bool(opening) and not self._line.full and any((each.text or "").strip() for each in run.findall("t"))
        if wraps:
            self._line.opens(opening)
        for each in run:
            self._piece(each, is_on(properties, "b"), depth)
        if wraps:
            self._line.closes(closing)

    def _piece(self, each: Element, bold: bool, depth: int) -> None:
        if each.tag == "fldChar":
            self._field(each.get("fldCharType", ""))
        elif each.tag == "instrText":
            if self._fields and self._fields[-1] is not None:
                self._fields[-1] += each.text or ""
        elif any(field is not None for field in self._fields) or self._hidden:
            return
        elif each.tag == "t":
            self._line.text(each.text or "")
            if (each.text or "").strip():
                self._bold.append(bold)
        elif each.tag in {"tab", "ptab"}:
            self._line.text(" ")
        elif each.tag in {"br", "cr"}:
            self._line.text(" " if each.get("type") in {"page", "column"} else "\n")
        elif each.tag == "noBreakHyphen":
            self._line.text("\u2011")
        elif each.tag in {"footnoteReference", "endnoteReference"}:
            self._note(each)
        elif each.tag in {"drawing", "pict", "object", "AlternateContent"} and depth < LIMITS.depth:
            drawn = child(each, "Choice") if each.tag == "AlternateContent" else each
            self._boxes += (drawn if drawn is not None else each).iter("txbxContent")

    def _note(self, each: Element) -> None:
        kind = each.tag.removesuffix("Reference")
        number = self._count(kind, each.get("id", ""))
        if number:
            self._notes.append((kind, each.get("id", "")))
            self._line.whole(f"<sup>{number}</sup>")

    def _field(self, kind: str) -> None:
        if kind == "begin" and len(self._fields) < LIMITS.depth:
            self._fields.append("")
        elif kind == "separate" and self._fields:
            told = self._fields[-1] or ""
            self._told.append(told.strip())
            self._fields[-1] = None
            if _PAGE_FIELD.match(told):
                self._hidden.append(told)
        elif kind == "end" and self._fields:
            told = self._fields.pop() or ""
            if told:
                self._told.append(told.strip())
            if self._hidden and len(self._fields) < len(self._hidden):
                self._hidden.pop()
