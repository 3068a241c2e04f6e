"""Blocks to sentences: verbatim ranges of the text, with note marks and list markers left outside."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.layout.shapes import SHAPES
from index.sentences.abbreviations import Abbreviation, kind_of
from index.sentences.items import markers
from index.sentences.markup import display, find_emphasis, stray_markers
from index.sentences.notes import SPACE, end_of_leading_notes, start_of_trailing_note
from index.sentences.shaped import shape_parts
from index.sentences.splitting import split_text
from index.sentences.tables import read_table
from index.sentences.units import record_lines, with_context
from index.types import Block, BlockKind, Range, Sentence

__all__ = ["split_sentences", "split_text"]

_WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.BYLINE})
_STEPPED_OVER = frozenset({BlockKind.FOOTNOTE, BlockKind.BOILERPLATE, BlockKind.CAPTION})

_LINE = re.compile(r"[^\r\n]+")
_RULED_ROW = re.compile(r"[\s|:+=-]+\Z")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_CLOSING_HASHES = re.compile(r"(?:[ \t]+#{1,6}|\r?\n[ \t]*(?:=+|-+))[ \t]*\Z")
_QUOTED = re.compile(r"(?:>[ \t]?)+|[•⁃‣▪●◦][ \t\u00a0]+")
_LABEL = re.compile(
    r"[*_]{0,3}(?:(?i:abstract|summary|introduction|background|context|objectives?|aims?|purpose|methods?|methodology|"
    r"results?|findings|discussion|conclusions?)(?:[:.—–]+[*_]{0,3}|[*_]{1,3}[ ]?[:.—–]*)|ABSTRACT|SUMMARY)\s+"
    r"(?=[*_\"“‘(]{0,4}[A-Z\d])"
)
_PLAIN_ENDS = frozenset('.!?…"”’)')
_WORDLIKE = re.compile(r"[^\W_]")
_MARKUP = re.compile(r"[<&`\[\\]")
_SENTENCE_STOPS = frozenset(".!?…:;。！？｡；：؟।॥۔")
_CLOSING_MARKS = "\"'”’»›)]}*_~`」』】）》 "
_LAST_WORD = re.compile(r"[^\W\d_][\w.’'-]*\Z")
_FIRST = re.compile(r"[\"'“‘„«‹(\[*_`~]{0,4}([^\W_])")
_OWN_START = re.compile(r"(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)]\s|https?:|ftp:|www\.|\S{1,64}@\S")
_GOES_ON = frozenset(
    "a an the this these its their his her our your my of and or to in on at by for from with without as than that "
    "which who whose is was are were be been being has have had will would can could should may might must not into "
    "between among through during about over under against der die das dem den des ein eine und oder mit von zu im "
    "le la les un une des du de et ou à en dans pour par el los las del y o con il lo gli e di che het een van".split()
)


class SentenceLimits(Struct, frozen=True):
    """sentence: the longest, in characters, about what the embedding model reads. pieces: the most that a run without
    an end is cut into. stepped_over: the most blocks between the halves of a sentence that a page break cuts (a page's
    notes, its number, the next page's head). ranges: the most paragraphs of one sentence; more are a list of lines.
    cut_block: the fewest characters of a paragraph that was cut; a shorter one is a line of its own. tail: characters
    of a sentence's end that are looked at.

    Set by hand on 2026-11-22 (9ae5bfe, c80f835), against the seeds, RFCs and memos; no bench fits them.
    """

    sentence: int = 1_000
    pieces: int = 200
    stepped_over: int = 12
    ranges: int = 8
    cut_block: int = 40
    tail: int = 60


LIMITS = SentenceLimits()


def split_sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Every sentence that can be quoted, in text order. Linear in the length of the blocks.

    Titles, headings and bylines are one each, list items and table rows are split each on its own, boilerplate gives
    none. A sentence that a page break cuts off, with nothing but notes, captions and boilerplate before its other half,
    is one sentence with a range for each part (rarely more than two). Left outside: white space and note marks around
    a sentence, list and quote markers, emphasis markers that do not pair within it, and lines that hold no word.
    """
    drafts: list[tuple[int, list[Range]]] = []
    pending = _Pending()
    for number, block in enumerate(blocks):
        if block.kind in _STEPPED_OVER:
            pending.step_over()
        elif block.kind is not BlockKind.PARAGRAPH or block.reason in SHAPES:
            pending.forget()
        parts = [] if block.kind is BlockKind.BOILERPLATE else _parts(text, block)
        if block.kind is BlockKind.PARAGRAPH and parts and block.reason not in SHAPES:
            cut = pending.draft
            whole = Range(block.start, block.end)
            if cut is not None and goes_on(text, cut[-1], parts[0]):
                cut.append(parts.pop(0))
            if parts:
                cut = [parts.pop()]
                drafts.extend((number, [part]) for part in parts)
                drafts.append((number, cut))
            pending.remember(cut if cut and is_cut_off(text, whole, cut[-1]) else None)
        else:
            drafts.extend((number, [part]) for part in parts)
    sentences = [Sentence(ordinal, number, tuple(ranges)) for ordinal, (number, ranges) in enumerate(drafts)]
    return with_context(text, blocks, sentences)


class _Pending:
    """The sentence that was cut off, while what may hold its other half has not come yet."""

    def __init__(self) -> None:
        self.draft: list[Range] | None = None
        self.stepped_over = 0

    def remember(self, draft: list[Range] | None) -> None:
        self.draft = draft if draft and len(draft) < LIMITS.ranges else None
        self.stepped_over = 0

    def forget(self) -> None:
        self.draft = None

    def step_over(self) -> None:
        self.stepped_over += 1
        if self.stepped_over > LIMITS.stepped_over:
            self.draft = None


def _parts(text: str, block: Block) -> list[Range]:
    """The block's sentences, tidied."""
    if (shaped := shape_parts(text, block)) is not None:
        found = shaped
    elif block.kind in _WHOLE:
        found = [_heading(text, block)]
    elif block.kind is BlockKind.TABLE:
        found = list(_rows(text, block))
    elif block.kind is BlockKind.CODE:
        code = (_trim(text, piece.start, piece.end) for piece in _short_enough(text, Range(block.start, block.end)))
        return [piece for piece in code if _WORDLIKE.search(text, piece.start, piece.end)]
    elif block.kind is BlockKind.LIST:
        found = [part for item in _items(text, block) for part in _split(text, item)]
    elif block.kind is BlockKind.PARAGRAPH and (records := record_lines(text, block.start, block.end)):
        found = records
    else:
        label = _LABEL.match(text, block.start, block.end) if block.kind is BlockKind.PARAGRAPH else None
        start = label.end() if label else block.start
        found = [Range(block.start, start)] if label else []
        found += _split(text, Range(start, block.end))
    pieces = [piece for part in found for piece in _short_enough(text, part)]
    tidied = (
        _tidy(text, part, in_footnote=block.kind is BlockKind.FOOTNOTE and not i) for i, part in enumerate(pieces)
    )
    return [part for part in tidied if part is not None]


def _split(text: str, part: Range) -> list[Range]:
    return [
        Range(found.start + part.start, found.end + part.start) for found in split_text(text[part.start : part.end])
    ]


def _short_enough(text: str, part: Range) -> Iterator[Range]:
    """A sentence as it is, or cut at clauses or words if nobody would read it as one. Of a run that never ends, only
    the beginning: it is no prose, and each piece costs an embedding."""
    start = part.start
    for _ in range(LIMITS.pieces):
        if part.end - start <= LIMITS.sentence:
            yield Range(start, part.end)
            return
        end = _cut(text, start)
        yield Range(start, end)
        start = end


def _cut(text: str, start: int) -> int:
    """Where the piece that begins at `start` ends: after the last mark or space of its second half."""
    middle, limit = start + LIMITS.sentence // 2, start + LIMITS.sentence
    for mark in ("; ", ": ", ", ", "\n", " "):
        found = text.rfind(mark, middle, limit)
        if found >= 0:
            return found + len(mark)
    return limit


def _heading(text: str, block: Block) -> Range:
    hashes = _HASHES.match(text, block.start, block.end)
    closing = _CLOSING_HASHES.search(text, block.start, block.end)
    return Range(hashes.end() if hashes else block.start, closing.start() if closing else block.end)


def _rows(text: str, block: Block) -> Iterator[Range]:
    if text.startswith("<", block.start):
        table = read_table(text, block.start, block.end)
        yield from (row.whole for row in (*((table.header,) if table.header else ()), *table.rows))
        return
    for line in _LINE.finditer(text, block.start, block.end):
        if not _RULED_ROW.match(line[0]):
            row = line[0].strip(SPACE + "|")
            start = line.start() + line[0].index(row)
            yield Range(start, start + len(row))


def _items(text: str, block: Block) -> Iterator[Range]:
    """What stands between the markers; without any marker, each line."""
    marks = markers(text, block)
    if not marks:
        for line in _LINE.finditer(text, block.start, block.end):
            yield Range(line.start(), line.end())
        return
    yield Range(block.start, max(block.start, marks[0].start()))
    ends = [marker.start() for marker in marks[1:]] + [block.end]
    for marker, end in zip(marks, ends, strict=True):
        closed = text.find("</li", marker.end(), end) if marker["mark"].startswith("<") else -1
        yield Range(marker.end(), closed if closed >= 0 else end)


def _tidy(text: str, part: Range, *, in_footnote: bool) -> Range | None:
    """Without space, note marks, quote markers and markers of emphasis that is not within; None if no word is left."""
    if part.start < part.end and not in_footnote and text[part.start].isalnum() and text[part.end - 1] in _PLAIN_ENDS:
        return part  # nearly every sentence: a word at the start, a stop or a quote at the end
    part = _trim(text, part.start, part.end)
    quoted = _QUOTED.match(text, part.start, part.end)
    start = end_of_leading_notes(text, quoted.end() if quoted else part.start, part.end, in_footnote=in_footnote)
    part = _without_outer_emphasis(text, _trim(text, start, part.end))
    part = _trim(text, part.start, start_of_trailing_note(text, part.start, part.end))
    if not _WORDLIKE.search(text, part.start, part.end):
        return None
    if _MARKUP.search(text, part.start, part.end) and not display(text[part.start : part.end]):
        return None
    return part


def _trim(text: str, start: int, end: int) -> Range:
    piece = text[start:end]
    end = start + len(piece.rstrip(SPACE))
    return Range(min(end, start + len(piece) - len(piece.lstrip(SPACE))), end)


def _without_outer_emphasis(text: str, part: Range) -> Range:
    """Without the markers at either edge that emphasise all of it, or that pair with one of another sentence."""
    piece = text[part.start : part.end]
    if not piece or (piece[0] not in "*_" and piece[-1] not in "*_"):
        return part
    emphasis = find_emphasis(piece)
    outer = {mark.start: mark for mark in stray_markers(piece, emphasis)}
    start, end = 0, len(piece)
    pairs = {opening.start: (opening, closing) for opening, closing in emphasis.pairs}
    while start in pairs and pairs[start][1].end == end:
        opening, closing = pairs[start]
        start, end = opening.end, closing.start
    if start in outer:
        start = outer[start].end
    last = max(outer.values(), default=None)
    if last and last.end == end and last.start > start:
        end = last.start
    return Range(part.start + start, part.start + end)


def _tail(text: str, part: Range) -> str:
    return text[max(part.start, part.end - LIMITS.tail) : part.end].rstrip(_CLOSING_MARKS)


def is_cut_off(text: str, block: Range, last: Range) -> bool:
    """Does the last sentence of a paragraph stop without a stop, though the paragraph is prose?"""
    tail = _tail(text, last)
    if block.end - block.start < LIMITS.cut_block or not tail:
        return False
    if tail[-1] == ".":
        word = _LAST_WORD.search(tail[:-1])
        return word is not None and kind_of(word[0]) in (Abbreviation.NEVER, Abbreviation.MAYBE)
    return tail[-1] not in _SENTENCE_STOPS


def goes_on(text: str, last: Range, first: Range) -> bool:
    """Does the paragraph that begins with sentence `first` go on with `last`, which is cut off?

    It does with a small letter, or a letter of a script without case; with a capital or a number only after a word
    that never ends a sentence ("of", "the"). Enumerators, addresses and what follows a dot need the small letter.
    """
    opening = _FIRST.match(text, first.start, first.end)
    if not opening or _OWN_START.match(text, opening.start(1), first.end):
        return False
    letter, tail = opening[1], _tail(text, last)
    if letter.islower():
        return True
    if tail[-1] == ".":
        return False
    if letter.isalpha() and not letter.isupper() and not letter.istitle():
        return tail[-1].isalpha() and not (tail[-1].islower() or tail[-1].isupper())
    word = _LAST_WORD.search(tail)
    return word is not None and word[0] in _GOES_ON
