"""Lines of a page to blocks: paragraphs, lists, tables, notes, captions."""

import itertools
import re
import statistics
from collections.abc import Sequence

from msgspec import Struct

from index.readers.pdf.lines import PrintedLine
from index.readers.pdf.tables import LEADERS, MARKER, PdfTable, next_table
from index.types import BlockKind

_MARKED = re.compile(rf"{MARKER.pattern}\s+(?=\S)")
_NOTE = re.compile(r"(?:[¹²³⁴-⁹⁰]{1,3}|[*†‡§]{1,3}|\d{1,3}[.)]?\s)\s*\S")
_CAPTION = re.compile(
    r"(?:Fig(?:ure|\.)?|Table|Tab\.|Chart|Scheme|Plate|Exhibit|Listing|Abbildung|Abb\.|Tabelle|Figura|Tableau)"
    r"\s+(?:[A-Z]\.?)?[\dIVX]+(?:[.–-]\d+)*[a-z]?\s*(?P<mark>[.:|–—]|$)?",
)
_STOPPED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*[¹²³⁴-⁹⁰]*$")
_WORD = re.compile(r"[^\W_]")
_MARK = "a mark by itself"
_LETTER = re.compile(r"[^\W\d_]")
CONTENTS = "table of contents"


class PdfDraft(Struct):
    """A block that is being put together. first: nothing stands above it in its column. indent: of its first line."""

    kind: BlockKind
    lines: list[PrintedLine]
    level: int = 0
    reason: str = ""
    table: PdfTable | None = None
    first: bool = False
    page: int = 0
    marked: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return statistics.median(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


class DraftLimits(Struct, frozen=True):
    """leading: how much farther than usual a line stands below another where a paragraph begins. indent: in sizes of
    the font. size: the share that a size differs by where a paragraph ends. short: the share of the column that a last
    line leaves free. note: the size of notes, as a share of that of the text. contents: the fewest lines with leaders.
    foot: the most lines of small print without a mark.

    Set by hand on 2026-11-30, against the same files as the other limits of this folder.
    """

    leading: float = 1.28
    indent: float = 0.7
    size: float = 0.08
    short: float = 0.12
    note: float = 0.93
    contents: int = 3
    foot: int = 12


LIMITS = DraftLimits()


def drafts_of(lines: Sequence[PrintedLine], body: float) -> list[PdfDraft]:
    """The blocks of a page, in reading order. body: the size of the file's running text. Linear."""
    drafts: list[PdfDraft] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].column == lines[start].column:
            end += 1
        column = _column(lines[start:end], body)
        if column:
            column[0].first = True
        _mark_notes(column, body)
        drafts += column
        start = end
    return drafts


def _column(lines: Sequence[PrintedLine], body: float) -> list[PdfDraft]:
    drafts: list[PdfDraft] = []
    leadings = _leadings(lines)
    number = 0
    while number < len(lines):
        if end := _contents(lines, number):
            drafts.append(PdfDraft(BlockKind.BOILERPLATE, list(lines[number:end]), reason=CONTENTS, page=lines[0].page))
            number = end
            continue
        table, end = next_table(lines, number)
        if table is not None:
            drafts.append(PdfDraft(BlockKind.TABLE, list(lines[number:end]), table=table, page=lines[0].page))
            number = end
            continue
        line = lines[number]
        after = lines[number + 1] if number + 1 < len(lines) else None
        if (
            drafts
            and drafts[-1].table is None
            and not drafts[-1].reason
            and not _begins(drafts[-1], line, after, leadings)
        ):
            drafts[-1].lines.append(line)
        else:
            drafts.append(_new(line, body))
        number += 1
    return drafts


def _contents(lines: Sequence[PrintedLine], start: int) -> int:
    """Where the lines with leaders that begin here end; 0 where there are too few."""
    end = start
    while end < len(lines) and LEADERS.search(lines[end].text):
        end += 1
    return end if end - start >= LIMITS.contents else 0


