"""The links of a text: what they are called and where they lead."""

import re
from collections.abc import Iterator

from msgspec import Struct

from index.types import Range

_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]{1,300})\]\(\s?<?(?P<url>[^\s<>()]+(?:\([^\s()]*\)[^\s()]*)?)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s?\)"
    r"|<a\b[^<>]*\bhref\s*=\s*[\"'](?P<href>[^\"']+)[\"'][^<>]*>(?P<label>[^<>]{0,300})</a>"
    r"|(?P<bare>https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?])"
)


class Link(Struct, frozen=True):
    """A link of a text: what it is called, empty where only its address stands there, and its address."""

    label: Range
    address: Range


def links(text: str) -> Iterator[Link]:
    """The links of a text in Markdown or HTML, and bare addresses, in order."""
    for found in _LINK.finditer(text):
        if found["url"] is not None:
            yield Link(Range(*found.span("text")), Range(*found.span("url")))
        elif found["href"] is not None:
            yield Link(Range(*found.span("label")), Range(*found.span("href")))
        else:
            yield Link(Range(found.start(), found.start()), Range(*found.span("bare")))
