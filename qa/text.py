"""Texts as the answer side shows them."""

from collections.abc import Iterable

from index.display import display

HEADING_SEPARATOR = " › "


def joined_display(texts: Iterable[str]) -> str:
    """Verbatim texts in display form, joined with a space."""
    return " ".join(shown for shown in map(display, texts) if shown)


def heading_of(path: tuple[str, ...]) -> str | None:
    """A heading path in one line, None where there is none."""
    return HEADING_SEPARATOR.join(path) or None
