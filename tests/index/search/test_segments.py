"""Segments: whatever the history, what is found is what a fresh index finds; an edit writes its own; a crash costs
nothing."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StaleIndexError
from index.search.arrays import Arrays, load
from index.search.lexical import Bm25Index, LexicalCodec
from index.search.segments import LIMITS as SHIPPED
from index.search.segments import Rows, Segment, SegmentLimits, open_segments, update_segments
from index.search.vectors import FaissIndex, VectorCodec
from index.search.vocabulary import Vocabulary, VocabularyCodec
from index.store.rows import PassageText
from index.types import Ids, Matrix
from tests.exact_index import ExactIndex
from tests.small_model import SmallEmbedder

TEXTS = [
    "The oak forests of Brest were cut down for ships.",
    "Ships, ships and ships: the Weir and Lock Company (WLC) built 40 of them in 1931.",
    "Ghent (formerly known as Ganda) is a port. Ghent grew.",
    "Ghent was flooded. Ganda was not.",
    "The Weir and Lock Company fell.",
    "Oak.",
    "",
]
QUESTIONS = ("oak ships of Brest", "Was Ganda flooded in 1931?", "WLC", "the")
LIMITS = SegmentLimits(floor=1, factor=2, deleted=0.5, most=6)


def rows_of(texts: dict[int, int]) -> Rows:
    """Under each id one of the texts."""
    return Rows(np.array(list(texts), np.int64), np.array(list(texts.values()), np.uint64))


class Indexed:
    """Three indexes of the same texts."""

    def __init__(self, texts: dict[int, int]) -> None:
        self.rows = rows_of(texts)

        def passages(ids: Ids) -> list[PassageText]:
            return [PassageText(number, f"Part {number % 3}", TEXTS[texts[number]]) for number in ids.tolist()]

        def vectors(ids: Ids) -> Matrix:
            return SmallEmbedder().embed([TEXTS[texts[number]] for number in ids.tolist()])

        def words(ids: Ids) -> list[tuple[str, str]]:
            return [(one.head, one.body) for one in passages(ids)]

        self.vectors, self.lexical, self.vocabulary = (
            VectorCodec(vectors),
            LexicalCodec(passages),
            VocabularyCodec(words),
        )

    def on_disk(self, folder: Path, version: str) -> tuple[FaissIndex, Bm25Index, Vocabulary]:
        return (
            FaissIndex.build(folder / "vectors", self.rows, self.vectors, version, "", LIMITS),
            Bm25Index.build(folder / "lexical", self.rows, self.lexical, version, "", LIMITS),
            Vocabulary.build(folder / "vocabulary", self.rows, self.vocabulary, version, LIMITS),
        )

    def in_memory(self) -> tuple[FaissIndex, Bm25Index, Vocabulary]:
        return (
            FaissIndex.in_memory(self.rows, self.vectors),
            Bm25Index.in_memory(self.rows, self.lexical),
            Vocabulary.in_memory(self.rows, self.vocabulary),
        )


STATES = st.lists(
    st.dictionaries(st.integers(1, 25), st.integers(0, len(TEXTS) - 1), max_size=20), min_size=2, max_size=6
)


@settings(max_examples=60)
@given(history=STATES, only=st.lists(st.integers(1, 25), max_size=12), limit=st.integers(1, 25))
def test_whatever_the_history_the_same_is_found_as_by_a_fresh_index(
    history: list[dict[int, int]], only: list[int], limit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history")
    for number, texts in enumerate(history):
        indexed = Indexed(texts)
        vectors, lexical, vocabulary = indexed.on_disk(folder, f"v{number}")
        fresh_vectors, fresh_lexical, fresh_vocabulary = indexed.in_memory()
        matrix = indexed.vectors.make(indexed.rows.ids)["vectors"]
        exact = ExactIndex(indexed.rows.ids, matrix)
        assert vectors.size == lexical.size == len(texts)
        for question in QUESTIONS:
            query = SmallEmbedder().embed([question])[0]
            for chosen in (None, np.array(only, np.int64)):
                found, cosines = vectors.search(query, limit, chosen)
                again, same = fresh_vectors.search(query, limit, chosen)
                assert (found.tolist(), cosines.tolist()) == (again.tolist(), same.tolist())
                np.testing.assert_allclose(cosines, exact.search(query, limit, chosen)[1], atol=1e-6)
                assert lexical.search(question, limit, chosen) == fresh_lexical.search(question, limit, chosen)
            assert vectors.similarities(query, indexed.rows.ids).tolist() == (
                fresh_vectors.similarities(query, indexed.rows.ids).tolist()
            )
            assert [lexical.idf(word) for word in question.split()] == [
                fresh_lexical.idf(word) for word in question.split()
            ]
            assert vocabulary.renamings(question) == fresh_vocabulary.renamings(question)
        assert vocabulary.contents() == fresh_vocabulary.contents()


class Counting:
    """A codec that keeps nothing but how many rows it was asked for."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def make(self, ids: Ids) -> Arrays:
        self.made.append(len(ids))
        return {}

    def merge(self, segments: Sequence[Segment]) -> Arrays:
        del segments
        return {}


def ids_up_to(count: int, first: int = 0) -> Rows:
    ids = np.arange(first, count, dtype=np.int64)
    return Rows(ids, ids.astype(np.uint64))


def update(folder: Path, version: str, rows: Rows, limits: SegmentLimits = SHIPPED) -> list[int]:
    codec = Counting()
    update_segments(folder, "kind", version, "", rows, codec, limits)
    return codec.made


