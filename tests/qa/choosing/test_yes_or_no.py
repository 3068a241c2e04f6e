"""Which sentence comes first after yes or no, and when it is a short answer as a whole."""

import pytest

from index.search.lexical import Analyzer
from qa.choosing.yes_or_no import LIMITS, deciding_first
from qa.language.question import analyse
from qa.reading.reader import Reading
from tests.reading import evidence, open_text, reading, text_of

FERRY = open_text("The ferry of Weir is old. The ferry is free. It sails on Sundays.")
_STEMS = Analyzer().terms


def decided(question: str, *scores: float) -> Reading:
    return deciding_first(analyse(question), reading(evidence(FERRY, *scores)), [FERRY], _STEMS)


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("Is the ferry free?", (5.0, 4.0, 1.0), "The ferry is free."),
        ("Is the ferry free?", (5.0 + LIMITS.margin, 4.9, 1.0), "The ferry of Weir is old."),  # too far below
        ("Is the ferry cheap?", (5.0, 4.0, 1.0), "The ferry of Weir is old."),  # nothing decides
        ("What is free?", (5.0, 4.0, 1.0), "The ferry of Weir is old."),
    ],
)
def test_the_sentence_that_decides_comes_first(question: str, scores: tuple[float, ...], first: str) -> None:
    assert text_of(FERRY, decided(question, *scores).evidence[0].sentence) == first


def test_a_short_sentence_is_the_short_answer_as_a_whole() -> None:
    span = decided("Is the ferry free?", 5.0, 4.0, 1.0).span
    assert span is not None
    assert FERRY.document.text[span.start : span.end] == "The ferry is free."


@pytest.mark.parametrize(("more", "is_short"), [(0, True), (1, False)])
def test_a_long_sentence_is_none(more: int, is_short: bool) -> None:
    opened = open_text(" ".join(["It", "sails", *["far"] * (LIMITS.longest - 2 + more)]) + ".")
    made = deciding_first(analyse("Is it free?"), reading(evidence(opened, 1.0)), [opened], _STEMS)
    assert (made.span is not None) is is_short
