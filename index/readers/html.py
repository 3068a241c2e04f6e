"""The text in HTML and JSX that stands in Markdown: its paragraphs, lists, tables, headings, and what folds away."""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from index.readers.directives import label_in
from index.readers.lines import trimmed
from index.sentences.markup import BREAKING_TAGS, INLINE_TAGS
from index.types import BlockKind, Range

_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*+)([^<>]*+)>")
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]+)\"|'([^']+)')", re.IGNORECASE)
_WORDLIKE = re.compile(r"[^\W_]")
_TEXT = {"table": BlockKind.TABLE, "ul": BlockKind.LIST, "ol": BlockKind.LIST, "pre": BlockKind.CODE}
_WHOLE = frozenset({*_TEXT, "script", "style", "svg"})  # read to their end; the last three hold no text
_HEADED = frozenset({"summary", "dt", "h1", "h2", "h3", "h4", "h5", "h6"})
_HOLDING = frozenset({"details", "dl"})
_WITHIN = frozenset({"br", "input", "button", "img"})
_LONGEST_HEADING = 500
COMMENT = "comment"
PART = "title of a part"


class HtmlPart(NamedTuple):
    """A block (kind is set), or the start or end of what holds others (opens, closes: its name). level: of a heading
    that says it, 0 for that of the tag that holds it."""

    where: Range
    kind: BlockKind | None = None
    level: int = 0
    opens: str = ""
    closes: str = ""
    reason: str = ""


def read_html(text: str, start: int, end: int, closed: Set[str]) -> Iterator[HtmlPart]:
    """The pieces of `text[start:end]` in order. closed: names of the components that the text closes. Linear."""
    scan = _Scan(text, end, closed)
    at = start
    while at < end:
        opened = text.find("<", at, end)
        scan.add(at, opened if opened >= 0 else end)
        if opened < 0:
            break
        if text.startswith("<!--", opened):
            yield from scan.flush()
            stop = text.find("-->", opened, end)
            at = stop + 3 if stop >= 0 else end
            yield HtmlPart(Range(opened, at), BlockKind.BOILERPLATE, reason=COMMENT)
        elif tag := _TAG.match(text, opened, end):
            at = tag.end()
            if scan.is_within(tag):
                scan.add_tag(tag)
                continue
            yield from scan.flush()
            stop, pieces = scan.structure(tag)
            at = max(at, stop)
            yield from pieces
        else:
            scan.add(opened, opened + 1)
            at = opened + 1
    yield from scan.flush()


def _unless_known(tag: re.Match[str]) -> str:
    """Text that only looks like a tag, `<FILE>`, is text."""
    name = tag[2].lower()
    return "" if name in INLINE_TAGS or name in BREAKING_TAGS else tag[0]


class _Scan:
    """The run of text that is being read."""

    def __init__(self, text: str, end: int, closed: Set[str]) -> None:
        self._text = text
        self._end = end
        self._closed = closed
        self._run: Range | None = None

    def add(self, start: int, end: int) -> None:
        kept = trimmed(self._text, start, end)
        if kept.start < kept.end:
            self._run = Range(self._run.start if self._run else kept.start, kept.end)

    def add_tag(self, tag: re.Match[str]) -> None:
        if self._run or not tag[1]:
            self._run = Range(self._run.start if self._run else tag.start(), tag.end())

    def is_within(self, tag: re.Match[str]) -> bool:
        """A tag that is part of a line: emphasis, a link, or what only looks like a tag."""
        name = tag[2]
        if name[0].isupper() and (name in self._closed or tag[3].rstrip().endswith("/")):
            return False
        low = name.lower()
        return low in _WITHIN or (low not in BREAKING_TAGS and low not in _WHOLE)

    def flush(self) -> Iterator[HtmlPart]:
        run, self._run = self._run, None
        if run is None:
            return
        piece = self._text[run.start : run.end]
        if _WORDLIKE.search(_TAG.sub(_unless_known, piece)):
            yield HtmlPart(run, BlockKind.PARAGRAPH)
            return
        for alt in _ALT.finditer(self._text, run.start, run.end):
            if _WORDLIKE.search(alt[1] or alt[2]):
                yield HtmlPart(Range(*alt.span(1 if alt[1] else 2)), BlockKind.CAPTION, reason="a picture's text")

    def structure(self, tag: re.Match[str]) -> tuple[int, list[HtmlPart]]:
        """The pieces that a tag begins or ends, and where reading goes on."""
        name, low = tag[2], tag[2].lower()
        ends = bool(tag[1])
        if low in _WHOLE and not ends:
            stop = self._close_of(low, tag)
            whole = Range(tag.start(), stop)
            holds = low in _TEXT and _WORDLIKE.search(_TAG.sub("", self._text[whole.start : whole.end]))
            if low == "pre":
                closing = re.compile(r"(?:</code\s*>)?\s*</pre\s*>\s*\Z", re.IGNORECASE).search(
                    self._text, tag.end(), stop
                )
                code = re.compile(r"\s*<code\b[^<>]*>", re.IGNORECASE).match(self._text, tag.end(), stop)
                whole = trimmed(self._text, code.end() if code else tag.end(), closing.start() if closing else stop)
            return stop, [HtmlPart(whole, _TEXT[low])] if holds and whole.start < whole.end else []
        if low in _HEADED and not ends:
            stop = self._heading_end(low, tag.end())
            inner = trimmed(self._text, tag.end(), stop)
            level = int(low[1]) if low[0] == "h" else 0
            heads = inner.start < inner.end and _WORDLIKE.search(_TAG.sub("", self._text[inner.start : inner.end]))
            return stop, [HtmlPart(inner, BlockKind.HEADING, level, reason="" if level else PART)] if heads else []
        if name[0].isupper() or low in _HOLDING:
            if ends:
                return tag.end(), [HtmlPart(Range(tag.start(), tag.end()), closes=name)]
            label = label_in(self._text, *tag.span(3))
            heading = [HtmlPart(label, BlockKind.HEADING, reason=PART)] if label and name[0].isupper() else []
            if tag[3].rstrip().endswith("/"):
                return tag.end(), [HtmlPart(label, BlockKind.PARAGRAPH)] if label else []
            return tag.end(), [HtmlPart(Range(tag.start(), tag.end()), opens=name), *heading]
        return tag.end(), []

    def _heading_end(self, name: str, start: int) -> int:
        """Where a heading's text ends: at its closing tag, or with its line."""
        limit = min(self._end, start + _LONGEST_HEADING)
        closing = re.compile(rf"</{name}\s*>|\n\s*\n", re.IGNORECASE).search(self._text, start, limit)
        line = self._text.find("\n", start, limit)
        return closing.start() if closing else line if line >= 0 else limit

    def _close_of(self, name: str, tag: re.Match[str]) -> int:
        """Where the element ends that the tag opens; the end of the text if it is never closed."""
        depth = 0
        for found in re.compile(rf"<(/?){name}\b[^<>]*+>", re.IGNORECASE).finditer(self._text, tag.start(), self._end):
            depth += -1 if found[1] else 1
            if depth == 0:
                return found.end()
        return self._end
