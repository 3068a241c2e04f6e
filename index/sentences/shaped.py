"""Blocks whose shape says what they are, to sentences and what these are read with: records, the head of an RFC,
turns of a talk, terms over their meanings, signatures, clauses."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from index.language.lexicon import NAME_KEYS
from index.layout.shapes import LIMITS, Shape, clause_end, is_keyed, key_end, option_end, speaker_end
from index.sentences.splitting import split_text
from index.sentences.tables import trimmed
from index.types import Block, Label, Range, Sentence, UnitKind

_LINE = re.compile(r"[^\r\n]+")
_GAP = re.compile(rf"[ \xa0]{{{LIMITS.gap},}}|[ \xa0]*\t[ \t\xa0]*")


def shape_parts(text: str, block: Block) -> list[Range] | None:
    """The sentences of a block of that kind; None for every other block."""
    if block.reason == Shape.RECORD:
        return list(_record_lines(text, block))
    if block.reason == Shape.HEAD:
        return [cell for line in _lines(text, block) for cell in _cells(text, line)]
    if block.reason == Shape.SIGNATURE:
        return list(_lines(text, block))
    if block.reason == Shape.TURN:
        found = speaker_end(text, block.start, block.end, known=True)
        return _opened(text, block, found[1] if found else block.start)
    if block.reason == Shape.ENTRY:
        return _opened(text, block, min(block.end, _term(text, block).end + 1))
    return None


def _term(text: str, block: Block) -> Range:
    line = next(_lines(text, block))
    return option_end(text, line.start, line.end) or line


def _lines(text: str, block: Block) -> Iterator[Range]:
    for line in _LINE.finditer(text, block.start, block.end):
        kept = trimmed(text, line.start(), line.end())
        if kept.start < kept.end:
            yield kept


def _cells(text: str, line: Range) -> Iterator[Range]:
    at = line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        yield Range(at, gap.start())
        at = gap.end()
    yield Range(at, line.end)


def _record_lines(text: str, block: Block) -> Iterator[Range]:
    """Its lines, one without a key with the one it goes on with."""
    held: Range | None = None
    for line in _lines(text, block):
        unnamed = held is None or (held.start == block.start and not _keys(text, held))
        if held is not None and not unnamed and not is_keyed(text, line.start, line.end):
            held = Range(held.start, line.end)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _keys(text: str, part: Range) -> bool:
    return is_keyed(text, part.start, min(part.end, part.start + LIMITS.record))


def _opened(text: str, block: Block, start: int) -> list[Range]:
    """The sentences from `start` on, the first with what stands before it."""
    found = [Range(part.start + start, part.end + start) for part in split_text(text[start : block.end])]
    if not found:
        return [Range(block.start, block.end)]
    return [Range(block.start, found[0].end), *found[1:]]


def shape_units(text: str, block: Block, units: list[Sentence]) -> list[Sentence]:
    """The units of any block with what its shape says of them."""
    if not units:
        return units
    if block.reason in (Shape.RECORD, Shape.HEAD):
        return _of_record(text, units)
    if block.reason == Shape.SIGNATURE:
        return [units[0], *(replace(unit, context=(units[0].ranges[0],)) for unit in units[1:])]
    first = units[0].ranges[0]
    if block.reason == Shape.TURN:
        found = speaker_end(text, block.start, first.end, known=True)
        return _under(units, found[0] if found else None)
    if block.reason == Shape.ENTRY:
        term = _term(text, block)
        return _under([_entry(text, units[0], term), *units[1:]], term)
    return _under(units, clause_end(text, first.start, first.end))


def _under(units: list[Sentence], above: Range | None) -> list[Sentence]:
    """All but the first with what the first begins with."""
    if above is None or len(units) < 2:
        return units
    return [units[0], *(replace(unit, context=(above, *unit.context)) for unit in units[1:])]


def _entry(text: str, unit: Sentence, term: Range) -> Sentence:
    meaning = trimmed(text, term.end, unit.end)
    if meaning.start >= meaning.end or len(unit.ranges) > 1:
        return unit
    return replace(unit, kind=UnitKind.RECORD, labels=(Label(term, meaning),))


def labelled(text: str, unit: Sentence) -> Sentence:
    """The unit with its key and value told apart, if it has the form."""
    part = unit.ranges[0]
    key = key_end(text, part.start, part.end) if len(unit.ranges) == 1 else None
    return unit if key is None else replace(unit, labels=(Label(key[0], Range(key[1], part.end)),))


def _of_record(text: str, units: list[Sentence]) -> list[Sentence]:
    """Each line with the one that names the record: one without a key above, that of a key for names, or the first."""
    keyed = [labelled(text, unit) for unit in units]
    names = [unit for unit in keyed if unit.labels and _key(text, unit) in NAME_KEYS]
    first = keyed[0] if not keyed[0].labels and len(keyed) > 1 and keyed[1].labels else None
    with_key = next((unit for unit in keyed if unit.labels), keyed[0])
    name = first or (names[0] if names else with_key)
    made = []
    for unit in keyed:
        kind = UnitKind.RECORD if unit.labels else UnitKind.LEAD if unit is first else unit.kind
        made.append(replace(unit, kind=kind, context=() if unit is name else (name.ranges[0],)))
    return made


def _key(text: str, unit: Sentence) -> str:
    name = unit.labels[0].name
    return text[name.start : name.end].casefold() if name else ""


def is_clause(text: str, units: Sequence[Sentence]) -> bool:
    """Whether a paragraph is a clause of its own number, which the items below it belong to."""
    part = units[0].ranges[0] if units else None
    return part is not None and clause_end(text, part.start, part.end) is not None
