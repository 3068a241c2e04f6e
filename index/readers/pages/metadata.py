"""What a page says of itself in its head: title, author, date, publisher, address."""

import json
import re
from collections.abc import Iterator

from index.language.dates import find_day
from index.readers.pages.tree import WebPage
from index.types import Field, Metadata

_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl")
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "pubdate",
    "article:modified_time",
    "last-modified",
)
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "citation_journal_title", "application-name")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NEWS = re.compile(r"(?:News)?Article\Z|BlogPosting|LiveBlog")
_ARTICLE = re.compile(r"Article|Posting|Report|Recipe|Book|WebPage|Review|HowTo|FAQPage")
_MOST = 300


def metadata_of(page: WebPage) -> Metadata:
    """Metadata that no place of the text says; what JSON-LD says of an article comes first."""
    said = _article(page)
    return Metadata(
        title=_field(said.get("title") or _first(page, _TITLES)),
        author=_field(said.get("author") or _first(page, _AUTHORS)),
        date=_field(_day(said.get("date") or _first(page, _DATES))),
        publisher=_field(said.get("publisher") or _first(page, _PUBLISHERS)),
    )


def address_of(page: WebPage) -> str:
    """The page's own address, "" if it does not say it."""
    said = (
        page.head.get(("link", "canonical")) or page.head.get(("meta", "og:url")) or page.head.get(("base", "")) or ""
    )
    return said if _ADDRESS.match(said) else ""


def is_article(page: WebPage) -> bool:
    """Whether the page says that it is a news story, a post or the like."""
    return page.head.get(("meta", "og:type"), "").lower() == "article" or bool(_article(page, _NEWS))


def _first(page: WebPage, names: tuple[str, ...]) -> str:
    return next((said for name in names if (said := page.head.get(("meta", name), ""))), "")


def _field(value: str) -> Field | None:
    value = " ".join(value.split())
    return Field(value, 0, 0) if value and len(value) <= _MOST and not _ADDRESS.match(value) else None


def _day(said: str) -> str:
    found = _DAY.match(said)
    if found:
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    day = find_day(said, 0, min(len(said), 60)) if said else None
    return day.value if day else ""


def _article(page: WebPage, kinds_of: re.Pattern[str] = _ARTICLE) -> dict[str, str]:
    for raw in page.data:
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kind = node.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(each, str) and kinds_of.search(each) for each in kinds):
                said = {
                    "title": _text(node.get("headline")),
                    "author": ", ".join(_names(node.get("author"))),
                    "date": _text(node.get("datePublished")) or _text(node.get("dateModified")),
                    "publisher": ", ".join(_names(node.get("publisher"))),
                }
                if any(said.values()):
                    return said
    return {}


def _nodes(data: object) -> Iterator[dict[str, object]]:
    listed = data if isinstance(data, list) else [data]
    for each in listed:
        if isinstance(each, dict):
            yield each
            graph = each.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    names = (_text(each.get("name")) if isinstance(each, dict) else _text(each) for each in listed[:5])
    return [name for name in names if name]
