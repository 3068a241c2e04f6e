"""Folders as collections: a document is in one if its path is beneath it, and in no other."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.globs import fitting
from qa.collection.folders import extent, folder_glob, folder_paths, folder_tree, folders_above
from tests.qa.collection.test_collection import _source as source

names = st.text(st.sampled_from("aB*?[] éあ.🦊"), min_size=1, max_size=4)
paths = st.lists(st.lists(names, min_size=1, max_size=4).map("/".join), unique=True, max_size=12)


@given(paths)
def test_a_document_is_in_a_folder_if_its_path_is_beneath_it(every: list[str]) -> None:
    sources = [source(path, path) for path in every]
    tree = {each.path: each for each in folder_tree(sources)}
    assert set(tree) == set(folder_paths(sources))
    for folder in tree.values():
        held = {path for path in every if path.split("/")[: folder.path.count("/")] == folder.path[:-1].split("/")}
        held -= {folder.path[:-1]}  # a file of the folder's name is another sample's, and no disk has both
        assert {path for path in every if folder.path in folders_above(path)} == held
        assert {path for path in every if fitting((folder_glob(folder.path),))(path)} == held
        assert (folder.documents, folder.characters) == (len(held), len(held))
        assert folder.parent is None or folder.parent in tree
    own = Counter(path.rpartition("/")[0] + "/" for path in every if "/" in path)
    assert {path: each.own_documents for path, each in tree.items()} == {path: own[path] for path in tree}


def test_a_folder_stands_behind_the_one_it_is_in() -> None:
    sources = [source(path, path) for path in ("b/c/1", "a b/1", "a/1", "b/1", "b-c/1", "top")]
    tree = folder_tree(sources)
    assert [each.path for each in tree] == ["a/", "a b/", "b/", "b/c/", "b-c/"]
    assert [(each.name, each.parent) for each in tree[2:4]] == [("b", None), ("c", "b/")]


def test_the_newest_date_that_is_stated() -> None:
    sources = [source("a/1", "1", date="2019"), source("a/2", "2", date="2021-02"), source("a/3", "3")]
    assert folder_tree(sources)[0].newest == "2021-02"
    assert extent(sources[2:]).newest is None


def test_a_very_long_path() -> None:
    path = "/".join(["x" * 200] * 20)
    (*_, last) = folder_tree([source(path, path)])
    assert len(last.path) == 19 * 201
