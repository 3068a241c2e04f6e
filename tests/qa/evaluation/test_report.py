import re

import pytest
from msgspec.structs import replace

from qa.datasets.question_set import Example
from qa.evaluation.evaluation import Figures, judge
from qa.evaluation.report import KINDS, TYPE_KINDS, Circumstances, make_report, markdown, page
from qa.evaluation.tables import wilson
from tests.qa.evaluation.test_evaluation import ANSWERED, RIGHT

HOW = Circumstances("footnote eval a|b.jsonl", "2026-01-31", "A processor, 2 cores", "v1", "some reader", 0.5)
SURE = replace(RIGHT, kind="who", confidence=0.9)
UNSURE = replace(RIGHT, kind="why|how", confidence=0.1, rank=None)
ODD = replace(judge(ANSWERED, Example("u", "?", ())), kind="who", confidence=0.2)
REPORT = make_report("birds", [SURE, UNSURE, ODD], HOW)
OTHER = make_report("birds", [SURE, SURE, ODD], replace(HOW, reader="another reader"))


def test_every_figure_is_known_and_has_its_row() -> None:
    fields = {kind.path.removeprefix("figures.") for kind in KINDS} - {"ece"}
    counts = {"questions", "answerable", "answered", "cited"}
    assert fields | counts == set(Figures.__struct_fields__)
    assert {kind.path for kind in TYPE_KINDS} <= fields
    columns, rows = page(REPORT).table
    assert len(rows) == len(KINDS)
    assert [row[0] for row in rows if row[0]] == list(dict.fromkeys(kind.group for kind in KINDS))
    assert {len(row) for row in rows} == {len(columns)}


def test_rows_tell_value_interval_and_count() -> None:
    columns, cells = page(REPORT).table
    rows = {row[1]: dict(zip(columns, row, strict=True)) for row in cells}
    assert (rows["hit@5"]["Value"], rows["hit@5"]["Of"]) == ("0.500", "2 answerable")
    low, high = wilson(0.5, 2)
    assert rows["hit@5"]["95% interval"] == f"{low:.3f} to {high:.3f}"
    assert (rows["right"]["Value"], rows["right"]["Of"]) == ("1.000", "1 unanswerable")
    assert (rows["false"]["Value"], rows["accuracy"]["Of"]) == ("0.500", "1 answered")
    assert (rows["MRR@10"]["95% interval"], rows["p50"]["Value"]) == ("", "8 ms")
    assert (rows["EM"]["Value"], rows["EM"]["95% interval"]) == ("50.0%", f"{low:.1%} to {high:.1%}")


def test_another_reader_stands_beside() -> None:
    shown = page(replace(REPORT, beside=OTHER))
    columns, cells = shown.table
    row = next(dict(zip(columns, row, strict=True)) for row in cells if row[1] == "first cited")
    assert (row["Value"], row["Beside it"]) == ("0.500", "1.000")
    assert shown.facts["Beside it"] == "another reader, threshold 0.500"
    assert "Beside it" not in page(REPORT).table[0]


def test_the_calibration_error_is_taken_without_the_threshold() -> None:
    assert REPORT.ece == pytest.approx((0.1 + 0.9 + 0.2) / 3)
    assert make_report("birds", [SURE, UNSURE, ODD], replace(HOW, threshold=0.0)).ece == REPORT.ece


def test_figures_that_a_set_has_no_questions_for_are_left_out() -> None:
    report = make_report("birds", [SURE], HOW)
    assert {"right", "AUROC"}.isdisjoint(row[1] for row in page(report).table[1])
    assert "figures.right_abstentions" not in report.intervals


def test_types_have_figures_of_their_own() -> None:
    assert list(REPORT.by_type) == ["who", "why|how"]
    types = page(REPORT).types
    assert types is not None
    who, why = (dict(zip(types[0], row, strict=True)) for row in types[1])
    assert (who["Questions"], who["first cited"], who["short EM"]) == ("2", "1.000", "100.0%")
    assert (who["abstention right"], who["abstention false"]) == ("1.000", "0.000")
    assert (why["hit@5"], why["abstention right"], why["abstention false"]) == ("0.000", "-", "1.000")
    assert page(make_report("birds", [replace(RIGHT, kind="")], HOW)).types is None


def test_the_page_says_all_and_its_tables_are_whole() -> None:
    text = markdown(page(REPORT), "a b.svg")
    assert "![Plots of birds](a%20b.svg)" in text
    for words in (HOW.command, HOW.date, HOW.machine, HOW.index_version, HOW.reader, "0.500", "3, 1 of them"):
        assert words in text
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
    assert text.count("\n| ---") == 2
    assert page(REPORT).summary == "birds: 3 questions, 1 of them unanswerable; threshold 0.500"
