"""ZIP archives of any files, as one document: each file in it stands under its path, which is the place of its text."""

from pathlib import PurePosixPath

from index.errors import DocumentError
from index.readers.archive import member, open_archive
from index.readers.container import Container, Contents, Parse
from index.readers.writer import TextWriter
from index.types import ParsedFile

_HIDDEN = ("__MACOSX",)


class ZipReader(Container):
    """Reads the files in the order of their paths."""

    def read_with(self, data: bytes, source: str, parse: Parse) -> ParsedFile:
        """Raises DocumentError if the archive is damaged or larger than one may be; a file in it that cannot be read is
        left out with a warning."""
        writer = TextWriter()
        contents = Contents(writer, source, parse)
        errors = []
        with open_archive(data, source) as archive:
            for entry in sorted(archive.infolist(), key=lambda each: each.filename):
                if not entry.filename or entry.is_dir() or is_hidden(entry.filename):
                    continue
                try:
                    inner = member(archive, entry.filename, source)
                except DocumentError as error:
                    errors.append(str(error).removeprefix(f"{source}: "))
                    continue
                contents.add(entry.filename, inner)
        return writer.finished("zip", warnings=[*contents.warnings, *errors], judged=True)


def is_hidden(name: str) -> bool:
    """A file that its system keeps out of sight."""
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part in _HIDDEN for part in parts)
