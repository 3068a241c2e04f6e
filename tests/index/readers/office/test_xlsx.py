from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import parse
from index.readers.office.number_formats import read_format, shown
from index.readers.office.sheets import column_name
from index.sentences.markup import display
from index.sentences.tables import read_table
from index.types import BlockKind, ParsedFile
from tests.index.readers.office.files import sheet_data, xlsx


def told(parsed: ParsedFile) -> list[str]:
    return [f"{block.kind.value}: {parsed.text[block.start : block.end]}" for block in parsed.blocks]


def places(parsed: ParsedFile) -> list[tuple[str, str]]:
    return [(parsed.text[place.start : place.end], place.label) for place in parsed.places]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 1.5, "1.5"),
        ("General", 3.0, "3"),
        ("General", 0.1 + 0.2, "0.3"),
        ("0.00", 2.5, "2.50"),
        ("0%", 0.25, "25%"),
        ("0.0%", 0.255, "25.5%"),
        ("#,##0", 1234567, "1,234,567"),
        ('"$"#,##0.00', 1234.5, "$1,234.50"),
        ("[$€-407] #,##0.00", -3, "-€ 3.00"),
        ('#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', 3, "3.00 €"),
        ("0.00E+00", 12345, "12345"),
        ("yyyy-mm-dd", 43831, "2020-01-01"),
        ("d. mmmm yyyy", 43831, "2020-01-01"),
        ("m/d/yy h:mm", 43831.75, "2020-01-01 18:00"),
        ("[h]:mm", 1.5, "36:00"),
        ("hh:mm:ss", 0.500011574, "12:00:01"),
        ("yyyy", 1e15, "1e+15"),
        ('0 "days"', 5, "5 days"),
        ("@", 7, "7"),
    ],
)
def test_numbers_are_shown_by_their_format(code: str, value: float, text: str) -> None:
    assert shown(value, read_format(code)) == text


def test_columns_by_name() -> None:
    assert [column_name(each) for each in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_sheet_is_a_table_and_each_row_has_its_place() -> None:
    styles = '<fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    data = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '</row><row r="2"><c r="A2" s="1"><v>43831</v></c><c r="B2" s="2"><v>0.5</v></c><c r="C2"><f>1+1</f><v>2</v>'
        '</c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c>'
        '<c r="C3" t="str"><v>a_x000D_b</v></c></row></sheetData>'
    )
    parsed = parse(xlsx({"Sales": data}, styles=styles, strings=["Day", "Share", "Sum"]), "a.xlsx")
    assert told(parsed) == [
        "heading: Sales",
        "table: | Day | Share | Sum |\n|---|---|---|\n| 2020-01-01 | 50% | 2 |\n| TRUE | #N/A | a b |",
    ]
    assert ("| 2020-01-01 | 50% | 2 |", "Sales!A2:C2") in places(parsed)


def test_empty_rows_and_columns_part_tables() -> None:
    rows = [["Sales"], ["City", "Sum", "", "Key", "Word"], ["Rome", "a", "", "a", "b"], ["Oslo", "c", "", "c", "d"]]
    rows += [[], ["Note: all"]]
    parsed = parse(xlsx({"Sheet1": sheet_data(rows)}), "a.xlsx")
    assert told(parsed) == [
        "caption: Sales",
        "table: | City | Sum |\n|---|---|\n| Rome | a |\n| Oslo | c |",
        "table: | Key | Word |\n|---|---|\n| a | b |\n| c | d |",
        "paragraph: Note: all",
    ]
    assert places(parsed)[-1] == ("Note: all", "Sheet1!A6")


def test_merged_cells_stand_in_all_their_places() -> None:
    merged = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A3:A4"/><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    data = sheet_data([["City", "Sum"], ["", "net", "gross"], ["Rome", "x", "y"], ["", "z", "w"]]) + merged
    (block,) = parse(xlsx({"Sheet1": data}), "a.xlsx").blocks
    text = parse(xlsx({"Sheet1": data}), "a.xlsx").text
    assert text[block.start : block.end].splitlines()[0] == "| City | Sum | Sum |"
    assert text.splitlines()[-1] == "| Rome | z | w |"


def test_hidden_sheets_and_what_is_there_in_1904() -> None:
    data = '<sheetData><row r="1"><c r="A1" s="1"><v>0</v></c></row></sheetData>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    file = xlsx({"A": data, 'B" state="hidden': data}, styles=styles, workbook='<workbookPr date1904="1"/>')
    parsed = parse(file, "a.xlsx")
    assert told(parsed) == ["heading: A", "paragraph: 1904-01-01"]
    assert parsed.warnings == ("Its hidden sheets are left out: B.",)


cells = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf"]), min_size=1)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=6))
def test_any_table_of_texts_comes_back_row_by_row(rows: list[list[str]]) -> None:
    rows = [["Name", "Place", "Sum"], *rows, ["x", "y", "1z"]]
    parsed = parse(xlsx({"Sheet1": sheet_data([[escape(cell) for cell in row] for row in rows])}), "a.xlsx")
    blocks = [block for block in parsed.blocks if block.kind is BlockKind.TABLE]
    tables = [read_table(parsed.text, block.start, block.end) for block in blocks]
    read = [row for table in tables for row in ((table.header,) if table.header else ()) + table.rows]
    shown_rows = [[display(parsed.text[cell.start : cell.end]) for cell in row.cells] for row in read]
    expected = [[display_of(cell) for cell in row] for row in rows if not all(set(cell) <= set("-+:|") for cell in row)]
    assert [row for row in shown_rows if len(row) == 3] == expected or len(blocks) != 1


def display_of(cell: str) -> str:
    return " ".join(cell.translate({0xAD: None}).split())
