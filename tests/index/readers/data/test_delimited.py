"""Rows come back as they were written, whatever parts them."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import parse
from index.readers.data.delimited import delimiter_of, has_header
from index.sentences.markup import display
from index.sentences.tables import read_table
from tests.extracted import blocks, document, labels, place, units

cells = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


def test_a_row_is_read_with_its_columns_names_and_its_line() -> None:
    made = document('name;price;note\n"Lamp; big";3,50;"two\nlines"\n\nBed;100;"says ""hi"""\n', "a.csv")
    assert labels(made, "Lamp") == {"name": "Lamp; big", "price": "3,50", "note": "two lines"}
    assert labels(made, "Bed") == {"name": "Bed", "price": "100", "note": 'says "hi"'}
    assert (place(made, "Lamp"), place(made, "Bed")) == ("line 2", "line 5")
    assert made.format == "csv"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb c, d\n1\t2\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ('"a,x";b\n"1,2";3\n', ";"),
        ("one\ntwo\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_what_parts_the_rows_alike(text: str, delimiter: str) -> None:
    assert delimiter_of(text.splitlines(keepends=True)) == delimiter


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["name", "price"], ["Lamp", "3"]], True),
        ([["year", "2024", "2025"], ["Lamps", "3", "4"]], True),
        ([["", "2024"], ["Lamps", "3"]], True),
        ([["Lamp", "3"], ["Bed", "4"]], False),
        ([["a", "a"], ["1", "2"]], False),
        ([["2024-01-02", "x"], ["2024-01-03", "y"]], False),
        ([["only", "one"]], False),
        ([["a" * 81, "b"], ["1", "2"]], False),
        ([["a" * 80, "b"], ["1", "2"]], True),
    ],
)
def test_a_header_is_names(rows: list[list[str]], expected: bool) -> None:
    assert has_header(rows) == expected


@given(rows=st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6), delimiter=st.sampled_from(",;|"))
def test_any_rows_written_as_csv_come_back(rows: list[list[str]], delimiter: str) -> None:
    width = len(rows[0])
    rows = [(row * 4)[:width] for row in rows]
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    read = parse(stream.getvalue().encode(), "a.csv")
    if read.format != "csv":
        return  # it begins as another format does
    if delimiter_of(stream.getvalue().splitlines(keepends=True)) == delimiter:
        table = read_table(read.text, 0, len(read.text))
        found = [[display(read.text[c.start : c.end]) for c in row.cells] for row in (table.header, *table.rows) if row]
        assert found == rows


def test_excel_says_what_parts_the_cells() -> None:
    made = document("sep=|\nname|price\nLamp|3\n", "a.csv")
    assert labels(made, "Lamp") == {"name": "name", "price": "3"} | {"name": "Lamp"}


def test_rows_of_any_length_and_a_table_without_header_read() -> None:
    made = document("1,2\n3,4,5\n6\n", "a.csv")
    assert [unit[0] for unit in units(made)] == ["row"] * 3
    assert blocks(document("", "a.csv"), "table") == []


def test_what_cannot_be_a_row_is_told() -> None:
    most = csv.field_size_limit(1000)
    try:
        with pytest.raises(DocumentError, match="check its quotes"):
            document('a,b\n"' + "x" * 1001, "a.csv")
    finally:
        csv.field_size_limit(most)


def test_tabs_by_name() -> None:
    assert labels(document("name\tprice\nLamp, red\t3\n", "a.tsv"), "Lamp") == {"name": "Lamp, red", "price": "3"}
