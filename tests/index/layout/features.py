"""Blocks made for tests of their layout, without a reader."""

from index.layout.signals import BlockFeatures, extract_features
from index.types import Block, BlockKind

PROSE = (
    "The old mill by the river was rebuilt after the flood of 1931, and the new wheel turned for another forty years "
    "before the power line came."
)
BREAK = "\n\n"


def words(count: int, end: str = "") -> str:
    """So many words that mean nothing here."""
    return " ".join(["reed"] * count) + end


def features_of(*blocks: str | tuple[BlockKind, str]) -> list[BlockFeatures]:
    """The features of blocks with these texts, paragraphs where no kind is given, a blank line between them."""
    found, at = [], 0
    stated = [block if isinstance(block, tuple) else (BlockKind.PARAGRAPH, block) for block in blocks]
    text = BREAK.join(content for _, content in stated)
    for kind, content in stated:
        found.append(extract_features(text, Block(kind, at, at + len(content))))
        at += len(content) + len(BREAK)
    return found
