import pytest

from index.types import Sentence
from qa.composing.announced import LIMITS, announced, announcing, cited_before, holding
from qa.reading.reader import OpenPassage, Span
from tests.reading import open_text, text_of

SHOP = open_text(
    "# The shop\n\nBuy these:\n\n- salt\n- oil\n\nTo open, run:\n\n```\nshop open\n```\n\nIt rains.\n", "shop.md"
)
TABLE = open_text("# Boats\n\n## 3.1 Crews\n\n| Boat | Crew |\n|---|---|\n| Tern | 4 |\n", "boats.md")


def unit(opened: OpenPassage, text: str) -> Sentence:
    return next(each for each in opened.sentences if text_of(opened, each) == text)


def texts(opened: OpenPassage, units: list[Sentence]) -> list[str]:
    return [text_of(opened, each) for each in units]


@pytest.mark.parametrize(
    ("text", "lead"), [("salt", "Buy these:"), ("shop open", "To open, run:"), ("It rains.", None)]
)
def test_what_announces(text: str, lead: str | None) -> None:
    found = announcing(SHOP, unit(SHOP, text))
    assert (text_of(SHOP, found) if found else None) == lead


def test_a_list_is_quoted_whole_where_it_is_asked_for_and_code_always_with_its_lead() -> None:
    lead = unit(SHOP, "Buy these:")
    assert texts(SHOP, announced(SHOP, unit(SHOP, "oil"), lead, whole=True)) == ["Buy these:", "salt", "oil"]
    assert announced(SHOP, unit(SHOP, "oil"), lead, whole=False) == []
    assert texts(SHOP, announced(SHOP, lead, lead, whole=False)) == ["Buy these:", "salt", "oil"]
    run = unit(SHOP, "To open, run:")
    assert texts(SHOP, announced(SHOP, unit(SHOP, "shop open"), run, whole=False)) == ["To open, run:", "shop open"]


def test_a_list_has_a_limit() -> None:
    items = "".join(f"- thing {number}\n" for number in range(LIMITS.items + 1))
    long = open_text(f"# Things\n\nAll of them:\n\n{items}", "long.md")
    lead = unit(long, "All of them:")
    assert len(announced(long, unit(long, "thing 3"), lead, whole=True)) == 1 + LIMITS.items


def test_a_row_is_cited_with_its_header_and_a_heading_that_answers() -> None:
    text, row = TABLE.document.text, unit(TABLE, "Tern | 4")
    at = text.index("3.1")
    plain, answered = (cited_before(span, TABLE, row) for span in (None, Span(0, at, at + 3)))
    assert [text[part.start : part.end] for part in plain] == ["Boat | Crew"]
    assert [text[part.start : part.end] for part in answered] == ["3.1 Crews", "Boat | Crew"]


def test_a_title_that_answers_is_cited() -> None:
    text, row = TABLE.document.text, unit(TABLE, "Tern | 4")
    at = text.index("Boats")
    found = holding(Span(0, at, at + 5), TABLE, row, ())
    assert [text[part.start : part.end] for part in found] == ["Boats"]
    assert holding(Span(0, row.start, row.end), TABLE, row, ()) == []
