"""What of a page is its text, and what is chrome round it: menus, notices, share bars, related links, forms."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.readers.pages.tree import Element

_BY_TAG = {"nav": "menu", "menu": "menu", "footer": "foot of the page", "form": "form", "search": "search"}
_BY_ROLE = {
    "navigation": "menu",
    "banner": "head of the page",
    "contentinfo": "foot of the page",
    "search": "search",
    "dialog": "notice",
    "alertdialog": "notice",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "menu",
    "tablist": "menu",
    "directory": "menu",
    "doc-toc": "table of contents",
}
# Words of classes and ids, of which the first kind is believed anywhere, the second where links or few words agree.
_SURE = {
    "menu": "nav navbar navigation navbox menubar breadcrumb breadcrumbs topnav subnav sidenav skip skiplink "
    "pagination pager prevnext headerlink noprint printfooter catlinks jumplinks",
    "notice": "cookie cookies consent gdpr cookiebar paywall onetrust",
    "share bar": "share sharing sharebar sharedaddy addthis socials social sociallinks followus",
    "advertisement": "ad ads advert advertisement adsense sponsored sponsor promo promotion adbox dfp outbrain taboola",
    "related links": "related recommended recommendations readmore morelinks trending mostread popular",
    "readers' comments": "comments disqus respond commentlist",
    "newsletter": "newsletter subscribe subscription signup mailchimp",
    "table of contents": "toc tableofcontents contents-list localtoc",
    "hidden": "sr-only visually-hidden screen-reader-text screenreader-text sronly hidden-print d-none",
}
_LIKELY = {
    "sidebar": "sidebar aside rail widget widgets secondary",
    "foot of the page": "footer foot colophon bottom copyright credits",
    "head of the page": "masthead topbar sitehead site-header page-header header banner branding logo",
    "menu": "menu tabs dropdown links toolbar actions buttons tags taglist categories meta-nav",
    "notice": "popup modal overlay alertbar announcement",
    "form": "login search searchbox feedback rating",
}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|[a-z]+")
_MAIN_NAMES = re.compile(
    r"\b(?:main-?content|content-?main|article-?(?:body|content|text)|post-?(?:body|content)|entry-?(?:content|body)|"
    r"story-?body|mw-content-text|bodycontent|page-?content|content|main|article|document|post|story)\b"
)
_HOLD_PROSE = frozenset(
    "p div section article main body td th li dd dt blockquote pre figure center ul ol dl table tbody tr thead header "
    "footer aside nav form h1 h2 h3 h4 h5 h6 details summary figcaption".split()
)
_ORDINARY = frozenset({"skip", "contents-list", "promotion", "popular", "respond", "share", "social", "related"})
_COMMENTS = frozenset({"comments", "commentlist", "disqus", "respond"})


class ChromeLimits(Struct, frozen=True):
    """main, article, named: the share of a page's text that its `<main>`, its one `<article>`, or what is named so must
    hold to be all of its text. most: of the page's text that an element may hold and still be chrome by its name.
    linked: share of an element's text that is links, from which it is a menu, where it has `links` of them and words
    that are no links do not make sentences. few: characters of an element that is believed to be chrome by a likely
    name alone. prose: characters of a piece of running text. spared: share of the page's running text that an element
    may not hold to be chrome by its name. By hand, 2026-11-30, against the pages that docs/formats.md names.
    """

    main: float = 0.25
    article: float = 0.4
    named: float = 0.5
    most: float = 0.5
    linked: float = 0.6
    links: int = 3
    few: int = 150
    prose: int = 80
    spared: float = 0.25


LIMITS = ChromeLimits()
_REASONS = {word: reason for reason, words in _SURE.items() for word in words.split()}
_LIKELY_REASONS = {word: reason for reason, words in _LIKELY.items() for word in words.split()}


def main_part(body: Element, prose: Mapping[int, int]) -> Element:
    """The element that holds the page's text; the body where none says that it does. prose: see prose_of."""
    total = max(1, prose[id(body)])
    first = next((e for e in body.walk() if e.tag == "h1" and e.size), None)

    def best(found: list[Element], share: float) -> Element | None:
        """That with the page's heading, if its text is worth it, else that with most text."""
        found = [each for each in found if prose[id(each)] >= share * total]
        heads = [each for each in found if first is not None and _within(first, each)]
        return max(heads or found, key=lambda each: prose[id(each)], default=None)

    mains = [e for e in body.walk() if e.tag == "main" or e.get("role") == "main"]
    articles = [e for e in body.walk() if e.tag == "article" or e.get("itemprop") == "articleBody"]
    main = best(mains, LIMITS.main)
    article = best([each for each in articles if main is None or _within(each, main)], LIMITS.article)
    if article is not None or main is not None:
        return article or main or body
    found = body
    for element in body.walk():
        named = element.tag in {"div", "section", "td"} and _MAIN_NAMES.search(element.named)
        if named and prose[id(element)] >= LIMITS.named * total and _within(element, found):
            found = element
            if re.search(r"article|post|entry|story|bodycontent|mw-content", element.named):
                break
    return found


