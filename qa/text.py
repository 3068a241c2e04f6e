"""Texts as the answer side shows them."""

from collections.abc import Iterable

from index.display import display
from index.types import Document, Sentence

HEADING_SEPARATOR = " › "


def sentence_text(document: Document, sentence: Sentence) -> str:
    """A sentence as it is shown: its ranges' text in display form, joined with a space."""
    return joined_display(document.text[part.start : part.end] for part in sentence.ranges)


def joined_display(texts: Iterable[str]) -> str:
    """Verbatim texts in display form, joined with a space."""
    return " ".join(shown for shown in map(display, texts) if shown)


def heading_of(path: tuple[str, ...]) -> str | None:
    """A heading path in one line, None where there is none."""
    return HEADING_SEPARATOR.join(path) or None
