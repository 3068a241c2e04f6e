"""Tests made from the rows of the languages' tables: each form's own example and counter-example."""

from collections.abc import Iterator

import pytest

from qa.language.english import ENGLISH
from qa.language.forms import Form, FormTable, Pieces


def _within(thing: object, name: str) -> Iterator[tuple[str, object]]:
    """A structure's forms and tables, with their names."""
    if isinstance(thing, (Form, FormTable)):
        yield name, thing
    for field in getattr(thing, "__struct_fields__", ()) if not isinstance(thing, (Form, FormTable)) else ():
        yield from _within(getattr(thing, field), f"{name}.{field}")


ALL = dict(_within(ENGLISH, ENGLISH.code))
FORMS = {name: each for name, each in ALL.items() if isinstance(each, Form)}
TABLES = {name: each for name, each in ALL.items() if isinstance(each, FormTable)}
ROWS = [
    pytest.param(table, number, id=f"{name}[{number}]")
    for name, table in TABLES.items()
    for number in range(len(table.rows))
]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_fits_its_example_and_not_its_counter_example(form: Form) -> None:
    assert form.fits(form.example)
    assert not form.fits(form.counter)


@pytest.mark.parametrize(("table", "number"), ROWS)
def test_a_row_tells_the_kind_of_its_example_and_not_of_its_counter_example(table: FormTable[str], number: int) -> None:
    kind, form = table.rows[number]
    assert table.kind(form.example) == kind
    assert not form.fits(form.counter)


@pytest.mark.parametrize(("table", "number"), ROWS)
def test_no_row_is_dead(table: FormTable[str], number: int) -> None:
    """Without it, its example would be of another kind, or of none."""
    _, form = table.rows[number]
    assert form.fits(form.example)
    assert not any(earlier.fits(form.example) for _, earlier in table.rows[:number])


PIECES = Pieces({"colour": "(?:red|green)", "thing": "{colour} (?:door|gate)"})


def test_pieces_stand_in_for_their_names() -> None:
    assert PIECES.expand(r"\A{thing}{2,3}") == r"\A(?:red|green) (?:door|gate){2,3}"
    with pytest.raises(KeyError):
        PIECES.expand("{shape}")
    with pytest.raises(KeyError):
        Pieces({"early": "{late}", "late": "x"})


def test_where_a_form_is_looked_for() -> None:
    anywhere, start, whole = (PIECES.form("{thing}", "", "", where) for where in ("anywhere", "start", "whole"))
    found = [[form.fits(text) for form in (anywhere, start, whole)] for text in ("A red door", "RED DOORS", "red gate")]
    assert found == [[True, False, False], [True, True, False], [True, True, True]]
    assert not PIECES.form("{thing}", "", "", cased=True).fits("RED DOORS")
    assert anywhere.put("\\1", "red door, green gate", count=1) == "\\1, green gate"
    assert [match[0] for match in anywhere.all_in("red door, green gate")] == ["red door", "green gate"]


def test_the_first_form_that_fits_decides() -> None:
    table = PIECES.table([("one", "red", "red", ""), ("two", "{thing}", "green gate", "")])
    assert table.kind("a red door") == "one"
    found = table.first("the green gate")
    assert found is not None
    assert (found[0], found[1][0]) == ("two", "green gate")
    assert table.first("blue") is None
    assert table.kind("blue") is None
