"""Markdown: CommonMark blocks and tables by markdown-it, with the file's own offsets."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct, field

from index.readers.directives import closed_names, read_directive, use_directives
from index.readers.encoding import decode
from index.readers.frontmatter import read_front_matter
from index.readers.html import COMMENT, read_html
from index.readers.lines import markdown_lines, trimmed
from index.readers.outline import Outline
from index.readers.paragraphs import paragraph_blocks, split_at_comments
from index.types import Block, BlockKind, ParsedFile, Range

_PREFIX = re.compile(r"[ \t>]*")
_LIST_PREFIX = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_ANCHOR = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}\n]*\}[ \t]*$")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:")
_TITLED = re.compile(r"\b(?:title|filename|file)\s*=\s*[\"']([^\"'\n]+)[\"']")
_LISTED = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_SPANNING = re.compile(r"<(table|ul|ol|pre)\b", re.IGNORECASE)
_OPENING = frozenset({"bullet_list_open", "ordered_list_open", "table_open"})
_ENDING = frozenset({"bullet_list_close", "ordered_list_close", "table_close"})
_LEAVES = frozenset({"heading_open", "paragraph_open", "fence", "hr", "html_block", "directive", "blockquote_close"})
_ISLANDS = frozenset({"fence", "html_block", "table_open", "directive"})  # in a list, not part of an item's text


class MarkdownReader:
    """Reads Markdown. authored: a file that is Markdown by its name, not a text that happens to be."""

    def __init__(self, *, authored: bool = True) -> None:
        self._authored = authored

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for binary or undecodable content."""
        decoded = decode(data, source)
        text = decoded.text
        lines = markdown_lines(text)
        front = read_front_matter(text, lines)
        body = _Body(text, lines)
        blocks = (*front.blocks, *body.blocks(front.end_line))
        warnings = (*decoded.warnings, *body.warnings)
        return ParsedFile(
            text,
            "markdown",
            decoded.encoding,
            blocks,
            front.stated,
            warnings=warnings,
            states_headings=True,
            authored=self._authored,
        )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])  # only the block structure is wanted
    parser.block.ruler.disable(["code"])  # indented text in loose Markdown is text more often than code
    use_directives(parser)
    return parser


class _Leaf(Struct):
    """A token to make blocks of. inner: of a list, what stands in it and is not part of an item's text."""

    token: Token
    inner: list[Token] = field(default_factory=list)


def _leaves(tokens: Sequence[Token]) -> Iterator[_Leaf]:
    """The blocks to keep: a list or table whole, otherwise what a quote holds."""
    depth = 0
    leaf: _Leaf | None = None
    for token in tokens:
        if depth and leaf is not None and token.type in _ISLANDS:
            leaf.inner.append(token)
        if token.type in _OPENING:
            leaf = leaf if depth else _Leaf(token)
            depth += 1
        elif token.type in _ENDING:
            depth -= 1
            if depth == 0 and leaf is not None:
                yield leaf
        elif depth == 0 and token.type in _LEAVES:
            yield _Leaf(token)


