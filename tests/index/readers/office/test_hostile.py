"""Office documents that mean harm, or were broken on their way: an error that names the file, and soon."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import parse
from tests.counting import calls_of
from tests.index.readers.office.files import docx, epub, odf, paragraph, pptx, shape, sheet_data, xlsx, zipped

FILES = {
    "a.docx": docx(paragraph("text")),
    "a.pptx": pptx([shape("text")]),
    "a.xlsx": xlsx({"S": sheet_data([["a", "b"]])}),
    "a.odt": odf("text", "<text:p>text</text:p>"),
    "a.ods": odf("spreadsheet", "<table:table/>"),
    "a.epub": epub({"a": "<p>text</p>"}),
    "a.rtf": rb"{\rtf1 text}",
}
MAIN = {
    "a.docx": "word/document.xml",
    "a.pptx": "ppt/presentation.xml",
    "a.xlsx": "xl/sheet0.xml",
    "a.odt": "content.xml",
    "a.ods": "content.xml",
    "a.epub": "O/b.opf",
}
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">'


def with_part(name: str, content: bytes) -> bytes:
    """The file with another main part."""
    with zipfile.ZipFile(BytesIO(FILES[name])) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**parts, MAIN[name]: content})


@pytest.mark.parametrize("name", MAIN)
@pytest.mark.parametrize("declared", [LAUGHS, FETCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(name: str, declared: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declared}]><document><p>&a;</p></document>'
    with pytest.raises(DocumentError, match=r"a\.\w+"):
        parse(with_part(name, xml.encode(encoding)), name)


@pytest.mark.parametrize("name", MAIN)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<a><b></a>", b"text", b"<a/>" * 2])
def test_broken_parts_are_told(name: str, content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.\w+"):
        parse(with_part(name, content), name)


@pytest.mark.parametrize("name", [name for name in FILES if name != "a.rtf"])
def test_a_file_that_is_cut_off_is_told(name: str) -> None:
    with pytest.raises(DocumentError, match=r"a\.\w+"):
        parse(FILES[name][: len(FILES[name]) // 2], name)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60)
@given(data=st.data())
def test_a_byte_that_was_changed_never_crashes(name: str, data: st.DataObject) -> None:
    broken = bytearray(FILES[name])
    broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DocumentError):
        parse(bytes(broken), name)


@pytest.mark.parametrize(
    ("name", "opens", "closes"),
    [
        ("a.docx", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("a.docx", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("a.odt", "<text:section>", "</text:section>"),
        ("a.odt", "<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("a.odt", "<text:p><text:span>", "</text:span></text:p>"),
        ("a.pptx", "<p:grpSp>", "</p:grpSp>"),
    ],
)
def test_work_grows_with_the_depth(name: str, opens: str, closes: str) -> None:
    makers: dict[str, Callable[[str], bytes]] = {
        "a.docx": docx,
        "a.odt": lambda text: odf("text", text),
        "a.pptx": lambda text: pptx([text]),
    }

    def calls(depth: int) -> int:
        data = makers[name](opens * depth + closes * depth)
        return calls_of(lambda: parse(data, name))

    assert calls(3_000) < 3 * calls(1_500)


def test_deep_groups_of_rich_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="groups"):
        parse(rb"{\rtf1 " + b"{" * 100_000, "a.rtf")


def test_a_part_that_is_too_long_is_not_unpacked() -> None:
    file = docx(paragraph("x" * 45_000_000))
    with pytest.raises(DocumentError, match="holds more than"):
        parse(file, "a.docx")


def test_odd_numbers_do_no_harm() -> None:
    rows = '<sheetData><row r="x"><c r="ZZZZ99" t="s"><v>-1</v></c><c s="99999999"><v>1e999</v></c></row></sheetData>'
    parse(xlsx({"S": rows}), "a.xlsx")
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="99999999">{cell * 3}</table:table-row>'
    assert len(parse(odf("spreadsheet", f"<table:table>{row}</table:table>"), "a.ods").text) < 40_000_000
