import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qa.evaluation import Figures, judge
from qa.questionset import Example
from qa.report import (
    COLUMNS,
    KINDS,
    TYPE_FIELDS,
    Circumstances,
    entries,
    make_report,
    markdown,
    summary,
    table,
    type_table,
    wilson,
)
from tests.test_evaluation import ANSWERED, RIGHT

HOW = Circumstances("footnote eval a|b.jsonl", "2026-01-31", "A processor, 2 cores", "v1", "some reader", 0.5)
SURE = replace(RIGHT, kind="who", confidence=0.9)
UNSURE = replace(RIGHT, kind="why|how", confidence=0.1, rank=None)
ODD = replace(judge(ANSWERED, Example("u", "?", ())), kind="who", confidence=0.2)
REPORT = make_report("birds", [SURE, UNSURE, ODD], HOW)


@given(st.integers(1, 10_000), st.data())
def test_an_interval_holds_its_share_and_narrows_with_more(count: int, data: st.DataObject) -> None:
    share = data.draw(st.integers(0, count)) / count
    low, high = wilson(share, count)
    assert 0.0 <= low <= share <= high <= 1.0
    more_low, more_high = wilson(share, 4 * count)
    assert more_high - more_low < high - low


def test_intervals_are_wilsons() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_every_figure_is_known_and_has_its_row() -> None:
    fields = {kind.field for kind in KINDS} - {"ece"}
    counts = {"questions", "answerable", "answered", "cited"}
    assert fields | counts == set(Figures.__struct_fields__)
    assert set(TYPE_FIELDS) <= fields
    assert len(entries(REPORT)) == len(KINDS)
    assert [row[0] for row in table(REPORT) if row[0]] == list(dict.fromkeys(kind.group for kind in KINDS))
    assert {len(row) for row in table(REPORT)} == {len(COLUMNS)}


def test_rows_tell_value_interval_and_count() -> None:
    rows = {entry.name: entry for entry in entries(REPORT)}
    assert (rows["hit@5"].value, rows["hit@5"].count) == ("0.500", "2 answerable")
    low, high = wilson(0.5, 2)
    assert rows["hit@5"].interval == f"{low:.3f} to {high:.3f}"
    assert (rows["right"].value, rows["right"].count) == ("1.000", "1 unanswerable")
    assert (rows["false"].value, rows["accuracy"].count) == ("0.500", "1 answered")
    assert (rows["MRR@10"].interval, rows["p50"].value) == ("", "8 ms")


def test_the_calibration_error_is_taken_without_the_bar() -> None:
    assert REPORT.ece == pytest.approx((0.1 + 0.9 + 0.2) / 3)
    assert make_report("birds", [SURE, UNSURE, ODD], replace(HOW, bar=0.0)).ece == REPORT.ece


def test_figures_that_a_set_has_no_questions_for_are_left_out() -> None:
    report = make_report("birds", [SURE], HOW)
    assert {"right", "AUROC"}.isdisjoint(entry.name for entry in entries(report))
    assert "right_abstentions" not in report.intervals


def test_types_have_figures_of_their_own() -> None:
    assert list(REPORT.by_type) == ["who", "why|how"]
    columns, rows = type_table(REPORT)
    who, why = (dict(zip(columns, row, strict=True)) for row in rows)
    assert (who["Questions"], who["first cited"], who["abstention right"], who["abstention false"]) == (
        "2",
        "1.000",
        "1.000",
        "0.000",
    )
    assert (why["hit@5"], why["abstention right"], why["abstention false"]) == ("0.000", "-", "1.000")
    assert make_report("birds", [RIGHT], HOW).by_type == {}


def test_the_page_says_all_and_its_tables_are_whole() -> None:
    page = markdown(REPORT, "a b.svg")
    assert "![Plots of birds](a%20b.svg)" in page
    for words in (HOW.command, HOW.date, HOW.machine, HOW.index_version, HOW.reader, "0.500", "3, 1 of them"):
        assert words in page
    for block in re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
    assert page.count("\n| ---") == 2
    assert summary(REPORT) == "birds: 3 questions, 1 of them unanswerable; bar 0.500"
