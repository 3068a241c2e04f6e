"""Office documents made by hand, as small as they can be."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = f'xmlns:w="w" xmlns:r="{_RELATIONS}" xmlns:m="m" xmlns:mc="mc"'
_DRAWN = f'xmlns:p="p" xmlns:a="a" xmlns:r="{_RELATIONS}"'
_SHEET = f'xmlns="s" xmlns:r="{_RELATIONS}"'
_ODF = (
    'xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:style="s" xmlns:fo="fo" xmlns:draw="d" '
    'xmlns:presentation="p" xmlns:xlink="x"'
)
CORE = (
    '<c:coreProperties xmlns:c="c" xmlns:dc="dc" xmlns:t="t"><dc:title>A report</dc:title>'
    "<dc:creator>Jane Doe</dc:creator><t:modified>2021-03-04T10:00:00Z</t:modified></c:coreProperties>"
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def relations(*related: tuple[str, str, str]) -> str:
    """Relations by id, kind and target; one to an address is outside."""
    lines = []
    for name, kind, target in related:
        outside = ' TargetMode="External"' if "://" in target else ""
        lines.append(f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"{outside}/>')
    return f'<Relationships xmlns="x">{"".join(lines)}</Relationships>'


def docx(body: str, *, core: str = CORE, **parts: str) -> bytes:
    """A Word document of this body. parts: "styles", "numbering", "footnotes", "header" and the like."""
    kinds = {f"{name}.xml": name.rstrip("0123456789") for name in parts}
    related = [(f"r{number}", kind, file) for number, (file, kind) in enumerate(kinds.items())]
    files = {f"word/{name}.xml": f"<w:{name} {_WORD}>{content}</w:{name}>" for name, content in parts.items()}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*related, ("link", "hyperlink", "https://a.org/x")),
            "docProps/core.xml": core,
            **files,
        }
    )


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A Word paragraph of one run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(slides: Sequence[str], notes: str = "") -> bytes:
    """A presentation of slides, each the shapes of its tree. notes: of the first."""
    ids = [(f"s{number}", "slide", f"slides/slide{number}.xml") for number in range(len(slides))]
    listed = "".join(f'<p:sldId id="{256 + number}" r:id="{name}"/>' for number, (name, _, _) in enumerate(ids))
    files = {
        f"ppt/slides/slide{number}.xml": f"<p:sld {_DRAWN}><p:cSld><p:spTree>{each}</p:spTree></p:cSld></p:sld>"
        for number, each in enumerate(slides)
    }
    if notes:
        files["ppt/slides/_rels/slide0.xml.rels"] = relations(("n", "notesSlide", "../notesSlides/n.xml"))
        files["ppt/notesSlides/n.xml"] = f"<p:notes {_DRAWN}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": f"<p:presentation {_DRAWN}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(*ids),
            **files,
        }
    )


def shape(text: str, kind: str = "", properties: str = "") -> str:
    """A shape of one paragraph a line. kind: of the place it fills, "" for none."""
    place = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else "<p:nvPr/>"
    lines = "".join(f"<a:p>{properties}<a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"


def xlsx(sheets: Mapping[str, str], *, styles: str = "", strings: Sequence[str] = (), workbook: str = "") -> bytes:
    """A workbook of sheets, each the XML of its sheetData and what follows it. workbook: before its list of sheets."""
    ids = [(f"s{number}", "worksheet", f"sheet{number}.xml") for number in range(len(sheets))]
    listed = "".join(f'<sheet name="{name}" r:id="s{number}"/>' for number, name in enumerate(sheets))
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    files = {
        f"xl/sheet{number}.xml": f"<worksheet {_SHEET}>{each}</worksheet>"
        for number, each in enumerate(sheets.values())
    }
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<workbook {_SHEET}>{workbook}<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                *ids, ("st", "styles", "styles.xml"), ("sh", "sharedStrings", "strings.xml")
            ),
            "xl/styles.xml": f"<styleSheet {_SHEET}>{styles}</styleSheet>",
            "xl/strings.xml": f"<sst {_SHEET}>{shared}</sst>",
            **files,
        }
    )


def sheet_data(rows: Sequence[Sequence[str]], first: int = 1) -> str:
    """Rows of texts, those that are "" left out."""
    lines = []
    for number, row in enumerate(rows, first):
        cells = "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            for at, text in enumerate(row)
            if text
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return f"<sheetData>{''.join(lines)}</sheetData>"


def odf(kind: str, body: str, styles: str = "") -> bytes:
    """An OpenDocument file. kind: "text", "spreadsheet" or "presentation"."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def epub(
    chapters: Mapping[str, str], *, nav: str = "", title: str = "The Mill", author: str = "Jane Doe", **parts: str
) -> bytes:
    """An e-book of chapters. parts: other files of META-INF."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters)
    if nav:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    meta = f'<metadata xmlns:dc="d"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></metadata>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>',
            "O/b.opf": f"<package>{meta}<manifest>{items}</manifest><spine>{spine}</spine></package>",
            "O/nav.xhtml": nav,
            **{f"O/{name}.xhtml": f"<html><body>{text}</body></html>" for name, text in chapters.items()},
            **{f"META-INF/{name}.xml": text for name, text in parts.items()},
        }
    )
