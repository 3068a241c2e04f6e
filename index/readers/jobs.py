"""What the limited process does for the rest: the registry of its jobs."""

from collections.abc import Mapping

import msgspec

from index.errors import DocumentError
from index.readers.pdf.pictures import png_of, sizes_of
from index.readers.pdf.reader import open_pdf
from index.readers.reading import PARSE, parse

PAGES, PICTURE = "pages", "picture"


def _parse(data: bytes, source: str, _: Mapping[str, str | int | float]) -> bytes:
    return msgspec.msgpack.encode(parse(data, source))


def _pages(data: bytes, source: str, _: Mapping[str, str | int | float]) -> bytes:
    """Widths and heights of the pages, in points."""
    with open_pdf(data, source) as document:
        return msgspec.msgpack.encode(sizes_of(document))


def _picture(data: bytes, source: str, parameters: Mapping[str, str | int | float]) -> bytes:
    """The page as PNG."""
    number = int(parameters["page"])
    with open_pdf(data, source) as document:
        if not 1 <= number <= len(document):
            raise DocumentError(f"{source}: it has no page {number}.", source)
        return png_of(document, number, int(parameters["width"]))


JOBS = {PARSE: _parse, PAGES: _pages, PICTURE: _picture}