def _leadings(lines: Sequence[PrintedLine]) -> dict[int, float]:
    """The usual distance of two lines, by their size in points."""
    found: dict[int, list[float]] = {}
    for before, line in itertools.pairwise(lines):
        distance = line.base - before.base
        if round(before.size) == round(line.size) and 0.8 * line.size < distance < 2.2 * line.size:
            found.setdefault(round(line.size), []).append(distance)
    return {size: sorted(distances)[len(distances) * 2 // 5] for size, distances in found.items()}


def _new(line: PrintedLine, body: float) -> PdfDraft:
    text = line.text
    if not _WORD.search(text):
        return PdfDraft(BlockKind.BOILERPLATE, [line], reason=_MARK, page=line.page)
    caption = _CAPTION.match(text)
    if caption and (caption["mark"] is not None or line.size <= LIMITS.note * body):
        return PdfDraft(BlockKind.CAPTION, [line], page=line.page)
    marked = bool(_MARKED.match(text)) and len(text) > 2
    return PdfDraft(BlockKind.LIST if marked else BlockKind.PARAGRAPH, [line], page=line.page, marked=marked)


def _begins(draft: PdfDraft, line: PrintedLine, after: PrintedLine | None, leadings: dict[int, float]) -> bool:
    """Whether the line begins a block of its own below the draft."""
    before = draft.lines[-1]
    size = max(line.size, before.size)
    usual = leadings.get(round(line.size), 1.2 * line.size)
    distance = line.base - before.base
    if distance > LIMITS.leading * usual or distance > 2 * size:
        return True
    width = (line.right_edge - line.left_edge) or 1.0
    short = before.right < before.right_edge - LIMITS.short * width
    stopped = bool(_STOPPED.search(before.text))
    differs = abs(line.size - before.size)
    if differs > LIMITS.size * size and (short or stopped or differs > 0.3 * size or distance > 1.05 * usual):
        return True
    if line.bold != before.bold and (
        short or stopped or (draft.bold and len(draft.lines) <= 3 and distance > 1.05 * usual)
    ):
        return True
    if draft.bold and not line.bold and short:
        return True
    if _MARKED.match(line.text) and (short or stopped or draft.marked or line.text[0] in "•▪●■➢✓❖"):
        return True
    if draft.marked:
        return (line.left < draft.lines[0].left - 0.3 * size and (short or stopped)) or (
            stopped and line.left <= draft.lines[0].left + 0.3 * size and len(draft.lines) > 1
        )
    return _indented(draft, line, after, short=short, stopped=stopped) or (short and stopped and _opens(line.text))


def _indented(draft: PdfDraft, line: PrintedLine, after: PrintedLine | None, *, short: bool, stopped: bool) -> bool:
    """Whether the line's left edge says that a paragraph begins: indented, or back from a hanging indent."""
    step = LIMITS.indent * line.size
    before = draft.lines[-1]
    if line.left > before.left + step:
        if len(draft.lines) > 1 and before.left <= draft.lines[0].left + step:
            return True
        hangs = after is not None and abs(after.left - line.left) < step and not short
        return not hangs and (stopped or short)
    hanging = len(draft.lines) > 1 and draft.lines[0].left < before.left - step
    return hanging and line.left <= draft.lines[0].left + step


def _opens(text: str) -> bool:
    first = _LETTER.search(text[:4])
    return text[0].isdecimal() or text[0] in "“\"'‘«(" or (first is not None and not first[0].islower())


def _mark_notes(drafts: Sequence[PdfDraft], body: float) -> None:
    """The notes at the foot of a column: small print that begins with a mark."""
    foot = len(drafts)
    while foot and drafts[foot - 1].size <= LIMITS.note * body and drafts[foot - 1].kind in _MAY_BE_NOTE:
        foot -= 1
    if not _is_apart(drafts, foot):
        while foot < len(drafts) and not _NOTE.match(drafts[foot].text):
            foot += 1
    for draft in drafts[foot:]:
        draft.kind = BlockKind.FOOTNOTE


def _is_apart(drafts: Sequence[PdfDraft], foot: int) -> bool:
    """Whether a few lines of small print stand apart below larger text: what a first page has on its rights."""
    if not 0 < foot < len(drafts):
        return False
    small = sum(len(draft.lines) for draft in drafts[foot:])
    first, above = drafts[foot].lines[0], drafts[foot - 1].lines[-1]
    return small <= LIMITS.foot and first.base - above.base > 1.6 * above.size


_MAY_BE_NOTE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.FOOTNOTE})
