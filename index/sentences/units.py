"""What each sentence is to its reader, and what it has to be read with.

A list's item is read with its lead-in, the items it stands under and its number; a table's row with its columns' names;
a record with its key; an answer with its question; a piece of code with the sentence that announces it; and all of them
with the heading they stand under.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.sentences.tables import read_table, trimmed
from index.types import Block, BlockKind, Label, Range, Sentence, UnitKind

_MARKER = re.compile(
    r"^[ \t>]*(?P<mark>[-*+•⁃‣▪●◦○■–—·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])[ \t\u00a0]+",
    re.MULTILINE,
)
_LISTED = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.CODE})
_BODY = frozenset({BlockKind.PARAGRAPH, *_LISTED})
_LEADS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST})  # an item may announce the code that stands below it
_BETWEEN = frozenset({BlockKind.BOILERPLATE, BlockKind.CAPTION, BlockKind.FOOTNOTE})
_ANNOUNCES = re.compile(r"[:：]\W*\Z")
_ASKS = re.compile(r"[?？][\s\"'”’)\]*_~`>]*\Z")
_ASK_LABEL = re.compile(r"[*_]{0,3}(?:Q|Question)\s?\d{0,3}\s?:[*_]{0,3}\s*", re.IGNORECASE)
_ANSWER_LABEL = re.compile(r"[*_]{0,3}(?:A|Answer)\s?\d{0,3}\s?:[*_]{0,3}\s*", re.IGNORECASE)
_KEY = re.compile(r"[^\W\d_][\w .,/&()'’-]{0,40}?[*_`]{0,3}[ \t]?[:：][*_`]{0,3}[ \t]+(?=\S)")
_LINE = re.compile(r"[^\r\n]+")
_MOST_RECORD = 300  # characters of a record's line
_MOST_ANSWERING = 12  # sentences below a question that stands by itself
_SHORT_NAME_WORDS = 6  # of an item that only names what stands under it


def with_context(text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences (all of the text's, in order) with kind, context and labels. Linear in the text's length."""
    by_block: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    made: list[Sentence] = []
    heading: Range | None = None
    state = _State()
    for number, block in enumerate(blocks):
        own = by_block.get(number, [])
        if block.kind is BlockKind.HEADING:
            heading = own[0].ranges[0] if own else Range(block.start, block.end)
            state = _State()
        if block.kind not in _BODY:
            made += own
            continue
        after = next((other.kind for other in blocks[number + 1 : number + 4] if other.kind not in _BETWEEN), None)
        found = _of_block(text, block, own)
        announces = after in _LISTED if block.kind is BlockKind.PARAGRAPH else after is BlockKind.CODE
        found = state.linked(text, block, found, announces=announces)
        made += [replace(one, context=_in_order((*([heading] if heading else ()), *one.context))) for one in found]
    return tuple(made)


class _State:
    """What the blocks before announced or asked, while what follows them is still to come."""

    def __init__(self) -> None:
        self._lead: Range | None = None
        self._question: Range | None = None
        self._answering = 0

    def linked(self, text: str, block: Block, units: list[Sentence], *, announces: bool) -> list[Sentence]:
        """The block's units with the lead-in and the question that stand before them."""
        lead = self._lead if block.kind in _LISTED else None
        self._lead = None
        linked = []
        for place, unit in enumerate(units):
            first = unit.ranges[0]
            opens = place == 0 or unit.kind is UnitKind.ITEM or _is_new_line(text, units[place - 1], unit)
            last = place == len(units) - 1
            if opens and self._asks(text, first):
                asked = _ASK_LABEL.match(text, first.start, first.end)
                self._question = Range(asked.end(), first.end) if asked and asked.end() < first.end else first
                # With its answer in one paragraph or item, the next paragraph is another matter.
                closes = not last and asked is None
                self._answering = _within(text, block, unit, units[place + 1 :]) if closes else _MOST_ANSWERING
                linked.append(replace(unit, ranges=(self._question, *unit.ranges[1:]), kind=UnitKind.QUESTION))
                continue
            if self._question is not None and self._answering > 0:
                self._answering -= 1
                unit = self._answer(text, unit)
            if lead is not None:
                unit = replace(unit, context=(lead, *unit.context))
            if last and announces and block.kind in _LEADS and _ANNOUNCES.search(text[: unit.end][-40:]):
                self._lead = unit.ranges[0]
                unit = replace(unit, kind=UnitKind.LEAD)
            linked.append(unit)
        return linked

    def _asks(self, text: str, part: Range) -> bool:
        return bool(_ASKS.search(text, max(part.start, part.end - 12), part.end)) or bool(
            _ASK_LABEL.match(text, part.start, part.end)
        )

    def _answer(self, text: str, unit: Sentence) -> Sentence:
        question = self._question
        if question is None:
            return unit
        first = unit.ranges[0]
        label = _ANSWER_LABEL.match(text, first.start, first.end)
        if label and label.end() < first.end:
            unit = replace(unit, ranges=(Range(label.end(), first.end), *unit.ranges[1:]))
        return replace(unit, context=(question, *unit.context))


def _within(text: str, block: Block, question: Sentence, units: Sequence[Sentence]) -> int:
    """How many of the units after a question belong to its own item or paragraph."""
    if block.kind is not BlockKind.LIST:
        return len(units)
    marker = _MARKER.search(text, question.end, block.end)
    end = marker.start() if marker else block.end
    return sum(unit.start < end for unit in units)


