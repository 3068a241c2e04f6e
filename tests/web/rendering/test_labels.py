"""What the labels of confidence say to a person."""

import pytest

from qa.confidence import LABELS
from tests.paths import ROOT
from web.rendering.labels import meanings


def test_each_label_says_how_often_such_answers_are_right() -> None:
    found = meanings(((0.9, "VERY_HIGH"), (0.75, "HIGH"), (0.4, "MEDIUM"), (0.0, "LOW")))
    assert [each.share for each in found.values()] == [
        "about 90 or more",
        "about 75 to 90",
        "about 40 to 75",
        "fewer than 40",
    ]
    assert all(each.share in each.meaning for each in found.values())
    assert [each.level for each in found.values()] == [4, 3, 2, 1]
    assert len({each.words for each in found.values()}) == 4


def test_the_documentation_has_the_same_figures() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {each.words} | {each.share} |" for name, each in meanings().items()]
    assert [row for row in rows if row not in page] == []


@pytest.mark.parametrize(("floor", "label"), LABELS)
def test_the_figures_are_those_of_the_calibration(floor: float, label: str) -> None:
    assert list(meanings()) == [name for _, name in LABELS]
    said = next(each.meaning for name, each in meanings().items() if name == label)
    assert f"about {floor * 100:.0f} " in said or not floor
