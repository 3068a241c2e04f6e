"""What a file is, by its first bytes and only then by its name."""

import codecs
import re
from pathlib import PurePosixPath

from msgspec import Struct

from index.readers.encoding import read_wide
from index.readers.formats import by_name, by_suffix

HEAD = 65_536  # bytes that tell what a file is
_NAMES = by_name()
_SUFFIXES = by_suffix()
ZIPPED = frozenset({"zip", "docx", "pptx", "xlsx", "odt", "ods", "odp", "epub"})

# Formats that we read, by what their files begin with.
_READ = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"{\\rtf", "rtf"), (b"\x1f\x8b", "tar"))
# What holds no text that we read: after its first bytes, and for some where these begin.
_IMAGE, _SOUND, _FILM, _PROGRAM, _ARCHIVE = "an image", "a sound file", "a film", "a program", "an archive"
_OLD, _DATABASE, _FONT = "an old office document", "a database", "a font"
_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftypheic", _IMAGE),
    (4, b"ftypavif", _IMAGE),
    (0, b"8BPS", _IMAGE),
    (0, b"\x00\x00\x01\x00", _IMAGE),
    (4, b"ftyp", _FILM),
    (8, b"AVI ", _FILM),
    (0, b"\x1aE\xdf\xa3", _FILM),
    (8, b"WAVE", _SOUND),
    (0, b"OggS\x00", _SOUND),
    (0, b"fLaC\x00", _SOUND),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"\x00asm", _PROGRAM),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"\x00\x01\x00\x00Standard ", _DATABASE),
    (0, b"wOFF", _FONT),
    (0, b"wOF2", _FONT),
    (0, b"\x00\x01\x00\x00\x00", _FONT),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\xfd7zXZ\x00", _ARCHIVE),
    (0, b"BZh", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (257, b"ustar", _ARCHIVE),
)
# Begin as a text may, too, and so are believed only of what is no text.
_WEAK = ((b"BM", _IMAGE), (b"ID3", _SOUND), (b"\xff\xfb", _SOUND), (b"MZ", _PROGRAM), (b"OTTO", _FONT))
_ENDINGS = {
    _IMAGE: "jpg jpeg png gif bmp tif tiff webp ico heic avif psd svg svgz raw cr2 nef",
    _SOUND: "mp3 wav flac ogg m4a aac wma aiff mid",
    _FILM: "mp4 mov avi mkv webm wmv mpg mpeg m4v flv",
    _PROGRAM: "exe dll so dylib bin o a class jar war apk pyc pyd wasm msi deb rpm whl com dmg iso img",
    _ARCHIVE: "7z rar xz bz2 zst lz4 cab",
    _DATABASE: "db sqlite sqlite3 mdb accdb parquet feather arrow orc h5 hdf5 npy npz pkl pickle",
    _FONT: "ttf otf woff woff2 eot",
    "an old Word document": "doc dot",
    "an old Excel workbook": "xls xlt",
    "an old PowerPoint presentation": "ppt pps",
    "a mail of Outlook": "msg",
}
_BY_ENDING = {f".{suffix}": what for what, suffixes in _ENDINGS.items() for suffix in suffixes.split()}
_NEVER_TEXT = frozenset(suffix for suffix, what in _BY_ENDING.items() if what in {_PROGRAM, _FONT} or suffix == ".svg")
_ADVICE = {_OLD: "save it in a format of today", "an old Word document": "save it as .docx"}
_ADVICE |= {"an old Excel workbook": "save it as .xlsx", "an old PowerPoint presentation": "save it as .pptx"}
_ADVICE |= {"a mail of Outlook": "save it as .eml", _ARCHIVE: "unpack it, or pack it as .zip"}
_ADVICE |= {"a 7z archive": "unpack it, or pack it as .zip", "a RAR archive": "unpack it, or pack it as .zip"}

