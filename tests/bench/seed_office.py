"""A text's blocks as a Word document, a saved web page and an e-book, as other programs write them."""

import html
import re
from collections.abc import Iterator, Sequence

from index.types import BlockKind
from tests.index.readers.office.files import docx, epub, paragraph

Told = tuple[BlockKind, str, int]  # a block: what it is, its text, and the level of a heading

_BULLET = re.compile(r"^[-*•] ")
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/></w:style>'
    for name, said in [("Title", "Title"), ("Caption", "caption"), *((f"H{n}", f"heading {n}") for n in range(1, 7))]
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_SITE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Site</title>
<script>var menu = "open";</script><style>nav {{ display: flex }}</style></head><body>
<header class="site-header"><a href="/">The Site</a><nav><ul><li><a href="/news">News</a><li><a href="/world">World</a>
<li><a href="/sport">Sport</a></ul></nav><form role="search"><input name="q"></form></header>
<div id="cookie-banner">We use cookies to improve our site. <button>Accept all</button></div>
<main><article>{body}</article><div class="share-bar"><a href="x">Share</a> <a href="y">Tweet</a></div></main>
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/a">Ten things to know about trade</a>
<li><a href="/b">Why the minister went to China</a></ul></aside>
<footer>© The Site. All rights reserved. <a href="/terms">Terms</a></footer></body></html>"""


def word_document(blocks: Sequence[Told]) -> bytes:
    """With styles, a real list, and a head and foot on each page."""
    edges = {"header1": paragraph("A collection of texts"), "footer1": paragraph("Not for sale")}
    body = "".join(_word_paragraphs(blocks))
    return docx(body, core="<coreProperties/>", styles=_STYLES, numbering=_NUMBERING, **edges)


def _word_paragraphs(blocks: Sequence[Told]) -> Iterator[str]:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    for kind, text, level in blocks:
        words = html.escape(text, quote=False)
        if kind is BlockKind.TITLE:
            yield paragraph(words, "Title")
        elif kind is BlockKind.HEADING:
            yield paragraph(words, f"H{min(6, max(1, level))}")
        elif kind is BlockKind.LIST:
            yield from (paragraph(_BULLET.sub("", line), "", listed) for line in words.splitlines())
        else:
            yield paragraph(words, "Caption" if kind is BlockKind.CAPTION else "")


def saved_page(title: str, body: str) -> bytes:
    """On a site, with its menus and notices round it."""
    return _SITE.format(title=html.escape(title), body=body).encode()


def e_book(title: str, body: str) -> bytes:
    """A chapter for each heading."""
    parts = re.split(r"(?=<h[2-6]>)", body)
    whole = {f"part{number}": part.replace("<br>", "<br/>") for number, part in enumerate(parts)}
    return epub(whole, title=html.escape(title), author="")
