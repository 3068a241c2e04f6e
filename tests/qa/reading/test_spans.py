import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.question import SPAN_TYPES, analyse, words
from qa.reading.spans import FITS, best_span, candidates


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When was the canal opened?", "The canal was opened on 4 May 1821 by the king.", "4 May 1821"),
        ("When was the canal opened?", "On March 3, 1821, the canal was opened.", "March 3, 1821"),
        ("What year did the canal open?", "The canal opened in 1821, and 40 boats came.", "1821"),
        ("How many boats came?", "In 1821 some 40 boats came through the canal.", "40"),
        ("How many boats came?", "Twenty-five boats came in May 1821.", "Twenty-five"),
        ("How much did the canal cost?", "The canal cost $3.5 million in 1821.", "$3.5 million"),
        ("Who opened the canal?", "The canal was opened by Queen Matilda in Ghent.", "Queen Matilda"),
        ("Who opened the canal?", "However, Ada Byron opened the canal’s first lock.", "Ada Byron"),
        ("Where was the canal opened?", "The canal was opened in Ghent by Queen Matilda.", "Ghent"),
        (
            "Which company dug the canal?",
            "The canal was dug by the Lock and Weir Company’s men.",
            "Lock and Weir Company",
        ),
    ],
)
def test_the_span_is_of_the_form_asked_for(question: str, sentence: str, expected: str) -> None:
    found = best_span(analyse(question), sentence)
    assert found is not None
    assert sentence[found.start : found.end] == expected


def test_what_the_question_already_says_is_no_answer() -> None:
    assert best_span(analyse("When in 1821 was the canal opened?"), "The canal was opened in 1821.") is None


def test_a_word_that_only_opens_the_sentence_is_no_name() -> None:
    assert best_span(analyse("Who dug the canal?"), "Dug by hand, the canal was long.") is None


def test_a_question_that_asks_for_no_form_gets_no_span() -> None:
    assert best_span(analyse("Why was the canal dug?"), "It was dug in 1821 by Queen Matilda.") is None


@given(st.sampled_from(["When?", "How many?", "Who?", "Where?", "Which one?"]), st.text(max_size=300))
def test_candidates_lie_in_the_sentence_and_say_something_new(text: str, sentence: str) -> None:
    question = analyse(text)
    assert question.answer_type in SPAN_TYPES
    for candidate in candidates(question, sentence):
        assert 0 <= candidate.start < candidate.end <= len(sentence)
        assert set(words(sentence[candidate.start : candidate.end])) - set(words(text))


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("When?", "It closed on 3 May.", [0.6]),
        ("When?", "It closed in May 1821.", [1.0]),
        ("How many boats came?", "Some 40 went.", [0.6]),
        ("How many boats came?", "Some 40 boats went.", [1.0]),
        ("How many boats came?", "In 1821 it snowed.", [0.1]),
        ("What percentage came?", "Some 40 boats went.", [0.1]),
        ("Who came?", "There was Ghent.", [0.5]),
        ("Who came?", "Ghent slept.", [0.7 * 0.5]),
        ("Who came?", "There were Ada Byron.", [0.7]),
        ("Who came?", "There slept Ada Byron, who snored.", [0.85]),
        ("Who came?", "There slept King Ada Byron, who snored.", [1.0]),
        ("Who came?", "They slept in Ghent.", [0.2]),
        ("Where was it?", "They slept in Ghent.", [0.9]),
        ("Where was it?", "They praised Ghent.", [0.5]),
        ("Which one?", "They sang “red roses” there.", [0.8]),
    ],
)
def test_how_well_a_form_fits(question: str, sentence: str, fits: list[float]) -> None:
    assert [candidate.fit for candidate in candidates(analyse(question), sentence)] == pytest.approx(fits)


def test_a_short_answer_fits_well_enough() -> None:
    assert FITS.least == 0.45
    assert best_span(analyse("Who came?"), "There was Ghent.") is not None  # .5
    assert best_span(analyse("Who came?"), "Ghent slept.") is None  # .35
