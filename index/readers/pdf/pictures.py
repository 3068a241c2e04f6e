"""Pages as pictures."""

import struct
import zlib
from typing import Any

from msgspec import Struct

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class PictureLimits(Struct, frozen=True):
    """least, most: of a picture's width in pixels. pixels: the most of one. By hand, 2026-11-30: a page of A4 at 1,000
    pixels is read with ease, and some 100 KB."""

    least: int = 100
    most: int = 2_400
    pixels: int = 12_000_000


LIMITS = PictureLimits()


def sizes_of(document: Any) -> list[tuple[float, float]]:
    """Width and height of each page as it is looked at, in points."""
    return [document.get_page_size(index) for index in range(len(document))]


def png_of(document: Any, number: int, width: int) -> bytes:
    """The page of that number (from 1) as a PNG of that width, or narrower where that would be too large.

    document: a pypdfium2.PdfDocument. Raises IndexError where there is no such page."""
    if not 1 <= number <= len(document):
        raise IndexError(number)
    page = document[number - 1]
    try:
        wide, high = page.get_size()
        width = max(LIMITS.least, min(width, LIMITS.most))
        scale = min(width / max(wide, 1.0), (LIMITS.pixels / max(wide * high, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        try:
            return _encoded(bitmap)
        finally:
            bitmap.close()
    finally:
        page.close()


def _encoded(bitmap: Any) -> bytes:
    """PNG with 8 bits a channel (grey, or red, green and blue), each line as it is."""
    channels = bitmap.n_channels
    view, stride, width, height = memoryview(bitmap.buffer).cast("B"), bitmap.stride, bitmap.width, bitmap.height
    lines = bytearray()
    for row in range(height):
        line = bytes(view[row * stride : row * stride + width * channels])
        if channels == 4:
            kept = bytearray(width * 3)
            kept[0::3], kept[1::3], kept[2::3] = line[0::4], line[1::4], line[2::4]
            line = bytes(kept)
        lines += b"\0"
        lines += line
    head = struct.pack(">IIBBBBB", width, height, 8, 0 if channels == 1 else 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines), 6)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
