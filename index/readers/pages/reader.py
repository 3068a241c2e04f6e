"""HTML pages, saved ones and whole archives of them (MHTML)."""

import codecs
import email
import email.policy
import re
from email.message import EmailMessage

from msgspec.structs import replace

from index.errors import DocumentError
from index.readers.encoding import decode
from index.readers.pages.blocks import PageBlocks
from index.readers.pages.chrome import Chrome
from index.readers.pages.metadata import address_of, is_article, metadata_of
from index.readers.pages.tree import WebPage, parse
from index.readers.writer import TextWriter
from index.types import Field, ParsedFile

_DECLARED = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LOOKED = 4_096  # bytes in which a page says its encoding
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
_SITE = re.compile(r"\s+[|–—·:-]\s+")
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)


class PageReader:
    """Reads HTML: its main text as text, what stands round it as boilerplate."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".html", ".htm", ".xhtml", ".shtml"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        return read_page(decoded(data, source), source)


class SavedPageReader:
    """Reads MHTML, a page with all that it shows in one file."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".mht", ".mhtml"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        message = email.message_from_bytes(data, policy=email.policy.default)
        for part in message.walk():
            if isinstance(part, EmailMessage) and part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                payload = part.get_payload(decode=True)
                raw = payload if isinstance(payload, bytes) else b""
                charset = part.get_content_charset() or ""
                return replace(read_page(_as(raw, charset) or decoded(raw, source), source), format="mhtml")
        raise DocumentError(f"{source}: no page is in this saved page: save it again, as HTML.", source)


def read_page(html: str, source: str) -> ParsedFile:
    """The page of this HTML. Raises DocumentError where it cannot be parsed in good time."""
    page = parse(html, source)
    writer = TextWriter()
    chrome = Chrome(page.body, article=is_article(page))
    blocks = PageBlocks(writer, page.body, base=address_of(page), chrome=chrome)
    blocks.write()
    warnings = []
    if _FRAMES.search(html):
        warnings.append("This page only frames others: save those.")
    if blocks.left_out:
        warnings.append(f"{blocks.left_out:,} characters round the page's text (menus, notices, links) are left out.")
    stated = metadata_of(page)
    parsed = writer.finished("html", replace(stated, title=None), warnings)
    if parsed.stated.title is None:  # none of the text's headings is the page's title
        parsed = replace(parsed, stated=replace(stated, title=stated.title or _named(page)))
    return parsed


def _named(page: WebPage) -> Field | None:
    """The title that the head says, without the site's name."""
    parts = _SITE.split(page.head.get(("title", ""), ""))
    kept = max(parts, key=len)[:300]
    return Field(kept, 0, 0) if kept else None


def decoded(data: bytes, source: str) -> str:
    """The page's text: by its mark, by what it says its encoding is, else by what its bytes look like."""
    if not data.startswith(_MARKS):
        head = data[:_LOOKED]
        said = _DECLARED.search(head) or _XML_DECLARED.match(head)
        if said and (text := _as(data, said[1].decode("ascii", "replace"))) is not None:
            return text
    return decode(data, source).text.removeprefix("\ufeff")


def _as(data: bytes, encoding: str) -> str | None:
    """The text in an encoding that Python knows, None where it is not in it."""
    try:
        name = codecs.lookup(encoding).name
        return data.decode(_AS_BROWSERS.get(name, name))
    except (LookupError, UnicodeError, ValueError, AssertionError):
        return None
