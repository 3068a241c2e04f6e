"""Markdown: CommonMark blocks and tables by markdown-it, with the file's own offsets."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.readers.encoding import decode
from index.readers.frontmatter import read_front_matter
from index.readers.lines import markdown_lines, trimmed
from index.types import Block, BlockKind, ParsedFile, Range

_PREFIX = re.compile(r"[ \t>]*")
_LIST_PREFIX = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:")
_CODE_SPAN = re.compile(r"(`{1,3})(?!`)[ ]?([^\s`](?:[^`\n]*[^\s`])?)[ ]?\1")
_TAG = re.compile(r"<[^<>]*>")


class MarkdownReader:
    """Reads .md and .markdown."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".md", ".markdown"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for binary or undecodable content."""
        decoded = decode(data, source)
        text = decoded.text
        lines = markdown_lines(text)
        front = read_front_matter(text, lines)
        blocks = (*front.blocks, *_blocks(text, lines, front.end_line))
        return ParsedFile(text, "markdown", decoded.encoding, blocks, front.stated, (), decoded.warnings)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])  # only the block structure is wanted
    parser.block.ruler.disable(["code"])  # indented text in loose Markdown is text more often than code
    return parser


def _blocks(text: str, lines: Sequence[Range], first: int) -> list[Block]:
    body = text[lines[first].start :] if first < len(lines) else ""
    found: list[Block] = []
    done = first
    for token in _leaves(_parser().parse(body)):
        if token.map is None:
            continue
        at, end = token.map[0] + first, token.map[1] + first
        if at < done:
            continue
        found += _between(text, lines[done:at])
        found += _block(text, token, lines[at:end])
        done = end
    return [*found, *_between(text, lines[done:])]


def _leaves(tokens: Sequence[Token]) -> Iterator[Token]:
    """The blocks to keep: a list or table whole, otherwise what a quote holds."""
    depth = 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open", "table_open"}:
            if depth == 0:
                yield token
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close", "table_close"}:
            depth -= 1
        elif depth == 0 and token.type in {"heading_open", "paragraph_open", "fence", "hr", "html_block"}:
            yield token


def _block(text: str, token: Token, lines: Sequence[Range]) -> Iterator[Block]:
    whole = _whole(text, lines)
    if whole.start == whole.end:
        return
    if token.type == "heading_open":
        yield from _heading(text, token, lines)
    elif token.type == "hr":
        yield Block(BlockKind.BOILERPLATE, whole.start, whole.end, reason="rule")
    elif token.type == "fence":
        closed = len(lines) > 1 and text[whole.start : whole.end].rstrip().endswith(token.markup)
        inner = _whole(text, lines[1 : -1 if closed else None])
        if inner.start < inner.end:
            yield Block(BlockKind.CODE, inner.start, inner.end)
    elif token.type == "html_block":
        yield from _html(text, whole)
    elif token.type == "table_open":
        yield Block(BlockKind.TABLE, whole.start, whole.end)
    elif token.type == "paragraph_open":
        if command := _CODE_SPAN.fullmatch(text, whole.start, whole.end):
            yield Block(BlockKind.CODE, *command.span(2), reason="a line of code")
            return
        kind = BlockKind.FOOTNOTE if _FOOTNOTE.match(text, whole.start) else BlockKind.PARAGRAPH
        yield Block(kind, whole.start, whole.end)
    else:
        yield Block(BlockKind.LIST, whole.start, whole.end)


def _whole(text: str, lines: Sequence[Range]) -> Range:
    """The lines' text without space, quote marks in front and blank lines behind."""
    if not lines:
        return Range(0, 0)
    first = _PREFIX.match(text, lines[0].start, lines[0].end)
    start = first.end() if first else lines[0].start
    return trimmed(text, start, max(start, lines[-1].end))


def _heading(text: str, token: Token, lines: Sequence[Range]) -> Iterator[Block]:
    level = int(token.tag[1:])
    setext = token.markup in {"-", "="}
    whole = _whole(text, lines[:-1] if setext else lines)
    start, end = whole.start, whole.end
    if not setext and (marks := _HEADING.match(text, start, end)):
        start = marks.end()
        if closing := _CLOSING.search(text, start, end):
            end = closing.start()
    kept = trimmed(text, start, end)
    if kept.start < kept.end and text[kept.start : kept.end].strip("#"):
        yield Block(BlockKind.HEADING, kept.start, kept.end, level)


def _html(text: str, whole: Range) -> Iterator[Block]:
    if _visible(text[whole.start : whole.end]).strip():
        yield Block(BlockKind.PARAGRAPH, whole.start, whole.end, reason="HTML")
    else:
        yield Block(BlockKind.BOILERPLATE, whole.start, whole.end, reason="markup without text")


def _visible(html: str) -> str:
    """HTML without comments and tags. By hand, since a pattern takes quadratic time on comments never closed."""
    kept = []
    at = 0
    while (opened := html.find("<!--", at)) >= 0:
        kept.append(html[at:opened])
        closed = html.find("-->", opened)
        at = closed + 3 if closed >= 0 else len(html)
    return _TAG.sub("", "".join([*kept, html[at:]]))


def _between(text: str, lines: Sequence[Range]) -> Iterator[Block]:
    """Lines the parser gave no block for: link definitions, and what it nests too deep to follow."""
    for line in lines:
        whole = _whole(text, [line])
        start = whole.start
        while marker := _LIST_PREFIX.match(text, start, whole.end):
            start = marker.end()
        kept = trimmed(text, start, max(start, whole.end))
        piece = text[kept.start : kept.end]
        if not piece.strip("-*+>#"):
            continue
        if _FOOTNOTE.match(piece):
            yield Block(BlockKind.FOOTNOTE, kept.start, kept.end)
        elif piece.startswith("["):
            yield Block(BlockKind.BOILERPLATE, kept.start, kept.end, reason="link definition")
        else:
            yield Block(BlockKind.PARAGRAPH, kept.start, kept.end)
