"""Runs of lines that are tables: a grid, values between separators or led by dots, columns two spaces apart."""

import re
from collections.abc import Sequence

from msgspec import Struct

from index.layout.shapes import LIMITS, leaders, separated, separator_of
from index.readers.lines import TextLine
from index.types import Block, BlockKind

_RULED = re.compile(r"[|+][-=+:| ]*[-=][-=+:| ]*|[-=]{2,}(?:[+|-]{1,3}[-=]+)+\+?|[-=]+(?: +[-=]+)+")
_GRID = re.compile(r"\+[-=]{2,}[-=+]*\+")
_GAP = re.compile(r"\S(?: {2,}|[ ]*\t[\t ]*)(?=\S)")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")


class TableLimits(Struct, frozen=True):
    """Lines. commas, others: the fewest that are a table by commas, and by another separator. aligned: of columns two
    spaces apart. led: of cells led by dots. looked: the most that say whether separators part values.

    Set by hand on 2026-11-30, against tests/documents and invented files of each shape; no bench fits them.
    """

    commas: int = 3
    others: int = 2
    aligned: int = 3
    led: int = 2
    looked: int = 12


RUNS = TableLimits()


class Run(Struct, frozen=True):
    """Blocks that the lines before `end` make."""

    end: int
    blocks: tuple[Block, ...]


def table_run(text: str, group: Sequence[TextLine], at: int) -> Run | None:
    """The table that begins at line `at` of the group, None if none does."""
    for find, reason in ((_grid, "grid"), (_separated, "separated"), (_led, "dots"), (_aligned, "columns")):
        end = find(text, group, at)
        if end:
            block = Block(BlockKind.TABLE, group[at].start, group[end - 1].end, reason=reason)
            return Run(end, (block,))
    return None


def _grid(text: str, group: Sequence[TextLine], at: int) -> int:
    """+----+ over lines that begin with one of its corners."""
    if not _GRID.fullmatch(text, group[at].start, group[at].end):
        return 0
    end = at + 1
    while end < len(group) and text[group[end].start] in "|+":
        end += 1
    return end if end - at >= RUNS.commas else 0


def _separated(text: str, group: Sequence[TextLine], at: int) -> int:
    """Lines with the same number of values between the same separators."""
    first = separator_of(text, group[at].start, group[at].end)
    if first is None:
        return 0
    mark, cells = first
    least = RUNS.commas if mark == "," or cells == 2 else RUNS.others
    end = _while_separated(text, group[at : at + RUNS.looked], first)
    if end < least or (mark in ",;" and not _is_values(text, group[at : at + end], mark, cells)):
        return 0
    return at + (end if end < RUNS.looked else _while_separated(text, group[at:], first))


def _while_separated(text: str, lines: Sequence[TextLine], first: tuple[str, int]) -> int:
    end = 1
    for line in lines[1:]:
        ruled = first[0] == "|" and _RULED.fullmatch(text, line.start, line.end)
        if not ruled and separator_of(text, line.start, line.end) != first:
            break
        end += 1
    return end


def _is_values(text: str, lines: Sequence[TextLine], mark: str, cells: int) -> bool:
    """Whether marks part values and not clauses: a line of names over them, and no sentences."""
    names = [text[c.start : c.end].strip(' "') for c in separated(text, lines[0].start, lines[0].end, mark)]
    if not all(names) or any(name[-1] in ".!?" or len(name) > LIMITS.cell for name in names):
        return False
    tight = not any(f"{mark} " in text[line.start : line.end] for line in lines)
    if cells == 2 and not tight:
        return False
    if not tight and (len(set(names)) < len(names) or any(any(map(str.isdigit, name)) for name in names)):
        return False
    size = sum(line.end - line.start for line in lines)
    ended = sum(bool(_ENDED.search(text, max(line.start, line.end - 4), line.end)) for line in lines)
    return size <= LIMITS.cell * cells * len(lines) and ended * 3 <= len(lines)


def _led(text: str, group: Sequence[TextLine], at: int) -> int:
    """`First aid ......... room 8`, line by line."""
    end = at
    while end < len(group) and leaders(text, group[end].start, group[end].end):
        end += 1
    return end if end - at >= RUNS.led else 0


def _aligned(text: str, group: Sequence[TextLine], at: int) -> int:
    """Lines whose cells begin in the same columns, two spaces or more behind the ones before."""
    here = _columns(text, group[at])
    if not here:
        return 0
    end = at + 1
    while end < len(group):
        ruled = _RULED.fullmatch(text, group[end].start, group[end].end)
        there = _columns(text, group[end])
        if not ruled and not here & there:
            break
        here = here & there if there else here
        end += 1
    return end if end - at >= RUNS.aligned else 0


def _columns(text: str, line: TextLine) -> frozenset[int]:
    """Where cells begin in the line; none if a gap stands after a stop, where writers put two spaces."""
    if line.end - line.start > 4 * LIMITS.record:
        return frozenset()
    gaps = list(_GAP.finditer(text, line.start, line.end))
    if any(gap[0][0] in ".!?:" for gap in gaps):
        return frozenset()
    return frozenset(gap.end() - line.start + line.indent for gap in gaps)
