"""Files to Documents, by the reader of the format that they are."""

import hashlib
import re
from functools import partial
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self

import msgspec
from msgspec.structs import replace

from index.errors import DocumentError
from index.layout.metadata import find_metadata
from index.readers.archive import format_of, open_archive
from index.readers.container import Container, ForeignError, judged_blocks
from index.readers.detection import HEAD, ZIPPED, Content, detect
from index.readers.formats import by_name
from index.readers.sandbox import Runner, Sandbox, SandboxLimits
from index.types import Document, ParsedFile

PARSE = "parse"  # the job that is `parse` in the limited process
_FORMATS = by_name()
_DEEPEST = 2  # an archive in an archive is read, one in that is not
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Readers:
    """Reads files of every format, each as the document that it becomes. Safe to share between threads.

    runner: where what is binary, or what a library of others parses, is parsed.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    @classmethod
    def limited(cls, limits: SandboxLimits | None = None) -> "OpenReaders":
        """Readers with a process of their own, which ends with the context."""
        return OpenReaders(Sandbox(limits))

    @staticmethod
    def why_not(head: bytes, source: str) -> str:
        """Why a file that begins with these (at most HEAD) bytes is passed over; "" if it is to be read.

        One whose name promises a format that is read is never passed over: that it is something else is an error.
        """
        content = detect(head, source)
        return "" if content.named else content.reason

    def read(self, data: bytes, source: str, document_id: str) -> Document:
        """The file as a Document. Raises DocumentError, which names the file and what to do, if it cannot be read."""
        content = detect(data[:HEAD], source)
        known = _FORMATS.get(content.format)
        if known is None or not known.confined:
            return document_of(parse(data, source), data, source, document_id)
        parsed = msgspec.msgpack.decode(self._runner.run(PARSE, source, data), type=ParsedFile)
        return document_of(parsed, data, source, document_id)


class OpenReaders(Readers):
    """Readers that own their limited process."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self._sandbox = sandbox

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.close()


def read(data: bytes, source: str, document_id: str) -> Document:
    """The file as a Document, parsed in this process: for files of one's own. Raises DocumentError."""
    return document_of(parse(data, source), data, source, document_id)


def parse(data: bytes, source: str, depth: int = 0) -> ParsedFile:
    """The file as its format tells it. depth: how many files it lies in. Raises DocumentError."""
    content = detect(data[:HEAD], source)
    if content.format in ZIPPED:
        with open_archive(data, source) as archive:
            content = replace(content, format=format_of(archive, source))
    known = _FORMATS.get(content.format)
    if known is None:
        what = content.reason if not content.format else "an archive of a kind that is not read"
        raise ForeignError(f"{source}: this is {what} (byte 0).", source, content.what or what)
    if isinstance(known.reader, Container):
        if depth >= _DEEPEST:
            raise DocumentError(f"{source}: it lies too deep in files within files: unpack them.", source)
        parsed = known.reader.read_with(data, source, partial(parse, depth=depth + 1))
    else:
        parsed = known.reader.read(data, source)
    note = _note(content, source, known.title)
    return replace(
        parsed,
        text=_NO_TEXT.sub("\ufffd", parsed.text) if not parsed.encoding else parsed.text,
        warnings=(note, *parsed.warnings) if note else parsed.warnings,
    )


def document_of(parsed: ParsedFile, data: bytes, source: str, document_id: str) -> Document:
    """What was parsed, its blocks judged by their content."""
    blocks = judged_blocks(parsed)
    warnings = parsed.warnings
    if not blocks:
        warnings = (*warnings, "The file is empty." if not data else "The file holds no text.")
    return Document(
        document_id=document_id,
        source=source,
        content_sha256=hashlib.sha256(data).hexdigest(),
        text=parsed.text,
        format=parsed.format,
        encoding=parsed.encoding,
        blocks=blocks,
        metadata=parsed.stated if parsed.judged else find_metadata(parsed.text, blocks, parsed.stated),
        warnings=warnings,
        places=parsed.places,
    )


def _note(content: Content, source: str, title: str) -> str:
    """A warning where a name promises something else."""
    if content.format == content.named or (not content.named and not content.promised):
        return ""
    return f"Its name ends in {PurePosixPath(source).suffix}, but it is {title}: it is read as that."
