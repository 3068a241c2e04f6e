"""Who wrote what in a mail and in the mails it quotes."""

import re

from msgspec.structs import replace

from index.language.lexicon import SENDER_KEYS
from index.sentences.shaped import labelled
from index.types import Block, BlockKind, Range, Sentence, UnitKind

_QUOTED = re.compile(r"[ \t]*((?:>[ \t]?){1,20})")
_ANNOUNCES = re.compile(r"[:：]\W*\Z")


class Senders:
    """What the heads and the lines like "On Monday Anna wrote:" before a block say of its writer."""

    def __init__(self) -> None:
        self._sender: Range | None = None
        self._writers: dict[int, Range] = {}

    def forget(self) -> None:
        """At a heading: what stands under it is no more of the mail before."""
        self._sender = None
        self._writers = {}

    def signed(self, text: str, block: Block, units: list[Sentence], after: Block | None) -> list[Sentence]:
        """The units of a block with the line that names their writer, if one does."""
        if block.kind is BlockKind.BYLINE or _is_head(units):
            return self._headed(text, units)
        depth = _depth(text, block)
        for deeper in [each for each in self._writers if each > depth]:
            del self._writers[deeper]
        writer = self._writers.get(depth) if depth else self._sender
        signed = [replace(unit, context=(writer, *unit.context)) for unit in units] if writer else units
        below = _depth(text, after) if after is not None else 0
        if units and below and below >= depth:
            last = units[-1]
            if _ANNOUNCES.search(text, max(last.start, last.end - 40), last.end):
                self._writers[below] = last.ranges[-1]
                signed = [*signed[:-1], replace(units[-1], kind=UnitKind.LEAD)]
        return signed

    def _headed(self, text: str, units: list[Sentence]) -> list[Sentence]:
        """The lines of a mail's head are a record each; one of them says who sent it."""
        made = []
        for unit in units:
            keyed = unit if unit.labels else labelled(text, unit)
            name = keyed.labels[0].name if keyed.labels else None
            if name is not None and text[name.start : name.end].casefold() in SENDER_KEYS:
                self._sender, self._writers = keyed.ranges[0], {}
            made.append(replace(keyed, kind=UnitKind.RECORD) if keyed.labels else keyed)
        return made


def _is_head(units: list[Sentence]) -> bool:
    return len(units) == 1 and units[0].kind is UnitKind.RECORD and not units[0].context


def _depth(text: str, block: Block) -> int:
    """How often the block is quoted: the marks before its first word, on its line."""
    start = block.start
    while start > 0 and block.start - start < 40 and text[start - 1] in "> \t":
        start -= 1
    found = _QUOTED.match(text, start, min(block.end, start + 80))
    return found[1].count(">") if found else 0
