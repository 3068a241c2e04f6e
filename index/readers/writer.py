"""What a reader extracts of a format that is no text, written down as text with blocks and places."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from index.sentences.escapes import escaped
from index.sentences.markup import display
from index.types import Block, BlockKind, Field, Metadata, ParsedFile, Place

_BULLET = "-"
_MOST_PADDED = 256  # cells to which a short row is filled up, so that one long row does not lengthen all
_NOTHING = Metadata()
_LINE_BREAKS = dict.fromkeys(map(ord, "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class Markup(str):
    """Text that its reader has escaped and marked up itself: struck (`~~so~~`), linked, raised (`<sup>`)."""

    __slots__ = ()


class Where(Struct, frozen=True):
    """Where in the original the next text stands; see Place."""

    label: str
    page: int = 0
    box: tuple[float, float, float, float] | None = None


class Line(Struct, frozen=True):
    """A line of a paragraph that the original breaks into lines, and where it stands."""

    text: str
    where: Where | None = None


class TextWriter:
    """Writes blocks one below the other, a blank line between them.

    The text is what a person would have typed: items of a list a line each behind their marker, two spaces deeper for
    each level; a table's row a line, its cells between pipes; all else as it is. Sentences, items and rows are found in
    it as in any text, so nothing but blocks and places has to be told. What would be taken for markup when a quote is
    shown is escaped, but for code and what is given as Markup.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._places: list[Place] = []
        self._where: Where | None = None
        self._left = 0

    def leave(self, level: int) -> None:
        """What is written next stands no more under headings of this level and deeper, though no other begins."""
        self._left = min(self._left or level, level)

    def at(self, where: Where | None) -> None:
        """What is written from now on stands there, unless it says otherwise."""
        self._where = where

    def heading(self, text: str, level: int, where: Where | None = None, *, reason: str = "") -> None:
        """level: 1 the highest. Without a reason, the first one may be the title."""
        self._block(BlockKind.HEADING, [Line(_one_line(_escaped(text)), where)], level=level, reason=reason)

    def paragraph(self, text: str | Sequence[Line], where: Where | None = None) -> None:
        """Running text; lines are told one by one where each has a place of its own."""
        self.block(BlockKind.PARAGRAPH, text, where)

    def block(
        self, kind: BlockKind, text: str | Sequence[Line], where: Where | None = None, *, reason: str = ""
    ) -> None:
        """Any other block that is text by itself: a title, caption, note, byline, code, boilerplate."""
        lines = [Line(text, where)] if isinstance(text, str) else text
        if kind is not BlockKind.CODE:
            lines = [replace(line, text=_escaped(line.text, goes_on=bool(number))) for number, line in enumerate(lines)]
        self._block(kind, lines, level=int(kind is BlockKind.TITLE), reason=reason)

    def items(self, items: Sequence["ListItem"]) -> None:
        """A list."""
        lines = [
            Line(f"{'  ' * item.depth}{item.marker or _BULLET} {_one_line(_escaped(item.text))}", item.where)
            for item in items
            if item.text.strip()
        ]
        self._block(BlockKind.LIST, lines)

    def table(self, rows: Sequence["TableRow"], *, header_rows: int = 1) -> None:
        """A table. header_rows: how many of the first rows name the columns; of several, the last one is told by rule
        to be the header. Rows are made equally long, empty ones left out; what is merged is given by the reader in
        every cell it covers."""
        width = min(_MOST_PADDED, max((len(row.cells) for row in rows), default=0))
        lines = []
        for number, row in enumerate(rows):
            cells = [_cell(cell) for cell in row.cells] + [""] * (width - len(row.cells))
            if any(cells):
                lines.append(Line(f"| {' | '.join(cells)} |", row.where))
            if number + 1 == header_rows and lines:
                lines.append(Line(f"|{'---|' * width}"))
        if any(cell.strip() for row in rows for cell in row.cells):
            self._block(BlockKind.TABLE, lines)

    def include(self, parsed: ParsedFile, blocks: Sequence[Block], label: str, *, deeper: int = 0) -> None:
        """What another reader read of a part of the file, its blocks and places with it. label: what the part is
        called; deeper: levels by which its headings stand below those here, its title with them."""
        if not blocks:
            return
        if self._blocks:
            self._write("\n\n")
        first, last = blocks[0].start, blocks[-1].end
        by = self._length - first
        self._write(parsed.text[first:last])
        for block in blocks:
            kind = BlockKind.HEADING if block.kind is BlockKind.TITLE and deeper else block.kind
            level = min(6, block.level + deeper) if block.level else 0
            self._blocks.append(Block(kind, block.start + by, block.end + by, level, block.reason))
        for place in parsed.places:
            if first <= place.start and place.end <= last:
                name = ", ".join(filter(None, (label, place.label)))
                self._places.append(Place(place.start + by, place.end + by, name))
        if not parsed.places and label:
            self._places.append(Place(first + by, last + by, label))

    def finished(
        self, format_: str, stated: Metadata = _NOTHING, warnings: Sequence[str] = (), *, judged: bool = False
    ) -> ParsedFile:
        """The file that was written. All of it was written to be read, but what was written as boilerplate. judged:
        its blocks, and what is stated, are as they shall be."""
        text = "".join(self._parts)
        title = next((block for block in self._blocks if block.kind is BlockKind.TITLE), None)
        if title is not None and stated.title is None:
            shown = display(text[title.start : title.end])
            stated = replace(stated, title=Field(shown, title.start, title.end))
        return ParsedFile(
            text=text,
            format=format_,
            encoding="",
            blocks=tuple(self._blocks),
            stated=stated,
            warnings=tuple(dict.fromkeys(warnings)),
            places=_joined(self._places),
            states_headings=True,
            authored=True,
            judged=judged,
        )

    def _block(self, kind: BlockKind, lines: Sequence[Line], *, level: int = 0, reason: str = "") -> None:
        kept = [replace(line, text=line.text.rstrip()) for line in lines]
        while kept and not kept[0].text.strip():
            del kept[0]
        while kept and not kept[-1].text:
            del kept[-1]
        if not kept:
            return
        if kind not in {BlockKind.LIST, BlockKind.CODE}:
            kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        if self._blocks:
            self._write("\n\n")
        start = self._length
        for number, line in enumerate(kept):
            if number:
                self._write("\n")
            begin = self._length
            self._write(line.text)
            where = line.where or self._where
            if where is not None and line.text:
                self._places.append(Place(begin, self._length, where.label, where.page, where.box))
        if kind is not BlockKind.BOILERPLATE:
            level, self._left = level or self._left, 0
        indent = len(kept[0].text) - len(kept[0].text.lstrip())
        self._blocks.append(Block(kind, start + indent, self._length, level, reason))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


class ListItem(Struct, frozen=True):
    """An item of a list. depth: how many items it stands under. marker: its number or bullet as written, "" for one
    that is drawn."""

    text: str
    depth: int = 0
    marker: str = ""
    where: Where | None = None


class TableRow(Struct, frozen=True):
    """A row of a table."""

    cells: Sequence[str]
    where: Where | None = None


def _one_line(text: str) -> str:
    return " ".join(text.translate(_LINE_BREAKS).split())


def _cell(text: str) -> str:
    return _one_line(_escaped(text)).replace("|", "\\|")


def _escaped(text: str, *, goes_on: bool = False) -> str:
    """goes_on: a line stands before it, so that `>` would be a quote's mark."""
    if isinstance(text, Markup):
        return text
    return escaped(f"\n{text}")[1:] if goes_on else escaped(text)


def _joined(places: Sequence[Place]) -> tuple[Place, ...]:
    """Neighbours without a box that stand at the same place, as one."""
    if not places:
        return ()
    joined = [places[0]]
    for before, place in pairwise(places):
        if place.box is None and before.box is None and (before.label, before.page) == (place.label, place.page):
            joined[-1] = replace(joined[-1], end=place.end)
        else:
            joined.append(place)
    return tuple(joined)