_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<\?xml\s")
_DRAWING = re.compile(rb"<svg[\s>]")
_MBOX = re.compile(rb"(?:\r?\n)*From \S+[^\r\n]*\d{4}[^\r\n]*\r?\n(?:>?[A-Za-z-]{2,40}:[ \t])")
_MAIL = re.compile(
    rb"(?:(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|X-[\w-]+|DKIM-Signature):[ \t])", re.IGNORECASE
)
_SUBTITLES = re.compile(rb"WEBVTT(?:[ \t][^\n]*)?\r?\n")
_CUES = re.compile(rb"\s*\d+\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}")
_NOTEBOOK = re.compile(rb'\s*\{.*"(?:cells|nbformat)"\s*:', re.DOTALL)
_TOLD = (
    (_HTML, "html"),
    (_SUBTITLES, "vtt"),
    (_CUES, "srt"),
    (_MBOX, "mbox"),
    (_MAIL, "mail"),
    (re.compile(rb"BEGIN:VCALENDAR\r?\n"), "ics"),
    (re.compile(rb"BEGIN:VCARD\r?\n"), "vcf"),
)
# Content outdoes the name only where no other text looks so; what stands in these may look like anything.
_OWN = frozenset({"text", "markdown", ""})
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x08"))
_ODD = 50  # at most one byte in so many is a control in a text; as index.readers.encoding has it


class Content(Struct, frozen=True):
    """What a file is. format: the name of the format, "" where none reads it. what: as people call it where none does.

    named: the format that its name promises, "" for none that is read; promised: something that is not read.
    advice: what can be done so that it is read.
    """

    format: str
    named: str
    promised: str = ""
    what: str = ""
    advice: str = ""

    @property
    def reason(self) -> str:
        """Why it is not read, "" if it is."""
        return "" if self.format else f"{self.what}: {self.advice or 'no text in it that is read'}"


def detect(head: bytes, source: str) -> Content:
    """The format of a file that begins with `head`, its first HEAD bytes. Of a ZIP archive, an office document among
    them, it tells no more than its name does: that takes its list of files, which stands at its end."""
    suffix = PurePosixPath(source).suffix.lower()
    by_name = _SUFFIXES[suffix].name if suffix in _SUFFIXES else ""
    for begin, name in _READ:
        if head.startswith(begin):
            return _signed(name, by_name, suffix)
    text = is_text(head) and (bool(by_name) or suffix not in _BY_ENDING or _is_unicode(head))
    what = next((what for at, magic, what in _OTHERS if head.startswith(magic, at)), "")
    if not text:
        what = what or next((what for magic, what in _WEAK if head.startswith(magic)), "")
    if what or (not by_name and suffix in _NEVER_TEXT):
        return _unread(by_name, what, suffix)
    if not text:
        believed = by_name if by_name and not _NAMES[by_name].binary else ""
        return Content(believed, by_name) if believed else _unread(by_name, "", suffix)
    return Content(_by_text(head, by_name), by_name, _BY_ENDING.get(suffix, ""))


def is_text(head: bytes) -> bool:
    """Whether bytes are text in some encoding: a mark says so, or hardly any of them are controls."""
    if head.startswith(_MARKS):
        return True
    if 0 in head:
        return read_wide(head[: len(head) // 2 * 2]) is not None
    odd = len(head) - len(head.translate(None, _CONTROLS))
    return odd * _ODD <= len(head)


def _is_unicode(head: bytes) -> bool:
    """Whether it is text beyond doubt, which a file that is named as an image must be to be read."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.startswith(_MARKS)
    return bool(head)


def _signed(name: str, by_name: str, suffix: str) -> Content:
    """Of a file whose first bytes name its format."""
    if name == "zip":
        if not by_name and suffix in _NEVER_TEXT:
            return _unread(by_name, "", suffix)
        name = by_name if by_name in ZIPPED else name
    if name in _NAMES:
        return Content(name, by_name, _BY_ENDING.get(suffix, ""))
    return _unread(by_name, {"pdf": "a PDF file", "rtf": "an RTF document"}.get(name, _ARCHIVE), suffix)


def _unread(by_name: str, what: str, suffix: str) -> Content:
    ending = _BY_ENDING.get(suffix, "")
    what = ending if what in {"", _OLD, _ARCHIVE} and ending else what or "binary content"
    return Content("", by_name, ending, what, _ADVICE.get(what, ""))


def _by_text(head: bytes, by_name: str) -> str:
    told = next((name for pattern, name in _TOLD if name in _NAMES and pattern.match(head)), "")
    if told and (by_name in _OWN or (by_name and _NAMES[by_name].binary)):
        return told
    if by_name and not _NAMES[by_name].binary:
        return by_name
    if _XML.match(head) and not _DRAWING.search(head) and "xml" in _NAMES:
        return "xml"
    return "notebook" if _NOTEBOOK.match(head) and "notebook" in _NAMES else "text"
