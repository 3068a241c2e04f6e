"""What is quoted with a sentence that says little alone: its list or code, a header, what it stands under."""

from collections.abc import Sequence

from msgspec import Struct

from index.types import Range, Sentence, UnitKind
from qa.reading.reader import OpenPassage, Span


class AnnouncedLimits(Struct, frozen=True):
    """items: of a list that is quoted whole, at most. By hand (2026-11-30)."""

    items: int = 100


LIMITS = AnnouncedLimits()


def announcing(opened: OpenPassage, sentence: Sentence) -> Sentence | None:
    """The lead-in that a list's item or a piece of code stands under, the nearest; a lead-in's is itself."""
    if sentence.kind is UnitKind.LEAD:
        return sentence
    if sentence.kind not in (UnitKind.ITEM, UnitKind.CODE):
        return None
    leads = {unit.ranges[0]: unit for unit in opened.of_document if unit.kind is UnitKind.LEAD}
    return next((leads[part] for part in reversed(sentence.context) if part in leads), None)


def announced(opened: OpenPassage, sentence: Sentence, lead: Sentence, *, whole: bool) -> list[Sentence]:
    """The lead-in with what it announces: of code that code, of a list all its items if the `whole` is asked for or its
    lead-in was found. Nothing where the sentence stands by itself."""
    if sentence.kind is UnitKind.CODE:
        return [lead, sentence]
    below = [unit for unit in opened.of_document if lead.ranges[0] in unit.context][: LIMITS.items]
    if sentence.kind is UnitKind.LEAD:
        items = [unit for unit in below if unit.kind is UnitKind.ITEM]
        return [lead, *items] if items else []
    return [lead, *below] if whole else []


def cited_before(span: Span | None, opened: OpenPassage, sentence: Sentence) -> tuple[Range, ...]:
    """The sentence's context that an answer shows: what holds the short answer, the lead-in of an item or row, and the
    header of a row."""
    leads = {unit.ranges[0] for unit in opened.of_document if unit.kind is UnitKind.LEAD}
    shown = []
    for part in sentence.context:
        holds_answer = span is not None and part.start <= span.start and span.end <= part.end
        if holds_answer or (part in leads and sentence.kind in (UnitKind.ROW, UnitKind.ITEM)):
            shown.append(part)
    if sentence.kind is UnitKind.ROW:
        header = [part for part in sentence.context if any(_inside(label.name, part) for label in sentence.labels)]
        shown += [part for part in header if part not in shown]
    return tuple(sorted(shown))


def holding(span: Span | None, opened: OpenPassage, sentence: Sentence, shown: Sequence[Range]) -> list[Range]:
    """Where a short answer stands that is neither in its sentence nor in what is shown before it, as in a title."""
    if span is None or any(part.start <= span.start < part.end for part in (*sentence.ranges, *shown)):
        return []
    places = (part for unit in opened.of_document for part in unit.ranges)
    return [part for part in places if part.start <= span.start and span.end <= part.end][:1]


def _inside(name: Range | None, part: Range) -> bool:
    return name is not None and part.start <= name.start and name.end <= part.end
