"""Mails, one by one (EML) or many in one file (MBOX): head, text, quoted parts, attachments."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from index.errors import DocumentError
from index.layout.shapes import Shape
from index.readers.container import Container, Contents, Parse, put
from index.readers.mail.message import Mail, read_mail
from index.readers.plain import PlainReader
from index.readers.writer import Markup, TextWriter
from index.sentences.escapes import escaped
from index.types import Block, BlockKind, Field, Metadata, ParsedFile

_MAIL_BEGINS = re.compile(rb"^From (?=\S+[^\r\n]*\d{4})[^\r\n]*\r?\n", re.MULTILINE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_ADDRESS = re.compile(r"\\(<[^<>\s@\\]+@[^<>\s@\\]+>)")
_QUOTED = re.compile(r"^[ \t]*>")
QUOTED = "quoted from a mail before it"


class MailReader(Container):
    """Reads one mail."""

    def read_with(self, data: bytes, source: str, parse: Parse) -> ParsedFile:
        """What is attached and cannot be read is left out with a warning."""
        writer = TextWriter()
        mail = read_mail(data)
        if not mail.head and not mail.subject:
            raise DocumentError(f"{source}: there is no head of a mail at its start: is it one?", source, 0)
        writer.block(BlockKind.TITLE, mail.subject)
        warnings = _Letter(writer, source, parse).write(mail)
        stated = Metadata(author=_property(mail.author), date=_property(mail.day))
        return writer.finished("mail", stated, warnings, judged=True)


class MboxReader(Container):
    """Reads the mails of a box, each under its subject."""

    def read_with(self, data: bytes, source: str, parse: Parse) -> ParsedFile:
        """What is attached and cannot be read is left out with a warning."""
        writer = TextWriter()
        letter = _Letter(writer, source, parse, seen=set())
        warnings = []
        for raw in _mails(data):
            mail = read_mail(raw)
            writer.heading(mail.subject or "(no subject)", 1, reason=Shape.KEY)
            warnings += letter.write(mail)
        if data.strip() and not letter.written:
            raise DocumentError(f"{source}: there is no mail in it: is it a box of mails?", source, 0)
        return writer.finished("mbox", warnings=warnings, judged=True)


class _Letter:
    """Writes mails. seen: lines of those before, of which what is quoted of them is told; None where there are none."""

    def __init__(self, writer: TextWriter, source: str, parse: Parse, seen: set[str] | None = None) -> None:
        self._writer = writer
        self._source = source
        self._parse = parse
        self._seen = seen
        self.written = 0

    def write(self, mail: Mail) -> list[str]:
        """The mail without its subject. Returns warnings."""
        self.written += 1
        for name, value in mail.head:
            line = _ADDRESS.sub(r"\1", escaped(f"{name}: {value}"))  # which is shown without its brackets
            self._writer.block(BlockKind.BYLINE, Markup(line), reason="head of a mail")
        contents = Contents(self._writer, self._source, self._parse)
        warnings = []
        for part in mail.parts:
            if part.kind == "text":
                self._text(part.data)
            elif part.kind == "html":
                try:
                    put(self._writer, self._parse(part.data, "mail.html"), "", deeper=1)
                except DocumentError as error:
                    warnings.append(f"A part in HTML is left out: {str(error).removeprefix('mail.html: ')}")
            else:
                contents.add(part.name if part.kind == "file" else f"{part.name}.eml", part.data)
        return [*warnings, *contents.warnings]

    def _text(self, data: bytes) -> None:
        text = data.replace(b"\r\n", b"\n").replace(b"\0", b"")
        parsed = PlainReader().read(text, "mail.txt")
        lines = {" ".join(line.split()) for line in parsed.text.split("\n")}
        if self._seen is not None:
            parsed = replace(parsed, blocks=tuple(self._judged(parsed.text, block) for block in parsed.blocks))
            self._seen |= {line for line in lines if len(line) > 20 and line[0] != ">"}
        put(self._writer, replace(parsed, authored=True, states_headings=True), "", deeper=1)

    def _judged(self, text: str, block: Block) -> Block:
        """The block, left out if all of it is quoted from a mail that stands in the box itself."""
        start = text.rfind("\n", 0, block.start) + 1
        lines = text[start : block.end].split("\n")
        if self._seen is None or not all(_QUOTED.match(line) for line in lines):
            return block
        bare = [" ".join(line.lstrip("> \t").split()) for line in lines]
        known = [line for line in bare if line in self._seen]
        if known and len(known) * 2 >= len([line for line in bare if line]):
            return Block(BlockKind.BOILERPLATE, block.start, block.end, 0, QUOTED)
        return block


def _mails(data: bytes) -> Iterator[bytes]:
    """The mails of a box, whose lines "From ..." part them."""
    starts = [
        found.span()
        for found in _MAIL_BEGINS.finditer(data)
        if found.start() == 0 or data.endswith((b"\n\n", b"\r\n\r\n"), 0, found.start())
    ]
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for (_, begin), end in zip(starts, ends, strict=False):
        yield _ESCAPED.sub(rb"\1", data[begin:end])


def _property(value: str) -> Field | None:
    return Field(value, 0, 0) if value else None
