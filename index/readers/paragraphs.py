"""A paragraph of Markdown: text, notes, definitions, a line of code, or HTML."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from index.readers.html import COMMENT
from index.readers.lines import trimmed
from index.types import Block, BlockKind, Range

_NOTE = re.compile(r"^[ \t>]*(\[\^[^\]\n]+\]:)", re.MULTILINE)
_CODE_SPAN = re.compile(r"(`{1,3})(?!`)[ ]?([^\s`](?:[^`\n]*[^\s`])?)[ ]?\1")
_CODE_OR_COMMENT = re.compile(r"(`{1,3})(?!`)[^`]++\1(?!`)|`+|<!--")
_BLOCK_TAG = re.compile(
    r"</?(?:[A-Z][\w.]*|details|summary|table|ul|ol|dl|dt|dd|div|p|h[1-6]|img|figure|section)\b[^<>]*+>"
)
_SHORTCODE = re.compile(r"\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}")
_DEFINITION = re.compile(r"^[ \t>]*:[ \t]+(?=\S)", re.MULTILINE)
_LONGEST_TERM = 80


def paragraph_blocks(text: str, whole: Range) -> Iterator[Block]:
    """The blocks that a paragraph is; one with reason "HTML" is to be read as such."""
    whole = _without_shortcodes(text, whole)
    if whole.start >= whole.end:
        return
    command = _CODE_SPAN.fullmatch(text, whole.start, whole.end)
    if command:
        yield Block(BlockKind.CODE, *command.span(2), reason="a line of code")
    elif _NOTE.match(text, whole.start, whole.end):
        yield from _notes(text, whole)
    elif _BLOCK_TAG.match(text, whole.start, whole.end):
        yield Block(BlockKind.PARAGRAPH, whole.start, whole.end, reason="HTML")
    else:
        for block in _defined(text, whole):
            yield from split_at_comments(text, block)


def split_at_comments(text: str, block: Block) -> Iterator[Block]:
    """The block without the comments in it, which are blocks of their own. One that is never closed is text."""
    at = block.start
    if text.find("<!--", at, block.end) < 0:
        yield block
        return
    first = True
    for found in _CODE_OR_COMMENT.finditer(text, block.start, block.end):
        if found[0] != "<!--" or found.start() < at:
            continue
        stop = text.find("-->", found.end(), block.end)
        if stop < 0:
            break
        before = trimmed(text, at, found.start())
        if before.start < before.end:
            yield replace(block, start=before.start, end=before.end, reason=block.reason if first else "goes on")
            first = False
        yield Block(BlockKind.BOILERPLATE, found.start(), stop + 3, reason=COMMENT)
        at = stop + 3
    rest = trimmed(text, at, block.end)
    if rest.start < rest.end:
        yield replace(block, start=rest.start, end=rest.end, reason=block.reason if first else "goes on")


def _without_shortcodes(text: str, whole: Range) -> Range:
    """Without the shortcodes at its ends; one between words stays."""
    start, end = whole.start, whole.end
    while found := _SHORTCODE.match(text, start, end):
        start = trimmed(text, found.end(), end).start
    while text.endswith(("}}", "%}"), start, end):
        opened = text.rfind("{{" if text.endswith("}}", start, end) else "{%", start, end)
        if opened < 0 or not _SHORTCODE.fullmatch(text, opened, end):
            break
        end = trimmed(text, start, opened).end
    return Range(start, max(start, end))


def _notes(text: str, whole: Range) -> Iterator[Block]:
    starts = [found.start(1) for found in _NOTE.finditer(text, whole.start, whole.end)]
    for start, end in zip(starts, [*starts[1:], whole.end], strict=True):
        note = trimmed(text, start, end)
        stop = note.end
        while stop > note.start and text[stop - 1] in " \t>\r\n":
            stop -= 1
        yield Block(BlockKind.FOOTNOTE, note.start, stop)


def _defined(text: str, whole: Range) -> Iterator[Block]:
    """`Term`, and on the lines below it `: what it means`: the term heads its definitions."""
    marks = list(_DEFINITION.finditer(text, whole.start, whole.end))
    first = trimmed(text, whole.start, marks[0].start()) if marks else whole
    if (
        not marks
        or first.end - first.start > _LONGEST_TERM
        or (first.start < first.end and "\n" in _piece(text, first))
    ):
        yield Block(BlockKind.PARAGRAPH, whole.start, whole.end)
        return
    if first.start < first.end:
        yield Block(BlockKind.HEADING, first.start, first.end, reason="term")
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), whole.end], strict=True):
        part = trimmed(text, mark.end(), end)
        yield Block(BlockKind.PARAGRAPH, part.start, part.end, reason="definition")


def _piece(text: str, part: Range) -> str:
    return text[part.start : part.end]
