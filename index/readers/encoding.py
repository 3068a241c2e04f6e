"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, then a guess among legacy encodings."""

import itertools
import re
import unicodedata

from charset_normalizer import from_bytes
from msgspec import Struct

from index.errors import DocumentError

_MARKS = (  # UTF-32's marks begin with UTF-16's, so they come first
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_LEGACY = ["cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254"]
_LEGACY += ["cp1255", "cp1256", "cp1257", "cp874", "iso8859_15"]
_MULTIBYTE = frozenset({"cp932", "euc_jp", "gb18030", "big5", "cp949"})
_SAMPLE = 1 << 18
_TYPOGRAPHY = frozenset("‘’‚“”„«»‹›–—…•·°§©®™€£¥¢¿¡±×÷½¼¾²³ªº´\xa0\xad†‡‰№¶µ")


class Decoded(Struct, frozen=True):
    """`text == data.decode(encoding)`; a byte order mark stays in the text as its first character."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, source: str) -> Decoded:
    """The text of a file. Raises DocumentError for binary content and for bytes no encoding explains."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding, source), encoding)
    if data.startswith(b"%PDF-"):
        raise _binary(data, source, 0)
    nul = data.find(0)
    if nul >= 0:
        return _wide(data, source, nul)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    if any(data.startswith(magic) for magic, _ in _MAGIC):
        raise _binary(data, source, 0)
    return _legacy(data, source, offset)


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, source, error.start, encoding) from None
    nul = text.find("\x00")
    if nul >= 0:
        raise _binary(data, source, len(text[:nul].encode(encoding)))
    return text


def _wide(data: bytes, source: str, nul: int) -> Decoded:
    """NUL bytes: UTF-16 without a mark if one half of the byte pairs holds nearly all of them, else binary."""
    odd, even = data[1::2].count(0), data[0::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if len(data) % 2 == 0 and min(odd, even) * 20 <= max(odd, even):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = "\x00"
        if "\x00" not in text and _is_prose(text):
            return Decoded(text, encoding, (f"No byte order mark; read as {encoding} because of its zero bytes.",))
    raise _binary(data, source, nul)


def _is_prose(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(
        unicodedata.category(character) in {"Cc", "Cn", "Co"} for character in sample if character not in "\t\n\r\f"
    )
    return odd * 50 <= len(sample)


def _legacy(data: bytes, source: str, offset: int) -> Decoded:
    """Guess among the legacy encodings the web still holds; what the guess gives must look like writing."""
    if _is_damaged_utf8(data):
        raise _undecodable(data, source, offset, "utf-8")
    matches = from_bytes(data, cp_isolation=_LEGACY, preemptive_behaviour=False, enable_fallback=False)
    for match in matches:
        encoding = match.encoding
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text, encoding):
            warning = f"Not UTF-8; read as {encoding}, which is a guess: save the file as UTF-8 if letters look wrong."
            return Decoded(text, encoding, (warning,))
    raise _undecodable(data, source, offset, "utf-8")


def _is_damaged_utf8(data: bytes) -> bool:
    """More whole UTF-8 sequences than stray bytes: a broken UTF-8 file, not a legacy one."""
    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - stray
    return whole > stray


def _is_plausible(text: str, encoding: str) -> bool:
    """Foreign characters must stand in words or be typography; CJK text must have more than a stray pair of them."""
    sample = text[:_SAMPLE]
    if not _is_prose(sample):
        return False
    foreign = sum(character > "\x7f" for character in sample) or 1
    if encoding in _MULTIBYTE:
        letters = sum(unicodedata.category(character) == "Lo" for character in sample)
        return letters >= 4 and letters * 10 >= foreign * 6
    runs = re.findall(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*", sample)
    in_words = sum(sum(c > "\x7f" for c in run) for run in runs if len(run) > 1 and not _is_shouted_inside(run))
    typography = sum(character in _TYPOGRAPHY for character in sample)
    lone = sum(len(run) == 1 and run in "àéèóòúáíêâôûìùçÀÉýyåöäøæАВИКОСУЯавикосуя" for run in runs)
    return (in_words + typography + lone) * 10 >= foreign * 9


def _is_shouted_inside(run: str) -> bool:
    """`thÿÞword`: a capital after a small letter, which wrong guesses give."""
    return any(a.islower() and b.isupper() for a, b in itertools.pairwise(run))


def _undecodable(data: bytes, source: str, offset: int, encoding: str) -> DocumentError:
    message = (
        f"{source}: byte {offset} (0x{data[offset]:02x}) is not valid {encoding}, and no other encoding fits. "
        "Save the file as UTF-8."
    )
    return DocumentError(message, source, offset)


def _binary(data: bytes, source: str, offset: int) -> DocumentError:
    what = next((name for magic, name in _MAGIC if data.startswith(magic)), "binary content")
    message = f"{source}: this is {what}, not text (byte {offset}). Give it its proper file ending, or remove it."
    return DocumentError(message, source, offset)
