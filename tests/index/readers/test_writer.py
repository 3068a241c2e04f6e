import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.writer import Line, ListItem, Markup, TableRow, TextWriter, Where
from index.sentences.markup import display
from index.sentences.tables import read_table
from index.types import BlockKind, Field
from tests.index.sentences.test_escapes import looks_like_markup

lines = looks_like_markup.map(lambda text: " ".join(text.split()))


@given(lines)
def test_what_is_shown_is_what_was_written(text: str) -> None:
    writer = TextWriter()
    writer.heading(text, 1)
    writer.paragraph([Line("First"), Line(text)])
    writer.block(BlockKind.CAPTION, text)
    parsed = writer.finished("test")
    shown = [display(parsed.text[block.start : block.end]) for block in parsed.blocks]
    assert shown == ([text] if text else []) + [f"First {text}".strip()] + ([text] if text else [])


@given(st.lists(st.lists(lines, min_size=3, max_size=3), min_size=2, max_size=5))
def test_a_tables_cells_come_back(rows: list[list[str]]) -> None:
    writer = TextWriter()
    writer.table([TableRow(["a", "b", "c"]), *map(TableRow, rows), TableRow(["1", "2", "3"])])
    parsed = writer.finished("test")
    (block,) = parsed.blocks
    table = read_table(parsed.text, block.start, block.end)
    shown = [[display(parsed.text[cell.start : cell.end]) for cell in row.cells] for row in table.rows]
    assert shown[:-1] == [row for row in rows if not all(set(cell) <= set("-+:") for cell in row)]


def test_code_and_markup_are_written_as_they_are() -> None:
    writer = TextWriter()
    writer.block(BlockKind.CODE, "x = `<b>` * *y*")
    writer.paragraph(Markup("~~old~~ and [x](https://a.org)"))
    writer.items([ListItem(Markup("x<sup>2</sup>"))])
    assert writer.finished("test").text == "x = `<b>` * *y*\n\n~~old~~ and [x](https://a.org)\n\n- x<sup>2</sup>"


def test_the_title_is_told_as_it_is_shown() -> None:
    writer = TextWriter()
    writer.block(BlockKind.TITLE, "The <b> tag")
    parsed = writer.finished("test")
    assert parsed.text == r"The \<b> tag"
    assert parsed.stated.title == Field("The <b> tag", 0, 12)


@pytest.mark.parametrize("depth", [0, 2])
def test_places_cover_the_lines_as_they_were_written(depth: int) -> None:
    writer = TextWriter()
    writer.at(Where("page 1", 1))
    writer.items([ListItem("a *b*", depth), ListItem("c", depth, where=Where("page 2", 2))])
    parsed = writer.finished("test")
    assert [parsed.text[place.start : place.end].strip() for place in parsed.places] == [r"- a \*b\*", "- c"]
