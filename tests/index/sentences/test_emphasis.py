import itertools

from hypothesis import given

from index.sentences.emphasis import find_emphasis, stray_markers
from index.types import Range
from tests.strategies import texts


def test_runs_pair_from_the_inside() -> None:
    assert find_emphasis("***a** b*").pairs == ((Range(1, 3), Range(4, 6)), (Range(0, 1), Range(8, 9)))


def test_a_closing_bracket_forgets_what_was_opened_in_it() -> None:
    emphasis = find_emphasis("finances (*1) and more*")
    assert emphasis.pairs == ()
    assert emphasis.closing == (Range(22, 23),)
    assert stray_markers("finances (*1) and more*", emphasis) == []


def test_a_marker_left_alone_is_stray_before_a_capital_or_after_a_stop() -> None:
    opened, closed = "*The harbour was sold.", "It paid for years.*"
    assert stray_markers(opened, find_emphasis(opened)) == [Range(0, 1)]
    assert stray_markers(closed, find_emphasis(closed)) == [Range(18, 19)]


@given(texts)
def test_markers_are_markers_and_do_not_overlap(text: str) -> None:
    emphasis = find_emphasis(text)
    marks = sorted([mark for pair in emphasis.pairs for mark in pair] + [*emphasis.opening, *emphasis.closing])
    assert all(set(text[mark.start : mark.end]) in ({"*"}, {"_"}, {"~"}) for mark in marks)
    assert all(left.end <= right.start for left, right in itertools.pairwise(marks))
    for opening, closing in emphasis.pairs:
        assert opening.end < closing.start
        assert text[opening.start : opening.end] == text[closing.start : closing.end]
