"""The headings and containers that what is being read stands under, while a Markdown file is read."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from index.types import Block, BlockKind, Range

_DEEPEST = 6
_MOST_OPEN = 100  # containers in one another; what is nested deeper opens none. By hand, 2026-11-30.


class _Open(Struct):
    """A container. level: of the heading it gives to what it holds, 0 for none. indent: of what opened it."""

    style: str
    level: int = 0
    indent: int = 0


class Outline:
    """Gives a container's title the level of a heading below those it stands under, and ends it with the container."""

    def __init__(self) -> None:
        self._heading = 0
        self._open: list[_Open] = []
        self._ended = 0

    def emit(self, block: Block) -> Iterator[Block]:
        """The block, marked with the headings that ended before it."""
        if block.kind is BlockKind.HEADING:
            if not block.level:
                block = replace(block, level=min(self._depth() + 1, _DEEPEST))
                if self._open and not self._open[-1].level:
                    self._open[-1].level = block.level
            else:
                self._heading = block.level
            self._ended = 0
        elif self._ended:
            block = replace(block, level=self._ended)
            self._ended = 0
        yield block

    def open(self, style: str, label: Range | None = None, indent: int = 0) -> Iterator[Block]:
        """A container begins; its title is a heading."""
        if len(self._open) < _MOST_OPEN:
            self._open.append(_Open(style, indent=indent))
        if label is not None:
            yield from self.emit(Block(BlockKind.HEADING, label.start, label.end, reason="title of a part"))

    def close(self, style: str) -> None:
        """The innermost container of this style ends, with all that it holds."""
        if not any(each.style == style for each in self._open):
            return
        while self._open:
            last = self._open.pop()
            self._end(last)
            if last.style == style:
                return

    def dedent(self, indent: int) -> None:
        """A line with this indent ends the indented containers that do not hold it."""
        while self._open and self._open[-1].style == "indent" and self._open[-1].indent >= indent:
            self._end(self._open.pop())

    def _end(self, one: _Open) -> None:
        if one.level:
            self._ended = min(self._ended or one.level, one.level)

    def _depth(self) -> int:
        return max([self._heading, *(each.level for each in self._open)])
