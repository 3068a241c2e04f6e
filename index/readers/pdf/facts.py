"""What a PDF says of itself beside its pages: title, author, date, outline."""

import re
from collections.abc import Iterator
from typing import Any

from index.readers.pdf.headings import key_of
from index.types import Field, Metadata

_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel|publisher)\b.*|(?:untitled|unnamed|unbenannt|document|dokument|"
    r"presentation|slide|layout|book|title|print|page|template|scan|image|new)[ _-]?\d*|https?:.*|about:.*|file:.*|"
    r"[\d\W_]+|.*\.(?:docx?|dvi|tex|ps|eps|indd|qxd|fm|pdf|pptx?|xlsx?|rtf|odt|ods|html?|txt|md|cdr|ai|wpd|pub|p65|pmd|tif|"
    r"jpe?g))",
    re.IGNORECASE | re.DOTALL,
)
_JUNK_AUTHOR = re.compile(
    r"(?:user|admin|administrator|owner|author|unknown|anonymous|root|guest|default|windows user|microsoft.*|hp|dell|"
    r"none|n/a|[\d\W_]*|\S+\\\S+|.*(?:latex|acrobat|word|writer).*)",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(r"(?:D:)?\s*(\d{4})(\d{2})(\d{2})")
_MOST = 10_000  # entries of an outline


def metadata_of(document: Any) -> Metadata:
    """What the file's properties say that is no junk of the program that made it."""
    stated = {key: " ".join(value.split()) for key, value in document.get_metadata_dict().items()}
    title, author = stated.get("Title", ""), stated.get("Author", "")
    return Metadata(
        title=_field(title) if 3 <= len(title) <= 300 and not _JUNK_TITLE.fullmatch(title) else None,
        author=_field(author) if 3 <= len(author) <= 200 and not _JUNK_AUTHOR.fullmatch(author) else None,
        date=_day(stated.get("CreationDate", "")),
    )


def _field(value: str) -> Field:
    return Field(value, 0, 0)


def _day(value: str) -> Field | None:
    found = _DATE.match(value)
    if not found or not ("1980" <= found[1] <= "2100" and "01" <= found[2] <= "12" and "01" <= found[3] <= "31"):
        return None
    return _field(f"{found[1]}-{found[2]}-{found[3]}")


def outline_of(document: Any) -> dict[int, dict[str, int]]:
    """The levels of the outline's titles, from 1, by page and by the titles' words."""
    found: dict[int, dict[str, int]] = {}
    for page, title, level in _entries(document):
        if key := key_of(title):
            found.setdefault(page, {}).setdefault(key, level)
    return found


def _entries(document: Any) -> Iterator[tuple[int, str, int]]:
    for number, bookmark in enumerate(document.get_toc(max_depth=6)):
        if number >= _MOST:
            return
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            yield index + 1, bookmark.get_title(), bookmark.level + 1
