"""Files in files: what an archive, a mail or a notebook holds, read by the same readers and written into one text."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable

from index.errors import DocumentError
from index.layout.blocks import classify
from index.layout.shapes import Shape
from index.readers.writer import TextWriter
from index.types import Block, ParsedFile

Parse = Callable[[bytes, str], ParsedFile]


class ForeignError(DocumentError):
    """A file of a kind that no reader takes. what: the kind."""

    def __init__(self, message: str, source: str, what: str) -> None:
        super().__init__(message, source, 0)
        self.what = what


class Container(ABC):
    """A reader of a format that holds files of any format."""

    @abstractmethod
    def read_with(self, data: bytes, source: str, parse: Parse) -> ParsedFile:
        """The file, whose parts `parse` reads by their names. Raises DocumentError."""


class Contents:
    """Puts the files that lie in another one into its text, one below the other, and tells what it leaves out."""

    def __init__(self, writer: TextWriter, source: str, parse: Parse) -> None:
        self.read = 0
        self._writer = writer
        self._source = source
        self._parse = parse
        self._passed: Counter[str] = Counter()
        self._warnings: list[str] = []

    def add(self, name: str, data: bytes) -> None:
        """A file under a heading of its name, which is the place of all its text, too."""
        try:
            parsed = self._parse(data, f"{self._source}/{name}")
        except ForeignError as error:
            self._passed[error.what] += 1
            return
        except DocumentError as error:
            self._warnings.append(f"{name} is left out: {str(error).removeprefix(f'{self._source}/{name}: ')}")
            return
        self._warnings += [f"{name}: {warning}" for warning in parsed.warnings]
        self.read += 1
        self._writer.heading(name, 1, reason=Shape.KEY)
        put(self._writer, parsed, name, deeper=1)

    def leave_out(self, what: str) -> None:
        """A file that is not even looked at, by the kind that it is of."""
        self._passed[what] += 1

    @property
    def warnings(self) -> list[str]:
        """What was left out, and what was said of what was read."""
        passed = [f"{times} × {what}" if times > 1 else what for what, times in sorted(self._passed.items())]
        left = [f"Left out, since there is no text in it that is read: {'; '.join(passed)}."] if passed else []
        return [*left, *self._warnings]


def put(writer: TextWriter, parsed: ParsedFile, label: str, *, deeper: int = 0) -> None:
    """Write what a reader made of a part of the file: its blocks as they are judged by themselves."""
    writer.include(parsed, judged_blocks(parsed), label, deeper=deeper)


def judged_blocks(parsed: ParsedFile) -> tuple[Block, ...]:
    """Its blocks, judged by their content."""
    if parsed.judged:
        return parsed.blocks
    return classify(
        parsed.text, parsed.blocks, parsed.page_breaks, stated=parsed.states_headings, authored=parsed.authored
    )
