"""The three derived indexes of one state of the store: written, opened, made in memory, or made anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import StaleIndexError
from index.search.indexes import build_indexes, make_indexes, open_indexes, refresh_indexes
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from tests.small_model import SmallEmbedder, small_pipeline

MODEL = SmallEmbedder().model_id
KINDS = ("vectors", "lexical", "vocabulary")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder, data = tmp_path / "files", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    (folder / "mill.txt").write_text("The Old Mill\n\nThe mill by the river was rebuilt after the flood of 1931.\n")
    (folder / "lock.txt").write_text("The Old Lock\n\nThe lock on the canal was built by Anna Weir in 1840.\n")
    with Store.open(data / FILE_NAME) as opened:
        sync(folder, opened, small_pipeline())
        yield opened


def test_what_was_written_is_opened_and_holds_every_passage(store: Store) -> None:
    indexes = open_indexes(store, MODEL, store.index_version())
    assert indexes.version == store.index_version()
    assert indexes.vectors.size == indexes.lexical.size == len(store.passage_owners())
    assert "canal" in indexes.vocabulary


def test_another_version_or_model_is_stale(store: Store) -> None:
    with pytest.raises(StaleIndexError):
        open_indexes(store, MODEL, "another")
    with pytest.raises(StaleIndexError):
        open_indexes(store, "other@2", store.index_version())


@pytest.mark.parametrize("kind", KINDS)
def test_each_that_is_gone_is_made_anew(store: Store, kind: str) -> None:
    folder = store.path.parent / kind
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(StaleIndexError):
        open_indexes(store, MODEL, store.index_version())
    assert refresh_indexes(store, MODEL) == ()
    assert open_indexes(store, MODEL, store.index_version()).vectors.size
    written = {
        path: path.stat().st_mtime_ns for path in store.path.parent.rglob("*") if path.parent.parent.name in KINDS
    }
    assert refresh_indexes(store, MODEL) == ()
    assert written == {path: path.stat().st_mtime_ns for path in written}  # nothing to do


def test_a_disk_that_will_not_have_them_is_a_warning(store: Store) -> None:
    for kind in KINDS:
        folder = store.path.parent / kind
        folder.rename(folder.with_name(f"old {kind}"))
    (store.path.parent / "vectors").write_text("a file where a folder belongs")
    (warning,) = refresh_indexes(store, MODEL)
    assert "could not be written" in warning
    with pytest.raises(OSError, match="vectors"):
        build_indexes(store, MODEL)


def test_those_in_memory_hold_only_the_passages_asked_for(store: Store) -> None:
    lock = next(each.document_id for each in store.sources() if each.source == "lock.txt")
    only = store.passage_owners().passages_of({lock})
    indexes = make_indexes(store, MODEL, only, "v")
    assert (indexes.version, indexes.vectors.size, indexes.lexical.size) == ("v", len(only), len(only))
    assert "canal" in indexes.vocabulary
    assert "river" not in indexes.vocabulary
    assert {number for number, _ in indexes.lexical.search("old mill lock", 9)} <= set(only.tolist())
