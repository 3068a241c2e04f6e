"""What every reader of a format gives: the text and the blocks its structure shows."""

from typing import Protocol

from msgspec import Struct

from index.types import Block, Metadata


class Reading(Struct, frozen=True):
    """A file as its format tells it, before blocks are judged by their content.

    text: the decoded file, nothing changed. blocks: in text order, trimmed, apart; a kind other than PARAGRAPH is
    what the format says outright (a Markdown heading, a rule). stated: metadata that the format has fields for.
    page_breaks: offsets where a page begins.
    """

    text: str
    format: str
    encoding: str
    blocks: tuple[Block, ...]
    stated: Metadata = Metadata()
    page_breaks: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one family of formats."""

    @property
    def suffixes(self) -> frozenset[str]:
        """File name endings it reads, lower case with the dot."""

    def read(self, data: bytes, source: str) -> Reading:
        """Raises DocumentError, which names the file, the byte offset and what to do."""
