"""Both vector indexes keep one contract, and FAISS agrees with brute force."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import NotFoundError, StaleIndexError
from index.search.segments import numbered
from index.search.vectors import FaissIndex, VectorCodec, VectorIndex
from index.types import Ids, Matrix, Vector
from tests.exact_index import ExactIndex

Make = Callable[[Ids, Matrix], VectorIndex]


def unit_rows(count: int, dimension: int = 16, seed: int = 0) -> Matrix:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def some_ids(count: int, seed: int = 0) -> Ids:
    return np.random.default_rng(seed).permutation(count * 7).astype(np.int64)[:count] + (1 << 51)


def in_memory(ids: Ids, matrix: Matrix) -> FaissIndex:
    return FaissIndex.in_memory(numbered(ids), VectorCodec(lambda _: matrix))


def build(folder: Path, ids: Ids, matrix: Matrix, version: str = "v1") -> FaissIndex:
    rows = dict(zip(ids.tolist(), matrix, strict=True))
    codec = VectorCodec(lambda chosen: np.array([rows[number] for number in chosen.tolist()], np.float32))
    return FaissIndex.build(folder, numbered(ids), codec, version, "model")


@pytest.fixture(params=["exact", "faiss in memory", "faiss mapped"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def mapped(ids: Ids, matrix: Matrix) -> VectorIndex:
        return build(tmp_path, ids, matrix)

    makers: dict[str, Make] = {"exact": ExactIndex, "faiss in memory": in_memory, "faiss mapped": mapped}
    return makers[request.param]


def test_a_vector_is_nearest_to_itself(make: Make) -> None:
    ids, matrix = some_ids(50), unit_rows(50)
    index = make(ids, matrix)
    assert index.size == 50
    for row in (0, 17, 49):
        found, cosines = index.search(matrix[row], 3)
        assert found[0] == ids[row]
        assert cosines[0] == pytest.approx(1, abs=1e-6)
        assert list(cosines) == sorted(cosines, reverse=True)


def test_only_those_allowed_are_found(make: Make) -> None:
    ids, matrix = some_ids(50), unit_rows(50)
    allowed = ids[[3, 8, 20]]
    found, _ = make(ids, matrix).search(matrix[5], 10, allowed)
    assert sorted(found) == sorted(allowed)


def test_unknown_ids_in_the_filter_are_ignored(make: Make) -> None:
    ids, matrix = some_ids(5), unit_rows(5)
    found, _ = make(ids, matrix).search(matrix[0], 10, np.array([ids[2], 99, ids[2]]))
    assert list(found) == [ids[2]]


@pytest.mark.parametrize(("limit", "only"), [(0, None), (-1, None), (5, np.zeros(0, np.int64))])
def test_nothing_asked_nothing_found(make: Make, limit: int, only: Ids | None) -> None:
    found, cosines = make(some_ids(5), unit_rows(5)).search(unit_rows(1)[0], limit, only)
    assert len(found) == len(cosines) == 0


def test_an_empty_index_answers(make: Make) -> None:
    index = make(np.zeros(0, np.int64), np.zeros((0, 0), np.float32))
    assert index.size == 0
    assert len(index.search(unit_rows(1)[0], 5)[0]) == 0


def test_ties_go_to_the_smaller_id_even_at_the_last_place(make: Make) -> None:
    rows = np.repeat(unit_rows(2), [30, 10], axis=0)
    ids = some_ids(40)
    found, _ = make(ids, rows).search(rows[0], 5)
    assert list(found) == sorted(ids[:30])[:5]


def test_similarities_are_those_of_the_search(make: Make) -> None:
    ids, matrix = some_ids(30), unit_rows(30)
    index = make(ids, matrix)
    query = unit_rows(1, seed=9)[0]
    found, cosines = index.search(query, 30)
    back = found[::-1].copy()
    assert index.similarities(query, back).tolist() == cosines[::-1].tolist()
    assert index.similarities(query, back[[0, 0, 1]]).tolist() == cosines[::-1][[0, 0, 1]].tolist()


def test_an_unknown_id_has_no_similarity(make: Make) -> None:
    with pytest.raises(NotFoundError, match="passage 99"):
        make(some_ids(3), unit_rows(3)).similarities(unit_rows(1)[0], np.array([99]))


@settings(max_examples=40)
@given(
    count=st.integers(1, 60),
    distinct=st.integers(1, 60),
    limit=st.integers(1, 70),
    seed=st.integers(0, 1000),
    share=st.floats(0, 1),
)
def test_faiss_agrees_with_brute_force(count: int, distinct: int, limit: int, seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    ids, matrix = some_ids(count, seed), unit_rows(distinct, seed=seed)[rng.integers(0, distinct, count)]
    query: Vector = unit_rows(1, seed=seed + 1)[0]
    only = None if share > 0.9 else ids[rng.random(count) < share]
    exact_ids, exact = ExactIndex(ids, matrix).search(query, limit, only)
    faiss_ids, cosines = in_memory(ids, matrix).search(query, limit, only)
    np.testing.assert_allclose(cosines, exact, atol=1e-6)
    # Cosines that differ in their last bit only may swap, and nothing else.
    swapped = exact_ids != faiss_ids
    by_id = dict(zip(ids.tolist(), (matrix @ query).tolist(), strict=True))
    for one, other in zip(exact_ids[swapped], faiss_ids[swapped], strict=True):
        assert by_id[int(one)] == pytest.approx(by_id[int(other)], abs=1e-6)


def test_a_file_of_another_version_or_model_is_refused(tmp_path: Path) -> None:
    build(tmp_path, some_ids(5), unit_rows(5))
    for version, model in (("v2", "model"), ("v1", "other")):
        with pytest.raises(StaleIndexError, match="rebuilt"):
            FaissIndex.open(tmp_path, version, model)


def test_a_mapped_index_outlives_its_successor(tmp_path: Path) -> None:
    ids, matrix = some_ids(20), unit_rows(20)
    first = build(tmp_path, ids, matrix)
    build(tmp_path, ids[:3], matrix[:3], "v2")
    assert first.search(matrix[7], 1)[0][0] == ids[7]
    assert [entry.name for entry in tmp_path.iterdir()] == ["v2"]


@settings(max_examples=60)
@given(data=st.data())
def test_a_flipped_bit_is_refused(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    index_folder = tmp_path_factory.mktemp("flipped")
    build(index_folder, some_ids(4), unit_rows(4, 4))
    file = data.draw(st.sampled_from(sorted((index_folder / "v1").iterdir())))
    content = bytearray(file.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(content)
    with pytest.raises(StaleIndexError):
        FaissIndex.open(index_folder, "v1", "model")


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("name", ["*.segment", "segments.json", "manifest.json"])
def test_a_truncated_file_is_refused(tmp_path: Path, name: str, keep: float) -> None:
    build(tmp_path, some_ids(9), unit_rows(9))
    (file,) = (tmp_path / "v1").glob(name)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * keep)])
    with pytest.raises(StaleIndexError):
        FaissIndex.open(tmp_path, "v1", "model")


def test_a_torn_folder_is_replaced_by_a_new_build(tmp_path: Path) -> None:
    build(tmp_path, some_ids(9), unit_rows(9))
    for file in (tmp_path / "v1").glob("*.segment"):
        file.unlink()
    assert build(tmp_path, some_ids(9), unit_rows(9)).size == 9
