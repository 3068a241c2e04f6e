"""Text that is struck out: shown so, and read as if it were not there."""

import re
from collections.abc import Iterator

from index.types import Range

_OPENING = re.compile(r"~~(?=[^\s~])|<(s|del|strike)\b[^<>]*+>", re.IGNORECASE)
_MOST = 2_000  # characters of one stretch; a marker without its other half within them strikes nothing


def struck(text: str, start: int, end: int) -> Iterator[Range]:
    """The struck stretches of `text[start:end]` with their markers, in order. Linear: each is looked for once."""
    at = start
    if "~~" not in text[start:end] and "<" not in text[start:end]:
        return
    while opened := _OPENING.search(text, at, end):
        closing = f"</{opened[1]}>" if opened[1] else "~~"
        limit = min(end, opened.end() + _MOST)
        closed = text.find(closing, opened.end(), limit)
        if closed < 0:
            at = opened.end()
            continue
        at = closed + len(closing)
        yield Range(opened.start(), at)


def held(text: str, start: int, end: int) -> str:
    """`text[start:end]`, as long as it is, with spaces for what is struck out."""
    pieces = []
    at = start
    for part in struck(text, start, end):
        pieces += [text[at : part.start], " " * (part.end - part.start)]
        at = part.end
    return "".join((*pieces, text[at:end])) if at > start or pieces else text[start:end]


def unstruck(text: str, part: Range, span: Range) -> Range:
    """The longest stretch of `span` within `part` that is not struck out; empty at its start where all is."""
    best = Range(span.start, span.start)
    at = span.start
    for gone in (*struck(text, part.start, part.end), Range(span.end, span.end)):
        kept = text[at : max(at, min(gone.start, span.end))]
        left = at + len(kept) - len(kept.lstrip())
        found = Range(left, max(left, at + len(kept.rstrip())))
        if found.end - found.start > best.end - best.start:
            best = found
        at = max(at, min(gone.end, span.end))
    return best
