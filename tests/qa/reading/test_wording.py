"""A question's values beside a text's: what it has, what stands in their place, and the question in its words."""

import pytest

from index.language.values import find_values
from qa.language.question import AnswerType, analyse
from qa.reading.features import QuestionTerms
from qa.reading.wording import asked_values, gainsaid, held, missing, quotations, value_share, worded


def terms(text: str) -> frozenset[str]:
    return frozenset(term for value in find_values(text) for term in value.terms)


@pytest.mark.parametrize(
    ("question", "text", "wording"),
    [
        ("What weighs 1234 kg?", "The motor weighs 1,234 kg.", "What weighs 1,234 kg?"),
        ("What happened on March 19, 2026?", "2026-03-19: The roof leaked.", "What happened on 2026-03-19?"),
        ("What happened in April 2026?", "2026-04-02: The drill.", "What happened in 2026-04?"),
        ("What is the noise at 10 m?", "It is 65dB(A) at 10m.", "What is the noise at 10m?"),
        ("Who called +49 30 5550101?", "Phone: 0049 30 555-0101", "Who called 0049 30 555-0101?"),
        ("Who runs SRV057 and SRV-058?", "SRV-057 is Ada's, SRV-058 is Ben's.", "Who runs SRV-057 and SRV-058?"),
        ("Is it open at 2 pm?", "Open at 14:00.", "Is it open at 14:00?"),
    ],
)
def test_the_question_takes_the_form_of_the_text(question: str, text: str, wording: str) -> None:
    asked = analyse(question)
    assert worded(asked, asked_values(question), text, find_values(text)).text == wording


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What weighs 1234 kg?", "The motor weighs 1234 kg."),
        ("What weighs 1234 kg?", "The motor weighs 99 kg."),
        ("Who fell in 1994?", "He fell in 1994-95."),
        ("What does section 4.2(b) say?", "4.2(b) The tenant pays."),
    ],
)
def test_a_question_that_has_the_form_of_the_text_stays(question: str, text: str) -> None:
    asked = analyse(question)
    assert worded(asked, asked_values(question), text, find_values(text)) is asked


def test_a_wording_asks_for_the_same_and_keeps_what_was_carried() -> None:
    question = analyse("What is the noise at 10 m?", "motor of 5 March 2026")
    text = "On 2026-03-05 the noise was 65dB at 10m."
    new = worded(question, asked_values(question.text), text, find_values(text))
    assert new.text == "What is the noise at 10m? (motor of 2026-03-05)"
    assert new.own == "What is the noise at 10m?"
    assert new.answer_type is question.answer_type is AnswerType.OTHER
    assert {"motor", "2026"} <= new.carried


@pytest.mark.parametrize(
    ("question", "text", "against"),
    [
        ("Who owns SRV-057?", "Host: SRV-056; Owner: Amina", True),
        ("Who owns SRV-057?", "Host: SRV-057; Owner: Amina", False),
        ("Who owns SRV-057?", "SRV-057 took over from SRV-056.", False),
        ("Who owns SRV-057 or SRV-056?", "SRV-056 is Amina's.", False),
        ("Who owns SRV-057?", "It listens on E1042.", False),
        ("What happened on 5 March 2026?", "2026-03-19: The roof leaked.", True),
        ("What happened on 5 March 2026?", "In March 2026 the roof leaked.", False),
        ("What happened after 5 March 2026?", "2026-03-19: The roof leaked.", False),
        ("What changed in version 2.1?", "2.10.0 - 2026-05-01: Added dark mode.", True),
        ("What changed in version 2.1?", "2.1.0 - 2026-05-01: Added dark mode.", False),
        ("What changed in version 2.1?", "2.1.3: Added dark mode.", False),
        ("What weighs 1234 kg?", "The lid weighs 12 kg.", True),
        ("What weighs more than 1234 kg?", "The motor weighs 2000 kg.", False),
        ("Who sits in room 12?", "Room 13: Ada", True),
        ("What does zone B cost?", "Zone: A; Day pass: 5.50", True),
        ("What does zone B cost?", "Zone: B; Day pass: 8.90", False),
        ("Who came in late 2017?", "In late 2018 they came.", False),
        ("What do the two articles give?", "Article 7 gives nothing.", False),
    ],
)
def test_what_stands_in_the_place_of_what_is_asked(question: str, text: str, against: bool) -> None:
    assert gainsaid(asked_values(question), find_values(text), terms(text)) is against


@pytest.mark.parametrize(
    ("question", "text", "share", "gone"),
    [
        ("Who owns SRV-057?", "SRV057 is Bogdan's", 1.0, 0.0),
        ("Who owns SRV-057?", "SRV-058 is Bogdan's", 0.0, 1.0),
        ("Who owns SRV-057 or SRV-058?", "SRV-058 is Bogdan's", 0.5, 0.5),
        ("Who fell?", "SRV-058 fell", 0.0, 0.0),
        ("What does 4.2(b) say?", "See section 4.2(b).", 1.0, 0.0),
        ("What weighs 5 kg?", "weight (kg): 5", 0.5, 0.0),
    ],
)
def test_the_share_of_values_there(question: str, text: str, share: float, gone: float) -> None:
    asked = asked_values(question)
    assert held(asked, terms(text)) == share
    assert missing(asked, terms(text)) == gone


def test_how_much_of_a_question_is_its_values() -> None:
    text = "What does E1042 mean?"
    known = QuestionTerms({"e1042": 3.0, "mean": 1.0}, {})
    assert value_share(known, lambda part: part.lower().split(), asked_values(text), text) == 0.75
    assert value_share(known, str.split, (), text) == 0.0


def test_phrases_are_quoted_by_two_words_or_more() -> None:
    assert quotations('Where does it say "Time is  of the essence"?') == ("time is of the essence",)
    assert quotations('What is a "qubit"? It\'s mine.') == ()
