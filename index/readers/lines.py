"""A text's lines with their offsets."""

import re
from typing import NamedTuple

from index.types import Range

_BREAK = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_MARKDOWN_BREAK = re.compile(r"\r\n|[\n\r]")


class TextLine(NamedTuple):
    """start, end: without surrounding space, equal for a blank line. indent: columns before it. paged: a page break
    stands right before it."""

    start: int
    end: int
    indent: int
    paged: bool = False


def split_lines(text: str) -> list[TextLine]:
    """Lines of plain text: every Unicode line break ends one, a form feed too."""
    lines = []
    paged = False
    start = 1 if text.startswith("\ufeff") else 0
    for found in _BREAK.finditer(text):
        lines.append(_line(text, start, found.start(), paged))
        paged = found.group() == "\f"
        start = found.end()
    lines.append(_line(text, start, len(text), paged))
    return lines


def markdown_lines(text: str) -> list[Range]:
    """Lines as CommonMark counts them, whole, without line breaks and byte order mark."""
    ranges = []
    start = 1 if text.startswith("\ufeff") else 0
    for found in _MARKDOWN_BREAK.finditer(text):
        ranges.append(Range(start, found.start()))
        start = found.end()
    ranges.append(Range(start, len(text)))
    return ranges


def trimmed(text: str, start: int, end: int) -> Range:
    """`text[start:end]` without the white space around it; empty at `end` if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Range(start, end)


def _line(text: str, start: int, end: int, paged: bool) -> TextLine:
    kept = trimmed(text, start, end)
    indent = len(text[start : kept.start].expandtabs(4)) if kept.start - start < 200 else 200
    return TextLine(kept.start, kept.end, indent, paged)
