"""Rows and cells of a table that is written in HTML."""

import re

from index.types import Range

_TAG = re.compile(r"<(/?)(table|tr|td|th)\b[^<>]*+>", re.IGNORECASE)


def html_rows(text: str, start: int, end: int) -> tuple[list[list[Range]], int]:
    """The cells of each row of `text[start:end]` as they stand, and how many of the rows head the others: those at the
    top with header cells only. A tag that is never closed ends with the next. Linear."""
    rows: list[list[Range]] = []
    heads: list[bool] = []
    opened = -1
    for tag in _TAG.finditer(text, start, end):
        name = tag[2].lower()
        if opened >= 0:
            rows[-1].append(_trimmed(text, opened, tag.start()))
            opened = -1
        if not tag[1] and name == "tr":
            rows.append([])
            heads.append(True)
        elif not tag[1] and name in {"td", "th"} and rows:
            opened = tag.end()
            heads[-1] = heads[-1] and name == "th"
    if opened >= 0:
        rows[-1].append(_trimmed(text, opened, end))
    kept = [(row, head) for row, head in zip(rows, heads, strict=True) if any(c.start < c.end for c in row)]
    head = next((number for number, (_, is_head) in enumerate(kept) if not is_head), len(kept))
    return [row for row, _ in kept], head


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Range(start, end)