class _Body:
    """A file's text below its front matter."""

    def __init__(self, text: str, lines: Sequence[Range]) -> None:
        self._text = text
        self._lines = lines
        self._closed = closed_names(text)
        self._outline = Outline()
        self._unclosed: set[str] = set()
        self.warnings: list[str] = []

    def blocks(self, first: int) -> list[Block]:
        """The blocks from line `first` on."""
        body = self._text[self._lines[first].start :] if first < len(self._lines) else ""
        found: list[Block] = []
        done = first
        for leaf in _leaves(_parser().parse(body)):
            if leaf.token.type == "blockquote_close":
                self._outline.close("quote")
            if leaf.token.map is None:
                continue
            at, end = leaf.token.map[0] + first, leaf.token.map[1] + first
            if at < done:
                continue
            found += self._between(self._lines[done:at])
            end = self._end_of_html(at, end) if leaf.token.type == "html_block" else end
            self._outline.dedent(self._indent(at))
            found += self._leaf(leaf, at, end, first)
            done = end
        return [*found, *self._between(self._lines[done:])]

    def _indent(self, line: int) -> int:
        at = self._lines[line]
        piece = self._text[at.start : min(at.end, at.start + 200)]
        return len(piece) - len(piece.lstrip(" \t>")) if piece.strip() else 200

    def _leaf(self, leaf: _Leaf, at: int, end: int, first: int) -> Iterator[Block]:
        if leaf.token.type not in {"bullet_list_open", "ordered_list_open"}:
            yield from self._token(leaf.token, at, end)
            return
        self._outline.close("term")
        reason = ""
        for token in leaf.inner:
            if token.map is None or token.map[0] + first < at:
                continue
            island = token.map[0] + first, token.map[1] + first
            yield from self._items(at, island[0], reason)
            yield from self._token(token, *island)
            at, reason = island[1], "goes on"
        yield from self._items(at, end, reason)

    def _items(self, at: int, end: int, reason: str) -> Iterator[Block]:
        whole = self._whole(at, end)
        bare = not self._text[whole.start : whole.end].strip("-*+0123456789.) \t\r\n>")
        if not bare or _LISTED.search(self._text, whole.start, whole.end):
            for part in split_at_comments(self._text, Block(BlockKind.LIST, whole.start, whole.end, reason=reason)):
                yield from self._outline.emit(part)

    def _token(self, token: Token, at: int, end: int) -> Iterator[Block]:
        whole = self._whole(at, end)
        if whole.start == whole.end:
            return
        if token.type == "directive":
            yield from self._directive(whole, self._indent(at))
        elif token.type == "html_block":
            yield from self._html(whole)
        else:
            for block in self._plain(token, whole, at, end):
                if block.reason == "HTML":
                    yield from self._html(Range(block.start, block.end))
                    continue
                if block.reason != "definition":
                    self._outline.close("term")
                if block.reason == "term":
                    yield from self._outline.open("term")
                yield from self._outline.emit(block)

    def _plain(self, token: Token, whole: Range, at: int, end: int) -> Iterator[Block]:
        text = self._text
        if token.type == "heading_open":
            yield from self._heading(token, at, end)
        elif token.type == "hr":
            yield Block(BlockKind.BOILERPLATE, whole.start, whole.end, reason="rule")
        elif token.type == "fence":
            yield from self._fence(token, whole, at, end)
        elif token.type == "table_open":
            yield Block(BlockKind.TABLE, whole.start, whole.end)
        else:
            yield from paragraph_blocks(text, whole)

    def _whole(self, at: int, end: int) -> Range:
        """The lines' text without space, quote marks in front and blank lines behind."""
        if at >= end:
            return Range(0, 0)
        lines = self._lines[at:end]
        first = _PREFIX.match(self._text, lines[0].start, lines[0].end)
        start = first.end() if first else lines[0].start
        return trimmed(self._text, start, max(start, lines[-1].end))

    def _heading(self, token: Token, at: int, end: int) -> Iterator[Block]:
        text = self._text
        setext = token.markup in {"-", "="}
        whole = self._whole(at, end - 1 if setext else end)
        start, stop = whole.start, whole.end
        if not setext and (marks := _HEADING.match(text, start, stop)):
            start = marks.end()
            if closing := _CLOSING.search(text, start, stop):
                stop = closing.start()
        if anchor := _ANCHOR.search(text, start, stop):
            stop = anchor.start() if anchor.start() > start else stop
        kept = trimmed(text, start, stop)
        if kept.start < kept.end and text[kept.start : kept.end].strip("#"):
            yield Block(BlockKind.HEADING, kept.start, kept.end, int(token.tag[1:]))

    def _fence(self, token: Token, whole: Range, at: int, end: int) -> Iterator[Block]:
        text = self._text
        titled = _TITLED.search(text, whole.start, self._lines[at].end)
        if titled:
            yield Block(BlockKind.CAPTION, *titled.span(1), reason="title of the code")
        closed = end - at > 1 and text[whole.start : whole.end].rstrip().endswith(token.markup)
        inner = self._whole(at + 1, end - 1 if closed else end)
        if inner.start < inner.end:
            yield Block(BlockKind.CODE, inner.start, inner.end)

    def _directive(self, whole: Range, indent: int) -> Iterator[Block]:
        mark = read_directive(self._text, whole.start, whole.end, self._closed)
        if mark.closes:
            self._outline.close(mark.style)
        elif mark.style:
            yield from self._outline.open(mark.style, mark.label, indent)

    def _html(self, whole: Range) -> Iterator[Block]:
        for piece in read_html(self._text, whole.start, whole.end, self._closed):
            if piece.closes:
                self._outline.close(piece.closes)
            elif piece.opens:
                yield from self._outline.open(piece.opens)
            elif piece.kind is not None:
                for block in self._listed(Block(piece.kind, *_ends(piece.where), piece.level, piece.reason)):
                    yield from self._outline.emit(block)
            if piece.reason == COMMENT and not self._text.endswith("-->", 0, piece.where.end):
                self._warn(piece.where)

    def _listed(self, block: Block) -> Iterator[Block]:
        """A paragraph of HTML whose lines are a list of Markdown from some line on."""
        marker = _LISTED.search(self._text, block.start, block.end) if block.kind is BlockKind.PARAGRAPH else None
        if marker is None:
            yield block
            return
        before = trimmed(self._text, block.start, marker.start())
        if before.start < before.end:
            yield Block(BlockKind.PARAGRAPH, before.start, before.end)
        items = trimmed(self._text, marker.start(), block.end)
        yield Block(BlockKind.LIST, items.start, items.end)

    def _end_of_html(self, at: int, end: int) -> int:
        """The line after a table or list of HTML that blank lines do not end."""
        whole = self._whole(at, end)
        opened = _SPANNING.match(self._text, whole.start, whole.end)
        name = opened[1].lower() if opened else ""
        if not name or name in self._unclosed or self._text.find(f"</{name}", whole.start, whole.end) >= 0:
            return end
        closing = self._text.find(f"</{name}", whole.end)
        if closing < 0:
            self._unclosed.add(name)
            return end
        while end < len(self._lines) and self._lines[end - 1].end < closing:
            end += 1
        return end

    def _warn(self, comment: Range) -> None:
        self.warnings.append(
            f"A comment that begins at character {comment.start} is never closed: the {comment.end - comment.start:,} "
            "characters from there on are left out."
        )

    def _between(self, lines: Sequence[Range]) -> Iterator[Block]:
        """Lines the parser gave no block for: link definitions, and what it nests too deep to follow."""
        text = self._text
        for line in lines:
            first = _PREFIX.match(text, line.start, line.end)
            whole = trimmed(text, first.end() if first else line.start, line.end)
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


def _ends(where: Range) -> tuple[int, int]:
    return where.start, where.end
