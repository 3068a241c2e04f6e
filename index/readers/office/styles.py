"""What the styles of a Word document make of a paragraph."""

import re
from xml.etree.ElementTree import Element

from msgspec import Struct

from index.readers.office.numbering import numbered
from index.readers.office.package import child, value

_HEADING = re.compile(r"heading (\d)")
_CODE = re.compile(r"\b(?:code|preformatted|listing|macro|plain text|console|verbatim)\b")
_SET_IN = re.compile(r"list (?:bullet|number|continue)? ?([2-5])\Z")
_DEEP = 12  # styles that are based on each other


class Style(Struct, frozen=True):
    """role: "title", "heading", "caption", "contents", "code", "note" or "" for text. level: of a heading.
    number: the list and level that it counts in. depth: of its items, where the style says so."""

    role: str = ""
    level: int = 0
    number: tuple[str, int] | None = None
    depth: int = 0


class Styles:
    """The paragraph styles by id. root: word/styles.xml."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._made: dict[str, Style] = {}
        self._default = ""
        for each in root.findall("style") if root is not None else ():
            if each.get("type", "paragraph") == "paragraph":
                self._elements[each.get("styleId", "")] = each
                if each.get("default") in {"1", "true"}:
                    self._default = each.get("styleId", "")

    def of(self, name: str) -> Style:
        """The style of this id, the document's own where it is ""."""
        name = name or self._default
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Style:
        role, level, number = "", 0, None
        outline, depth = "", 0
        for _ in range(_DEEP):
            element = self._elements.get(name)
            if element is None:
                role = role or _role(name)
                break
            said = value(element, "name").lower()
            if set_in := _SET_IN.match(said):
                depth = depth or int(set_in[1]) - 1
            if not role:
                role = _role(said)
                heading = _HEADING.match(said)
                level = int(heading[1]) if heading else level
            outline = outline or value(element, "pPr", "outlineLvl")
            number = number or numbered(child(element, "pPr"))
            name = value(element, "basedOn")
        if outline.isdigit() and int(outline) < 9 and role in {"", "heading"}:
            return Style("heading", int(outline) + 1, number)
        heading = _HEADING.match(name)
        return Style(role, level or (int(heading[1]) if heading else 1 if role == "heading" else 0), number, depth)


def _role(name: str) -> str:
    name = name.lower()
    if _HEADING.match(name) or re.fullmatch(r"heading\d", name):
        return "heading"
    if name == "title":
        return "title"
    if name == "caption":
        return "caption"
    if re.match(r"toc\b|toc ?\d|table of (?:figures|authorities)|contents? heading|index \d", name):
        return "contents"
    if name in {"footnote text", "endnote text"}:
        return "note"
    return "code" if _CODE.search(name) else ""
