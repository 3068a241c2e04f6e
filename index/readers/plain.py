"""Plain text: lines to blocks by blank lines, bullets, columns, rules and where a writer broke his lines.

A file that is Markdown in all but name is handed to the Markdown reader.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from index.language.dates import find_day
from index.layout.shapes import MARK, clause_end
from index.readers.encoding import decode
from index.readers.lines import TextLine, split_lines
from index.readers.markdown import MarkdownReader
from index.readers.shaped import find_run, head_run, numbered_steps, set_off, speakers
from index.types import Block, BlockKind, ParsedFile

BULLET = re.compile(rf"{MARK}[ \t\xa0]+(?=\S)")
_RULE = re.compile(r"([-=_*~#+.·•—–])(?:[ \t]*\1){2,}")
_MANUAL_PAGE = re.compile(r"([^\s()]{1,60}\(\d\w{0,3}\)) {2,}\S.{0,80}? {2,}\1")
_QUOTED_BLANK = re.compile(r"(?:>[ \t]*)+")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,}|\^{3,})")
_SENTENCE_END = re.compile(r"[.!?…:;。！？：][\"'”’»)\]*_]*(?:\(\*?\d+\)|\[\d+\])?$")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+ *)\S")
_AMOUNT = re.compile(r"[\d½¼¾⅓⅔][\d.,/½¼¾–-]*(?: |(?:k?g|m?l|cl|oz|lb)s? )[^\W\d]")
_LABEL = re.compile(r"[A-Z][\w .'-]{0,30}:\s")
_NUMBERED_AFTER = re.compile(r"(?i)\b(?:nos?|nr|pp?|vol|figs?|secs?|arts?|ch|eqs?|par|kap|abb|ca|approx|tel)\.\Z")
_NOTE = re.compile(r"\[\d{1,3}\] |\(\*\d+\)|[¹²³⁴-⁹]+ ?[^\W\d]")
_MARKUP = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"^#{2,6} +\S[^\n]*\n[ \t]*\n", re.MULTILINE),
    re.compile(r"(?<![*\w])\*\*[^*\s][^*\n]{0,300}\*\*"),
    re.compile(r"\[[^\]\n]{1,200}\]\((?:https?://|/|#|\.|mailto:)[^)\n]{0,500}\)"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"^\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+", re.MULTILINE),
    re.compile(r"<su[bp]>[^<\n]{1,20}</su[bp]>"),
    re.compile(r"(?<!`)`[^`\n]{1,200}`(?!`)"),
)


class LineLimits(Struct, frozen=True):
    """In characters unless said otherwise. sample: of a text that is looked at for Markdown; kinds: of markup that make
    it so, one fewer with headings. narrow: nobody wraps prose at fewer; long: no writer breaks lines by hand beyond.
    prose: the least of a paragraph. item: the longest line of a list without bullets; items: how many make one. indent:
    columns by which a new paragraph is set in. filled: share of the width below which a line was ended on purpose.
    label, label_words: the most of a line that is the heading of its paragraph. columns: four times the share of lines
    with columns that make a table.

    Set by hand on 2026-11-22 (b344ca4, ee53e39), against the seeds, RFCs, memos and tests/documents.
    """

    sample: int = 200_000
    kinds: int = 3
    narrow: int = 40
    long: int = 120
    prose: int = 80
    item: int = 60
    items: int = 3
    indent: int = 2
    filled: float = 0.6
    label: int = 99
    label_words: int = 14
    columns: int = 3


LIMITS = LineLimits()


class _Place(NamedTuple):
    """Where a run of lines stands. head: above the running text, where each line may be its own. width: at which the
    writer wraps his lines, 0 if he does not."""

    head: bool
    width: int


class PlainReader:
    """Reads plain text."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for binary or undecodable content."""
        decoded = decode(data, source)
        if is_markdown(decoded.text):
            return MarkdownReader(authored=False).read(data, source)
        lines = split_lines(decoded.text)
        blocks = tuple(_blocks(decoded.text, lines))
        breaks = tuple(line.start for line in lines if line.paged)
        return ParsedFile(decoded.text, "text", decoded.encoding, blocks, page_breaks=breaks, warnings=decoded.warnings)


