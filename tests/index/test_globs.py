"""Globs fit what `fnmatch` says, plain paths among them found without comparing each."""

import glob
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.globs import fitting

texts = st.text(st.sampled_from("aB[]*?!-/é\n🦊"), max_size=6)


@given(path=texts, globs=st.lists(texts, max_size=4), plain=st.lists(texts, max_size=3))
def test_they_fit_what_fnmatch_says(path: str, globs: list[str], plain: list[str]) -> None:
    every = tuple(globs + [glob.escape(each) for each in plain])
    expected = not every or any(fnmatchcase(path, each) for each in every)
    assert fitting(every)(path) == expected


@given(paths=st.lists(texts, unique=True, min_size=1), other=texts)
def test_an_escaped_path_fits_itself_alone(paths: list[str], other: str) -> None:
    fits = fitting(tuple(map(glob.escape, paths)))
    assert all(map(fits, paths))
    assert fits(other) == (other in paths)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [("reports/*", "reports/a/b.txt", True), ("*.TXT", "a.txt", False), ("[[]a]", "[a]", True), ("[[]*]", "[b]", True)],
)
def test_single_globs(pattern: str, path: str, expected: bool) -> None:
    assert fitting((pattern,))(path) is expected


def test_none_fit_all() -> None:
    assert fitting(())("anything")
