from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from qa.datasets.question_set import Example
from qa.evaluation.evaluation import Outcome, judge
from qa.evaluation.plots import paragraph_plots, plots
from tests.qa.evaluation.test_evaluation import ANSWERED, RIGHT
from tests.qa.evaluation.test_paragraphs import HAND

RIGHT_ONES = [replace(RIGHT, kind=kind, confidence=c / 10) for c, kind in enumerate(["who", "why", "how"] * 3, 1)]
WRONG = [replace(RIGHT, kind="who", confidence=0.35, first=False, rank=None)]
ODD = [replace(judge(ANSWERED, Example("u", "?", ())), confidence=0.2)]
BARS = "What the threshold does"
RISK, RELIABILITY = "What answering more costs", "Is confidence what it says?"
ABSTENTIONS, TYPES, RANKS = (
    "What abstaining more costs",
    "By type of question (how many)",
    "Is the right passage found?",
)


def texts(svg: bytes) -> list[str]:
    return [
        "".join(each.itertext()).strip() for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("text")
    ]


def untyped(outcomes: list[Outcome]) -> list[Outcome]:
    return [replace(outcome, kind="") for outcome in outcomes]


@pytest.mark.parametrize(
    ("outcomes", "titles"),
    [
        (RIGHT_ONES + WRONG + ODD, {RISK, RELIABILITY, ABSTENTIONS, TYPES}),
        (untyped(RIGHT_ONES + WRONG + ODD), {RISK, RELIABILITY, ABSTENTIONS, RANKS}),
        (RIGHT_ONES, {RISK, RELIABILITY, TYPES, RANKS}),
        (untyped(RIGHT_ONES), {RISK, RELIABILITY}),
        (ODD, {RISK, RELIABILITY}),
    ],
)
def test_a_set_has_the_panels_it_has_questions_for(outcomes: list[Outcome], titles: set[str]) -> None:
    found = set(texts(plots("birds", outcomes, 0.3)))
    assert found & {RISK, RELIABILITY, ABSTENTIONS, TYPES, RANKS} == titles


def test_labels_tell_what_the_bar_does() -> None:
    found = texts(plots("birds & bees", RIGHT_ONES + WRONG + ODD, 0.3))
    assert "birds & bees: 11 questions, threshold at 0.300" in found
    assert "at the threshold: 73% answered, 88% right" in found
    assert "at the threshold: 100% right, 20% false" in found
    assert {"share of questions answered", "of those, first citation right", "why (3)", "who (4)"} <= set(found)


def test_where_nothing_is_answered_there_is_no_point_at_the_threshold() -> None:
    nothing = [replace(RIGHT, answered=False, confidence=0.0, first=False)]
    assert not [text for text in texts(plots("birds", nothing, 0.3)) if text.startswith("at the threshold")]


def test_the_same_outcomes_give_the_same_bytes_without_a_date() -> None:
    svg = plots("birds", RIGHT_ONES + ODD, 0.3)
    assert svg == plots("birds", RIGHT_ONES + ODD, 0.3)
    assert b"<dc:date>" not in svg
    assert svg != plots("birds", RIGHT_ONES + ODD, 0.9)


def test_types_have_bars_with_what_was_found_cited_and_answered() -> None:
    found = texts(plots("birds", RIGHT_ONES + WRONG + ODD, 0.3))
    assert {"right passage first", "right sentence cited first", "short answer exactly right"} <= set(found)


def test_a_picture_can_be_a_png() -> None:
    assert plots("birds", RIGHT_ONES, 0.3, file_format="png").startswith(b"\x89PNG")


def test_many_outcomes_make_a_small_picture() -> None:
    many = [replace(RIGHT, kind="who", confidence=n / 5000, first=n % 3 > 0) for n in range(5000)]
    assert len(plots("birds", many, 0.3)) < 100_000


def test_paragraphs_have_their_panels() -> None:
    both = set(texts(paragraph_plots("birds", HAND, 0.6)))
    assert "birds, paragraph given: 5 questions, threshold at 0.600" in both
    assert {RISK, ABSTENTIONS, TYPES, BARS, "best F1 60.0%", "date (3)"} <= both
    answerable = set(texts(paragraph_plots("birds", [a for a in HAND if a.answerable], 0.6)))
    assert {RISK, TYPES, BARS} == answerable & {RISK, ABSTENTIONS, TYPES, BARS}
    assert paragraph_plots("birds", HAND, 0.6) == paragraph_plots("birds", HAND, 0.6)


def test_paragraphs_without_any_answer_are_drawn_too() -> None:
    nothing = [replace(a, answer="", answerable=False) for a in HAND]
    assert BARS in texts(paragraph_plots("birds", nothing, 0.6))
