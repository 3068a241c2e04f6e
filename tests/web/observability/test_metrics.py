import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.datasets.question_set import Example, Gold
from qa.evaluation.metrics import complete, contains, exact_match, f1, normalised, overlaps, worded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Mill.", "mill"),
        ("an old\u00a0Mill", "old mill"),
        ("A.D. 1821", "ad 1821"),
        ("the", ""),
        ("well-known", "wellknown"),
        ("theatre", "theatre"),
        ("1914–18", "1914–18"),  # only ASCII punctuation goes
        ("Straße", "straße"),
    ],
)
def test_normalised_as_squad_does_it(text: str, expected: str) -> None:
    assert normalised(text) == expected


def test_exact_match_takes_any_accepted_answer() -> None:
    assert exact_match("the Mill!", ["bakery", "mill"])
    assert not exact_match("old mill", ["mill"])
    assert not exact_match("mill", [])


def test_f1_is_of_shared_words() -> None:
    assert f1("the old mill", ["old bakery"]) == pytest.approx(0.5)
    assert f1("mill", ["bakery", "mill"]) == 1.0
    assert f1("mill", ["bakery"]) == 0.0
    assert f1("mill mill", ["mill"]) == pytest.approx(2 / 3)
    # Five words against four, three of them shared, one of these twice on one side only: P 3/5, R 3/4.
    assert f1("old old mill of Weir", ["old mill, Weir river"]) == pytest.approx(2 * 0.6 * 0.75 / 1.35)


def test_no_answer_is_right_only_where_there_is_none() -> None:
    assert worded([]) == ("",)
    assert worded([".", "the"]) == ("",)
    assert worded(["the", "mill"]) == ("mill",)
    assert (exact_match("", worded([])), f1("", worded([]))) == (True, 1.0)
    assert (exact_match("mill", worded([])), f1("mill", worded([]))) == (False, 0.0)
    assert (exact_match("", worded(["mill"])), f1("", worded(["mill"]))) == (False, 0.0)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_exact_match_means_f1_of_one_where_words_are_left(answer: str, accepted: list[str]) -> None:
    score = f1(answer, accepted)
    assert 0.0 <= score <= 1.0
    if exact_match(answer, accepted) and normalised(answer):
        assert score == 1.0


def test_contains_is_of_whole_words_either_way() -> None:
    assert contains("Queen Ada of Weir", ["Ada"])
    assert contains("Ada", ["Queen Ada"])
    assert not contains("Adamant", ["Ada"])
    assert not contains("Ada", ["the"])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 10, True), (5, 12, True), (6, 16, False), (10, 20, False), (0, 100, True), (4, 6, True)],
)
def test_half_of_the_shorter_one_must_be_shared(start: int, end: int, expected: bool) -> None:
    assert overlaps("a.txt", start, end, Gold("a.txt", 0, 10, ())) is expected
    assert not overlaps("b.txt", start, end, Gold("a.txt", 0, 10, ()))


def example(*need: tuple[int, ...]) -> Example:
    return Example("q", "?", tuple(Gold("a.txt", i, i + 1, ()) for i in range(3)), need=need)


def test_complete_needs_one_of_every_group() -> None:
    assert complete([{0}, {2}], example((0,), (1, 2)))
    assert not complete([{1, 2}], example((0,), (1, 2)))
    assert complete([{1}], example())
    assert not complete([set()], example())
    assert not complete([], example((0,)))
