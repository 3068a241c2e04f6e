"""What each sentence is to its reader, and what it has to be read with.

A list's item is read with its lead-in, the items it stands under and its number; a table's row with its columns' names;
a record with its key; an answer with its question; a piece of code with the sentence that announces it; and all of them
with the heading they stand under.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from index.layout.shapes import SHAPES, Shape, key_end
from index.sentences.items import items, next_marker
from index.sentences.senders import Senders
from index.sentences.shaped import is_clause, labelled, shape_units
from index.sentences.tables import Row, Table, read_table, trimmed
from index.types import Block, BlockKind, Label, Range, Sentence, UnitKind

_LISTED = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.CODE})
_BODY = frozenset({BlockKind.PARAGRAPH, *_LISTED})
_LEADS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST})  # an item may announce the code that stands below it
_BETWEEN = frozenset({BlockKind.BOILERPLATE, BlockKind.CAPTION, BlockKind.FOOTNOTE})
_TAIL = 40  # characters of an end that are looked at
_ANNOUNCES = re.compile(r"[:：]\W*\Z")
_ASKS = re.compile(r"[?？][\s\"'”’)\]*_~`>]*\Z")
_ASK_LABEL = re.compile(r"[*_]{0,3}(?:Q|Question)\s?\d{0,3}\s?:[*_]{0,3}\s*", re.IGNORECASE)
_ANSWER_LABEL = re.compile(r"[*_]{0,3}(?:A|Answer)\s?\d{0,3}\s?:[*_]{0,3}\s*", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")
_MOST_RECORD = 300  # characters of a record's line
_MOST_ANSWERING = 12  # sentences below a question that stands by itself


def with_context(text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences (all of the text's, in order) with kind, context and labels. Linear in the text's length."""
    by_block: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    made: list[Sentence] = []
    headings: list[tuple[int, Range]] = []
    state = _State()
    senders = Senders()
    for number, block in enumerate(blocks):
        own = by_block.get(number, [])
        while headings and block.level and block.kind is not BlockKind.TITLE and headings[-1][0] >= block.level:
            headings.pop()
        if block.kind is BlockKind.HEADING:
            headings.append((block.level, own[0].ranges[0] if own else Range(block.start, block.end)))
            state = _State()
            senders.forget()
        below = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind is BlockKind.BYLINE:
            own = senders.signed(text, block, own, below)
        if block.kind not in _BODY:
            made += own
            continue
        after = next((other.kind for other in blocks[number + 1 : number + 4] if other.kind not in _BETWEEN), None)
        found = _of_block(text, block, own)
        announces = after in _LISTED if block.kind is BlockKind.PARAGRAPH else after is BlockKind.CODE
        found = state.linked(text, block, found, announces=announces)
        found = senders.signed(text, block, found, below)
        heading = headings[-1][1] if headings else None
        made += [replace(one, context=_in_order((*_headed(text, heading, one), *one.context))) for one in found]
    return tuple(made)


def asks(text: str, part: Range) -> bool:
    """Whether `text[part.start:part.end]` is a question by how it ends, or by its label."""
    return bool(_ASKS.search(text, max(part.start, part.end - 12), part.end)) or bool(
        _ASK_LABEL.match(text, part.start, part.end)
    )


def _headed(text: str, heading: Range | None, unit: Sentence) -> Iterator[Range]:
    """The heading, unless it is a question and the unit belongs to another one."""
    if heading is None:
        return
    other = unit.kind is UnitKind.QUESTION or any(asks(text, part) for part in unit.context)
    if not (other and asks(text, heading)):
        yield heading


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
            last = place == len(units) - 1
            opens = place == 0 or unit.kind is UnitKind.ITEM or _is_new_line(text, units[place - 1], unit)
            # What is asked last is what the next speaker answers.
            opens = opens or (last and block.reason == Shape.TURN)
            if opens and asks(text, first):
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
            if (
                last
                and announces
                and block.kind in _LEADS
                and _ANNOUNCES.search(text, max(unit.start, unit.end - _TAIL), unit.end)
            ):
                self._lead = unit.ranges[0]
                unit = replace(unit, kind=UnitKind.LEAD)
            linked.append(unit)
        if announces and self._lead is None and block.kind is BlockKind.PARAGRAPH and is_clause(text, units):
            self._lead = units[0].ranges[0]
        return linked

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
    end = next_marker(text, question.end, block.end)
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
        return list(items(text, block, units))
    if block.reason in SHAPES:
        return shape_units(text, block, units)
    return shape_units(text, block, list(_records(text, units, block.reason == "front matter")))


def _rows(text: str, block: Block, units: list[Sentence]) -> list[Sentence]:
    table = read_table(text, block.start, block.end)
    starts = {row.whole.start: row for row in table.rows}
    places = sorted(starts)
    made = []
    labels_of = _Labels(table)
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
        labels = labels_of.within(row, unit)
        made.append(replace(unit, kind=UnitKind.ROW, context=header, labels=labels))
    return made


class _Labels:
    """The labels of a table's rows. A row of very many cells is many units, so those of the last row are kept."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._row: Row | None = None
        self._labels: tuple[Label, ...] = ()

    def within(self, row: Row, unit: Sentence) -> tuple[Label, ...]:
        """Those of a row whose values lie in a unit of it."""
        if row is not self._row:
            self._row, self._labels = row, self._table.labelled(row)
        first = bisect_left(self._labels, unit.start, key=lambda label: label.value.start)
        end = bisect_right(self._labels, unit.end, key=lambda label: label.value.end)
        return self._labels[first:end]


def record_lines(text: str, start: int, end: int) -> list[Range]:
    """The lines of `text[start:end]` where they are records, two or more of `key: value` and nothing else, a line
    without a key going on with the one before it; none where they are not."""
    lines: list[Range] = []
    for line in _LINE.finditer(text, start, end):
        whole = trimmed(text, line.start(), line.end())
        key = key_end(text, whole.start, whole.end)
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
    keyed = [labelled(text, unit) for unit in units]
    several = stated or sum(bool(unit.labels) for unit in keyed) >= 2
    for unit, record in zip(units, keyed, strict=True):
        yield replace(record, kind=UnitKind.RECORD) if several and record.labels else unit
