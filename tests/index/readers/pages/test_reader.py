"""Pages as people save them: what is read of them, and what is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import parse, read
from index.sentences.markup import display
from index.types import BlockKind, Document, ParsedFile
from tests.counting import calls_of


def page(html: str | bytes, name: str = "a.html") -> Document:
    return read(html.encode() if isinstance(html, str) else html, name, "id")


def told(document: Document | ParsedFile) -> list[str]:
    return [
        f"{block.kind.value}: {document.text[block.start : block.end]}"
        for block in document.blocks
        if block.kind is not BlockKind.BOILERPLATE
    ]


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>one  \n two<br>three</p>four", ["paragraph: one two\nthree", "paragraph: four"]),
        ("<h1>T</h1><h2>A</h2><p>x.</p>", ["title: T", "heading: A", "paragraph: x."]),
        ("<p>a &lt;b&gt; &amp;lt; c*d* _e_</p>", [r"paragraph: a \<b> \&lt; c*d\* \_e\_"]),
        ("<p>x<sup>2</sup> H<sub>2</sub>O</p>", ["paragraph: x<sup>2</sup> H<sub>2</sub>O"]),
        ("<p><del>10</del> <ins>12</ins> <q>so</q></p>", ["paragraph: ~~10~~ 12 “so”"]),
        ("<p>Run <code>a *b*</code> <kbd>Ctrl</kbd></p>", ["paragraph: Run `a *b*` `Ctrl`"]),
        ('<p><a href="https://a.org/x"> our site </a>now</p>', ["paragraph: [our site](https://a.org/x) now"]),
        ('<p><a href="/x">here</a> <a href="#y">there</a></p>', ["paragraph: here there"]),
        ("<p>a\u200bb\u00adc&nbsp;d</p>", ["paragraph: a\u200bb\u00adc\xa0d"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", ["paragraph: 漢字"]),
        ('<p>so <math alttext="x^2"><mi>x</mi></math></p>', ["paragraph: so x^2"]),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", ["list: - a\n  - b\n- c"]),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["list: 3. a\n7. b\n8. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["list: 2. a\n1. b"]),
        ("<ol type=i><li>a<li>b</ol><ol type=A><li>c</ol>", ["list: i. a\nii. b", "list: A. c"]),
        ("<ol><li>a<pre>x\n y</pre>b</ol>", ["list: 1. a", "code: x\n y", "paragraph: b"]),
        ("<dl><dt>Port<dd>80<dt>Host<dd>a</dl>", ["paragraph: Port: 80\nHost: a"]),
        ("<dl><dt>f(x)<dd><p>One.<p>Two.</dl>", ["heading: f(x)", "paragraph: One.", "paragraph: Two."]),
        ("<table><tr><th>A<th>B<tr><td>1<td>a|b</table>", ["table: | A | B |\n|---|---|\n| 1 | a\\|b |"]),
        (
            "<table><caption>C</caption><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>",
            ["caption: C", "table: | A | B |\n|---|---|\n| 1 | 2 |\n| 1 | 3 |"],
        ),
        (
            "<table><tr><th colspan=2>X<tr><th>A<th>B<tr><td>1<td>2</table>",
            ["table: | X | X |\n| A | B |\n|---|---|\n| 1 | 2 |"],
        ),
        ("<table><tr><td><h2>A</h2><p>x<td><p>y</table>", ["heading: A", "paragraph: x", "paragraph: y"]),
        ("<details><summary>Q?</summary>A.</details>", ["heading: Q?", "paragraph: A."]),
        ("<figure><img alt='a mill'><figcaption>F</figcaption></figure>", ["caption: F"]),
        ("<figure><img alt='a big mill'></figure>", ["caption: a big mill"]),
        ("<pre>  if x:\n    y</pre>", ["code: if x:\n    y"]),
        ("<p>a<sup class=reference><a href=#n>[1]</a></sup></p>", ["paragraph: a<sup>1</sup>"]),
        ("<section role=doc-endnotes><ol><li>So. <a href=#x>↩</a></ol></section>", ["footnote: [1] So."]),
        ("<script>x</script><style>y</style><template>z</template><svg><text>s</text></svg><p>t</p>", ["paragraph: t"]),
        ("<p hidden>a</p><p style='display: none'>b</p><p>c</p>", ["paragraph: c"]),
        ("<h2>A<a class=headerlink href=#a>¶</a></h2><p>x</p>", ["heading: A", "paragraph: x"]),
    ],
)
def test_what_is_read(html: str, written: list[str]) -> None:
    assert told(parse(html.encode(), "a.html")) == written


TEXT = "<p>" + "The mill was built in 1840 by the river and ran for a hundred years. " * 4 + "</p>"
MENU = "<ul><li><a href=/a>Home</a><li><a href=/b>News</a><li><a href=/c>About us</a></ul>"


@pytest.mark.parametrize(
    "chrome",
    [
        f"<nav>{MENU}</nav>",
        f"<div class=navbar>{MENU}</div>",
        MENU,
        "<footer>© 2020 The site</footer>",
        "<div role=banner>The site</div>",
        "<div id=cookie-banner>We use cookies. <button>OK</button></div>",
        "<div class='share-bar'><a href=x>Tweet</a> <a href=y>Mail</a></div>",
        "<div class=comments><h3>Two comments</h3><p>Nice text, thank you.</p></div>",
        "<aside class=sidebar><h3>Popular</h3><a href=/d>Ten mills</a></aside>",
        "<form class=login>Your name</form>",
    ],
)
@pytest.mark.parametrize("form", ["{0}<h1>Mill</h1>{1}", "<main><h1>Mill</h1>{1}</main>{0}", "<h1>Mill</h1>{1}{0}"])
def test_what_stands_round_the_text_is_no_text(chrome: str, form: str) -> None:
    document = page(form.format(chrome, TEXT))
    assert told(document) == ["title: Mill", "paragraph: " + TEXT[3:-4].strip()]
    assert any("left out" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "html",
    [
        f"<form id=aspnetForm><h1>Mill</h1>{TEXT}</form>",
        f"<div class='header-menu sidebar'><h1>Mill</h1>{TEXT}</div>",
        f"<article><header><h1>Mill</h1></header>{TEXT}</article>",
        f"<header><h1>Mill</h1></header><main>{TEXT}</main>",
    ],
)
def test_names_do_not_make_chrome_of_the_text(html: str) -> None:
    assert told(page(html)) == ["title: Mill", "paragraph: " + TEXT[3:-4].strip()]


def test_an_index_of_links_in_the_main_part_is_text() -> None:
    assert told(page(f"<main><h1>Docs</h1>{MENU}</main>"))[1] == "list: - Home\n- News\n- About us"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title>The mill – The Site</title>", "title", "The mill"),
        ("<meta property=og:title content='The mill'>", "title", "The mill"),
        ("<meta name=author content='Jane Doe'>", "author", "Jane Doe"),
        ("<meta property=article:published_time content=2020-03-04T10:00Z>", "date", "2020-03-04"),
        ("<meta property=og:site_name content='The Site'>", "publisher", "The Site"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"Report","author":[{"name":"A B"}]}]}</script>',
            "author",
            "A B",
        ),
    ],
)
def test_what_the_head_says(head: str, field: str, value: str) -> None:
    document = page(f"<html><head>{head}</head><body><p>It says so.</p></body></html>")
    assert getattr(document.metadata, field).value == value


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=latin-1><p>é“".encode("cp1252"),
        "<p>é“".encode("utf-8-sig"),
        '<?xml version="1.0" encoding="utf-16"?><p>é“'.encode("utf-16"),
        "<meta charset=nonsense><p>é“".encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    assert told(page(data)) == ["paragraph: é“"]


def test_a_saved_page_in_one_file() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
    data += b"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9</p>\r\n--x--\r\n"
    assert told(page(data, "a.mht")) == ["paragraph: café"]


@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <b> </b> <ul> <li> </ul> <table> <tr> <td> <th> </table> <dl> <dt> <dd> <h1> </h1> <details> "
            "<pre> <summary> </details> <a&nbsp;href=x> </a> <sup> x &lt; &# <!-- --> <![CDATA[ <nav> "
            "<main> <del> ` * ](".split()
        ),
        max_size=25,
    ).map(" ".join)
    | st.text(max_size=40)
)
def test_any_page_reads_and_always_the_same(html: str) -> None:
    data = f"<html>{html}".encode()
    first = parse(data, "a.html")
    assert first == parse(data, "a.html")
    end = 0
    for block in first.blocks:
        assert end <= block.start < block.end <= len(first.text)
        end = block.end


@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), min_size=1, max_size=8))
def test_what_is_shown_is_what_the_page_shows(words: list[str]) -> None:
    text = " ".join(words)
    if any(sign.isalnum() for sign in text):
        safe = text.replace("&", "&amp;").replace("<", "&lt;")
        document = page(f"<p>{safe}</p>")
        assert [display(document.text[b.start : b.end]) for b in document.blocks] == [text]


@pytest.mark.parametrize("piece", ["<div>", "<b id=1>", "<p><i>", "<table><tr><td></div><div>", "<svg><g>", "<ul><li>"])
def test_deep_pages_are_refused_with_little_work(piece: str) -> None:
    def refused(pieces: int) -> None:
        with pytest.raises(DocumentError, match=r"a\.html: more than 5,000"):
            page(piece * pieces)

    assert calls_of(lambda: refused(100_000)) < 3 * calls_of(lambda: refused(50_000))


@pytest.mark.parametrize(
    ("begins", "piece", "pieces"),
    [
        ("", "<p>a<b>x", 3_000),
        ("<table>", "<tr><td>a<td>b", 5_000),
        ("", "<a href=x>y", 20_000),
        ("", "<", 100_000),
        ("<table><tr>" + "<td>x" * 10_000, "<tr><td>y", 1_000),
        ("<table>", "<tr><td colspan=999 rowspan=99999>x", 1_000),
    ],
)
def test_odd_pages_take_little_work_and_room(begins: str, piece: str, pieces: int) -> None:
    def read(pieces: int) -> None:
        assert len(page(begins + piece * pieces).text) < 4_000_000

    assert calls_of(lambda: read(pieces)) < 3 * calls_of(lambda: read(pieces // 2))