def test_only_what_is_new_is_made_and_large_segments_are_shared(tmp_path: Path) -> None:
    assert update(tmp_path, "v1", ids_up_to(5000)) == [5000]
    (large,) = (tmp_path / "v1").glob("*.segment")
    inode = large.stat().st_ino
    assert update(tmp_path, "v2", ids_up_to(5003, 1)) == [3]
    assert (tmp_path / "v2" / large.name).stat().st_ino == inode
    assert [path.name for path in tmp_path.iterdir()] == ["v2"]
    written = sum(file.stat().st_size for file in (tmp_path / "v2").iterdir() if file.stat().st_ino != inode)
    assert written < 1500
    assert [(len(one.ids), one.size) for one in open_segments(tmp_path, "kind", "v2", "")] == [(5000, 4999), (3, 3)]


def test_a_row_that_comes_back_is_alive_again_and_is_not_made(tmp_path: Path) -> None:
    update(tmp_path, "v1", ids_up_to(5000))
    update(tmp_path, "v2", ids_up_to(4990))
    assert update(tmp_path, "v3", ids_up_to(5000)) == []
    assert [one.size for one in open_segments(tmp_path, "kind", "v3", "")] == [5000]


def test_what_is_indexed_anew_under_an_id_is_made(tmp_path: Path) -> None:
    rows = ids_up_to(2000)
    update(tmp_path, "v1", rows)
    assert update(tmp_path, "v2", Rows(rows.ids, rows.keys + np.array([1] + [0] * 1999, np.uint64))) == [1]


@pytest.mark.parametrize(("deleted", "anew"), [(1000, False), (1001, True)])
def test_a_segment_is_written_anew_when_a_quarter_of_it_is_deleted(tmp_path: Path, deleted: int, anew: bool) -> None:
    update(tmp_path, "v1", ids_up_to(4000))
    update(tmp_path, "v2", ids_up_to(4000, deleted))
    (segment,) = open_segments(tmp_path, "kind", "v2", "")
    assert (len(segment.ids) == segment.size) is anew


def test_a_hundred_edits_make_few_segments_and_write_each_row_a_few_times(tmp_path: Path) -> None:
    limits = SegmentLimits(floor=8, factor=4)
    update(tmp_path, "0", ids_up_to(2000), limits)
    written, most = 0, 0
    for number in range(1, 101):
        before = {path.stat().st_ino for path in tmp_path.rglob("*.segment")}
        update(tmp_path, str(number), ids_up_to(2000 + number, number), limits)
        most = max(most, len(open_segments(tmp_path, "kind", str(number), "")))
        new = [path for path in tmp_path.rglob("*.segment") if path.stat().st_ino not in before]
        written += sum(len(load(path)["ids"]) for path in new)
    assert most <= 4
    assert written < 100 * 12


def test_no_segment_is_larger_than_the_most(tmp_path: Path) -> None:
    limits = SegmentLimits(floor=10, factor=4, most=100)
    update(tmp_path, "v1", ids_up_to(250), limits)
    update(tmp_path, "v2", ids_up_to(290), limits)
    sizes = [len(one.ids) for one in open_segments(tmp_path, "kind", "v2", "")]
    assert sum(sizes) == 290
    assert max(sizes) <= 100


def test_a_damaged_segment_is_not_shared(tmp_path: Path) -> None:
    update(tmp_path, "v1", ids_up_to(1000))
    (file,) = (tmp_path / "v1").glob("*.segment")
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert update(tmp_path, "v2", ids_up_to(1001)) == [1001]
    assert sum(one.size for one in open_segments(tmp_path, "kind", "v2", "")) == 1001


def test_another_kind_or_model_shares_nothing(tmp_path: Path) -> None:
    update(tmp_path, "v1", ids_up_to(1000))
    codec = Counting()
    update_segments(tmp_path, "kind", "v2", "other model", ids_up_to(1000), codec)
    assert codec.made == [1000]


def test_a_reader_keeps_its_files(tmp_path: Path) -> None:
    update(tmp_path, "v1", ids_up_to(1000))
    (old,) = open_segments(tmp_path, "kind", "v1", "")
    update(tmp_path, "v2", Rows(np.zeros(0, np.int64), np.zeros(0, np.uint64)))
    assert open_segments(tmp_path, "kind", "v2", "") == ()
    assert old.ids.tolist() == list(range(1000))


def test_a_list_that_names_other_segments_is_refused(tmp_path: Path) -> None:
    update(tmp_path, "v1", ids_up_to(10))
    for content in (b"[]", b"{", b"\xff", b'[{"name": "nowhere", "deleted": []}]'):
        (tmp_path / "v1" / "segments.json").write_bytes(content)
        with pytest.raises(StaleIndexError):
            open_segments(tmp_path, "kind", "v1", "")


def publish(folder: Path, fatal: int) -> int:
    """Publish another version and die, as by kill -9, at the n-th call of a function; 0 means never. How many calls
    there were."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1
            if calls == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    update(folder, "v2", ids_up_to(3005, 2))
    sys.setprofile(None)
    return calls


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.99])
def test_killed_at_any_point_of_a_publication_one_whole_version_is_there(tmp_path: Path, part: float) -> None:
    update(tmp_path / "clean", "v1", ids_up_to(3000))
    total = publish(tmp_path / "clean", 0)
    folder = tmp_path / "crashed"
    update(folder, "v1", ids_up_to(3000))
    process = multiprocessing.get_context("fork").Process(target=publish, args=(folder, int(total * part)))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert any(is_whole(folder, version) for version in ("v1", "v2"))
    assert update(folder, "v2", ids_up_to(3005, 2)) in ([], [5])
    assert sum(one.size for one in open_segments(folder, "kind", "v2", "")) == 3003
    assert [path.name for path in folder.iterdir()] == ["v2"]


def is_whole(folder: Path, version: str) -> bool:
    try:
        return sum(one.size for one in open_segments(folder, "kind", version, "")) in (3000, 3003)
    except StaleIndexError:
        return False
