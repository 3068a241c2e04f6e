"""Title, author, date and publisher, each with the place where the document says it. None rather than wrong."""

import re
from collections.abc import Sequence

from index.language.dates import find_day
from index.layout.header import is_name, name_end
from index.layout.shapes import LIMITS as SHAPE_LIMITS
from index.layout.shapes import Shape
from index.types import Block, BlockKind, Field, Metadata, Range

_BY = re.compile(
    r"[*_(\s]*(?:written |words |story |text |posted |published )?by:?\s+|(?:author|authors|from)\s*:\s+", re.IGNORECASE
)
_OPENING = re.compile(r"\(\s*(?:written )?by:?\s+([^()\n]{3,60})\)", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:subject|title)\s*:\s+", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?[\s,]*(?:by\s+)?", re.IGNORECASE
)
_GAP = re.compile(rf" {{{SHAPE_LIMITS.gap},}}(?=(\S[^\r\n]*))")
_RIGHTS = re.compile(r"[.,;|\n]|\s+all rights|\s+and (?:its|contributors|others)|\s+(?:19|20)\d\d", re.IGNORECASE)


def find_metadata(text: str, blocks: Sequence[Block], stated: Metadata) -> Metadata:
    """What the format states comes first, then what bylines and the copyright line say."""
    return Metadata(
        title=stated.title or _title(text, blocks),
        author=stated.author or _author(text, blocks),
        date=stated.date or _date(text, blocks),
        publisher=stated.publisher or _publisher(text, blocks),
    )


def _title(text: str, blocks: Sequence[Block]) -> Field | None:
    for block in blocks:
        if block.kind is BlockKind.TITLE:
            kept = _unmarked(text, block.start, block.end)
            return _field(text, kept) if kept.start < kept.end else None
    for block in blocks:
        found = _SUBJECT.match(text, block.start, block.end) if block.kind is BlockKind.BYLINE else None
        if found and text[found.end() : block.end].strip(" *_()[]"):
            return _field(text, _unmarked(text, found.end(), block.end))
    return None


def _author(text: str, blocks: Sequence[Block]) -> Field | None:
    for block in blocks:
        if block.kind is BlockKind.BYLINE:
            found = _BY.match(text, block.start, block.end)
            field = _person(text, found.end() if found else block.start, block.end)
            if field and (found or find_day(text, block.start, block.end) is None):
                return field
    for block in blocks:
        if block.reason == Shape.HEAD and (field := _at_the_right(text, block)):
            return field
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH:
            opening = _OPENING.match(text, block.start, block.end)
            return _person(text, *opening.span(1)) if opening else None
    return None


def _at_the_right(text: str, block: Block) -> Field | None:
    """The first name at the right of the keys of an RFC's head."""
    for gap in _GAP.finditer(text, block.start, block.end):
        if field := _person(text, gap.end(), gap.end(1)):
            return field
    return None


_NOTE_MARKS = re.compile(r"<sup>[^<]{0,20}</sup>|[¹²³⁴⁵†‡§]")  # after a name: where its affiliation stands


def _person(text: str, start: int, end: int) -> Field | None:
    marks = _NOTE_MARKS.search(text, start, end)
    kept = _unmarked(text, start, marks.start() if marks else end)
    kept = _unmarked(text, kept.start, name_end(text, kept.start, kept.end) or kept.end)
    return _field(text, kept) if is_name(text[kept.start : kept.end]) else None


def _date(text: str, blocks: Sequence[Block]) -> Field | None:
    """Of a byline; a date of the running text is not the document's."""
    found = (find_day(text, block.start, block.end) for block in blocks if block.kind is BlockKind.BYLINE)
    return next((field for field in found if field), None)


def _publisher(text: str, blocks: Sequence[Block]) -> Field | None:
    """From the last copyright line."""
    for block in reversed(blocks):
        if block.end - block.start > 300 or block.kind is BlockKind.TABLE:
            continue
        mark = _COPYRIGHT.search(text, block.start, block.end)
        if mark and mark.start() - block.start <= 3 and mark.end() < block.end:
            stop = _RIGHTS.search(text, mark.end(), block.end)
            kept = _unmarked(text, mark.end(), stop.start() if stop else block.end)
            value = text[kept.start : kept.end]
            if value[:1].isupper() and len(value) <= 60:
                return _field(text, kept)
    return None


def _field(text: str, place: Range) -> Field:
    """The words there, with single spaces."""
    return Field(" ".join(text[place.start : place.end].split()), place.start, place.end)


def _unmarked(text: str, start: int, end: int) -> Range:
    """Without the space, emphasis and brackets around it."""
    while start < end and (text[start].isspace() or text[start] in "*_(["):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "*_)]"):
        end -= 1
    return Range(start, end)
