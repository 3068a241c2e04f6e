import pytest

from index.readers import parse
from index.types import BlockKind, Field
from tests.index.readers.office.files import docx, paragraph

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/>{more}</w:style>'
    for name, said, more in [
        ("T", "Title", ""),
        ("H1", "heading 1", ""),
        ("H2", "heading 2", ""),
        ("Mine", "My head", '<w:basedOn w:val="H2"/>'),
        ("Out", "Chapter", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("Cap", "caption", ""),
        ("Code", "HTML Preformatted", ""),
        ("Toc", "toc 1", ""),
        ("Num", "Numbered", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("B2", "List Bullet 2", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
    ]
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)
NOTES = (
    '<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2"><w:p><w:r><w:t>So.</w:t></w:r></w:p></w:footnote>'
)


def item(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


BOLD = "<w:b/>"
RAISED = '<w:vertAlign w:val="superscript"/>'
WIDE = '<w:gridSpan w:val="2"/>'
BEGINS = '<w:vMerge w:val="restart"/>'
FIELD = '<w:r><w:fldChar w:fldCharType="{0}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (paragraph("The report", "T") + paragraph("One", "H1"), ["title: The report", "heading 1: One"]),
        (paragraph("x", "Mine") + paragraph("y", "Out"), ["heading 2: x", "heading 3: y"]),
        (paragraph("Figure 1", "Cap") + paragraph("text"), ["caption: Figure 1", "paragraph: text"]),
        (
            paragraph("a = 1", "Code") + paragraph(" *b*", "Code") + paragraph("c"),
            ["code: a = 1\n *b*", "paragraph: c"],
        ),
        (item("a") + item("b", level=1) + item("c", level=1) + item("d"), ["list: 1. a\n  a) b\n  b) c\n2. d"]),
        (item("a") + paragraph("so") + item("b"), ["list: 1. a", "paragraph: so", "list: 2. b"]),
        (item("a") + item("b", 3), ["list: 1. a\n5. b"]),
        (item("a") + item("b", level=2), ["list: 1. a", "paragraph: 1.1 b"]),
        (item("a", 2) + paragraph("b", "B2") + paragraph("c", "Num"), ["list: - a\n  - b\n1. c"]),
        (f"<w:p>{run('a ')}{run('b', '<w:vanish/>')}{run('c')}</w:p>", ["paragraph: a c"]),
        (f"<w:p>{run('x')}{run('2', RAISED)}</w:p>", ["paragraph: x<sup>2</sup>"]),
        (f"<w:p>{run('now ')}{run('old', '<w:strike/>')}</w:p>", ["paragraph: now ~~old~~"]),
        (f"<w:p>{run('a &lt;b&gt; *c')}</w:p>", [r"paragraph: a \<b> \*c"]),
        (
            f"<w:p><w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
            ["paragraph: new"],
        ),
        (f'<w:p><w:hyperlink r:id="link">{run("here")}</w:hyperlink></w:p>', ["paragraph: [here](https://a.org/x)"]),
        (
            f'<w:p>{run("So")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}</w:p>',
            ["paragraph: So<sup>1</sup>.", "footnote: [1] So."],
        ),
        (
            f"<w:p>{run('See ')}{FIELD.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>"
            f"{FIELD.format('separate')}{run('3.1')}{FIELD.format('end')}</w:p>",
            ["paragraph: See 3.1"],
        ),
        (paragraph("One 3", "Toc") + paragraph("x"), ["furniture: One 3", "paragraph: x"]),
        (
            "<w:sdt><w:sdtContent>" + paragraph("in a control") + "</w:sdtContent></w:sdt>",
            ["paragraph: in a control"],
        ),
        (
            f"<w:p>{run('a')}<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{paragraph('box')}"
            f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{paragraph('box')}"
            "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["paragraph: a", "paragraph: box"],
        ),
        (
            f"<w:tbl>{row(cell('A'), cell('B'), properties='<w:tblHeader/>')}{row(cell('1|'), cell('2'))}</w:tbl>",
            ["table: | A | B |\n|---|---|\n| 1\\| | 2 |"],
        ),
        (
            f"<w:tbl>{row(cell('A', WIDE), cell('B', BEGINS))}"
            f"{row(cell('1'), cell('2'), cell('', '<w:vMerge/>'))}</w:tbl>",
            ["table: | A | A | B |\n| 1 | 2 | B |"],
        ),
        (f"<w:tbl>{row(cell('alone'))}</w:tbl>", ["paragraph: alone"]),
        (
            f"<w:p>{run('A head', BOLD)}</w:p>" + paragraph("text.") + f"<w:p>{run('No head.', BOLD)}</w:p>",
            ["heading 2: A head", "paragraph: text.", "paragraph: No head."],
        ),
    ],
)
def test_what_is_read(body: str, told: list[str]) -> None:
    parsed = parse(docx(body, styles=STYLES, numbering=NUMBERING, footnotes=NOTES), "a.docx")
    shown = [
        f"{b.kind.value}{f' {b.level}' if b.kind is BlockKind.HEADING else ''}: {parsed.text[b.start : b.end]}"
        for b in parsed.blocks
    ]
    assert shown == told


def test_properties_and_what_is_left_out() -> None:
    body = paragraph("text") + f"<w:p><w:del>{run('x')}</w:del></w:p>"
    parsed = parse(docx(body, header1=paragraph("Head of page"), comments=""), "a.docm")
    assert parsed.stated.title == Field("A report", 0, 0)
    assert parsed.stated.author == Field("Jane Doe", 0, 0)
    assert parsed.stated.date == Field("2021-03-04", 0, 0)
    assert [(b.kind.value, b.reason) for b in parsed.blocks[1:]] == [("furniture", "page header or footer")]
    assert parsed.warnings == ("What its tracked changes delete is left out.", "Its comments are left out.")
