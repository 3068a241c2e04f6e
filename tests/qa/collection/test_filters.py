"""Saved filters: what fits their rules, what may be saved, and that it is kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from index.errors import InputError, NotFoundError
from qa.collection.filters import LONGEST_NAME, FilterRule, check_rule, clean_filter_name, fitting_rule, name_key
from qa.collection.saved import FILE_NAME, MOST_FILTERS, FilterTakenError, SavedFilters
from tests.qa.collection.test_collection import _source as source

SOURCES = (
    source("handbook/leave.txt", "Leave", "Ada Kawa", "2024-03-05"),
    source("handbook/old/leave.md", "Old leave", "Ben Orr", "2019", "markdown"),
    source("handbooks/a[1]*.txt", "Another", "Kawa"),
    source("top.pdf", "Top", "", "2024-12-31", "pdf"),
)
FITTING = [
    (FilterRule(folders=("handbook",)), [0, 1]),
    (FilterRule(folders=("/handbook/",)), [0, 1]),
    (FilterRule(folders=("handbook/old", "handbooks")), [1, 2]),
    (FilterRule(folders=("hand*",)), []),
    (FilterRule(sources=("*.txt",)), [0, 2]),
    (FilterRule(sources=("*/a[[]1][*].txt",)), [2]),
    (FilterRule(formats=("PDF", "markdown")), [1, 3]),
    (FilterRule(authors=("kawa",)), [0, 2]),
    (FilterRule(authors=("kawa ada", "orr")), [0, 1]),
    (FilterRule(authors=("...",)), []),
    (FilterRule(since="2024"), [0, 3]),
    (FilterRule(since="2024-03-06"), [3]),
    (FilterRule(until="2024-03"), [0, 1]),
    (FilterRule(since="2019", until="2019"), [1]),
    (FilterRule(since="2019-02"), [0, 3]),
    (FilterRule(folders=("handbook",), authors=("kawa",), since="2024"), [0]),
]


@pytest.mark.parametrize(("rule", "numbers"), FITTING)
def test_what_fits_a_rule(rule: FilterRule, numbers: list[int]) -> None:
    fits = fitting_rule(rule)
    assert [number for number, each in enumerate(SOURCES) if fits(each)] == numbers


@pytest.mark.parametrize(
    "rule",
    [FilterRule(), FilterRule(since="2024", until="2023-12"), FilterRule(folders=("/",))],
)
def test_rules_that_say_nothing(rule: FilterRule) -> None:
    with pytest.raises(InputError):
        check_rule(rule)


@pytest.mark.parametrize(
    "given",
    [{"since": "May"}, {"folder": ["a"]}, {"sources": [""]}, {"formats": ["a"] * 21}, {"folders": ["a" * 1001]}],
)
def test_rules_that_are_none(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        convert(given, FilterRule)


def test_since_and_until_may_be_the_same_month() -> None:
    check_rule(FilterRule(since="2024-05-31", until="2024-05"))


@pytest.mark.parametrize("name", ["", " \u200b\t", "a/b", "x" * (LONGEST_NAME + 1)])
def test_names_that_none_can_have(name: str) -> None:
    with pytest.raises(InputError):
        clean_filter_name(name)


@given(st.text(max_size=LONGEST_NAME))
def test_a_name_once_clean_stays_as_it_is(name: str) -> None:
    try:
        clean = clean_filter_name(name)
    except InputError:
        return
    assert clean_filter_name(clean) == clean
    assert name_key(clean) == name_key(name)


def test_what_is_saved_is_kept_renamed_and_deleted(tmp_path: Path) -> None:
    filters = SavedFilters(tmp_path)
    assert filters.all() == ()
    assert not (tmp_path / FILE_NAME).exists(), "looking is no reason to make the file"
    rule = FilterRule(folders=("handbook",), since="2024")
    made = filters.add("  Die Größe *\n", rule)
    assert (made.name, made.rule) == ("Die Größe *", rule)
    other = filters.add("another", FilterRule(formats=("pdf",)))
    assert SavedFilters(tmp_path).all() == (other, made)
    with pytest.raises(FilterTakenError, match="Die Größe"):
        filters.add("DIE GRO\u0308SSE *", rule)
    changed = filters.change(made.filter_id, "die größe *", FilterRule(authors=("x",)))
    assert filters.all() == (other, changed)
    with pytest.raises(FilterTakenError):
        filters.change(made.filter_id, "Another", rule)
    with pytest.raises(InputError):
        filters.change(made.filter_id, "ok", FilterRule())
    filters.delete(made.filter_id)
    assert filters.all() == (other,)
    for gone in (lambda: filters.delete(made.filter_id), lambda: filters.change(made.filter_id, "ok", rule)):
        with pytest.raises(NotFoundError):
            gone()


def test_there_are_not_ever_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.collection.saved.MOST_FILTERS", 2)
    filters, rule = SavedFilters(tmp_path), FilterRule(formats=("pdf",))
    filters.add("1", rule)
    filters.add("2", rule)
    with pytest.raises(InputError, match="delete one"):
        filters.add("3", rule)
    assert MOST_FILTERS >= 100