def prose_of(body: Element) -> dict[int, int]:
    """Of each element, by id, the characters in it that stand in long pieces and are no links."""
    prose: dict[int, int] = {}
    for element in reversed(list(body.walk())):
        own = sum(len(child.strip()) for child in element.children if isinstance(child, str))
        if element.tag in _HOLD_PROSE:
            own += sum(child.size - child.linked for child in element.elements() if child.tag not in _HOLD_PROSE)
            own = own if own >= LIMITS.prose else 0
        else:
            own = 0
        prose[id(element)] = own + sum(
            prose[id(child)] for child in element.elements() if not own or child.tag in _HOLD_PROSE
        )
    return prose


def _within(element: Element, outer: Element) -> bool:
    above = element.parent
    while above is not None:
        if above is outer:
            return True
        above = above.parent
    return False


class Chrome:
    """Tells what is chrome of one page. article: it says that it is a news story or the like, so that lists and boxes
    of links between its paragraphs lead to others."""

    def __init__(self, body: Element, *, article: bool = False) -> None:
        self._article = article
        self._prose = prose_of(body)
        self._spared = LIMITS.spared * max(1, self._prose[id(body)])
        self.main = main_part(body, self._prose)
        self._most = LIMITS.most * max(1, body.size)
        self._whole = self.main is not body
        self._order = {id(element): number for number, element in enumerate(body.walk())}
        inner = [e for e in body.walk() if self._prose[id(e)] and not any(self._prose[id(c)] for c in e.elements())]
        at = [self._order[id(element)] for element in inner]
        self._prose_at = (min(at), max(at)) if at else (0, len(self._order))
        self._above = set()
        above: Element | None = self.main
        while above is not None:
            self._above.add(id(above))
            above = above.parent

    def holds_main(self, element: Element) -> bool:
        """Whether the page's text is in it, or is it."""
        return id(element) in self._above

    def reason(self, element: Element, *, inside: bool) -> str:
        """Why an element is chrome, "" if it is text. inside: it stands in the page's main part."""
        if self.holds_main(element):
            return ""
        if self._whole and not inside:
            return "outside the page's text"
        big = element.size > self._most
        role = _BY_ROLE.get(element.get("role").lower(), "")
        if role and not big:
            return role
        reason = _BY_TAG.get(element.tag, "")
        if reason and not big and (element.tag in {"nav", "search"} or self._agrees(element, inside)):
            return reason
        words = _WORD.findall(element.named.replace("_", "-"))
        parts = [part for word in words for part in (word, *word.split("-"))]
        if not _COMMENTS.isdisjoint(parts) and not _holds_heading(element) and not _is_heading(element):
            return "readers' comments"
        return "" if big or self._prose[id(element)] > self._spared else self._by_name(parts, element, inside)

    def _by_name(self, parts: Sequence[str], element: Element, inside: bool) -> str:
        for part in parts:
            if part in _REASONS and not _is_heading(element) and self._believed(part, element):
                return _REASONS[part]
        likely = next((_LIKELY_REASONS[part] for part in parts if part in _LIKELY_REASONS), "")
        if element.tag == "header" and not inside:
            likely = "head of the page"
        if element.tag == "aside":
            likely = "sidebar"
        if likely and not _holds_heading(element) and self._agrees(element, inside):
            return likely
        if self._article and self._leads_away(element):
            return "related links"
        return "menu" if _is_menu(element) and (not inside or self._stands_at_edge(element)) else ""

    def _leads_away(self, element: Element) -> bool:
        """Links to other stories: nothing in it is running text, and most of it is links."""
        if element.tag not in {"ul", "ol", "div", "section"} or self._prose[id(element)] or not element.linked:
            return False
        return element.linked >= LIMITS.linked * element.size

    def _stands_at_edge(self, element: Element) -> bool:
        """Before or after all running text of a page that does not say where its text is."""
        at = self._order[id(element)]
        first, last = self._prose_at
        return not self._whole and not self._prose[id(element)] and (at < first or at > last)

    def _believed(self, word: str, element: Element) -> bool:
        """A word of names that may be the page's subject, too, needs links or few words beside it."""
        return word not in _ORDINARY or element.linked * 3 > element.size or element.size < 2 * LIMITS.few

    def _agrees(self, element: Element, inside: bool) -> bool:
        if element.linked >= LIMITS.linked * element.size:
            return True
        if element.tag == "form":
            return element.size < 4 * LIMITS.few
        return element.size < LIMITS.few if inside else element.size < 20 * LIMITS.few


def _is_heading(element: Element) -> bool:
    return element.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "p", "a"}


def _holds_heading(element: Element) -> bool:
    return any(each.tag == "h1" for each in element.walk())


def _is_menu(element: Element) -> bool:
    """A list or box of which nearly all is links."""
    if element.tag not in {"ul", "ol", "div", "section", "table", "p", "header"} or not element.size:
        return False
    if element.linked < LIMITS.linked * element.size:
        return False
    links = sum(each.tag == "a" for each in element.walk())
    return links >= LIMITS.links and element.size / links < 60
