"""Postings say what lists of terms say, made at once or merged."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search.postings import Postings, make_postings, merge_postings

ROWS = st.lists(st.lists(st.sampled_from(["a", "b", "ab", "é", "", "z\n2"]), max_size=5), max_size=6)


def check(postings: Postings, rows: list[list[str]]) -> None:
    counts = [Counter(row) for row in rows]
    terms = sorted({term for row in rows for term in row}, key=str.encode)
    assert postings.terms() == terms
    assert postings.totals().tolist() == [sum(count[term] for count in counts) for term in terms]
    for term in [*terms, "nowhere", "zz", "\0"]:
        found, times = postings.find(term)
        expected = [(row, count[term]) for row, count in enumerate(counts) if count[term]]
        assert list(zip(found.tolist(), times.tolist(), strict=True)) == expected


@given(ROWS)
def test_every_term_has_its_rows(rows: list[list[str]]) -> None:
    check(Postings(make_postings(rows)), rows)


@given(parts=st.lists(ROWS, min_size=1, max_size=3), data=st.data())
def test_merged_they_are_those_of_the_rows_that_live(parts: list[list[list[str]]], data: st.DataObject) -> None:
    live = [
        np.array(data.draw(st.lists(st.booleans(), min_size=len(part), max_size=len(part))), np.bool_) for part in parts
    ]
    made = [Postings(make_postings(part, "x "), "x ") for part in parts]
    merged = Postings(merge_postings(list(zip(made, live, strict=True)), "x "), "x ")
    check(
        merged,
        [
            row
            for part, alive in zip(parts, live, strict=True)
            for row, is_live in zip(part, alive, strict=True)
            if is_live
        ],
    )


@given(ROWS, st.integers(0, 63))
def test_totals_are_of_the_rows_that_live(rows: list[list[str]], bits: int) -> None:
    live = [bool(bits >> row & 1) for row in range(len(rows))]
    postings = Postings(make_postings(rows))
    counts = Counter(term for row, alive in zip(rows, live, strict=True) if alive for term in row)
    assert postings.totals(np.array(live, np.bool_)).tolist() == [counts[term] for term in postings.terms()]


def test_a_count_stays_in_its_bits() -> None:
    postings = Postings(make_postings([["a"] * 70_000]))
    assert postings.find("a")[1].tolist() == [65_535]
