"""The elements of a page, as a tree that is safe to walk: never deeper than a limit, without what is no text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from index.errors import DocumentError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_CELLS = frozenset({"td", "th"})
_IMPLIED_END = frozenset("a nobr p li dt dd tr option optgroup tbody thead tfoot colgroup rt rp rb rtc".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr frame keygen".split())
_BARRIERS = frozenset("table td th caption svg math template button object applet marquee select html".split())
_NO_TEXT = frozenset(
    "script style template noscript svg canvas iframe frame frameset object embed applet audio video map select "
    "option optgroup datalist textarea button input progress meter dialog link meta title base head noframes area "
    "track".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class TreeLimits(Struct, frozen=True):
    """depth: elements that may stand in each other; the parser takes time with the square of it (1.3 s at 20,000), and
    real pages stay below 200. walked: depth of our tree; what stands deeper is put beside it. By hand, 2026-11-30.
    """

    depth: int = 5_000
    walked: int = 120


LIMITS = TreeLimits()


class Element:
    """An element, its attributes (names in lower case), and its children: elements, and text as it stands there.

    size: characters of text in it that are no white space. linked: those of them that are a link's.
    """

    __slots__ = ("attributes", "children", "linked", "parent", "size", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        self.size = 0
        self.linked = 0

    def get(self, name: str) -> str:
        """An attribute's value, "" where it has none."""
        return self.attributes.get(name, "")

    @property
    def named(self) -> str:
        """Its classes and id, in lower case."""
        return f"{self.get('class')} {self.get('id')}".lower()

    def elements(self) -> Iterator["Element"]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """It and all elements in it, in order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def text(self) -> str:
        """All text in it, as it stands there."""
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)


class WebPage(Struct, frozen=True):
    """A page that was parsed. head: what its `<head>` says, by (element, name or property): content. data: the texts of
    its JSON-LD scripts."""

    body: Element
    head: dict[tuple[str, str], str]
    data: tuple[str, ...]
    language: str


def parse(html: str, source: str) -> WebPage:
    """The page. Raises DocumentError where its elements nest too deep to be parsed in good time."""
    from selectolax.lexbor import LexborHTMLParser  # a compiled parser, which only pages need

    if _depth(html) > LIMITS.depth:
        raise DocumentError(
            f"{source}: more than {LIMITS.depth:,} elements stand in each other; no page that is written to be read "
            "does that. Save it as text.",
            source,
        )
    parser = LexborHTMLParser(html.replace("\x00", ""))
    root = parser.root
    body = Element("body", {}, None)
    head: dict[tuple[str, str], str] = {}
    data: list[str] = []
    if root is None:
        return WebPage(body, head, (), "")
    _read_head(parser, head, data)
    _build(parser.body or root, body)
    _measure(body)
    return WebPage(body, head, tuple(data), (root.attributes.get("lang") or "").strip())


def _read_head(parser: "LexborHTMLParser", head: dict[tuple[str, str], str], data: list[str]) -> None:
    select = parser.css
    for meta in select("meta"):
        attributes = meta.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        if name and attributes.get("content"):
            head.setdefault(("meta", name.strip().lower()), (attributes["content"] or "").strip())
    for link in select("link[rel][href]"):
        head.setdefault(("link", (link.attributes["rel"] or "").lower()), (link.attributes["href"] or "").strip())
    for title in select("head title")[:1]:
        head["title", ""] = " ".join(title.text().split())
    data += [script.text()[:200_000] for script in select('script[type="application/ld+json"]')[:20]]
    for base in select("base[href]")[:1]:
        head["base", ""] = base.attributes["href"] or ""


def _build(root: "LexborNode", body: Element) -> None:
    """Copies what can hold text, element by element, without recursion."""
    stack = [(root, body, 0)]
    while stack:
        node, element, depth = stack.pop()
        child = node.first_child
        inner = []
        while child is not None:
            if child.is_text_node:
                element.children.append(child.text_content or "")
            elif depth >= LIMITS.walked:
                element.children.append(_deep_text(child))
            elif child.is_element_node:
                made = _element(child, element)
                if made is not None:
                    element.children.append(made)
                    inner.append((child, made, depth + 1))
            child = child.next
        stack.extend(inner)


def _deep_text(node: "LexborNode") -> str:
    texts = (
        part.text_content
        for part in node.traverse(include_text=True)
        if part.is_text_node and part.parent is not None and (part.parent.tag or "") not in _NO_TEXT
    )
    return f" {' '.join(text for text in texts if text)} "


def _element(node: "LexborNode", parent: Element) -> Element | None:
    """None for what is never read: scripts, controls, what is hidden."""
    tag = (node.tag or "").lower()
    if tag in _NO_TEXT:
        return None
    attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return None
    if _HIDDEN_STYLE.search(attributes.get("style", "")) and "math" not in attributes.get("class", ""):
        return None
    return Element(tag, attributes, parent)


def _measure(body: Element) -> None:
    """Sizes from the leaves up."""
    for element in reversed(list(body.walk())):
        element.size += sum(len("".join(child.split())) for child in element.children if isinstance(child, str))
        if element.tag == "a" and "href" in element.attributes:
            element.linked = element.size
        if element.parent is not None:
            element.parent.size += element.size
            element.parent.linked += element.linked


def _depth(html: str) -> int:
    """How deep elements stand in each other at most, as far as the limit, and at least as much as a parser will find.
    Linear."""
    nesting = _Nesting()
    for tag in _TAG_NAME.finditer(html):
        name = tag[2].lower()
        if name in _VOID or name in _IMPLIED_END:
            continue
        if tag[1]:
            nesting.close(name)
        else:
            nesting.open(name)
            if nesting.deepest > LIMITS.depth:
                break
    return nesting.deepest


class _Nesting:
    """The elements that are open. One that ends closes those in it, but reaches no further than its cell or table."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._counts: list[dict[str, int]] = [{}]  # of those that are open, in each cell or table
        self._barriers: list[str] = []
        self._number: dict[str, int] = {}
        self.deepest = 0

    def open(self, name: str) -> None:
        if name in _CELLS and self._barriers and self._barriers[-1] in _CELLS:
            self.close(self._barriers[-1])
        self._open.append(name)
        if name in _BARRIERS:
            self._barriers.append(name)
            self._number[name] = self._number.get(name, 0) + 1
            self._counts.append({})
        else:
            self._counts[-1][name] = self._counts[-1].get(name, 0) + 1
        self.deepest = max(self.deepest, len(self._open))

    def close(self, name: str) -> None:
        if not (self._number if name in _BARRIERS else self._counts[-1]).get(name):
            return
        while self._pop() != name:
            pass

    def _pop(self) -> str:
        last = self._open.pop()
        if last in _BARRIERS:
            self._barriers.pop()
            self._number[last] -= 1
            self._counts.pop()
        else:
            self._counts[-1][last] -= 1
        return last
