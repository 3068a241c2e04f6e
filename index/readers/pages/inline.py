"""What stands in a line of a page, as a line of Markdown says it."""

import re
from urllib.parse import urljoin, urlsplit

from index.readers.pages.tree import Element
from index.readers.writer import Markup
from index.sentences.escapes import escaped

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
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
# Until the text round it is escaped, lone surrogates stand for markup: what opens, what closes, what is whole.
_OPENS, _CLOSES, _WHOLE = 0xD800, 0xD900, 0xDA00
_MOST_MARKS = 0x100
_MARKS = re.compile("[\ud800-\udbff]")
_AFTER_OPENING = re.compile("([\ud800-\ud8ff]+)( +)")
_BEFORE_CLOSING = re.compile("( +)([\ud900-\ud9ff]+)")
_LONGEST_ADDRESS = 200
_SHORT_ALT = 3
_ABSOLUTE = frozenset({"http", "https", "mailto", "tel", "ftp"})
_QUOTED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '()<>`\\" '})


class Inline:
    """A line that is being written. base: the page's own address, "" where it is not known."""

    def __init__(self, base: str = "") -> None:
        self._base = base
        self._parts: list[str] = []
        self._marks: dict[str, str] = {}

    def add(self, node: Element | str) -> None:
        """A piece of text, or an element that stands in a line, with all in it."""
        if isinstance(node, str):
            self._parts.append(_SPACE.sub(" ", _MARKS.sub("", node)))
        elif node.tag == "br":
            self._parts.append("\n")
        elif node.tag == "wbr":
            self._parts.append("\u200b")
        elif node.tag == "img":
            self._picture(node)
        elif node.tag == "math" and (node.get("alttext") or node.get("data-latex")):
            self._parts.append(node.get("alttext") or node.get("data-latex"))
        elif node.tag not in _LEFT_OUT and not is_anchor(node):
            self._element(node)

    def taken(self) -> Markup:
        """The lines so far, each without space around it; the next begins anew."""
        text = _BEFORE_CLOSING.sub(r"\2\1", _AFTER_OPENING.sub(r"\2\1", "".join(self._parts)))
        text = _AROUND_BREAK.sub("\n", escaped(re.sub(" +", " ", text)).strip())
        text = _MARKS.sub(lambda found: self._marks[found[0]], text)
        self._parts, self._marks = [], {}
        return Markup(text)

    def _picture(self, node: Element) -> None:
        alt = node.get("alt").strip()
        if alt and (len(alt) <= _SHORT_ALT or _MATH.search(node.named)):
            self._parts.append(alt)

    def _element(self, node: Element) -> None:
        if node.tag in _CODE:
            self._code(node)
            return
        opening, closing = _WRAPPED.get(node.tag, ("", ""))
        address = self._address(node)
        if address:
            opening, closing = "[", f"]({address})"
        if node.tag == "sup" and (_NOTE.search(node.named) or node.get("role") == "doc-noteref"):
            self._mark(_WHOLE, f"<sup>{_SPACE.sub(' ', node.text()).strip(' []')}</sup>")
            return
        wraps = bool(opening) and node.size > 0 and len(self._marks) < _MOST_MARKS - 2
        if wraps:
            self._mark(_OPENS, opening)
        for child in node.children:
            self.add(child)
        if wraps:
            self._mark(_CLOSES, closing)
        elif node.tag in {"td", "th", "li", "p", "div", "dt", "dd", "tr", "label"}:
            self._parts.append(" ")

    def _code(self, node: Element) -> None:
        text = _SPACE.sub(" ", _MARKS.sub("", node.text())).strip()
        if not text or "`" in text or len(self._marks) >= _MOST_MARKS:
            self._parts.append(text)
        else:
            before, after = (" " if node.text()[:1].isspace() else ""), (" " if node.text()[-1:].isspace() else "")
            self._parts.append(before)
            self._mark(_WHOLE, f"`{text}`")
            self._parts.append(after)

    def _mark(self, kind: int, markup: str) -> None:
        if len(self._marks) < _MOST_MARKS:
            mark = chr(kind + len(self._marks))
            self._parts.append(mark)
            self._marks[mark] = markup

    def _address(self, node: Element) -> str:
        """Where a link leads, if its text does not say so itself and it can be gone to from anywhere."""
        href = node.get("href").strip()
        if node.tag != "a" or not href or href.startswith("#"):
            return ""
        text = node.text().strip()
        try:
            address = urljoin(self._base, href) if self._base else href
            scheme = urlsplit(address).scheme.lower()
        except ValueError:
            return ""
        address = _SPACE.sub("", address).translate(_QUOTED)
        plain = not any(sign in text for sign in "[]`") and not any(e.tag in _CODE for e in node.walk())
        if scheme not in _ABSOLUTE or len(address) > _LONGEST_ADDRESS or not plain or not text:
            return ""
        return "" if text in {address, address.partition(":")[2], address.rstrip("/")} else address


def is_anchor(node: Element) -> bool:
    """A link to the place where it stands, beside a heading or note: ¶, ↩, [edit]."""
    if node.tag not in {"a", "span"} or node.size > 12:
        return False
    if "mw-editsection" in node.named or node.get("role") == "doc-backlink":
        return True
    own = node.tag == "a" and (node.get("href").startswith("#") or not node.get("href") or _ANCHOR.search(node.named))
    return bool(own) and node.size > 0 and node.text().strip() in _ANCHOR_TEXT
