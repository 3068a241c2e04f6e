"""Data of any depth: short values are records, what is deeper stands under the names that lead to it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers.data.records import LIMITS, RecordEntry, name_of, short_value
from tests.extracted import blocks, document, labels, place, units

LONG = "It is said at length. " * 12
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


def test_short_values_are_a_record_and_the_rest_has_headings() -> None:
    data = {"name": "demo", "version": 1.10, "on": True, "no": None, "tags": ["a", "b"], "about": LONG}
    data |= {"deep": {"er": {"port": 5432}}}
    made = document(json.dumps(data), "a.json")
    assert blocks(made, "paragraph")[0] == "name: demo\nversion: 1.1\non: true\ntags: a, b"
    assert blocks(made, "heading") == ["about", "deep › er"]
    assert ("record", "port: 5432", ("deep › er",)) in units(made)
    assert place(made, "5432") == "deep.er.port"
    assert made.metadata.title is None


def test_numbers_stay_as_they_are_written() -> None:
    assert "price: 1.10" in document('{"price": 1.10, "id": 007e1}'.replace("007e1", "7e1"), "a.json").text


def test_records_with_the_same_keys_are_a_table() -> None:
    made = document('{"users": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bob", "mail": "b@x"}]}', "a.json")
    assert labels(made, "Bob") == {"id": "2", "name": "Bob", "mail": "b@x"}
    assert ("users", "id | name | mail") in [unit[2] for unit in units(made)]
    assert place(made, "| 2 | Bob") == "users[2]"


def test_deeper_records_stand_under_their_names() -> None:
    data = [{"title": "One", "body": LONG}, {"id": 7, "body": LONG}, {"body": LONG}]
    assert blocks(document(json.dumps(data), "a.json"), "heading") == ["One", "One › body", "7", "7 › body", "3 › body"]


def test_keys_that_no_line_can_have_are_items() -> None:
    made = document('{"2024": "x", "a: b": "y"}', "a.json")
    assert blocks(made, "list") == ["- 2024: x\n- a: b: y"]


def test_a_value_a_line() -> None:
    for name in ("a.jsonl", "a.json"):
        made = document('{"name": "Ada", "born": 1815}\n\n{"name": "Bob", "born": 1816}\n', name)
        assert labels(made, "Bob") == {"name": "Bob", "born": "1816"}
        assert place(made, "Bob") == "line 3"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.yaml", "a.toml"])
def test_what_is_not_valid_is_read_as_text_and_told(name: str) -> None:
    made = document('{"a": [1, 2}\nThe tide rises.\n', name)
    assert made.format == "text"
    assert "read as plain text" in made.warnings[0]
    assert "The tide rises." in made.text


@given(value=values)
def test_any_value_reads_the_same_each_time(value: object) -> None:
    document(json.dumps(value), "a.json")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("[" * 100_000, "a.json"),
        ('{"a":' * 500 + "1" + "}" * 500, "a.json"),
        ("[" * 300 + "]" * 300, "a.yaml"),
    ],
)
def test_data_nested_too_deeply_is_told(data: str, name: str) -> None:
    with pytest.raises(DocumentError, match=r"nested|levels"):
        document(data, name)


def test_a_value_is_short_up_to_the_limit() -> None:
    assert short_value(RecordEntry("a", "x" * LIMITS.value)) == "x" * LIMITS.value
    assert short_value(RecordEntry("a", "x" * (LIMITS.value + 1))) is None
    assert short_value(RecordEntry("a", "two\nlines")) is None
    assert short_value(RecordEntry("a", [RecordEntry("", "x"), RecordEntry("", "y")], listed=True)) == "x, y"
    assert short_value(RecordEntry("a", [RecordEntry("", "x,y")], listed=True)) is None
    assert short_value(RecordEntry("a", [])) == ""


def test_a_record_is_called_by_its_name() -> None:
    assert name_of(RecordEntry("", [RecordEntry("id", "7"), RecordEntry("Name", "Ada")])) == "Ada"
    assert name_of(RecordEntry("", [RecordEntry("id", "7")])) == "7"
    assert name_of(RecordEntry("", [RecordEntry("x", "7")])) == ""
