"""Filling passages: all sentences, in order, within the limits, few, even, and overlapping as told."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.passages.packing import Sizes, pack

SIZES = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 80)), max_size=40)
BUDGET, LIMIT = 50, 60


def packed(sizes: list[tuple[int, int]], overlap: int) -> list[tuple[int, int]]:
    return pack(
        Sizes.from_counts([tokens for tokens, _ in sizes], [model for _, model in sizes]), BUDGET, LIMIT, overlap
    )


def fits(sizes: list[tuple[int, int]], start: int, end: int) -> bool:
    tokens, model = (sum(size[measure] for size in sizes[start:end]) for measure in (0, 1))
    return tokens <= BUDGET and model <= LIMIT


def plain(sizes: list[int], budget: int, overlap: int = 0) -> list[tuple[int, int]]:
    return pack(Sizes.from_counts(sizes, sizes), budget, 10**6, overlap)


@given(SIZES, st.integers(0, 3))
def test_every_sentence_is_packed_in_order(sizes: list[tuple[int, int]], overlap: int) -> None:
    passages = packed(sizes, overlap)
    assert {number for start, end in passages for number in range(start, end)} == set(range(len(sizes)))
    for (start, end), (next_start, next_end) in pairwise(passages):
        assert start < next_start <= end < next_end


@given(SIZES, st.integers(0, 3))
def test_only_a_sentence_by_itself_exceeds_a_limit(sizes: list[tuple[int, int]], overlap: int) -> None:
    for start, end in packed(sizes, overlap):
        assert fits(sizes, start, end) or end - start == 1


@given(SIZES, st.integers(0, 3))
def test_overlap_is_as_told_wherever_there_is_room(sizes: list[tuple[int, int]], overlap: int) -> None:
    passages = packed(sizes, overlap)
    for (start, end), (next_start, _) in pairwise(passages):
        assert end - next_start <= overlap
        one_more = next_start - 1
        if end - next_start < overlap and one_more > start:
            assert not fits(sizes, one_more, end + 1)


@given(SIZES)
def test_passages_are_as_few_as_can_be(sizes: list[tuple[int, int]]) -> None:
    fewest = [0] * (len(sizes) + 1)
    for end in range(1, len(sizes) + 1):
        starts = [start for start in range(end) if fits(sizes, start, end) or end - start == 1]
        fewest[end] = 1 + min(fewest[start] for start in starts)
    assert len(packed(sizes, 0)) == fewest[-1]


def test_a_little_too_much_makes_two_halves_not_a_scrap() -> None:
    assert plain([20] * 10, 180) == [(0, 5), (5, 10)]
    assert plain([20] * 10, 180, overlap=1) == [(0, 5), (4, 10)]


def test_what_fits_stays_together() -> None:
    assert plain([60, 60, 60], 180) == [(0, 3)]
    assert plain([], 180) == []


def test_long_sentence_stands_alone_and_its_neighbours_do_not_overlap_it() -> None:
    assert plain([30, 500, 30, 30], 180, overlap=1) == [(0, 1), (1, 2), (2, 4)]


def test_many_sentences_are_packed() -> None:
    passages = plain([7] * 200_000, 180, overlap=1)
    assert passages[-1][1] == 200_000
    assert len(passages) == 200_000 // 24 + 1
