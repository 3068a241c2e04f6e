"""JSON and JSON Lines."""

import json
from collections.abc import Iterator

from index.errors import DocumentError
from index.readers.data.records import RecordEntry, RecordWriter
from index.readers.encoding import decode
from index.readers.plain import PlainReader
from index.readers.writer import TextWriter
from index.types import ParsedFile

_LITERALS = {None: "", True: "true", False: "false"}


class JsonReader:
    """Reads one value, or, of JSON Lines, one a line. lined: the name says that each line is a value."""

    def __init__(self, *, lined: bool = False) -> None:
        self._lined = lined

    def read(self, data: bytes, source: str) -> ParsedFile:
        """What is not valid is read as plain text, with a warning. Raises DocumentError for what is no text, or is
        nested too deeply."""
        decoded = decode(data, source)
        text = decoded.text.removeprefix("\ufeff")
        try:
            root = self._root(text)
        except RecursionError as error:
            raise DocumentError(f"{source}: its data is nested too deeply to be read.", source) from error
        except ValueError as error:
            return as_text(data, source, f"It is not valid JSON ({error}): it is read as plain text.")
        writer = TextWriter()
        RecordWriter(writer, source).write(root)
        return writer.finished("jsonl" if self._lined else "json", warnings=decoded.warnings)

    def _root(self, text: str) -> RecordEntry:
        if self._lined:
            return RecordEntry("", list(_values(text)), listed=True)
        if not text.strip():
            return RecordEntry("", [])
        try:
            return entry_of(parsed(text), "", "")
        except json.JSONDecodeError as error:
            if error.msg == "Extra data" and "\n" in text.strip():  # a value a line, whatever it is called
                return RecordEntry("", list(_values(text)), listed=True)
            raise


def parsed(text: str) -> object:
    """A JSON value. Numbers stay as they are written. Raises ValueError, RecursionError."""
    value: object = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    return value


def _values(text: str) -> Iterator[RecordEntry]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            entry = entry_of(parsed(line), "", "")
            entry.where = f"line {number}"
            yield entry


def entry_of(value: object, name: str, path: str) -> RecordEntry:
    """A value and all in it as entries, each with the way to it ("servers[2].port"). Raises RecursionError."""
    if isinstance(value, dict):
        members = [entry_of(each, str(key), f"{path}.{key}" if path else str(key)) for key, each in value.items()]
        return RecordEntry(name, members, where=path)
    if isinstance(value, list | tuple):
        members = [entry_of(each, "", f"{path}[{number}]") for number, each in enumerate(value, start=1)]
        return RecordEntry(name, members, listed=True, where=path)
    literal = _LITERALS.get(value) if value is None or isinstance(value, bool) else None
    return RecordEntry(name, str(value) if literal is None else literal, where=path)


def as_text(data: bytes, source: str, warning: str) -> ParsedFile:
    """A file that is not what its name says, as plain text."""
    read = PlainReader().read(data, source)
    return ParsedFile(
        read.text,
        read.format,
        read.encoding,
        read.blocks,
        read.stated,
        read.page_breaks,
        (warning, *read.warnings),
        states_headings=read.states_headings,
    )
