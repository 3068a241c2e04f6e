"""Items of lists: where each begins, under which others it stands, and what number it has."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.layout.shapes import MARK
from index.sentences.shaped import labelled
from index.types import Block, Range, Sentence, UnitKind

_MARKER = re.compile(rf"^[ \t>]*{MARK}[ \t\u00a0]+(?:(?P<box>\[[ xX]\])[ \t]+)?", re.MULTILINE)
_HTML_MARKER = re.compile(r"(?P<mark><li\b[^<>]*+>)\s*", re.IGNORECASE)
_SHORT_NAME_WORDS = 6  # of an item that only names what stands under it
_ROMAN = re.compile(r"[ivxIVX]+\Z")


def markers(text: str, block: Block) -> list[re.Match[str]]:
    """The markers of a list's items, each with the space before it on its line."""
    if text.startswith("<", block.start):
        return list(_HTML_MARKER.finditer(text, block.start, block.end))
    start = block.start
    while start > 0 and block.start - start < 200 and text[start - 1] in " \t":
        start -= 1
    if start > 0 and text[start - 1] not in "\r\n":
        start = block.start
    return list(_MARKER.finditer(text, start, block.end))


def next_marker(text: str, start: int, end: int) -> int:
    """Where the next item's line begins; `end` if there is none."""
    found = _MARKER.search(text, start, end)
    return found.start() if found else end


class _Item(Struct):
    """An item of a list that is being read: its marker, how far it is indented, how it is counted, the box of a task,
    and its first unit, once met."""

    marker: Range
    indent: int
    style: str
    box: Range | None = None
    unit: Range | None = None


class _Stack:
    """The items that the one being read stands under, itself the last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.items: list[_Item] = []

    def open(self, marker: re.Match[str]) -> None:
        indent = len(self._text[marker.start() : marker.start("mark")].expandtabs(4))
        style = self._style(marker["mark"], indent)
        while self.items and self.items[-1].indent > indent:
            self.items.pop()
        level = [number for number, item in enumerate(self.items) if item.indent == indent]
        same = next((number for number in reversed(level) if self.items[number].style == style), None)
        if same is not None:
            del self.items[same:]
        elif level and not (style and all(self.items[number].style for number in level)):
            del self.items[level[0] :]
        box = Range(*marker.span("box")) if marker.groupdict().get("box") else None
        self.items.append(_Item(Range(marker.start("mark"), marker.end("mark")), indent, style, box))

    def _style(self, mark: str, indent: int) -> str:
        """How a marker counts: `1.`, `a)` and `(i)` differ; `(i)` after `(h)` is a letter. Empty for a bullet."""
        bare = mark.strip("().: ")
        if not bare or not bare[-1].isalnum():
            return ""
        form = mark.replace(bare, "")
        if bare[-1].isdigit():
            return f"1{form}"
        letters = f"{'A' if bare[0].isupper() else 'a'}{form}"
        before = next((i for i in reversed(self.items) if i.indent == indent and i.style == letters), None)
        last = self._text[before.marker.start : before.marker.end].strip("().: ") if before else ""
        follows = len(last) == len(bare) == 1 and ord(bare) == ord(last) + 1
        return f"i{form}" if _ROMAN.match(bare) and not follows else letters


def items(text: str, block: Block, units: list[Sentence]) -> Iterator[Sentence]:
    """The units of a list with the items they stand under, their numbers, and the first unit of their own item."""
    marks = markers(text, block)
    starts = [mark.end() for mark in marks]
    stack = _Stack(text)
    opened = -1
    for place, unit in enumerate(units):
        number = bisect_right(starts, unit.start) - 1
        while opened < number:
            opened += 1
            stack.open(marks[opened])
        if not stack.items:
            yield unit
            continue
        own = stack.items[-1]
        first = own.unit is None
        own.unit = own.unit or unit.ranges[0]
        above = [item.unit for item in stack.items[:-1] if item.unit is not None]
        numbered = [item.marker for item in stack.items if item.style]
        before = [] if first else [own.unit]
        context = tuple(part for part in (*above, *numbered, own.box, *before) if part is not None)
        ends = place + 1 == len(units) or number + 1 >= len(marks) or units[place + 1].start >= starts[number + 1]
        names = first and ends and _has_items(text, marks, number) and _only_names(text, unit.ranges[0])
        kind = UnitKind.LEAD if names else UnitKind.ITEM
        yield replace(labelled(text, unit) if first else unit, kind=kind, context=context)


def _has_items(text: str, marks: Sequence[re.Match[str]], number: int) -> bool:
    """Whether the next item is set in below this one."""
    if number + 1 >= len(marks):
        return False
    here, there = (len(text[m.start() : m.start("mark")].expandtabs(4)) for m in marks[number : number + 2])
    return there > here


def _only_names(text: str, part: Range) -> bool:
    """Whether an item names or announces what stands under it, and says nothing by itself."""
    said = text[part.start : part.end].rstrip()
    return said.endswith((":", "：")) or (said[-1:] not in ".!?。" and len(said.split()) <= _SHORT_NAME_WORDS)
