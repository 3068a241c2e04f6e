"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, then a guess among legacy encodings."""

import re
import unicodedata
from itertools import pairwise

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
_MULTIBYTE = frozenset({"cp932", "euc_jp", "gb18030", "big5", "cp949"})
_OTHER_SCRIPTS = frozenset({"cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874"})
_LEGACY = sorted({*_MULTIBYTE, *_OTHER_SCRIPTS, "cp1252", "cp1250", "cp1254", "cp1257", "iso8859_15"})
_UNWRITTEN = frozenset({"Cc", "Cn", "Co", "Cs"})
_ANCHORS = frozenset(" \n\r\t.,-0123456789、。，・")
_TYPOGRAPHY = "‘’‚“”„«»‹›–—…•·°§©®™€£¥¢¿¡±×÷½¼¾²³ªº´†‡‰¶µ\xa0\xad"
_FOREIGN = re.compile("[^\\x00-\\x7f]")
_LONE = frozenset("àèéòùóáäåöøæÀÈÉÅÖÄаиоуюяАВИКОСУЯв")
_PLACED = re.compile(rf"’|[{_TYPOGRAPHY}]+(?![^\W\d_])|(?<![^\W\d_])[{_TYPOGRAPHY}]+")  # not amid letters


class EncodingThresholds(Struct, frozen=True):
    """By which a guess is judged. sample: characters that are looked at; before: how many of them before the first that
    is not ASCII. odd: at most one character in so many is no writing; anchors: at least one in so many of UTF-16 is a
    space, a stop or a digit. ideographs_least, ideographs: number and share of a multibyte text's characters that are
    letters without case. script_least, script: number and share of letters of a script other than Latin, and
    script_words: share of them in words. accented: the most accented Latin letters among all. placed: share of what
    is not ASCII that stands in words or where typography does.

    Set by hand on 2026-11-22 (b344ca4, ee53e39), by texts in every encoding of `_LEGACY` and by damaged UTF-8.
    """

    sample: int = 1 << 18
    before: int = 1000
    odd: int = 50
    anchors: int = 50
    ideographs_least: int = 4
    ideographs: float = 0.6
    script_least: int = 20
    script: float = 0.3
    script_words: float = 0.9
    accented: float = 0.3
    placed: float = 0.95


THRESHOLDS = EncodingThresholds()


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
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    else:
        if nul < 0:
            return Decoded(text, "utf-8")
        offset = nul
    if wide := read_wide(data):
        return wide
    if nul >= 0 or any(data.startswith(magic) for magic, _ in _MAGIC):
        raise _binary(data, source, max(nul, 0))
    if not _is_damaged_utf8(data) and (legacy := _legacy(data)):
        return legacy
    raise _undecodable(data, source, offset, "utf-8")


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, source, error.start, encoding) from None
    nul = text.find("\x00")
    if nul >= 0:
        raise _binary(data, source, len(text[:nul].encode(encoding)))
    return text


def read_wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: in one byte order, and not in the other, it has spaces, stops and digits as text has."""
    if len(data) % 2 or not data:
        return None
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[: THRESHOLDS.sample]
        anchors = sum(character in _ANCHORS for character in sample)
        if "\x00" not in text and anchors * THRESHOLDS.anchors >= len(sample) and _is_writing(sample):
            found.append((anchors, encoding, text))
    if not found:
        return None
    _, encoding, text = max(found)
    return Decoded(text, encoding, (f"No byte order mark; read as {encoding}, which its bytes suggest.",))


def _is_writing(sample: str) -> bool:
    """Hardly any control, unassigned or private characters."""
    odd = sum(unicodedata.category(character) in _UNWRITTEN and character not in "\t\n\r\f" for character in sample)
    return odd * THRESHOLDS.odd <= len(sample)


def _legacy(data: bytes) -> Decoded | None:
    """Guess among the legacy encodings the web still holds; what the guess gives must look like writing."""
    matches = from_bytes(data, cp_isolation=_LEGACY, preemptive_behaviour=False, enable_fallback=False)
    guesses = [match.encoding for match in matches]
    # cp1252 is much the commonest encoding of one byte, and the guesser tells its neighbours apart by chance
    first = next((number for number, guess in enumerate(guesses) if guess not in _MULTIBYTE), len(guesses))
    guesses.insert(first, "cp1252")
    for encoding in guesses:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = _FOREIGN.search(text)
        start = max(0, foreign.start() - THRESHOLDS.before) if foreign else 0
        if _is_plausible(text[start : start + THRESHOLDS.sample], encoding):
            warning = f"Not UTF-8; read as {encoding}, which is a guess: save the file as UTF-8 if letters look wrong."
            return Decoded(text, encoding, (warning,))
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """More whole UTF-8 sequences than stray bytes: a broken UTF-8 file, not a legacy one."""
    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - stray
    return whole > stray


def _is_plausible(sample: str, encoding: str) -> bool:
    """Foreign letters in the measure of their script, in words, and typography where it belongs."""
    if not _is_writing(sample):
        return False
    foreign = [character for character in sample if character > "\x7f"]
    letters = sum(character.isalpha() for character in sample)
    if encoding in _MULTIBYTE:
        least = max(THRESHOLDS.ideographs_least, THRESHOLDS.ideographs * len(foreign))
        return sum(unicodedata.category(c) == "Lo" for c in foreign) >= least
    own = sum(character.isalpha() for character in foreign)
    if encoding in _OTHER_SCRIPTS:
        enough = own >= max(THRESHOLDS.script_least, THRESHOLDS.script * letters)
        return enough and _in_words(sample) >= THRESHOLDS.script_words * own
    placed = sum(len(run) for run in _PLACED.findall(sample))
    few = own <= THRESHOLDS.accented * letters
    return few and _in_words(sample) + placed >= THRESHOLDS.placed * len(foreign)


def _in_words(sample: str) -> int:
    """Foreign letters that stand in words of sane case, or are words of one letter."""
    runs = re.findall(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*", sample)
    sane = [run for run in runs if (len(run) > 1 or run in _LONE) and not _is_odd(run)]
    return sum(character > "\x7f" for run in sane for character in run)


def _is_odd(run: str) -> bool:
    """A capital after a small letter, or a letter hardly any language has."""
    return "ÿ" in run or any(a.islower() and b.isupper() for a, b in pairwise(run))


def _undecodable(data: bytes, source: str, offset: int, encoding: str) -> DocumentError:
    message = (
        f"{source}: byte {offset} (0x{data[offset]:02x}) is not valid {encoding}, "
        "and no other encoding fits. Save the file as UTF-8."
    )
    return DocumentError(message, source, offset)


def _binary(data: bytes, source: str, offset: int) -> DocumentError:
    what = next((name for magic, name in _MAGIC if data.startswith(magic)), "binary content")
    message = f"{source}: this is {what}, not text (byte {offset}). Give it its proper file ending, or remove it."
    return DocumentError(message, source, offset)