def is_markdown(text: str) -> bool:
    """Headings by `#` and one other kind of markup, or three kinds without."""
    sample = text[: LIMITS.sample].replace("\r\n", "\n").replace("\r", "\n")
    kinds = [bool(pattern.search(sample)) for pattern in _MARKUP]
    return sum(kinds) >= LIMITS.kinds - kinds[0]


def _blocks(text: str, lines: Sequence[TextLine]) -> Iterator[Block]:
    groups = list(_groups(text, lines))
    names = speakers(text, groups)
    prose = next((number for number, group in enumerate(groups) if _is_prose(text, group)), 0)
    head = _Place(True, _width(groups[prose]) if groups else 0)
    steps = numbered_steps(text, groups)
    for number, group in enumerate(groups):
        if number in steps:
            if number - 1 not in steps or steps[number - 1] + 1 != steps[number]:
                last = next(n for n in itertools.count(number) if steps.get(n + 1) != steps[n] + 1)
                yield Block(BlockKind.LIST, group[0].start, groups[last][-1].end)
            continue
        if head_block := head_run(text, group) if number in range(max(prose, 1)) else None:
            yield head_block
            continue
        if len(group) == 1 and _MANUAL_PAGE.fullmatch(text, group[0].start, group[0].end):
            yield Block(BlockKind.BOILERPLATE, group[0].start, group[0].end, reason="page header or footer")
            continue
        if len(group) >= 2 and _UNDERLINE.fullmatch(text, group[1].start, group[1].end):
            level = 1 if text[group[1].start] == "=" else 2
            if group[0].end - group[0].start <= LIMITS.long and not _RULE.fullmatch(text, group[0].start, group[0].end):
                yield Block(BlockKind.HEADING, group[0].start, group[0].end, level, "underlined")
                group = group[1:]
        yield from _group_blocks(text, group, head if number < prose else _Place(False, _width(group)), names)


def _width(lines: Sequence[TextLine]) -> int:
    """The longest line, by which the others were wrapped; 0 if nobody wrapped them."""
    width = max(line.end - line.start + line.indent for line in lines)
    return width if len(lines) > 1 and width <= LIMITS.long else 0


def _is_prose(text: str, group: Sequence[TextLine]) -> bool:
    """Lines that fill the width and a sentence that ends."""
    size = group[-1].end - group[0].start
    return size >= LIMITS.prose and any(_SENTENCE_END.search(text, line.start, line.end) for line in group[:50])


