"""Presentations, OpenDocument files, rich text and e-books."""

import pytest

from index.errors import DocumentError
from index.readers import parse
from index.types import ParsedFile
from tests.index.readers.office.files import epub, odf, pptx, shape


def told(parsed: ParsedFile) -> list[str]:
    return [f"{block.kind.value}: {parsed.text[block.start : block.end]}" for block in parsed.blocks]


def places(parsed: ParsedFile) -> list[tuple[str, int, str]]:
    return [(parsed.text[place.start : place.end], place.page, place.label) for place in parsed.places]


def test_a_presentation_slide_by_slide() -> None:
    first = shape("by me") + shape("The plan", "ctrTitle") + shape("7", "sldNum")
    second = shape("Steps", "title") + shape("one\ntwo &lt;b&gt;", "body")
    parsed = parse(pptx([first, second], notes=shape("Say hello.", "body")), "a.pptx")
    assert told(parsed) == [
        "title: The plan",
        "paragraph: by me",
        "paragraph: Say hello.",
        "heading: Steps",
        "list: - one\n- two \\<b>",
    ]
    assert {(page, label) for _, page, label in places(parsed)} == {
        (1, "slide 1"),
        (1, "slide 1, notes"),
        (2, "slide 2"),
    }


def test_tables_numbers_and_groups_of_a_slide() -> None:
    cells = [f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in "AB12"]
    table = (
        '<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>'
        f"<a:tr>{''.join(cells[:2])}</a:tr><a:tr>{''.join(cells[2:])}</a:tr></a:tbl></p:graphicFrame>"
    )
    numbered = shape("x\ny", "", '<a:pPr><a:buAutoNum type="alphaLcPeriod" startAt="2"/></a:pPr>')
    parsed = parse(pptx([f"<p:grpSp>{numbered}</p:grpSp>{table}"]), "a.pptx")
    assert told(parsed) == ["list: b. x\nc. y", "table: | A | B |\n|---|---|\n| 1 | 2 |"]


ODT_STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="S" ><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="i" '
    'style:num-suffix=")"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (
            '<text:p text:style-name="P1">T</text:p><text:h text:outline-level="2">H</text:h>',
            ["title: T", "heading: H"],
        ),
        (
            "<text:p>a<text:s/>b<text:line-break/>c\n d &lt;b&gt;</text:p>",
            ["paragraph: a b\nc d \\<b>"],
        ),
        (
            '<text:list text:style-name="L"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b'
            "</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>c</text:p></text:list-item>"
            "</text:list>",
            ["list: i) a\n  - b\nii) c"],
        ),
        ('<text:p>x <text:span text:style-name="S">old</text:span></text:p>', ["paragraph: x ~~old~~"]),
        (
            "<text:p>So<text:note><text:note-body><text:p>why</text:p></text:note-body></text:note>.</text:p>",
            ["paragraph: So<sup>1</sup>.", "footnote: [1] why"],
        ),
        (
            "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
            "<text:p>kept</text:p>",
            ["paragraph: kept"],
        ),
        (
            "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p>"
            "</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell>"
            "<text:p>1</text:p></table:table-cell></table:table-row></table:table>",
            ["table: | A |\n|---|\n| 1 |"],
        ),
        ('<text:p><text:a xlink:href="https://a.org/x">here</text:a></text:p>', ["paragraph: [here](https://a.org/x)"]),
    ],
)
def test_open_documents(body: str, written: list[str]) -> None:
    assert told(parse(odf("text", body, ODT_STYLES), "a.odt")) == written


def test_sheets_and_slides_of_open_documents() -> None:
    cell = '<table:table-cell office:value-type="{}"><text:p>{}</text:p></table:table-cell>'
    head = cell.format("string", "Day") + cell.format("string", "Cost")
    row = cell.format("date", "04.03.21") + cell.format("float", "1.50 €")
    rows = "".join(f"<table:table-row>{each}</table:table-row>" for each in (head, row))
    empty = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    parsed = parse(odf("spreadsheet", f'<table:table table:name="Costs">{rows}{empty}</table:table>'), "a.ods")
    assert told(parsed) == ["heading: Costs", "table: | Day | Cost |\n|---|---|\n| 04.03.21 | 1.50 € |"]
    assert ("| 04.03.21 | 1.50 € |", 0, "Costs!A2:B2") in places(parsed)
    frame = "<draw:frame{}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    page = frame.format(' presentation:class="title"', "One") + frame.format("", "two")
    parsed = parse(odf("presentation", f"<draw:page>{page}</draw:page>"), "a.odp")
    assert told(parsed) == ["heading: One", "paragraph: two"]
    assert places(parsed)[0][1:] == (1, "slide 1")


@pytest.mark.parametrize(
    ("rtf", "written"),
    [
        (rb"one\par two \b bold\b0  <b>\par", ["paragraph: one", "paragraph: two bold \\<b>"]),
        (rb"caf\'e9 \u8364?5 \emdash \{x\}", ["paragraph: café €5 —{x}"]),
        (rb"{\fonttbl{\f0 Arial;}}{\f1\fcharset204 x}{\*\generator y}text", ["paragraph: xtext"]),
        (rb"{\pict 00ff}{\header Head\par}a{\v hidden}b", ["paragraph: ab", "furniture: Head"]),
        (rb"a{\footnote note}.\par", ["paragraph: a[1].", "footnote: [1] note"]),
        (
            rb"\trowd\intbl a\cell b\cell\row\intbl 1\cell 2\cell\row\pard x\par",
            ["table: | a | b |\n| 1 | 2 |", "paragraph: x"],
        ),
        (rb"{\pntext 1.\tab}x\par{\listtext 2.\tab}y\par", ["paragraph: x", "paragraph: y"]),
        (rb"\'b7\tab x\par\pard\outlinelevel0 Head\par", ["list: - x", "heading: Head"]),
        (rb"\uc1\u-10179?\u-8704?", ["paragraph: 😀"]),
    ],
)
def test_rich_text(rtf: bytes, written: list[str]) -> None:
    assert told(parse(rb"{\rtf1\ansi\ansicpg1252 " + rtf + b"}", "a.rtf")) == written


def test_what_rich_text_says_of_itself() -> None:
    parsed = parse(rb"{\rtf1{\info{\title My text}{\author Jo}{\creatim\yr2020\mo3\dy4}}x}", "a.rtf")
    stated = parsed.stated
    assert [field.value if field else "" for field in (stated.title, stated.author, stated.date)] == [
        "My text",
        "Jo",
        "2020-03-04",
    ]


def test_an_e_book_in_the_order_of_its_chapters() -> None:
    nav = '<html><body><nav><a href="b.xhtml">The river</a><a href="a.xhtml">The mill</a></nav></body></html>'
    parsed = parse(epub({"b": "<h1>One</h1><p>x</p>", "a": "<h1>Two</h1><nav>y</nav>"}, nav=nav), "a.epub")
    assert told(parsed) == ["heading: One", "paragraph: x", "heading: Two", "paragraph: y"]
    assert [label for _, _, label in places(parsed)] == ["The river", "The mill"]
    assert parsed.stated.title is not None
    assert parsed.stated.title.value == "The Mill"


def test_a_protected_e_book_says_so() -> None:
    told_so = '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    with pytest.raises(DocumentError, match=r"a\.epub: this e-book is protected"):
        parse(epub({"a": "<p>x</p>"}, encryption=told_so), "a.epub")
    fonts = told_so.replace("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.idpf.org/2008/embedding")
    assert told(parse(epub({"a": "<p>x</p>"}, encryption=fonts), "a.epub")) == ["paragraph: x"]
