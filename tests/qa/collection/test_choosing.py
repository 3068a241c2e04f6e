"""Asking within a folder or a saved filter, by its name."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given

from qa.collection.choosing import CollectionError, asked_within, collection_list, find_collection
from qa.collection.filters import FilterRule, SavedFilter
from qa.collection.folders import folder_paths
from qa.types import AskedWithin, AskOptions
from tests.qa.collection.test_collection import _source as source
from tests.qa.collection.test_folders import paths

SOURCES = tuple(
    source(path, path)
    for path in (
        "a/policies/1.txt",
        "b/policies/2.txt",
        "handbook/teams/3.txt",
        "handbook/4.txt",
        "notes [old] */5.txt",
        "Ünï/目録/6.txt",
        "top.txt",
    )
)


def _saved(name: str, **rule: object) -> SavedFilter:
    return SavedFilter(name, name, FilterRule(**rule), "")  # type: ignore[arg-type]


FILTERS = (
    _saved("Teams", folders=("handbook/teams",)),
    _saved("Empty", formats=("pdf",)),
    _saved("Top *", sources=("top*",)),
)
NAMED = [
    ("handbook", "handbook/"),
    ("handbook/", "handbook/"),
    ("/handbook", "handbook/"),
    ("HANDBOOK", "handbook/"),
    ("teams", "Teams"),
    ("teams/", "handbook/teams/"),
    ("a/policies", "a/policies/"),
    ("notes [old] *", "notes [old] */"),
    ("目録", "Ünï/目録/"),
    ("u\u0308nï/目録", "Ünï/目録/"),
    ("top *", "Top *"),
]


@pytest.mark.parametrize(("asked", "found"), NAMED)
def test_what_a_name_means(asked: str, found: str) -> None:
    assert find_collection(asked, SOURCES, FILTERS, is_part=False).name == found


WRONG = [
    ("handbok", "“handbook/”"),
    ("team", "“Teams”"),
    ("old", "“notes [old] */”"),
    ("policies", "“a/policies/”, “b/policies/”"),
    ("Empty", "No document is in “Empty”"),
    ("zzzz", "There are “Teams”"),
    ("top.txt", "“Top *”"),
    ("x" * 100_000, "There are"),
    ("", "There are"),
]


@pytest.mark.parametrize(("asked", "told"), WRONG)
def test_a_name_that_is_none_is_answered_with_those_near_it(asked: str, told: str) -> None:
    with pytest.raises(CollectionError) as error:
        find_collection(asked, SOURCES, FILTERS, is_part=False)
    assert told in str(error.value)
    assert len(str(error.value)) < 700


def test_where_there_is_nothing_to_name() -> None:
    with pytest.raises(CollectionError, match="leave it out"):
        find_collection("x", SOURCES[-1:], (), is_part=False)


@given(paths)
def test_within_a_folder_are_those_beneath_it(every: list[str]) -> None:
    sources = [source(path, path) for path in every]
    for folder in folder_paths(sources):
        options, within = asked_within(AskOptions(within=folder), sources, (), is_part=False)
        held = [path for path in every if any(fnmatchcase(path, each) for each in options.sources)]
        assert held == [path for path in every if path.startswith(folder)]
        assert within == AskedWithin(folder, "folder", len(held))
        assert options.within is None


def _held(options: AskOptions) -> list[str]:
    return [each.source for each in SOURCES if any(fnmatchcase(each.source, glob) for glob in options.sources)]


def test_globs_narrow_it_further() -> None:
    asked = AskOptions(sources=("*3*", "top*"), within="handbook")
    options, within = asked_within(asked, SOURCES, FILTERS, is_part=False)
    assert _held(options) == ["handbook/teams/3.txt"]
    assert within == AskedWithin("handbook/", "folder", 1)
    with pytest.raises(CollectionError, match="fits sources"):
        asked_within(AskOptions(sources=("top*",), within="handbook"), SOURCES, FILTERS, is_part=False)


def test_a_saved_filter_asks_what_fits_its_rule() -> None:
    options, within = asked_within(AskOptions(within="top *"), SOURCES, FILTERS, is_part=False)
    assert _held(options) == ["top.txt"]
    assert within == AskedWithin("Top *", "filter", 1)


@pytest.mark.parametrize("name", [None, "/"])
def test_all_documents(name: str | None) -> None:
    options, within = asked_within(AskOptions(sources=("a*",), within=name), SOURCES, FILTERS, is_part=False)
    assert (options, within) == (AskOptions(sources=("a*",)), None)


def test_who_sees_a_part_is_told_of_that_alone() -> None:
    part = SOURCES[:2]
    listed = collection_list(part, (*FILTERS, _saved("Policies", folders=("a", "secret"))), is_part=True)
    assert [(each.name, each.rule, each.documents) for each in listed.filters] == [("Policies", None, 1)]
    assert [each.path for each in listed.folders] == ["a/", "a/policies/", "b/", "b/policies/"]
    assert listed.whole.documents == 2
    for name in ("Empty", "Teams", "handbook"):
        with pytest.raises(CollectionError) as error:
            find_collection(name, part, FILTERS, is_part=True)
        assert str(error.value).startswith(f"There is no folder and no saved filter “{name}”. There are “a/”")


def test_the_operator_is_told_of_all() -> None:
    listed = collection_list(SOURCES, FILTERS, is_part=False)
    assert [(each.name, each.rule, each.documents) for each in listed.filters] == [
        (each.name, each.rule, documents) for each, documents in zip(FILTERS, (1, 0, 1), strict=True)
    ]
