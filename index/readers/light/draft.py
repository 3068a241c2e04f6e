"""Blocks of light markup while its lines are read: what is begun is written when something else begins."""

import re
from collections.abc import Callable, Sequence

from index.layout.shapes import Shape
from index.readers.writer import Line, ListItem, Markup, TextWriter, Where
from index.types import BlockKind

Inline = Callable[[str], str]
_CODE = re.compile(r"(`+[^`\n]*`+)")
_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!])")


class LightDraft:
    """Takes lines with their numbers (from 1). inline: makes what stands in a line readable.

    A line's place is its number in the file.
    """

    def __init__(self, writer: TextWriter, inline: Inline) -> None:
        self._writer = writer
        self._inline = inline
        self._lines: list[Line] = []
        self._items: list[ListItem] = []
        self._indents: list[int] = []

    def text(self, line: str, number: int) -> None:
        """One more line of a paragraph, or of the item that is open."""
        if self._items and not self._lines:
            last = self._items[-1]
            text = Markup(f"{last.text} {self._shown(line.strip())}")
            self._items[-1] = ListItem(text, last.depth, last.marker, last.where)
            return
        self._lines.append(Line(Markup(self._shown(line.strip())), where(number)))

    def item(self, indent: int, marker: str, text: str, number: int) -> None:
        """An item begins. indent: columns, or depth, by which it is told what it stands under."""
        self._paragraph()
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        self._indents.append(indent)
        shown = marker if marker[:1].isalnum() or marker[:1] == "(" else ""
        self._items.append(ListItem(Markup(self._shown(text)), len(self._indents) - 1, shown, where(number)))

    @property
    def listing(self) -> bool:
        """Whether a list is open."""
        return bool(self._items) and not self._lines

    def entry(self, term: str, meaning: str, number: int) -> None:
        """A term and what it means."""
        self.end()
        lines = [Line(Markup(self._shown(term.strip())), where(number))]
        lines.append(Line(Markup(f"  {self._shown(meaning.strip())}"), where(number)))
        if meaning.strip():
            self._writer.block(BlockKind.PARAGRAPH, lines, reason=Shape.ENTRY)
        else:
            self._writer.paragraph(lines[0].text, where(number))

    def heading(self, text: str, level: int, number: int) -> None:
        """A heading."""
        self.end()
        self._writer.heading(Markup(self._shown(text.strip())), level, where(number))

    def block(self, kind: BlockKind, text: str, number: int, reason: str = "") -> None:
        """Any other block of one line."""
        self.end()
        shown = text if kind is BlockKind.CODE else Markup(self._shown(text.strip()))
        self._writer.block(kind, shown, where(number), reason=reason)

    def code(self, lines: Sequence[str], number: int) -> None:
        """Code, whose first line is that number."""
        self.end()
        indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        text = "\n".join(line[indent:].rstrip() for line in lines).strip("\n")
        self._writer.block(BlockKind.CODE, text, where(number))

    def table(self, lines: Sequence[str], number: int) -> None:
        """A table as it is drawn, with pipes or in columns."""
        self.end()
        drawn = [Line(Markup(self._shown(line)), where(number + at)) for at, line in enumerate(lines)]
        self._writer.block(BlockKind.TABLE, drawn)

    def blank(self) -> None:
        """A blank line ends a paragraph, and no list."""
        self._paragraph()

    def end(self) -> None:
        """What is open ends."""
        self._paragraph()
        self._writer.items(self._items)
        self._items, self._indents = [], []

    def _shown(self, text: str) -> str:
        """A line with its markup as Markdown's, and with no tags, since light markup has none."""
        parts = _CODE.split(self._inline(text))
        return "".join(part if number % 2 else _TAG.sub(r"\\<", part) for number, part in enumerate(parts))

    def _paragraph(self) -> None:
        if not self._lines:
            return
        if self._items:
            self._writer.items(self._items)
            self._items, self._indents = [], []
        self._writer.paragraph(self._lines)
        self._lines = []


def where(number: int) -> Where:
    """The place of a line."""
    return Where(f"line {number}")


def indent_of(line: str) -> int:
    """Columns before the first sign."""
    return len(line) - len(line.lstrip(" "))
