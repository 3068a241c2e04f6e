"""Data of keys and values, however deep, written down as records, tables, lists and text under headings."""

from collections.abc import Sequence

from msgspec import Struct

from index.errors import DocumentError
from index.language.lexicon import NAME_KEYS
from index.layout.shapes import LIMITS as SHAPES
from index.layout.shapes import Shape, key_end
from index.readers.writer import Line, ListItem, TableRow, TextWriter, Where
from index.sentences.markup import HEADING_SEPARATOR
from index.types import BlockKind

_IDENTIFYING = ("id", "key", "code", "label", "slug")


class RecordLimits(Struct, frozen=True):
    """value: characters of a value that stands behind its key on a line; a longer one is a paragraph. columns: the most
    of a table, listed: characters of a list of values on one line, name: of a record's name. depth: of data in data.
    values: the most in a file. By hand, 2026-11-30.
    """

    value: int = 200
    columns: int = 12
    listed: int = 120
    name: int = 80
    depth: int = 100
    values: int = 1_000_000


LIMITS = RecordLimits()


class RecordEntry(Struct):
    """A value and what it is called. name: "" for a member of a list. value: text, or the entries that it holds.

    listed: they are a list's. note: what a comment before it says. where: in the file.
    """

    name: str
    value: "str | list[RecordEntry]"
    listed: bool = False
    note: str = ""
    where: str = ""


class RecordWriter:
    """Writes entries. What lies deeper stands under a heading of all the names on the way to it."""

    def __init__(self, writer: TextWriter, source: str) -> None:
        self._writer = writer
        self._source = source
        self._values = 0
        self._heading: tuple[str, Where | None] | None = None  # written with the first thing that stands under it

    def write(self, entry: RecordEntry) -> None:
        """All of a file's data."""
        self._any(entry, ())

    def _any(self, entry: RecordEntry, path: tuple[str, ...]) -> None:
        if len(path) > LIMITS.depth:
            raise DocumentError(f"{self._source}: its data is nested deeper than {LIMITS.depth} levels.", self._source)
        if isinstance(entry.value, str):
            self._text(entry)
        elif entry.listed:
            self._list(entry.value, path)
        else:
            self._object(entry.value, path)

    def _object(self, entries: Sequence[RecordEntry], path: tuple[str, ...]) -> None:
        """Its short values as one record, then what is long or deep, each under a heading of its own."""
        self._count(len(entries))
        record: list[RecordEntry] = []
        deep: list[RecordEntry] = []
        for entry in entries:
            if entry.note:
                self._record(record)
                record = []
                self._out().paragraph(entry.note, _where(entry))
            short = short_value(entry)
            if short is None:
                deep.append(entry)
            elif short:
                record.append(RecordEntry(entry.name, short, where=entry.where))
        self._record(record)
        for entry in deep:
            below = (*path, entry.name)
            self._headed(entry, below)

    def _headed(self, entry: RecordEntry, path: tuple[str, ...]) -> None:
        heading = HEADING_SEPARATOR.join(_one_line(name) for name in path if name.strip())
        self._heading = (heading, _where(entry)) if heading else None
        self._any(entry, path)

    def _out(self) -> TextWriter:
        """Where to write, below the heading that waits."""
        if self._heading is not None:
            self._writer.heading(self._heading[0], 1, self._heading[1], reason=Shape.KEY)
            self._heading = None
        return self._writer

    def _text(self, entry: RecordEntry) -> None:
        self._count(1)
        if isinstance(entry.value, str):
            for part in entry.value.replace("\r\n", "\n").replace("\r", "\n").split("\n\n"):
                if part.strip():
                    self._out().paragraph(part, _where(entry))

    def _record(self, entries: Sequence[RecordEntry]) -> None:
        """Lines of `key: value`; items of a list where a key could not be told from its value so."""
        if not entries:
            return
        lines = [Line(f"{_one_line(entry.name)}: {entry.value}", _where(entry)) for entry in entries]
        if all(_is_keyed(line.text, entry) for line, entry in zip(lines, entries, strict=True)):
            self._out().block(BlockKind.PARAGRAPH, lines, reason=Shape.RECORD)
        else:
            self._out().items([ListItem(line.text, where=line.where) for line in lines])

    def _list(self, entries: Sequence[RecordEntry], path: tuple[str, ...]) -> None:
        self._count(len(entries))
        columns = _columns(entries)
        if columns:
            self._table(entries, columns)
            return
        items: list[ListItem] = []
        for number, entry in enumerate(entries, start=1):
            short = short_value(entry)
            if short is not None:
                items += [ListItem(short, where=_where(entry))] if short else []
                continue
            self._items(items)
            items = []
            self._headed(entry, (*path, name_of(entry) or str(number)))
        self._items(items)

    def _items(self, items: Sequence[ListItem]) -> None:
        if items:
            self._out().items(items)

    def _table(self, entries: Sequence[RecordEntry], columns: Sequence[str]) -> None:
        rows = [TableRow(columns)]
        for entry in entries:
            cells = {each.name: short_value(each) or "" for each in entry.value if not isinstance(each, str)}
            rows.append(TableRow([cells.get(column, "") for column in columns], _where(entry)))
        self._count(len(entries) * len(columns))
        self._out().table(rows)

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > LIMITS.values:
            raise DocumentError(
                f"{self._source}: it holds more than {LIMITS.values:,} values, repeated ones among them: split it.",
                self._source,
            )


def short_value(entry: RecordEntry) -> str | None:
    """The value as it stands behind its key on a line; "" for none, None for one that is too long or too deep."""
    if isinstance(entry.value, str):
        short = len(entry.value) <= LIMITS.value and "\n" not in entry.value.strip()
        return _one_line(entry.value) if short else None
    if not entry.value:
        return ""
    if not entry.listed or len(entry.value) > LIMITS.listed:
        return None
    parts = [each.value for each in entry.value if isinstance(each.value, str)]
    listed = ", ".join(parts)
    short = len(parts) == len(entry.value) and len(listed) <= LIMITS.listed and "\n" not in listed
    return _one_line(listed) if short and not any("," in part for part in parts) else None


def name_of(entry: RecordEntry) -> str:
    """What a record among others is called: the value of its key for names, else of one that tells it apart."""
    if isinstance(entry.value, str) or entry.listed:
        return ""
    values = {each.name.casefold(): each.value for each in entry.value if isinstance(each.value, str)}
    names = [*(key for key in values if key in NAME_KEYS), *(key for key in _IDENTIFYING if key in values)]
    return next((_one_line(str(values[key]))[: LIMITS.name] for key in names if str(values[key]).strip()), "")


def _columns(entries: Sequence[RecordEntry]) -> list[str]:
    """The keys of records that make a table: several, with the same few keys and only short values."""
    if len(entries) < 2:
        return []
    columns: dict[str, None] = {}
    filled = 0
    for entry in entries:
        if isinstance(entry.value, str) or entry.listed or not entry.value:
            return []
        for each in entry.value:
            if short_value(each) is None:
                return []
            columns[each.name] = None
            filled += 1
        if len(columns) > LIMITS.columns:
            return []
    return list(columns) if filled * 2 >= len(columns) * len(entries) else []


def _is_keyed(line: str, entry: RecordEntry) -> bool:
    if len(line) > SHAPES.record:
        return False
    found = key_end(line, 0, len(line))
    return found is not None and line[: found[0].end] == _one_line(entry.name)


def _where(entry: RecordEntry) -> Where | None:
    return Where(entry.where) if entry.where else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
