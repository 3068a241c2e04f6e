"""Texts as the answer side shows them."""

import unicodedata
from collections.abc import Iterable

from index.sentences.markup import display

HEADING_SEPARATOR = " › "


def joined_display(texts: Iterable[str]) -> str:
    """Verbatim texts in display form, joined with a space."""
    return " ".join(shown for shown in map(display, texts) if shown)


def heading_of(path: tuple[str, ...]) -> str | None:
    """A heading path in one line, None where there is none."""
    return HEADING_SEPARATOR.join(path) or None


def visible(text: str) -> str:
    """The text without control and formatting characters (NUL, bidi overrides) and outer space, spaces folded.

    The two joiners stay: some scripts need them.
    """
    spaced = "".join(" " if c in "\t\n\r\x0b\x0c\x85\u2028\u2029" else c for c in text)
    kept = (c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"} or c in "\u200c\u200d")
    return " ".join("".join(kept).split())
