"""Calendars (ICS) and address cards (VCF): each entry a record."""

import re
from collections.abc import Iterator

from index.readers.data.records import RecordEntry, RecordWriter
from index.readers.encoding import decode
from index.readers.writer import TextWriter
from index.types import ParsedFile

_LINE = re.compile(r"(?:[\w-]+\.)?([A-Za-z][\w-]*)((?:;[^:\n]*)?):(.*)$")
_NAMES = {
    "summary": "title", "dtstart": "start", "dtend": "end", "due": "due", "location": "location", "url": "link",
    "description": "description", "organizer": "organizer", "attendee": "attendee", "status": "status",
    "rrule": "repeats", "fn": "name", "tel": "phone", "email": "mail", "org": "organization", "adr": "address",
    "bday": "born", "note": "note", "title": "role", "role": "role", "nickname": "nickname",
    "categories": "categories", "comment": "comment",
}  # fmt: skip
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?\d\d)?(Z?))?$")
_ESCAPE = re.compile(r"\\([nN,;\\])")
_PARTS = frozenset({"adr", "org"})
_PEOPLE = frozenset({"organizer", "attendee"})
_COMMON_NAME = re.compile(r";CN=\"?([^\";:]{1,100})", re.IGNORECASE)


class CardReader:
    """Reads one of both formats."""

    def __init__(self, format_: str) -> None:
        self._format = format_

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        writer = TextWriter()
        for entry in _entries(decoded.text.removeprefix("\ufeff")):
            RecordWriter(writer, source).write(RecordEntry("", [entry], listed=True))
        return writer.finished(self._format, warnings=decoded.warnings)


def _entries(text: str) -> Iterator[RecordEntry]:
    """What stands between BEGIN and END and says something."""
    members: list[RecordEntry] = []
    begun = 0
    for number, line in _unfolded(text):
        found = _LINE.match(line)
        if found is None:
            continue
        name = found[1].casefold()
        if name in {"begin", "end"}:
            if members:
                yield RecordEntry("", members, where=f"line {begun}")
            members, begun = [], number
        elif name in _NAMES and (value := _value(name, found[2], found[3])):
            members.append(RecordEntry(_NAMES[name], value, where=f"line {number}"))
    if members:
        yield RecordEntry("", members, where=f"line {begun}")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    held: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1] in " \t" and held:
            held.append(line[1:])
            continue
        if held:
            yield first, "".join(held)
        held, first = [line], number
    if held:
        yield first, "".join(held)


def _value(name: str, parameters: str, value: str) -> str:
    if name in _PEOPLE and (person := _COMMON_NAME.search(parameters)):
        return person[1]
    stamp = _STAMP.match(value.strip())
    if stamp:
        time = f" {stamp[4]}:{stamp[5]}{' UTC' if stamp[6] else ''}" if stamp[4] else ""
        return f"{stamp[1]}-{stamp[2]}-{stamp[3]}{time}"
    if name in _PARTS:
        value = ", ".join(part.strip() for part in value.split(";") if part.strip())
    text = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return text.removeprefix("mailto:").removeprefix("MAILTO:").strip()