def _groups(text: str, lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Runs of lines without a blank line or a page break between them; a quoted blank line is one too."""
    group: list[TextLine] = []
    for line in lines:
        blank = line.start == line.end or (text[line.start] == ">" and _QUOTED_BLANK.fullmatch(text, *line[:2]))
        if group and (blank or line.paged):
            yield group
            group = []
        if not blank:
            group.append(line)
    if group:
        yield group


def _group_blocks(text: str, group: list[TextLine], place: _Place, names: frozenset[str]) -> Iterator[Block]:
    """One run of lines, cut where rules, lists, shapes and paragraphs meet. names: who speaks in the text."""
    if text[group[0].start : group[0].end] == "--" and len(group) > 1:
        yield from set_off(group)
        return
    columns = sum(bool(_COLUMNS.search(text, line.start, line.end)) for line in group)
    if len(group) >= 2 and columns * 4 >= LIMITS.columns * len(group) and not _is_shaped(text, group, names):
        yield Block(BlockKind.TABLE, group[0].start, group[-1].end, reason="columns")
        return
    run: list[TextLine] = []
    at = 0
    while at < len(group):
        line = group[at]
        if _RULE.fullmatch(text, line.start, line.end):
            yield from _paragraphs(text, run, place)
            run = []
            yield Block(BlockKind.BOILERPLATE, line.start, line.end, reason="rule")
        elif end := _list_end(text, group, at):
            yield from _paragraphs(text, run, place)
            run = []
            yield Block(BlockKind.LIST, line.start, group[end - 1].end)
            at = end
            continue
        elif shaped := find_run(text, group, at, names):
            yield from _paragraphs(text, run, place)
            run = []
            yield from shaped.blocks
            at = shaped.end
            continue
        else:
            run.append(line)
        at += 1
    yield from _paragraphs(text, run, place)


def _is_shaped(text: str, group: Sequence[TextLine], names: frozenset[str]) -> bool:
    """Whether the lines begin with something that is told better than as columns."""
    run = find_run(text, group, 0, names)
    return run is not None and run.blocks[0].reason != "columns"


def _list_end(text: str, group: Sequence[TextLine], at: int) -> int:
    """Where the list that begins at this line ends; 0 if none does. A number needs a second item: `1986. It was`."""
    marker = BULLET.match(text, group[at].start, group[at].end)
    if not marker:
        return _amounts_end(text, group, at)
    items, end = 1, at + 1
    while end < len(group):
        line = group[end]
        if BULLET.match(text, line.start, line.end):
            items += 1
        elif line.indent <= group[at].indent and not _continues(text, group[end - 1], line):
            break
        end += 1
    return end if items > 1 or (not marker.group()[0].isalnum() and marker.group()[0] != "(") else 0


def _amounts_end(text: str, group: Sequence[TextLine], at: int) -> int:
    """Where a list without bullets ends whose items begin with a number: `250 g lentils`. At least three items."""
    end = at
    while end < len(group) and _AMOUNT.match(text, group[end].start, group[end].end) and _is_item(text, group[end]):
        end += 1
    return end if end - at >= LIMITS.items else 0


def _is_item(text: str, line: TextLine) -> bool:
    return line.end - line.start <= LIMITS.item and text[line.end - 1] not in ".!?:;"


def _continues(text: str, before: TextLine, line: TextLine) -> bool:
    """The line goes on with the sentence of the line before."""
    return text[line.start].islower() and not _SENTENCE_END.search(text, max(before.start, before.end - 20), before.end)


def _paragraphs(text: str, run: Sequence[TextLine], place: _Place) -> Iterator[Block]:
    """Lines that a writer broke by hand are one paragraph; a line that ends where it need not starts a new one."""
    if not run:
        return
    start = run[0]
    opening = True  # only lines like headings so far
    for before, line in itertools.pairwise(run):
        if _is_cut(text, before, line, place, opening):
            yield Block(BlockKind.PARAGRAPH, start.start, before.end)
            start = line
        else:
            opening = False
    yield Block(BlockKind.PARAGRAPH, start.start, run[-1].end)


def _is_cut(text: str, before: TextLine, line: TextLine, place: _Place, first: bool) -> bool:
    """Whether a paragraph ends with the line `before`. first: it opens its run, and may be a heading or a byline."""
    if (text[before.start] == ">") != (text[line.start] == ">"):
        return True  # a mail and what it quotes
    if _continues(text, before, line):
        return False
    opening = text[line.start : line.start + 60]
    if _NOTE.match(opening) or (_LABEL.match(opening) and _LABEL.match(text, before.start, before.end)):
        return True
    ended = bool(_SENTENCE_END.search(text, max(before.start, before.end - 20), before.end))
    if ended and opening[0].isdigit() and _NUMBERED_AFTER.search(text, max(before.start, before.end - 8), before.end):
        return False
    if _is_clause_cut(text, before, line, ended):
        return True
    if not place.width:
        new = opening[0].isupper() or find_day(text, line.start, min(line.end, line.start + 60)) is not None
        return ended or place.head or (first and _is_label_line(text, before) and new)
    if ended and (line.indent >= before.indent + LIMITS.indent or _LABEL.match(opening)):
        return True
    size = before.end - before.start
    fits = len(opening.split(None, 1)[0]) < place.width - size - before.indent
    if place.head:
        return fits or place.width < LIMITS.narrow
    if place.width < LIMITS.narrow:
        return False  # verse, an address
    return fits and (ended or size < LIMITS.filled * place.width or bool(_LABEL.match(opening)))


def _is_clause_cut(text: str, before: TextLine, line: TextLine, ended: bool) -> bool:
    """A clause begins with this line, or the line before holds the number and name of one and nothing else."""
    if clause_end(text, line.start, line.end) and (ended or clause_end(text, before.start, before.end)):
        return True
    short = before.end - before.start <= LIMITS.item and not text[line.start].islower()
    return short and not ended and bool(clause_end(text, before.start, before.end)) and text[before.end - 1] not in ",-"


def _is_label_line(text: str, line: TextLine) -> bool:
    """Short, several words, capital first: a heading right above its paragraph."""
    words = text[line.start : min(line.end, line.start + LIMITS.long)].split()
    return (
        1 < len(words) <= LIMITS.label_words
        and line.end - line.start <= LIMITS.label
        and text[line.start].isalnum()
        and not text[line.start].islower()
    )
