"""Files packed by gzip: a tar archive of many, or one alone."""

import tarfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from index.errors import DocumentError
from index.readers.archive import LIMITS
from index.readers.container import Container, Contents, Parse
from index.readers.packed.zipped import is_hidden
from index.readers.writer import TextWriter
from index.types import ParsedFile

_MAGIC, _MAGIC_AT = b"ustar", 257
_PIECE = 1 << 20


class TarReader(Container):
    """Reads the files of an archive in their order, or the one file that is packed."""

    def read_with(self, data: bytes, source: str, parse: Parse) -> ParsedFile:
        """Raises DocumentError if the archive is damaged or larger than one may be; a file in it that cannot be read is
        left out with a warning."""
        unpacked = _unpacked(data, source)
        if not unpacked.startswith(_MAGIC, _MAGIC_AT):
            name = PurePosixPath(source).name
            return parse(unpacked, name[: -len(".gz")] if name.lower().endswith(".gz") else name)
        writer = TextWriter()
        contents = Contents(writer, source, parse)
        try:
            with tarfile.open(fileobj=BytesIO(unpacked), mode="r:") as archive:
                for number, entry in enumerate(archive):
                    if number >= LIMITS.members:
                        raise DocumentError(f"{source}: the archive lists more than {LIMITS.members:,} files.", source)
                    stream = archive.extractfile(entry) if entry.isreg() and not is_hidden(entry.name) else None
                    if stream is not None:
                        contents.add(entry.name, stream.read())
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise DocumentError(f"{source}: the archive is damaged or cut off ({error}).", source) from error
        return writer.finished("tar", warnings=contents.warnings, judged=True)


def _unpacked(data: bytes, source: str) -> bytes:
    """What gzip packed, held against the limits while it is unpacked."""
    made = bytearray()
    rest = data
    try:
        while rest.startswith(b"\x1f\x8b"):
            stream = zlib.decompressobj(wbits=31)
            piece = stream.decompress(rest, _PIECE)
            while piece or stream.unconsumed_tail:
                made += piece
                if len(made) > LIMITS.small and len(made) > LIMITS.ratio * len(data):
                    raise DocumentError(f"{source}: the archive unpacks to many times its size, as bombs do.", source)
                piece = stream.decompress(stream.unconsumed_tail, _PIECE)
            if not stream.eof:
                raise DocumentError(f"{source}: the archive is cut off: get it again.", source)
            rest = stream.unused_data
    except zlib.error as error:
        raise DocumentError(f"{source}: the archive is damaged ({error}): get it again.", source) from error
    return bytes(made)
