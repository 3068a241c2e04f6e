"""BM25 of one field, against its formula and Lucene's table of lengths."""

import math

import numpy as np
import pytest

from index.search.bm25 import Bm25Field, idf, rounded
from index.search.postings import make_postings
from index.search.segments import Segment

ROWS = [["oak", "oak", "elm"], ["elm", "ash", "fir", "yew"], ["fir"]]


def segment(rows: list[list[str]], live: list[bool] | None = None) -> Segment:
    lengths = {"body lengths": np.array([len(row) for row in rows], np.uint32)}
    mask = None if live is None else np.array(live)
    return Segment({"ids": np.arange(len(rows)), **make_postings(rows, "body "), **lengths}, mask)


def test_scores_are_the_formula() -> None:
    scores = [np.zeros(3)]
    Bm25Field("body", [segment(ROWS)], 3).add("oak", 0.5, scores)
    mean = 8 / 3
    expected = 0.5 * idf(1, 3) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    assert scores[0].tolist() == [pytest.approx(expected), 0, 0]


def test_deleted_rows_count_nowhere() -> None:
    whole, parts = [np.zeros(2)], [np.zeros(2), np.zeros(2)]
    Bm25Field("body", [segment(ROWS[:2])], 2).add("elm", 1.0, whole)
    field = Bm25Field("body", [segment(ROWS[::2], [True, False]), segment(ROWS[1:], [True, False])], 2)
    field.add("elm", 1.0, parts)
    assert [parts[0][0], parts[1][0]] == whole[0].tolist()
    assert (field.holding("elm"), field.holding("fir"), field.holding("oak"), field.holding("zebra")) == (2, 1, 1, 0)


def test_idf_is_of_the_passages() -> None:
    assert idf(2, 5) == pytest.approx(math.log(1 + 3.5 / 2.5))


def test_lengths_are_rounded_as_lucene_does() -> None:
    lengths = [0, 1, 24, 39, 40, 41, 42, 55, 56, 59, 60, 87, 88, 95, 96, 103, 104, 151, 152, 167, 168]
    expected = [0, 1, 24, 39, 40, 40, 42, 54, 56, 56, 60, 84, 88, 88, 96, 96, 104, 144, 152, 152, 168]
    assert rounded(np.array(lengths, np.uint32)).tolist() == expected