def _is_new_line(text: str, before: Sentence, unit: Sentence) -> bool:
    return "\n" in text[before.end : unit.start]


def _in_order(context: Sequence[Range]) -> tuple[Range, ...]:
    return tuple(sorted(dict.fromkeys(context)))


def _of_block(text: str, block: Block, units: list[Sentence]) -> list[Sentence]:
    if block.kind is BlockKind.CODE:
        return [replace(unit, kind=UnitKind.CODE) for unit in units]
    if block.kind is BlockKind.TABLE:
        return _rows(text, block, units)
    if block.kind is BlockKind.LIST:
        return list(_items(text, block, units))
    return list(_records(text, units, block.reason == "front matter"))


def _rows(text: str, block: Block, units: list[Sentence]) -> list[Sentence]:
    table = read_table(text, block.start, block.end)
    starts = {row.whole.start: row for row in table.rows}
    places = sorted(starts)
    made = []
    for unit in units:
        if table.header is not None and table.header.whole.start <= unit.start < table.header.whole.end:
            made.append(replace(unit, kind=UnitKind.LEAD))
            continue
        number = bisect_right(places, unit.start) - 1
        row = starts[places[number]] if number >= 0 else None
        if row is None or unit.start >= row.whole.end:
            made.append(replace(unit, kind=UnitKind.ROW))
            continue
        header = () if table.header is None else (table.header.whole,)
        labels = tuple(
            label for label in table.labelled(row) if unit.start <= label.value.start and label.value.end <= unit.end
        )
        made.append(replace(unit, kind=UnitKind.ROW, context=header, labels=labels))
    return made


class _Item(Struct):
    """An item of a list that is being read: its marker, how far it is indented, and its first unit, once met."""

    marker: Range
    indent: int
    unit: Range | None = None


def _items(text: str, block: Block, units: list[Sentence]) -> Iterator[Sentence]:
    markers = list(_MARKER.finditer(text, block.start, block.end))
    starts = [marker.end() for marker in markers]
    indents = [_indent(text, marker) for marker in markers]
    stack: list[_Item] = []
    opened = -1
    for place, unit in enumerate(units):
        number = bisect_right(starts, unit.start) - 1
        while opened < number:
            opened += 1
            while stack and stack[-1].indent >= indents[opened]:
                stack.pop()
            stack.append(_Item(Range(markers[opened].start("mark"), markers[opened].end("mark")), indents[opened]))
        if not stack:
            yield unit
            continue
        own = stack[-1]
        first = own.unit is None
        own.unit = own.unit or unit.ranges[0]
        above = [item.unit for item in stack[:-1] if item.unit is not None]
        numbered = [
            item.marker
            for item in stack
            if text[item.marker.start : item.marker.end].strip("()").strip(".")[:1].isalnum()
        ]
        before = [] if first else [own.unit]
        context = tuple(part for part in (*above, *numbered, *before) if part is not None)
        has_items = first and number + 1 < len(markers) and indents[number + 1] > own.indent
        last_of_item = (
            place + 1 == len(units) or number + 1 >= len(markers) or units[place + 1].start >= starts[number + 1]
        )
        names = has_items and last_of_item and _only_names(text, unit.ranges[0])
        labelled = _keyed(text, unit) if first else unit
        kind = UnitKind.LEAD if names else UnitKind.ITEM
        yield replace(labelled, kind=kind, context=context)


def _indent(text: str, marker: re.Match[str]) -> int:
    return len(text[marker.start() : marker.start("mark")].expandtabs(4))


def _only_names(text: str, part: Range) -> bool:
    """Whether an item names or announces what stands under it, and says nothing by itself."""
    said = text[part.start : part.end].rstrip()
    return said.endswith((":", "：")) or (said[-1:] not in ".!?。" and len(said.split()) <= _SHORT_NAME_WORDS)


def record_lines(text: str, start: int, end: int) -> list[Range]:
    """The lines of `text[start:end]` where they are records, two or more of `key: value` and nothing else, a line
    without a key going on with the one before it; none where they are not."""
    lines: list[Range] = []
    for line in _LINE.finditer(text, start, end):
        whole = trimmed(text, line.start(), line.end())
        key = _KEY.match(text, whole.start, whole.end)
        if whole.end - whole.start > _MOST_RECORD or (key is None and not lines):
            return []
        if key is None:
            if line[0][:1] not in " \t":
                return []
            lines[-1] = Range(lines[-1].start, whole.end)
        else:
            lines.append(whole)
    return lines if len(lines) >= 2 else []


def _records(text: str, units: list[Sentence], stated: bool) -> Iterator[Sentence]:
    """Lines of `key: value` that stand together are records; one alone is a sentence with a colon."""
    keyed = [_keyed(text, unit) for unit in units]
    several = stated or sum(bool(unit.labels) for unit in keyed) >= 2
    for unit, record in zip(units, keyed, strict=True):
        yield replace(record, kind=UnitKind.RECORD) if several and record.labels else unit


def _keyed(text: str, unit: Sentence) -> Sentence:
    """The unit with its key and value told apart, if it has the form."""
    part = unit.ranges[0]
    key = _KEY.match(text, part.start, part.end)
    if key is None or len(unit.ranges) > 1:
        return unit
    name = text[part.start : key.end()].rstrip(" \t:：*_`")
    return replace(unit, labels=(Label(Range(part.start, part.start + len(name)), Range(key.end(), part.end)),))
