"""The blocks of a page, written down in order."""

import re
from collections.abc import Iterator

from index.readers.pages.chrome import Chrome
from index.readers.pages.inline import Inline
from index.readers.pages.lists import LISTS, definitions, entries
from index.readers.pages.plain import BLOCK_TAGS, HEADINGS, plain_lines
from index.readers.pages.tables import cells_of, grid_of, is_layout, rows_of
from index.readers.pages.tree import Element
from index.readers.writer import ListItem, Markup, TableRow, TextWriter
from index.types import BlockKind

_NOTES = re.compile(r"\b(?:footnotes?|endnotes?|reflist|footnote-?list)\b")
_ALL_BLANK = re.compile(r"[\W_]*\Z")
_LONGEST_TERM = 60
_LONGEST_RECORD = 250
_LINE_NUMBERS = re.compile(r"\b(?:linenos?|line-?numbers?|gutter)\b")


class PageBlocks:
    """Writes a page's elements. base: the page's address. chrome: what is none of its text, None where all is."""

    def __init__(self, writer: TextWriter, body: Element, *, base: str = "", chrome: Chrome | None = None) -> None:
        self._writer = writer
        self._body = body
        self._base = base
        self._chrome = chrome
        self._inline = Inline(base)
        self._level = 0
        self._holds_blocks = _holders(body)
        self._written: set[int] = set()
        self.left_out = 0  # characters of chrome

    def write(self, *, title: bool = True) -> None:
        """All of it. title: its one highest heading is the page's title."""
        main = self._chrome.main if self._chrome else self._body
        first = [element for element in main.walk() if element.tag == "h1" and element.size]
        if not first and self._chrome:
            first = [e for e in self._body.walk() if e.tag == "h1" and e.size and not _in(e, "nav", "footer", "aside")]
            self._written.update(map(id, first[:1]))
        if title and len(first) == 1:
            self._title = first[0]
            if id(first[0]) in self._written:
                self._heading(first[0])
        self._children(self._body, inside=main is self._body)

    _title: Element | None = None

    def _children(self, element: Element, *, inside: bool) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._inline.add(child if inside else "")
            elif id(child) in self._written:
                continue
            elif self._chrome and (reason := self._chrome.reason(child, inside=inside)):
                self._flush()
                self._furniture(child, reason)
            elif child.tag not in BLOCK_TAGS and id(child) not in self._holds_blocks:
                self._inline.add(child)
            else:
                self._flush()
                self._element(child, inside=inside or bool(self._chrome and child is self._chrome.main))
        self._flush()

    def _flush(self) -> None:
        text = self._inline.taken()
        if not _ALL_BLANK.match(text):
            self._writer.paragraph(text)

    def _element(self, element: Element, *, inside: bool) -> None:
        tag = element.tag
        if self._chrome and self._chrome.holds_main(element):
            self._children(element, inside=inside)
        elif tag in HEADINGS or (element.get("role") == "heading" and id(element) not in self._holds_blocks):
            self._heading(element)
        elif _NOTES.search(element.named) or element.get("role") in {"doc-endnotes", "doc-footnote", "doc-endnote"}:
            self._notes(element)
        elif tag in LISTS:
            self._list(element)
        elif tag == "dl":
            self._definitions(element, inside=inside)
        elif tag == "table":
            self._table(element, inside=inside)
        elif tag in {"pre", "listing", "xmp", "plaintext"}:
            self._code(element)
        elif tag == "details":
            self._details(element, inside=inside)
        elif tag in {"figcaption", "caption"}:
            self._caption(self._line(element))
        elif tag == "figure" and not any(each.tag == "figcaption" for each in element.walk()):
            self._children(element, inside=inside)
            self._pictures(element)
        else:
            self._children(element, inside=inside)

    def _line(self, element: Element) -> Markup:
        line = Inline(self._base)
        for child in element.children:
            line.add(child)
        return line.taken()

    def _heading(self, element: Element) -> None:
        text = self._line(element)
        said = element.get("aria-level")
        level = HEADINGS.get(element.tag, int(said) if said.isdigit() and len(said) < 2 else 2) or 1
        if _ALL_BLANK.match(text):
            return
        self._level = level
        if element is self._title:
            self._writer.block(BlockKind.TITLE, Markup(" ".join(text.split())))
        else:
            self._writer.heading(text, level)

    def _caption(self, text: str) -> None:
        if not _ALL_BLANK.match(text):
            self._writer.block(BlockKind.CAPTION, text)

    def _pictures(self, element: Element) -> None:
        for alt in (each.get("alt").strip() for each in element.walk() if each.tag == "img"):
            if " " in alt:
                self._writer.block(BlockKind.CAPTION, " ".join(alt.split()), reason="a picture's text")

    def _furniture(self, element: Element, reason: str) -> None:
        text = plain_lines(element)
        if text:
            self.left_out += element.size
            self._writer.block(BlockKind.BOILERPLATE, text, reason=reason)

    def _notes(self, element: Element) -> None:
        notes = [each for each in element.walk() if each.tag == "li"] or [element]
        ordered = any(each.tag == "ol" for each in element.walk())
        for number, note in enumerate(notes, 1):
            text = self._line(note)
            if not _ALL_BLANK.match(text):
                mark = f"[{number}] " if ordered else ""
                self._writer.block(BlockKind.FOOTNOTE, Markup(mark + " ".join(text.split())))

    def _list(self, element: Element) -> None:
        if any(each.tag in HEADINGS for each in element.walk()):
            for entry in entries(element):
                self._children(entry.element, inside=True)
            return
        waiting: list[ListItem] = []
        self._items(element, 0, waiting)
        self._writer.items(waiting)

    def _items(self, listed: Element, depth: int, waiting: list[ListItem]) -> None:
        """Adds the items to those that wait; what is no line of text is written between them."""
        for entry in entries(listed):
            if entry.element.tag in LISTS:
                self._items(entry.element, depth + 1, waiting)
                continue
            line, marker, begun = Inline(self._base), entry.marker, False
            for part in _parts_of_item(entry.element):
                if isinstance(part, Element) and part.tag in {*LISTS, "pre", "table", "dl", "details"}:
                    begun = self._add_item(line, depth, marker, waiting, begun=begun) or begun
                    if part.tag in LISTS:
                        self._items(part, depth + 1, waiting)
                    else:
                        self._writer.items(waiting)
                        waiting.clear()
                        self._element(part, inside=True)
                else:
                    line.add(part)
            self._add_item(line, depth, marker, waiting, begun=begun)

    def _add_item(self, line: Inline, depth: int, marker: str, waiting: list[ListItem], *, begun: bool) -> bool:
        """begun: the item's first words have been written, and what follows goes on below what stood between."""
        text = line.taken()
        if _ALL_BLANK.match(text):
            return False
        if begun:
            self._writer.items(waiting)
            waiting.clear()
            self._writer.paragraph(text)
        else:
            waiting.append(ListItem(text, depth, marker))
        return True

    def _definitions(self, element: Element, *, inside: bool) -> None:
        """Short ones as lines of `term: definition`; of others each term heads what stands below it."""
        groups = definitions(element)
        terms = [[self._line(term) for term in names] for names, _ in groups]
        short = len(groups) > 1 and all(
            len(names) == 1 == len(said)
            and len(names[0]) <= _LONGEST_TERM
            and said[0].size <= _LONGEST_RECORD
            and id(said[0]) not in self._holds_blocks
            for names, (_, said) in zip(terms, groups, strict=True)
        )
        if short:
            lines = [
                f"{names[0].rstrip(': ')}: {' '.join(self._line(said[0]).split())}"
                for names, (_, said) in zip(terms, groups, strict=True)
            ]
            self._writer.paragraph(Markup("\n".join(lines)))
            return
        level = self._level
        for names, (_, said) in zip(terms, groups, strict=True):
            self._level = level
            shown = ", ".join(" ".join(name.split()) for name in names)
            if not _ALL_BLANK.match(shown):
                self._level = level + 1
                self._writer.heading(Markup(shown), self._level)
            for each in said:
                self._children(each, inside=inside)
        self._level = level
        self._writer.leave(level + 1)

    def _details(self, element: Element, *, inside: bool) -> None:
        level = self._level
        summary = next((child for child in element.elements() if child.tag == "summary"), None)
        shown = self._line(summary) if summary else Markup("")
        if summary is not None:
            self._written.add(id(summary))
        if not _ALL_BLANK.match(shown):
            self._level = level + 1
            self._writer.heading(shown, self._level)
        self._children(element, inside=inside)
        self._level = level
        self._writer.leave(level + 1)

    def _code(self, element: Element) -> None:
        parts = [child for child in element.walk() if child.tag == "br"]
        for each in parts:
            each.children = ["\n"]
        for each in element.walk():
            if _LINE_NUMBERS.search(each.named):
                each.children = []
        text = element.text().replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if text.strip():
            self._writer.block(BlockKind.CODE, text)

    def _table(self, element: Element, *, inside: bool) -> None:
        for child in element.elements():
            if child.tag == "caption":
                self._caption(self._line(child))
        if is_layout(element):
            for laid in (cell for row, _ in rows_of(element) for cell in cells_of(row)):
                self._children(laid, inside=inside)
            return
        grid = grid_of(element)
        shown: dict[int, Markup] = {}
        for cell in (cell for line in grid.rows for cell in line if cell is not None):
            if id(cell) not in shown:
                shown[id(cell)] = self._line(cell)
        rows = [TableRow([shown[id(cell)] if cell is not None else "" for cell in line]) for line in grid.rows]
        self._writer.table(rows, header_rows=grid.header_rows)


def _parts_of_item(item: Element) -> Iterator[Element | str]:
    """What stands in an item, boxes opened."""
    for child in item.children:
        if isinstance(child, Element) and child.tag in {"p", "div", "section", "article", "span"} and _has_parts(child):
            yield " "
            yield from _parts_of_item(child)
        else:
            yield child


def _has_parts(element: Element) -> bool:
    return any(each.tag in {*LISTS, "pre", "table", "dl", "details"} for each in element.walk())


def _holders(body: Element) -> set[int]:
    """The elements that have a block in them, by id."""
    holders: set[int] = set()
    for element in reversed(list(body.walk())):
        above = element.parent
        if above is not None and (element.tag in BLOCK_TAGS or id(element) in holders):
            holders.add(id(above))
    return holders


def _in(element: Element, *tags: str) -> bool:
    above = element.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False
