from collections.abc import Sequence

import pytest

from qa.choosing.recency import LIMITS, newest_first
from qa.language.question import analyse
from qa.reading.reader import Evidence, OpenPassage, Reading
from tests.reading import open_text


def dated(day: str, hall: str) -> OpenPassage:
    text = f"# Minutes of {day}\n\nThe board met in the town hall. It chose {hall} for the summer feast.\n"
    return open_text(text, f"{hall}.md".lower())


def reading(opened: Sequence[OpenPassage], scores: Sequence[float]) -> Reading:
    """Of the last sentence of each passage."""
    evidence = tuple(
        Evidence(number, place.sentences[-1], score, 0.5)
        for number, (place, score) in enumerate(zip(opened, scores, strict=True))
    )
    return Reading(evidence, (0.0,) * len(opened), None, {})


HALLS = (dated("3 May 2024", "Elm"), dated("9 June 2026", "Oak"), dated("1 July 2025", "Ash"))


def first(question: str, opened: Sequence[OpenPassage], scores: Sequence[float]) -> str:
    found = newest_first(analyse(question), reading(opened, scores), opened)
    return opened[found.evidence[0].passage_index].document.source


@pytest.mark.parametrize(
    "question",
    [
        "Which hall was chosen most recently for the feast?",
        "What is the current hall for the feast?",
        "Which hall did the board choose at its last meeting?",
    ],
)
def test_the_newest_document_is_meant(question: str) -> None:
    assert first(question, HALLS, (2.0, 1.0, 1.5)) == "oak.md"


def test_without_a_word_for_it_the_best_one_stays() -> None:
    assert first("Which hall was chosen for the feast?", HALLS, (2.0, 1.0, 1.5)) == "elm.md"


def test_what_is_much_worse_is_not_what_was_asked_for() -> None:
    question = "Which hall was chosen most recently for the feast?"
    assert first(question, HALLS, (2.0, 2.0 - LIMITS.margin, 1.5)) == "oak.md"
    assert first(question, HALLS, (2.0, 1.9 - LIMITS.margin, 1.5)) == "ash.md"


def test_what_says_less_of_it_is_not_meant() -> None:
    other = open_text("# Minutes of 2 March 2027\n\nThe board met in the hall. It rained.\n", "rain.md")
    assert (
        first("Which hall was chosen most recently for the feast?", (*HALLS, other), (2.0, 1.0, 1.5, 1.9)) == "oak.md"
    )


def test_versions_go_by_their_numbers() -> None:
    opened = [
        open_text(f"# News of the mill\n\n## {version}\n\n- Added a {tool} for the grain.\n", f"{tool}.md")
        for version, tool in (("2.9.0", "sieve"), ("2.10.0", "scale"))
    ]
    question = analyse("What is the latest version?")
    found = newest_first(question, reading(opened, (2.0, 1.9)), opened)
    assert found.span is not None
    document = opened[found.evidence[0].passage_index].document
    assert document.text[found.span.start : found.span.end] == "2.10.0"


def test_the_date_is_the_answer_to_when() -> None:
    found = newest_first(analyse("When was the latest choice of the board?"), reading(HALLS, (2.0, 1.0, 1.5)), HALLS)
    assert found.span is not None
    document = HALLS[found.evidence[0].passage_index].document
    assert document.text[found.span.start : found.span.end] == "9 June 2026"
