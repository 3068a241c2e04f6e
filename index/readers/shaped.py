"""Runs of lines that belong together by their shape: records, turns of a talk, terms over their meanings."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from index.language.lexicon import ANSWER_WORDS, ASK_WORDS, HEAD_KEYS
from index.layout.shapes import (
    CAPITALS,
    LIMITS,
    Shape,
    is_keyed,
    key_end,
    option_end,
    speaker_end,
)
from index.readers.lines import TextLine
from index.readers.tabular import Run, table_run
from index.types import Block, BlockKind

_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_CLAUSED = re.compile(r"[.;,!?:…]$")
_OPTION = re.compile(r"[-/+]{1,2}[^\W_]|--")
_STEP = re.compile(r"\(?(\d{1,3})[.)][ \t\xa0]+(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")


class RunLimits(Struct, frozen=True):
    """Lines unless said otherwise. records: of keys and values; turns: share of them that end as sentences do, which
    makes it talk. looked: the most that one more line is judged by. capitals: words of a line in capitals over a text
    that is set in. entry: columns by which a meaning is set in under its term. step: characters of a numbered
    paragraph that is a step.

    Set by hand on 2026-11-30, against tests/documents and invented files of each shape; no bench fits them.
    """

    records: int = 2
    turns: float = 0.5
    looked: int = 12
    capitals: int = 8
    entry: int = 2
    step: int = 300


RUNS = RunLimits()


def speakers(text: str, groups: Sequence[Sequence[TextLine]]) -> frozenset[str]:
    """Who speaks in a text: names that begin lines of it more than once, with a sentence behind one of them."""
    met: Counter[str] = Counter()
    saying: set[str] = set()
    for group in groups:
        for number, line in enumerate(group):
            found = speaker_end(text, line.start, line.end, known=True)
            if found is None:
                continue
            name = text[found[0].start : found[0].end]
            met[name] += 1
            after = group[number + 1] if number + 1 < len(group) else None
            wrapped = after is not None and not is_keyed(text, after.start, after.end)
            if wrapped or _ENDED.search(text, max(found[1], line.end - 8), line.end):
                saying.add(name)
    cast = {name for name in saying if len(name) > 1 and name.casefold() not in ASK_WORDS | ANSWER_WORDS}
    capitals = sum(name.isupper() for name in cast) > 1  # as plays and protocols write who speaks, if only once
    return frozenset(name for name in cast if met[name] > 1 or (capitals and name.isupper()))


def find_run(text: str, group: Sequence[TextLine], at: int, names: frozenset[str]) -> Run | None:
    """The run of one shape that begins at line `at` of the group. It takes few lines to say no. names: who speaks."""
    return (
        table_run(text, group, at)
        or _keyed(text, group, at, names)
        or _turn(text, group, at, names)
        or _capitals(text, group, at)
        or _entry(text, group, at)
    )


def _keyed(text: str, group: Sequence[TextLine], at: int, names: frozenset[str]) -> Run | None:
    """Lines of `key: value`, under a line that names them or under nothing."""
    named = not is_keyed(text, group[at].start, group[at].end) and _names(text, group, at)
    starts, end = _keys(text, group, at + named)
    if len(starts) < RUNS.records:
        return None
    if _is_talk(text, group, starts, end):
        return None if named else _talk(text, group, starts, names)
    keys = [_key(text, group[number]) for number in starts]
    if sum(key in HEAD_KEYS for key in keys) * 2 > len(keys):
        # Over the head of a letter stands its title, not the name of a record.
        return None if named else Run(end, tuple(_record(group, a, b) for a, b in pairwise([*starts, end])))
    again = [number for number, key in zip(starts, keys, strict=True) if key == keys[0]]
    return Run(end, tuple(_record(group, a, b) for a, b in pairwise([at, *again[1:], end])))


def _keys(text: str, group: Sequence[TextLine], at: int) -> tuple[list[int], int]:
    """The lines from `at` on that begin with a key, and where they and those set in below them end."""
    starts: list[int] = []
    valued = 0
    end = at
    while end < len(group) and (valued or len(starts) < RUNS.looked):
        line = group[end]
        if is_keyed(text, line.start, line.end):
            starts.append(end)
            valued += key_end(text, line.start, line.end) is not None
        elif not starts or line.indent <= group[starts[-1]].indent:
            break
        end += 1
    return (starts if valued else []), end


def _talk(text: str, group: Sequence[TextLine], starts: Sequence[int], names: frozenset[str]) -> Run:
    """Each turn, question or remark by itself; the last may go on."""
    blocks = []
    for first, after in pairwise(starts):
        found = speaker_end(text, group[first].start, group[first].end, known=True)
        said = found is not None and text[found[0].start : found[0].end] in names
        blocks.append(
            Block(BlockKind.PARAGRAPH, group[first].start, group[after - 1].end, reason=Shape.TURN if said else "")
        )
    return Run(starts[-1], tuple(blocks))


def _record(group: Sequence[TextLine], at: int, end: int) -> Block:
    return Block(BlockKind.PARAGRAPH, group[at].start, group[end - 1].end, reason=Shape.RECORD)


def _names(text: str, group: Sequence[TextLine], at: int) -> bool:
    """A short line without an end over a line with a key, at the head of its lines."""
    if at or len(group) < 1 + RUNS.records or not is_keyed(text, group[1].start, group[1].end):
        return False
    line = text[group[0].start : group[0].end]
    return len(line) <= LIMITS.term and len(line.split()) <= LIMITS.name and not _CLAUSED.search(line)


def _key(text: str, line: TextLine) -> str:
    found = key_end(text, line.start, line.end)
    return text[found[0].start : found[0].end].casefold() if found else ""


def _is_talk(text: str, group: Sequence[TextLine], starts: Sequence[int], end: int) -> bool:
    """Most of what stands behind the keys are sentences, or the keys are those of questions and answers."""
    ended = 0
    for number, after in zip(starts, [*starts[1:], end], strict=True):
        last = group[after - 1]
        ended += bool(_ENDED.search(text, max(group[number].start, last.end - 4), last.end))
    return ended > RUNS.turns * len(starts)


def _capitals(text: str, group: Sequence[TextLine], at: int) -> Run | None:
    """A line in capitals over lines that are set in below it heads them: NAME, OPTIONS."""
    if at or len(group) < 2 or group[1].indent < group[0].indent + RUNS.entry:
        return None
    line = text[group[0].start : group[0].end]
    if len(line) > LIMITS.term or not line.isupper() or len(line.split()) > RUNS.capitals or _CLAUSED.search(line):
        return None
    if len(_LETTER.findall(line)) < 2:
        return None
    return Run(1, (Block(BlockKind.HEADING, group[0].start, group[0].end, 2, CAPITALS),))


def _entry(text: str, group: Sequence[TextLine], at: int) -> Run | None:
    """A short line over lines that are set in under it: a term and its meaning, an option and what it does."""
    end = _entry_end(text, group, at)
    if not end and option_end(text, group[at].start, group[at].end):
        end = at + 1
        return Run(end, (Block(BlockKind.PARAGRAPH, group[at].start, group[at].end, reason=Shape.ENTRY),))
    if not end:
        return None
    option = bool(_OPTION.match(text, group[at].start, group[at].end))
    ended = bool(_ENDED.search(text, group[end - 1].end - 4, group[end - 1].end))
    others = end < len(group) and group[end].indent == group[at].indent and bool(_entry_end(text, group, end))
    before = at > 0 and group[at - 1].indent > group[at].indent
    prose = text[group[at + 1].start].isupper() or _OPTION.match(text, group[at + 1].start, group[at + 1].end)
    if not (option or (ended and prose) or ((others or before) and not _is_verse(text, group))):
        return None
    return Run(end, (Block(BlockKind.PARAGRAPH, group[at].start, group[end - 1].end, reason=Shape.ENTRY),))


def _entry_end(text: str, group: Sequence[TextLine], at: int) -> int:
    term = group[at]
    if term.end - term.start > LIMITS.term or _CLAUSED.search(text, term.start, term.end):
        return 0
    if at + 1 >= len(group) or group[at + 1].indent < term.indent + RUNS.entry:
        return 0
    end = at + 1
    while end < len(group) and group[end].indent > term.indent:
        end += 1
    return end


def _is_verse(text: str, group: Sequence[TextLine]) -> bool:
    """Every line begins with a capital, and some end with a comma."""
    looked = group[: RUNS.looked]
    capitals = all(text[line.start].isupper() for line in looked)
    return capitals and any(text[line.end - 1] in ",;" for line in looked)


def head_run(text: str, group: Sequence[TextLine]) -> Block | None:
    """The head of an RFC: keys at the left, authors and date at the right."""
    if len(group) > RUNS.looked:
        return None
    halves = [line for line in group if len(re.split(rf" {{{LIMITS.gap},}}|\t+", text[line.start : line.end])) == 2]
    keyed = sum(key_end(text, line.start, line.end) is not None for line in group)
    if len(halves) < 2 or not keyed:
        return None
    return Block(BlockKind.PARAGRAPH, group[0].start, group[-1].end, reason=Shape.HEAD)


def _turn(text: str, group: Sequence[TextLine], at: int, names: frozenset[str]) -> Run | None:
    """A turn of a talk: its first line, and those until the next one begins."""
    if not _speaks(text, group[at], names):
        return None
    end = at + 1
    while end < len(group) and not _speaks(text, group[end], names):
        end += 1
    return Run(end, (Block(BlockKind.PARAGRAPH, group[at].start, group[end - 1].end, reason=Shape.TURN),))


def _speaks(text: str, line: TextLine, names: frozenset[str]) -> bool:
    found = speaker_end(text, line.start, line.end, known=bool(names))
    return found is not None and (
        text[found[0].start : found[0].end] in names or speaker_end(text, line.start, line.end, known=False) is not None
    )


def set_off(group: Sequence[TextLine]) -> Iterator[Block]:
    """The lines below the two hyphens that part a mail from its signature."""
    yield Block(BlockKind.PARAGRAPH, group[0].start, group[0].end)
    if len(group) > 1:
        yield Block(BlockKind.PARAGRAPH, group[1].start, group[-1].end, reason=Shape.SIGNATURE)


def numbered_steps(text: str, groups: Sequence[Sequence[TextLine]]) -> dict[int, int]:
    """Of the groups those that are steps: one number each, one after the other, and a sentence behind it."""
    numbers = []
    for group in groups:
        found = _STEP.match(text, group[0].start, group[0].end)
        short = group[-1].end - group[0].start <= RUNS.step
        ended = _ENDED.search(text, max(group[0].start, group[-1].end - 20), group[-1].end)
        one = not any(_STEP.match(text, line.start, line.end) for line in group[1:4])
        asked = text[group[0].end - 1] in "?？" and len(group) > 1
        numbers.append(int(found[1]) if found and short and ended and one and not asked else -9)
    steps: dict[int, int] = {}
    for number, (before, after) in enumerate(pairwise(numbers)):
        if before >= 0 and after == before + 1:
            steps |= {number: before, number + 1: after}
    return steps
