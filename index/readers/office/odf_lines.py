"""The text of an OpenDocument paragraph: its spans, links and notes."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from index.readers.marked import Marked, address_in
from index.readers.office.package import LIMITS, child
from index.readers.writer import Markup

_LEFT_OUT = frozenset(
    "tracked-changes annotation annotation-end desc title sequence-decls forms frame page-number page-count "
    "custom-shape ruby-text".split()
)


class OdfLines:
    """Reads paragraphs. styles: by name. notes: those met so far, in order."""

    def __init__(self, styles: Mapping[str, Element]) -> None:
        self._styles = styles
        self.notes: list[Markup] = []

    def read(self, element: Element) -> Markup:
        """The text of a paragraph or heading."""
        line = Marked()
        self._inside(element, line, 0)
        return line.taken()

    def _inside(self, element: Element, line: Marked, depth: int) -> None:
        line.text(" ".join((element.text or "").split("\n")))
        for each in element:
            if depth < LIMITS.depth:
                self._piece(each, line, depth)
            line.text(" ".join((each.tail or "").split("\n")))

    def _piece(self, each: Element, line: Marked, depth: int) -> None:
        if each.tag == "line-break":
            line.text("\n")
        elif each.tag in {"s", "tab"}:
            line.text(" ")
        elif each.tag == "note":
            note = child(each, "note-body")
            parts = (self.read(p) for p in note.iter("p")) if note is not None else ()
            self.notes.append(Markup(" ".join(" ".join(parts).split())))
            line.whole(f"<sup>{len(self.notes)}</sup>")
        elif (
            each.tag == "a"
            and (address := address_in(each.get("href", ""), "".join(each.itertext())))
            and not line.full
        ):
            line.opens("[")
            self._inside(each, line, depth + 1)
            line.closes(f"]({address})")
        elif each.tag == "span":
            self._span(each, line, depth)
        elif each.tag not in _LEFT_OUT:
            self._inside(each, line, depth + 1)

    def _span(self, each: Element, line: Marked, depth: int) -> None:
        properties = child(self._styles.get(each.get("style-name", "")), "text-properties")
        position = properties.get("text-position", "") if properties is not None else ""
        marks = ("", "")
        if properties is not None:
            if properties.get("display") == "none":
                return
            if properties.get("text-line-through-style", "none") != "none":
                marks = ("~~", "~~")
            elif position.startswith(("super", "sub")):
                marks = ("<sup>", "</sup>") if position.startswith("super") else ("<sub>", "</sub>")
        wraps = bool(marks[0]) and bool("".join(each.itertext()).strip()) and not line.full
        if wraps:
            line.opens(marks[0])
        self._inside(each, line, depth + 1)
        if wraps:
            line.closes(marks[1])
