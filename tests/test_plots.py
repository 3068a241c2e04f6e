from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from qa.evaluation import Outcome, judge
from qa.plots import plots, write_plots
from qa.questionset import Example
from tests.test_evaluation import ANSWERED, RIGHT

RIGHT_ONES = [replace(RIGHT, kind=kind, confidence=c / 10) for c, kind in enumerate(["who", "why", "how"] * 3, 1)]
WRONG = [replace(RIGHT, kind="who", confidence=0.35, first=False, rank=None)]
ODD = [replace(judge(ANSWERED, Example("u", "?", ())), confidence=0.2)]
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
    assert "birds & bees: 11 questions, bar at 0.300" in found
    assert "at the bar: 73% answered, 88% right" in found
    assert "at the bar: 100% right, 20% false" in found
    assert {"share of questions answered", "of those, first citation right", "why (3)", "who (4)"} <= set(found)


def test_where_nothing_is_answered_there_is_no_point_at_the_bar() -> None:
    nothing = [replace(RIGHT, answered=False, confidence=0.0, first=False)]
    assert not [text for text in texts(plots("birds", nothing, 0.3)) if text.startswith("at the bar")]


def test_the_same_outcomes_give_the_same_bytes_without_a_date() -> None:
    svg = plots("birds", RIGHT_ONES + ODD, 0.3)
    assert svg == plots("birds", RIGHT_ONES + ODD, 0.3)
    assert b"<dc:date>" not in svg
    assert svg != plots("birds", RIGHT_ONES + ODD, 0.9)


def test_the_suffix_decides_on_the_format(tmp_path: Path) -> None:
    write_plots(tmp_path / "a.png", "birds", RIGHT_ONES, 0.3)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
