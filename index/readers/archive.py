"""ZIP archives, which many formats are: what they list, held against what they may, before anything is unpacked."""

import zipfile
import zlib
from io import BytesIO

from msgspec import Struct

from index.errors import DocumentError

_OFFICE = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_TYPES = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.presentation-template": "odp",
}


class ArchiveLimits(Struct, frozen=True):
    """members: files in an archive. unpacked: bytes of all of them. ratio: of unpacked to packed bytes, above `small`
    unpacked ones: text is packed to a twentieth at best, a zip bomb to a thousandth. By hand, 2026-11-30.
    """

    members: int = 20_000
    unpacked: int = 1_000_000_000
    ratio: int = 200
    small: int = 50_000_000


LIMITS = ArchiveLimits()


def open_archive(data: bytes, source: str) -> zipfile.ZipFile:
    """The archive, whose list of files is held against LIMITS. Raises DocumentError if it is damaged or a bomb."""
    if data.count(b"PK\x01\x02") > LIMITS.members:
        raise _refused(source, f"lists more than {LIMITS.members:,} files")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        sizes = [(member.file_size, member.compress_size) for member in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeDecodeError, OSError) as error:
        raise DocumentError(
            f"{source}: the archive is damaged or cut off ({error}): get it again, or remove it.", source
        ) from error
    unpacked = sum(size for size, _ in sizes)
    if unpacked > LIMITS.unpacked:
        raise _refused(source, f"unpacks to {unpacked:,} bytes, and {LIMITS.unpacked:,} are allowed")
    if unpacked > LIMITS.small and unpacked > LIMITS.ratio * len(data):
        raise _refused(source, f"unpacks to {unpacked // max(1, len(data)):,} times its size, as zip bombs do")
    return archive


def format_of(archive: zipfile.ZipFile, source: str) -> str:
    """What the archive is by its list of files: "docx", ..., "epub", or "zip" for one of any files."""
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return next((name for folder, name in _OFFICE if any(each.startswith(folder) for each in names)), "zip")
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        return _TYPES.get(member(archive, "mimetype", source).strip(), "zip")
    return "epub" if "META-INF/container.xml" in names and any(n.endswith(".opf") for n in names) else "zip"


def member(archive: zipfile.ZipFile, name: str, source: str) -> bytes:
    """The bytes of a file in it. Raises DocumentError if they are damaged, encrypted or packed in an unknown way."""
    try:
        return archive.read(name)
    except RuntimeError as error:  # zipfile says so of what is encrypted
        raise DocumentError(f"{source}: {name} is protected by a password: save it without one.", source) from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, KeyError, zlib.error) as error:
        raise DocumentError(f"{source}: {name} is damaged ({error}): get the file again.", source) from error


def _refused(source: str, why: str) -> DocumentError:
    return DocumentError(f"{source}: the archive {why}. Unpack what is wanted of it into the folder.", source)
