"""XML of any kind: elements as keys and values. No entity is expanded and nothing outside is read."""

import re
from xml.parsers import expat

from msgspec import Struct, field

from index.errors import DocumentError
from index.readers.data.json import as_text
from index.readers.data.records import LIMITS, RecordEntry, RecordWriter
from index.readers.encoding import decode
from index.readers.writer import TextWriter
from index.types import ParsedFile

_DECLARED = re.compile(r"\s*<\?xml[^>]{0,300}\?>")


class _Element(Struct):
    name: str
    line: int
    text: list[str] = field(default_factory=list)
    members: list[RecordEntry] = field(default_factory=list)
    mixed: bool = False


class XmlReader:
    """Reads XML files."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """What is not well-formed is read as plain text, with a warning. Raises DocumentError for what declares
        entities or is nested too deeply."""
        decoded = decode(data, source)
        builder = _Builder(source)
        try:
            builder.feed(decoded.text.removeprefix("\ufeff"))
        except expat.ExpatError as error:
            return as_text(data, source, f"It is not well-formed XML ({error}): it is read as plain text.")
        writer = TextWriter()
        RecordWriter(writer, source).write(RecordEntry("", grouped(builder.root.members)))
        return writer.finished("xml", warnings=decoded.warnings)


class _Builder:
    """Elements to entries while they are read. One with text between its elements is text as a whole."""

    def __init__(self, source: str) -> None:
        self.root = _Element("", 1)
        self._source = source
        self._open = [self.root]
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, text: str) -> None:
        """All of the file. It is given in UTF-8, whatever its declaration says."""
        declared = _DECLARED.match(text)
        if declared:
            text = "\n" * declared[0].count("\n") + text[declared.end() :]
        self._parser.Parse(text, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > LIMITS.depth:
            raise DocumentError(f"{self._source}: its elements are nested deeper than {LIMITS.depth}.", self._source)
        line = self._parser.CurrentLineNumber
        made = _Element(_local(name), line)
        made.members = [RecordEntry(_local(key), value, where=f"line {line}") for key, value in attributes.items()]
        self._open.append(made)

    def _end(self, _: str) -> None:
        done, above = self._open.pop(), self._open[-1]
        text = " ".join("".join(done.text).split())
        where = f"line {done.line}"
        if any(each.strip() for each in above.text):
            above.mixed = True
        if done.mixed or (done.members and text):
            said = [*done.members, RecordEntry("text", text)] if not done.mixed else text
            entry = RecordEntry(done.name, said, where=where)
        else:
            entry = RecordEntry(done.name, grouped(done.members) if done.members else text, where=where)
        above.text.append(f" {text} " if text and above.mixed else "")
        above.members.append(entry)

    def _said(self, text: str) -> None:
        self._open[-1].text.append(text)

    def _refuse(self, *_: object) -> None:
        raise DocumentError(
            f"{self._source}: it declares entities, which are not expanded: save it without.", self._source
        )


def grouped(entries: list[RecordEntry]) -> list[RecordEntry]:
    """Neighbours of one name as a list of that name."""
    made: list[RecordEntry] = []
    for entry in entries:
        last = made[-1] if made else None
        if last is not None and last.name == entry.name:
            if not last.listed or not isinstance(last.value, list):
                made[-1] = last = RecordEntry(
                    last.name, [RecordEntry("", last.value, where=last.where)], listed=True, where=last.where
                )
            if isinstance(last.value, list):
                last.value.append(RecordEntry("", entry.value, where=entry.where))
        else:
            made.append(entry)
    return made


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
