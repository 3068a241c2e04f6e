"""Settings by line: TOML, INI, properties and environment files, with the comments over them."""

import re
import tomllib
from collections.abc import Iterator

from index.errors import DocumentError
from index.readers.data.json import as_text, entry_of
from index.readers.data.records import RecordEntry, RecordWriter
from index.readers.encoding import decode
from index.readers.writer import TextWriter
from index.types import ParsedFile

_SECTION = re.compile(r"[ \t]*\[{1,2}[ \t]*([^\[\]\r\n]{1,200}?)[ \t]*\]{1,2}[ \t]*(?:[;#].*)?$")
_NOTE = re.compile(r"[ \t]*(?:[#;!]|rem\b|//)+[ \t]?(.*)$", re.IGNORECASE)
_ENTRY = re.compile(r"[ \t]*(?:export[ \t]+|set[ \t]+)?([^\s=:#;\[\"][^=:\r\n]{0,120}?)[ \t]*[=:][ \t]*(.*)$")
_QUOTES = "\"'"


class TomlReader:
    """Reads TOML."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """What is not valid is read as plain text, with a warning. Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        text = decoded.text.removeprefix("\ufeff")
        try:
            root = entry_of(tomllib.loads(text, parse_float=str), "", "")
        except RecursionError as error:
            raise DocumentError(f"{source}: its data is nested too deeply to be read.", source) from error
        except ValueError as error:
            return as_text(data, source, f"It is not valid TOML ({error}): it is read as plain text.")
        for path, note, line in _notes(text):
            _annotate(root, path, note, line)
        writer = TextWriter()
        RecordWriter(writer, source).write(root)
        return writer.finished("toml", warnings=decoded.warnings)


class IniReader:
    """Reads `[sections]` of `key = value` or `key: value`, a value going on in lines that are set in, or behind a
    backslash."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        text = decoded.text.removeprefix("\ufeff")
        if not _is_settings(text):
            return as_text(data, source, "Few of its lines are a key and its value: it is read as plain text.")
        root = RecordEntry("", list(_sections(text)))
        writer = TextWriter()
        RecordWriter(writer, source).write(root)
        return writer.finished("ini", warnings=decoded.warnings)


def _is_settings(text: str) -> bool:
    """Whether half of the lines that say something are settings or sections."""
    said = [line for line in text.splitlines() if line.strip() and line[0] not in " \t" and not _NOTE.match(line)]
    return sum(bool(_ENTRY.match(line) or _SECTION.match(line)) for line in said) * 2 >= len(said)


def _sections(text: str) -> Iterator[RecordEntry]:
    """What stands before the first section, then each section."""
    section = RecordEntry("", [])
    held: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        members: list[RecordEntry] = section.value  # type: ignore[assignment]
        going = bool(members) and isinstance(members[-1].value, str)
        if going and str(members[-1].value).endswith("\\"):
            members[-1].value = f"{str(members[-1].value)[:-1]}{line.strip()}"
        elif not line.strip():
            continue
        elif found := _SECTION.match(line):
            yield from section.value if not section.name else [section]  # type: ignore[misc]
            section = RecordEntry(found[1], [], note="\n".join(held), where=f"line {number}")
            held = []
        elif note := _NOTE.match(line):
            held.append(note[1].rstrip())
        elif line[0] in " \t" and going:
            members[-1].value = f"{members[-1].value}\n{line.strip()}".strip()
        else:
            entry = _ENTRY.match(line)
            name, value = (entry[1], _unquoted(entry[2].strip())) if entry else ("", "")
            held += [] if entry else [line.strip()]
            members.append(RecordEntry(name, value, note="\n".join(held), where=f"line {number}"))
            held = []
    if held and isinstance(section.value, list):
        section.value.append(RecordEntry("", "", note="\n".join(held)))
    yield from section.value if not section.name else [section]  # type: ignore[misc]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]:
        return value[1:-1]
    return value


def _notes(text: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """What comments of TOML say, with the names that lead to what stands below them."""
    section: tuple[str, ...] = ()
    held: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            held.append(line.lstrip().lstrip("#").strip())
            continue
        if found := _SECTION.match(line):
            section = path = tuple(part.strip(" \t\"'") for part in found[1].split("."))
        elif found := _ENTRY.match(line):
            path = (*section, *(part.strip(" \t\"'") for part in found[1].split(".")))
        else:
            held = held if not line.strip() else []
            continue
        yield path, "\n".join(held), number
        held = []


def _annotate(root: RecordEntry, path: tuple[str, ...], note: str, line: int) -> None:
    entry = root
    for name in path:
        members = entry.value if isinstance(entry.value, list) else []
        if entry.listed and members:
            members = members[0].value if isinstance(members[0].value, list) else []
        found = next((each for each in members if each.name == name), None)
        if found is None:
            return
        entry = found
    entry.note = entry.note or note
    entry.where = f"line {line}"
