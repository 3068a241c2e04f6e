"""What stands in a line of a page, as a line of Markdown says it."""

import re
from urllib.parse import urljoin

from index.readers.marked import Marked, address_in
from index.readers.pages.tree import Element
from index.readers.writer import Markup

_WRAPPED = {
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "del": ("~~", "~~"),
    "s": ("~~", "~~"),
    "strike": ("~~", "~~"),
    "q": ("“", "”"),
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_LEFT_OUT = frozenset({"rt", "rp", "rtc", "annotation", "annotation-xml"})
_ANCHOR = re.compile(r"\b(?:headerlink|anchor|anchorjs-link|permalink|heading-link|mw-editsection|footnote-backref)\b")
_ANCHOR_TEXT = frozenset({"", "¶", "#", "§", "🔗", "↩", "↩︎", "^", "↑"})
_NOTE = re.compile(r"\b(?:reference|footnote-?ref|footnote-reference|noteref|fnref)\b")
_MATH = re.compile(r"\b(?:math|tex|latex|emoji|emoticon)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SHORT_ALT = 3


class Inline:
    """A line that is being written. base: the page's own address, "" where it is not known."""

    def __init__(self, base: str = "") -> None:
        self._base = base
        self._line = Marked()

    def add(self, node: Element | str) -> None:
        """A piece of text, or an element that stands in a line, with all in it."""
        if isinstance(node, str):
            self._line.text(_SPACE.sub(" ", node))
        elif node.tag == "br":
            self._line.text("\n")
        elif node.tag == "wbr":
            self._line.text("\u200b")
        elif node.tag == "img":
            self._picture(node)
        elif node.tag == "math" and (node.get("alttext") or node.get("data-latex")):
            self._line.text(node.get("alttext") or node.get("data-latex"))
        elif node.tag not in _LEFT_OUT and not is_anchor(node):
            self._element(node)

    def taken(self) -> Markup:
        """The lines so far, each without space around it; the next begins anew."""
        return self._line.taken()

    def _picture(self, node: Element) -> None:
        alt = node.get("alt").strip()
        if alt and (len(alt) <= _SHORT_ALT or _MATH.search(node.named)):
            self._line.text(alt)

    def _element(self, node: Element) -> None:
        if node.tag in _CODE:
            self._code(node)
            return
        opening, closing = _WRAPPED.get(node.tag, ("", ""))
        address = self._address(node)
        if address:
            opening, closing = "[", f"]({address})"
        if node.tag == "sup" and (_NOTE.search(node.named) or node.get("role") == "doc-noteref"):
            self._line.whole(f"<sup>{_SPACE.sub(' ', node.text()).strip(' []')}</sup>")
            return
        wraps = bool(opening) and node.size > 0 and not self._line.full
        if wraps:
            self._line.opens(opening)
        for child in node.children:
            self.add(child)
        if wraps:
            self._line.closes(closing)
        elif node.tag in {"td", "th", "li", "p", "div", "dt", "dd", "tr", "label"}:
            self._line.text(" ")

    def _code(self, node: Element) -> None:
        text = _SPACE.sub(" ", node.text()).strip()
        if not text or "`" in text or self._line.full:
            self._line.text(text)
        else:
            before, after = (" " if node.text()[:1].isspace() else ""), (" " if node.text()[-1:].isspace() else "")
            self._line.text(before)
            self._line.whole(f"`{text}`")
            self._line.text(after)

    def _address(self, node: Element) -> str:
        """Where a link leads, if it can be gone to from anywhere."""
        href = node.get("href").strip()
        if node.tag != "a" or not href or href.startswith("#") or any(e.tag in _CODE for e in node.walk()):
            return ""
        try:
            return address_in(urljoin(self._base, href) if self._base else href, node.text())
        except ValueError:
            return ""


def is_anchor(node: Element) -> bool:
    """A link to the place where it stands, beside a heading or note: ¶, ↩, [edit]."""
    if node.tag not in {"a", "span"} or node.size > 12:
        return False
    if "mw-editsection" in node.named or node.get("role") == "doc-backlink":
        return True
    own = node.tag == "a" and (node.get("href").startswith("#") or not node.get("href") or _ANCHOR.search(node.named))
    return bool(own) and node.size > 0 and node.text().strip() in _ANCHOR_TEXT
