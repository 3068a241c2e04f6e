"""The shapes that the rows of an invented document may have: tables, records, entries, lists, sentences."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import Struct


class InventedQuestion(Struct, frozen=True):
    """A question, and where its answer stands: none if nowhere. whole: the places hold it, but are longer than it."""

    question: str
    places: tuple[tuple[int, int], ...]
    whole: bool = False


class InventedDraft:
    """A document in the making."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.asked: list[InventedQuestion] = []

    def say(self, text: str) -> tuple[int, int]:
        """Append; returns where it stands."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length

    @property
    def text(self) -> str:
        return "".join(self._pieces)


class Inventory(Struct, frozen=True):
    """Rows of a subject: keys and, for each attribute shown, a value. things: its words and templates."""

    subject: dict[str, Any]
    key_name: str
    keys: Sequence[str]
    attributes: Sequence[dict[str, Any]]
    names: Sequence[str]
    rows: Sequence[Sequence[str]]


_Places = tuple[list[tuple[int, int]], list[list[tuple[int, int]]]]


def _markdown_table(draft: InventedDraft, table: Inventory) -> _Places:
    draft.say(f"| {' | '.join((table.key_name, *table.names))} |\n{'|---' * (len(table.names) + 1)}|\n")
    keys, places = [], []
    for key, row in zip(table.keys, table.rows, strict=True):
        draft.say("| ")
        keys.append(draft.say(key))
        own = []
        for value in row:
            draft.say(" | ")
            own.append(draft.say(value))
        places.append(own)
        draft.say(" |\n")
    return keys, places


def _aligned_table(draft: InventedDraft, table: Inventory) -> _Places:
    columns = [[table.key_name, *table.keys]]
    columns += [[name, *(row[at] for row in table.rows)] for at, name in enumerate(table.names)]
    widths = [max(map(len, column)) + 3 for column in columns]
    draft.say("".join(column[0].ljust(width) for column, width in zip(columns, widths, strict=True)).rstrip() + "\n")
    keys, places = [], []
    for key, row in zip(table.keys, table.rows, strict=True):
        keys.append(draft.say(key))
        own = []
        before = len(key)
        for value, width in zip(row, widths, strict=False):
            draft.say(" " * (width - before))
            own.append(draft.say(value))
            before = len(value)
        places.append(own)
        draft.say("\n")
    return keys, places


def _listed(
    draft: InventedDraft, table: Inventory, *, opening: str, heading: str = "", line: str, closing: str
) -> _Places:
    """A record, entry or item each, with a line for each value.

    opening, line: what stands before a key, before a value. heading: what stands behind a key.
    """
    keys, places = [], []
    for key, row in zip(table.keys, table.rows, strict=True):
        draft.say(opening.format(name=table.key_name))
        keys.append(draft.say(key))
        draft.say(heading)
        own = []
        for name, value in zip(table.names, row, strict=True):
            draft.say(line.format(name=name))
            own.append(draft.say(value))
        places.append(own)
        draft.say(closing)
    return keys, places


_records = partial(_listed, opening="{name}: ", line="\n{name}: ", closing="\n\n")
_entries = partial(_listed, opening="## ", heading="\n", line="\n- {name}: ", closing="\n\n")
_nested = partial(_listed, opening="- ", line="\n  - {name}: ", closing="\n")


def _said(draft: InventedDraft, table: Inventory) -> _Places:
    """A sentence for each value, a paragraph for each row."""
    keys, places = [], []
    for key, row in zip(table.keys, table.rows, strict=True):
        said = [
            _filled(draft, attribute["say"], key, value) for attribute, value in zip(table.attributes, row, strict=True)
        ]
        keys.append(said[0][0])
        places.append([value for _, value in said])
        draft.say("\n\n")
    return keys, places


def _filled(draft: InventedDraft, template: str, key: str, value: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Say a sentence and a space; returns where its key and its value stand."""
    places = {}
    for piece in re.split(r"(\{[kv]\})", template):
        places[piece] = draft.say({"{k}": key, "{v}": value}.get(piece, piece))
    draft.say(" ")
    return places["{k}"], places["{v}"]


SHAPES = (
    (_markdown_table, ".md"),
    (_markdown_table, ".md"),
    (_aligned_table, ".txt"),
    (_records, ".txt"),
    (_entries, ".md"),
    (_nested, ".md"),
    (_said, ".md"),
    (_said, ".txt"),
)
