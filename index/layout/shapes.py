"""What a line of plain text is by its shape: a key and its value, a row of cells, a turn of a talk, a clause.

The reader cuts blocks by it and the units are read by it, so that both mean the same.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from index.language.lexicon import SECTION_WORDS, STEP_WORDS, alternation
from index.types import Range


class Shape(StrEnum):
    """Why a block of plain text is one: its `reason`. A HEAD has its author at the right of its keys (RFCs). KEY is a
    heading that heads a part of the data, or of the code, and never is the title of it all."""

    RECORD = "record"
    HEAD = "document head"
    TURN = "speaker turn"
    ENTRY = "entry"
    SIGNATURE = "signature"
    KEY = "key of data"


SHAPES = frozenset(Shape)
CAPITALS = "capitals over a text set in"  # of the headings of a manual page


class ShapeLimits(Struct, frozen=True):
    """Characters unless said otherwise. record: the most of a record's line. key_words: the most words of a key. name:
    words of a line that names the record below it. term: the most of a term over its meaning. cell: the most of a mean
    cell between commas. gap: the fewest spaces between two cells of one line.

    Set by hand on 2026-11-30, against tests/documents and invented files of each shape; no bench fits them.
    """

    record: int = 300
    key_words: int = 4
    name: int = 6
    term: int = 70
    cell: int = 40
    gap: int = 3


LIMITS = ShapeLimits()

_KEY = re.compile(
    r"(?P<name>[^\W\d_][\w .,/&()'’#+-]{0,40}?)[*_`]{0,3}"
    r"(?:[ \t]{0,30}(?::[*_`]{0,3}[ \t]+|：[*_`]{0,3}[ \t]*)|[ \t]{1,30}=[ \t]+)"
    r"(?=\S)"
)
_BARE_KEY = re.compile(r"[^\W\d_][\w ./&()'’-]{0,30}[:：]\Z")
_CLOCK = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? )?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?: ?[AaPp]\.?[Mm]\.?)?"
_SPEAKER = r"[^\W\d_][^\W_.]{0,20}\.?(?: [^\W_][^\W_]{0,20}\.?){0,3}"
_STAMPED = re.compile(
    rf"[\[(<]?{_CLOCK}[\])>]?(?:[ \t]+[-–—])?[ \t]+<?(?P<name>{_SPEAKER})"
    r"(?:>[ \t]+|[ \t]?(?:\([^()\n]{1,30}\))?[:：][ \t]+)(?=\S)"
)
_SPOKEN = re.compile(
    rf"(?P<name>{_SPEAKER})[ \t]?(?:[\[(][^\[\]()\n]{{1,30}}[\])])?[:：][ \t]+(?=\S)"
    r"|<(?P<nick>[\w-]{1,20})>[ \t]+(?=\S)"
)
_PLAYED = re.compile(
    r"(?P<name>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,3})\.[ \t]+(?:\([^()\n]{1,60}\)[ \t]*)?(?=[A-Z“\"‘'—¿¡])"
)
_CLAUSE = re.compile(
    rf"(?:(?:§{{1,2}}[ \t]?|(?i:{alternation(SECTION_WORDS)})[ \t]+)\d{{1,4}}[a-z]?(?:\.\d{{1,3}}){{0,5}}"
    r"(?:[ \t]?\([^\W_]{1,4}\))*"
    r"|\d{1,3}(?:\.\d{1,3}){1,5}(?:[ \t]?\([^\W_]{1,4}\))*)[.):]?[ \t]+(?=\S)"
)
_OPTION = re.compile(r"(-{1,2}[^\W_](?:[^\s]| (?! )){0,60}?)(?: {2,}|[ ]?\t[ \t]*)(?=\S)")
_LEADERS = re.compile(r"[ \t]*(?:\.[ \t]?){4,}[ \t]*|[ \t]*…{2,}[ \t]*")
SEPARATORS = "\t|;,"
_CELLS = {
    mark: re.compile(rf'[ ]*"(?:[^"]|""){{0,2000}}+"[ ]*(?={re.escape(mark)}|\Z)|[^{re.escape(mark)}]*+')
    for mark in SEPARATORS
}
MARK = (
    r"(?P<mark>[-*+•⁃‣▪●◦○■–—·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]"
    rf"|(?i:{alternation(STEP_WORDS)})[ \t]\d{{1,3}}[.:)])"
)


def key_end(text: str, start: int, end: int) -> tuple[Range, int] | None:
    """The key that `text[start:end]` begins with and where its value begins; None if it is no `key: value`."""
    found = _KEY.match(text, start, end)
    if found is None or len(found["name"].split()) > LIMITS.key_words:
        return None
    name = found["name"].rstrip(" \t*_`")
    return Range(start, start + len(name)), found.end()


def is_keyed(text: str, start: int, end: int) -> bool:
    """A line of a record: a key with its value, or a key whose value is empty or stands below it."""
    if end - start > LIMITS.record:
        return False
    return key_end(text, start, end) is not None or _BARE_KEY.match(text, start, end) is not None


def speaker_end(text: str, start: int, end: int, *, known: bool) -> tuple[Range, int] | None:
    """Who speaks in a turn that begins at `start`, and where the words begin. known: that it is a turn is known by
    other lines like it; else it takes a time of day to tell it from a note."""
    found = _STAMPED.match(text, start, end)
    if found is None and known:
        found = _SPOKEN.match(text, start, end) or _PLAYED.match(text, start, end)
    if found is None:
        return None
    group = "name" if found.re is not _SPOKEN or found["name"] else "nick"
    return Range(found.start(group), found.end(group)), found.end()


def clause_end(text: str, start: int, end: int) -> Range | None:
    """The number of the clause that begins at `start`: `4.2`, `§ 7`, `Article 5(1)`; None if none does."""
    found = _CLAUSE.match(text, start, end)
    return Range(start, start + len(found[0].rstrip(" \t.:"))) if found else None


def option_end(text: str, start: int, end: int) -> Range | None:
    """The option that a line of a manual names before it says, on the same line, what it does: `-v     be verbose`."""
    found = _OPTION.match(text, start, end)
    return Range(*found.span(1)) if found else None


def leaders(text: str, start: int, end: int) -> Range | None:
    """The dots that lead the eye from `text[start:end]`'s first cell to its last one."""
    found = _LEADERS.search(text, start + 1, end)
    return Range(*found.span()) if found and found.end() < end else None


def separated(text: str, start: int, end: int, mark: str) -> Iterator[Range]:
    """What stands between separators, with the space and quotes round it; a quoted separator parts nothing."""
    cell, at = _CELLS[mark], start
    while at <= end:
        found = cell.match(text, at, end)
        stop = found.end() if found else end
        yield Range(at, stop)
        at = stop + 1


def separator_of(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The separator of a line of values and the number of its values: a tab, else a semicolon, a pipe or a comma."""
    line = text[start : min(end, start + 4 * LIMITS.record)]
    for mark in SEPARATORS:
        if mark in line:
            return mark, sum(1 for _ in separated(text, start, end, mark))
    return None
