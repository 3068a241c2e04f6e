"""The header of `key: value` lines between `---` that static site tools put before Markdown."""

import re
from collections.abc import Sequence

from msgspec import Struct

from index.language.dates import find_day
from index.readers.lines import trimmed
from index.types import Block, BlockKind, Field, Metadata, Range

_ENTRY = re.compile(r"([A-Za-z][\w .-]{0,40}):(?:[ \t]+(.*))?$")
_OTHER = re.compile(r"[ \t]+\S|[ \t]*-[ \t]|[ \t]*#|[ \t]*$")
_MOST_LINES = 200  # by hand, 2026-11-22: a longer one is a document between rules
_NAMES = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "by": "author",
    "date": "date",
    "published": "date",
    "publisher": "publisher",
    "organization": "publisher",
    "site": "publisher",
}


class FrontMatter(Struct, frozen=True):
    """end_line: the first line after it, 0 if the text has none."""

    end_line: int = 0
    blocks: tuple[Block, ...] = ()
    stated: Metadata = Metadata()


def read_front_matter(text: str, lines: Sequence[Range]) -> FrontMatter:
    """Title, author, date and publisher with their ranges; the other keys' lines are records."""
    end = _end(text, lines)
    if not end:
        return FrontMatter()
    fields: dict[str, Field] = {}
    blocks = []
    for line in lines[1:end]:
        entry = _ENTRY.match(text, line.start, line.end)
        whole = trimmed(text, line.start, line.end)
        name = _NAMES.get(entry.group(1).strip().lower(), "") if entry else ""
        field = _field(text, name, Range(*entry.span(2))) if entry and entry.group(2) and name not in fields else None
        if field and name:
            fields[name] = field
            kind = BlockKind.TITLE if name == "title" else BlockKind.BYLINE
            start = field.start if name == "title" else whole.start
            blocks.append(Block(kind, start, field.end if name == "title" else whole.end, reason="front matter"))
        elif entry and entry.group(2):
            blocks.append(Block(BlockKind.PARAGRAPH, whole.start, whole.end, reason="front matter"))
        elif whole.start < whole.end:
            blocks.append(Block(BlockKind.BOILERPLATE, whole.start, whole.end, reason="front matter"))
    return FrontMatter(end + 1, tuple(blocks), Metadata(**fields))


def _end(text: str, lines: Sequence[Range]) -> int:
    """The line that closes the front matter; 0 if there is none."""
    if not lines or text[lines[0].start : lines[0].end].rstrip() != "---":
        return 0
    entries = 0
    for number, line in enumerate(lines[1:_MOST_LINES], start=1):
        piece = text[line.start : line.end]
        if piece.rstrip() in {"---", "..."}:
            return number if entries else 0
        if _ENTRY.match(piece):
            entries += 1
        elif not _OTHER.match(piece):
            return 0
    return 0


def _field(text: str, name: str, value: Range) -> Field | None:
    kept = trimmed(text, value.start, value.end)
    if kept.end - kept.start >= 2 and text[kept.start] in "\"'" and text[kept.end - 1] == text[kept.start]:
        kept = trimmed(text, kept.start + 1, kept.end - 1)
    if kept.start == kept.end or not name or text[kept.start] in "[{|>&*!":
        return None
    if name == "date":
        return find_day(text, kept.start, kept.end)
    return Field(" ".join(text[kept.start : kept.end].split()), kept.start, kept.end)
