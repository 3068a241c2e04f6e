from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import json
from msgspec.structs import replace

from index.errors import InputError
from qa.evaluation.quality import PARAGRAPHS, TARGETS, anchor_table, load_reports, main, target_table, whole_page
from qa.evaluation.report import PARAGRAPH_KINDS, ParagraphReport, Report, make_paragraph_report, paragraph_page
from qa.evaluation.tables import figure_at
from tests.qa.evaluation.test_paragraphs import HAND
from tests.qa.evaluation.test_report import HOW, OTHER, REPORT

SEEDS = replace(REPORT, name="seeds", beside=OTHER)
GIVEN = make_paragraph_report("squad20-devhalf", HAND, HOW)
SQUAD = replace(GIVEN, beside=replace(GIVEN, circumstances=replace(HOW, reader="another reader; and more")))
MEASURED: dict[str, Report | ParagraphReport] = {"seeds": SEEDS, "squad20-devhalf" + PARAGRAPHS: SQUAD}


def targets() -> dict[tuple[str, str], dict[str, str]]:
    columns, rows = target_table(MEASURED)
    return {(row[0], row[1]): dict(zip(columns, row, strict=True)) for row in rows}


def test_targets_are_held_against_what_was_measured() -> None:
    found = targets()
    assert len(found) == len(TARGETS)
    cited = found["`seeds`", "citation: first cited"]
    assert (cited["To reach"], cited["Measured"], cited["Beside it"], cited["Reached"]) == (
        "0.920",
        "0.500",
        "1.000",
        "no",
    )
    assert " to " in cited["95% interval"]
    false = found["`seeds`", "abstention: false"]
    assert (false["To reach"], false["Measured"], false["Reached"]) == ("at most 0.040", "0.500", "no")
    assert found["`seeds`", "abstention: right"]["Reached"] == "yes"
    f1 = found["`squad20-devhalf`, paragraph given", "best threshold: F1"]
    assert (f1["To reach"], f1["Measured"], f1["Reached"]) == ("77.0%", "60.0%", "no")
    missing = found["`squad11-devhalf`", "retrieval: hit@1"]
    assert (missing["Measured"], missing["Reached"]) == ("-", "-")


def test_a_share_of_at_most_is_reached_below_it() -> None:
    good = replace(SEEDS, figures=replace(SEEDS.figures, false_abstentions=0.04))
    columns, rows = target_table({"seeds": good})
    assert dict(zip(columns, rows[5], strict=True))["Reached"] == "yes"


def test_published_figures_stand_under_ours() -> None:
    _, rows = anchor_table(MEASURED)
    assert rows[0] == ["some reader, 5 questions of half of it", "60.0%", "60.0%"]
    assert rows[1][0] == "another reader, 5 questions of half of it"
    assert [row[1:] for row in rows[2:]] == [["76.2%", "79.5%"], ["78.9%", "82.0%"]]
    assert len(anchor_table({})[1]) == 2


def test_the_page_of_paragraphs_has_squads_figures() -> None:
    shown = paragraph_page(SQUAD)
    columns, cells = shown.table
    assert len(cells) == len(PARAGRAPH_KINDS)
    rows = {(row[0], row[1]): dict(zip(columns, row, strict=True)) for row in cells}
    assert rows["Best threshold", "EM"]["Value"] == "60.0%"
    assert rows["", "NoAns"]["Of"] == "2 unanswerable"
    assert rows["Always answered", "EM"]["Of"] == "3 answerable"
    assert shown.facts["Beside it"] == "another reader; and more, threshold 0.500"
    assert shown.types is not None
    assert [row[0] for row in shown.types[1]] == ["date"]
    assert all(figure_at(SQUAD, path) is not None for path in SQUAD.intervals)
    answerable = make_paragraph_report("birds", [a for a in HAND if a.answerable], HOW)
    assert {"Best threshold", "Confidence"}.isdisjoint(row[0] for row in paragraph_page(answerable).table[1])


def test_the_whole_page_has_its_tables_and_every_set_a_level_down() -> None:
    page = whole_page("# Quality\n<!-- targets -->\n<!-- anchors -->\n", MEASURED, ["# birds\n![x](birds.svg)\n"])
    assert page.startswith("# Quality\n| Set |")
    assert "deepset" in page
    assert page.endswith("\n## birds\n![x](quality/birds.svg)\n")


def written(folder: Path) -> Path:
    folder.mkdir()
    for name, report in MEASURED.items():
        (folder / f"{name}.json").write_bytes(json.encode(report))
        (folder / f"{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    (folder / "about.md").write_text("# Quality\n\n<!-- targets -->\n", encoding="utf-8")
    return folder


def test_the_command_writes_it_from_what_eval_wrote(tmp_path: Path) -> None:
    folder, out = written(tmp_path / "reports"), tmp_path / "quality.md"
    options = ["--about", str(folder / "about.md"), "--reports", str(folder), "--out", str(out)]
    result = CliRunner().invoke(main, [*MEASURED, *options])
    assert result.exit_code == 0, result.output
    assert "| 0.500 |" in out.read_text(encoding="utf-8")
    assert "## squad20-devhalf-paragraphs" in out.read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["elsewhere", *options])
    assert result.exit_code == 1
    assert "elsewhere.json is no report" in result.output


def test_what_is_no_report_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "reports")
    assert load_reports(folder, list(MEASURED)) == MEASURED
    (folder / "seeds.json").write_text("{}")
    with pytest.raises(InputError, match=r"seeds\.json is no report"):
        load_reports(folder, ["seeds"])
