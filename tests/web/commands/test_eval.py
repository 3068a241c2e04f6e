"""`footnote eval`."""

import gzip
from pathlib import Path

import pytest
from msgspec import convert, json

from qa.evaluation.report import ParagraphReport, Report
from tests.shell import SEEDS, Shell, is_one_line
from web.settings.settings import Settings

TEXT = "The lighthouse at Skerry Point was built in 1872. It was lit by gas until 1931."
BUILT = {"doc_id": "d1", "start": TEXT.index("1872"), "text": "1872"}


def question_file(folder: Path, *rows: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "questions.jsonl"
    file.write_bytes(b"".join(json.encode(row) + b"\n" for row in rows))
    return file


def own_set(folder: Path) -> Path:
    (folder / "birds").mkdir()
    (folder / "birds" / "corpus.jsonl").write_bytes(json.encode({"doc_id": "d1", "text": TEXT}) + b"\n")
    built = {"qid": "q1", "question": "When was the lighthouse at Skerry Point built?", "type": "when"}
    moved = {"qid": "q2", "question": "Who sells tickets for the zebra parade?", "type": "who"}
    place = {"source_doc": "d1", "para": [0, len(TEXT)]}
    return question_file(folder / "birds", {**built, **place, "answers": [BUILT]}, {**moved, **place, "answers": []})


def test_a_set_with_its_own_corpus_is_scored_and_written_down(
    shell: Shell, tmp_path: Path, seeds_settings: Settings
) -> None:
    file, out_folder, data = own_set(tmp_path), tmp_path / "out", seeds_settings.data_folder
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    places = ["--work", str(tmp_path / "work"), "--out", str(out_folder)]
    code, out, err = shell.here("eval", str(file), *places, "--json")
    assert code == 0, err
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
    report = convert(json.decode(out), Report)
    assert (report.name, report.figures.questions, report.figures.hit_at_1) == ("birds", 2, 1.0)
    assert list(report.by_type) == ["when", "who"]
    assert report.circumstances.command.startswith(f"footnote eval {file} --work")
    assert not list((tmp_path / "work").rglob("history*"))
    assert {path.name for path in out_folder.iterdir()} == {"birds.md", "birds.svg", "birds.json"}
    assert convert(json.decode((out_folder / "birds.json").read_bytes()), Report) == report
    assert report.circumstances.command in (out_folder / "birds.md").read_text()
    code, out, _ = shell.here("eval", str(file), *places[:2], "--most", "1")
    assert code == 0
    assert "birds: 1 questions" in out
    assert "By type of question" in out


def test_a_reader_is_measured_on_the_paragraphs_it_is_given(shell: Shell, tmp_path: Path) -> None:
    file, out_folder = own_set(tmp_path), tmp_path / "out"
    options = ["--paragraph-given", "--work", str(tmp_path / "work")]
    code, out, err = shell.here("eval", str(file), *options, "--out", str(out_folder), "--json")
    assert code == 0, err
    report = convert(json.decode(out), ParagraphReport)
    assert (report.figures.questions, report.figures.answerable) == (2, 1)
    assert report.figures.always.answerable_exact == 1.0
    assert report.circumstances.command.startswith(f"footnote eval {file} --paragraph-given")
    names = {f"birds-paragraphs.{ending}" for ending in ("md", "svg", "json")}
    assert {path.name for path in out_folder.iterdir()} == names
    code, out, _ = shell.here("eval", str(file), *options, "--most", "1")
    assert code == 0
    assert "birds, paragraph given: 1 questions" in out
    unplaced = {"qid": "q1", "question": "When was it built?", "answers": [BUILT]}
    question_file(tmp_path / "birds", unplaced)
    code, _, err = shell.here("eval", str(file), *options)
    assert code == 2
    assert is_one_line(err)
    assert "para" in err


def test_a_set_without_a_corpus_is_put_to_the_documents_served(shell: Shell, tmp_path: Path) -> None:
    source = min(path.name for path in SEEDS.iterdir())
    answer = {"file": source, "start": 0, "evidence": "abc", "short": []}
    row = {"qid": "q1", "question": "Who was sent to China in May?", "answers": [answer]}
    other = {**row, "answers": [{**answer, "file": "elsewhere.txt"}]}
    code, out, err = shell.here("eval", str(question_file(tmp_path / "served", row, other)), "--json")
    assert (code, json.decode(out)["figures"]["answerable"]) == (0, 2)
    assert err == "1 documents that served asks about are not indexed (elsewhere.txt, for one).\n"
    code, _, err = shell.here("eval", str(question_file(tmp_path / "foreign", other)))
    assert code == 2
    assert is_one_line(err)
    assert "elsewhere.txt" in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jsonl", b""),
        ("picture.jsonl", b"\x89PNG\r\n\x1a\n\0\0"),
        ("list.jsonl", b"[1, 2]\n"),
        ("none.jsonl", b'{"qid": "1", "question": "Who?", "answers": null}\n'),
        ("plain.jsonl.gz", b'{"qid": "1"}\n'),
        ("torn.jsonl.gz", gzip.compress(b'{"qid": "1", "question": "Who?", "answers": []}\n' * 9, mtime=0)[:-12]),
        ("broken.jsonl.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\xff" * 40),
        ("blank.jsonl", b'{"qid": "1", "question": " ", "answers": []}\n'),
        ("long.jsonl", b'{"qid": "1", "question": "' + b"x" * 2_001 + b'", "answers": []}\n'),
    ],
)
def test_a_file_that_is_no_question_file_is_one_line_and_code_2(
    shell: Shell, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    code, out, err = shell.here("eval", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert len(err) < 400


def test_a_missing_file_is_one_line_and_code_2(shell: Shell) -> None:
    code, _, err = shell.here("eval", "nowhere.jsonl")
    assert code == 2
    assert is_one_line(err)


def test_folders_that_cannot_be_written_are_one_line_and_code_1(shell: Shell, tmp_path: Path) -> None:
    file = own_set(tmp_path)
    (tmp_path / "taken").touch()
    code, _, err = shell.here("eval", str(file), "--work", str(tmp_path / "taken" / "work"))
    assert code == 1
    assert is_one_line(err)
    code, _, err = shell.here(
        "eval", str(file), "--work", str(tmp_path / "work"), "--out", str(tmp_path / "taken" / "out")
    )
    assert code == 1
    assert is_one_line(err)
    assert "--out" in err
