"""Centrality and choice, held against what their definitions say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.types import Matrix
from qa.summaries.centrality import centrality, chosen
from qa.summaries.limits import SUMMARY_LIMITS


def _unit(rows: list[list[float]]) -> Matrix:
    matrix = np.array(rows, dtype=np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


vectors = st.lists(
    st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3).filter(lambda row: sum(map(abs, row)) > 0.1),
    min_size=1,
    max_size=12,
).map(_unit)


def test_what_all_are_like_is_most_central() -> None:
    star = _unit([[1, 1, 1], [1, 0.2, 0], [0, 1, 0.2], [0.2, 0, 1]])
    assert np.argmax(centrality(star)) == 0


def test_a_walk_that_begins_at_one_sentence_prefers_it() -> None:
    apart = _unit([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert np.argmax(centrality(apart, np.array([0.0, 0.0, 1.0]))) == 2
    assert np.allclose(centrality(apart), 1)


@given(vectors)
def test_ranks_are_shares_of_the_highest(matrix: Matrix) -> None:
    ranks = centrality(matrix)
    assert ranks.shape == (len(matrix),)
    assert np.isclose(ranks.max(), 1)
    assert (ranks >= 0).all()


@given(vectors, st.integers(1, 12))
def test_no_two_chosen_say_the_same(matrix: Matrix, most: int) -> None:
    picked = chosen(np.ones(len(matrix)), matrix, np.zeros(len(matrix), np.int64), most)
    assert 1 <= len(picked) <= most
    assert len(set(picked)) == len(picked)
    cosines = matrix[picked] @ matrix[picked].T - 2 * np.eye(len(picked))
    assert (cosines < SUMMARY_LIMITS.same).all()


def test_sections_take_turns() -> None:
    matrix = _unit([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    picked = chosen(np.array([1.0, 0.95, 0.9]), matrix, np.array([0, 0, 1]), 2)
    assert picked == [0, 2]


def test_nothing_of_nothing() -> None:
    assert centrality(np.zeros((0, 3), np.float32)).size == 0
    assert chosen(np.zeros(0), np.zeros((0, 3), np.float32), np.zeros(0, np.int64), 3) == []
