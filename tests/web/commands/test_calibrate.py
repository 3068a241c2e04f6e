"""`footnote calibrate`, with the real reader, on a few short documents."""

from pathlib import Path

import pytest
from msgspec import json

from qa.bootstrap import open_parts
from qa.confidence import OWN_FILE, Calibration, load_own
from qa.datasets.question_set import Example
from qa.datasets.synthetic import make_questions
from tests.paths import TOWNS
from tests.shell import Shell, is_one_line
from web.bootstrap import service_settings, sync_corpus
from web.settings.settings import Settings


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(corpus=TOWNS, data=tmp_path_factory.mktemp("towns"))
    sync_corpus(settings)
    return settings


def here(settings: Settings) -> list[str]:
    return ["--corpus", str(settings.corpus), "--data", str(settings.data_folder)]


def row(example: Example) -> dict[str, object]:
    """A line of a question file."""
    answers = [
        {"file": gold.source, "start": gold.start, "evidence": "x" * (gold.end - gold.start), "short": gold.short}
        for gold in example.gold
    ]
    return {"qid": example.qid, "question": example.question, "answers": answers}


def test_questions_are_made_asked_and_fitted_to(shell: Shell, towns: Settings) -> None:
    own = towns.data_folder / OWN_FILE
    foreign = json.encode(Calibration(9.0, {}, 0.1, reader="another", fitted_on="elsewhere"))
    own.write_bytes(foreign)
    code, out, err = shell("calibrate", *here(towns), "--most-wrong", "0.3", "--dry-run", "--json")
    assert code in (0, 1), err
    assert own.read_bytes() == foreign
    tried = json.decode(out)
    assert "elsewhere" not in tried["fitted_on"], "it was fitted for another reader"
    assert (tried["written"], tried["made"], tried["most_wrong"]) == (None, True, 0.3)
    assert code == int(not tried["kept"])
    assert tried["questions"] >= 30
    assert tried["after"]["calibration_error"] <= tried["before"]["calibration_error"] + 0.05

    again, out, err = shell("calibrate", *here(towns), "--most-wrong", "0.3")
    assert again == code
    assert "The questions were made" in out
    assert f"Wrote {own}" in err
    with open_parts(service_settings(towns)) as parts:
        fitted = load_own(towns.data_folder, parts.reader.name)
    assert fitted is not None
    assert (fitted.threshold, fitted.fitted_on) == (tried["bar"], tried["fitted_on"])
    assert fitted.threshold == fitted.threshold_for(0.3)

    code, _, err = shell("calibrate", *here(towns), "--reset")
    assert (code, own.exists()) == (0, False)
    assert "Removed" in err
    assert "none" in shell("calibrate", *here(towns), "--reset")[2]


def test_a_file_of_questions_is_asked_of_the_documents_served(
    shell: Shell, towns: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_parts(service_settings(towns)) as parts:
        made = make_questions(parts.corpus)
    foreign = {**row(made[0]), "answers": [{**row(made[0]), "file": "elsewhere.txt", "start": 0, "evidence": "abc"}]}
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"".join(json.encode(each) + b"\n" for each in [*map(row, made), foreign]))
    (tmp_path / "corpus.jsonl").write_bytes(json.encode({"doc_id": "other", "text": "Not asked."}) + b"\n")
    monkeypatch.setenv("FOOTNOTE_THRESHOLD", "0.9")
    code, out, err = shell("calibrate", str(file), *here(towns), "--dry-run", "--json")
    found = json.decode(out)
    assert (found["questions"], found["made"], found["most_wrong"]) == (len(made), False, 0.05)
    assert code == int(not found["kept"])
    assert "1 questions are left out" in err
    assert "elsewhere.txt" in err
    assert "drop it" in err
    assert found["before"]["answered"] < 1.0, "the threshold of the settings is the one in use"


def test_too_few_questions_and_wrong_input_are_one_line_and_code_2(
    shell: Shell, towns: Settings, tmp_path: Path
) -> None:
    file, foreign = tmp_path / "few.jsonl", tmp_path / "foreign.jsonl"
    question = {"qid": "1", "question": "Who built the old mill of Weir?", "answers": []}
    file.write_bytes(json.encode(question))
    answer = {"file": "elsewhere.txt", "start": 0, "evidence": "abc", "short": []}
    foreign.write_bytes(json.encode({**question, "answers": [answer]}))
    for arguments, says in (
        ([str(file)], "1 questions, and it takes at least 30"),
        ([str(foreign)], "elsewhere.txt"),
        ([str(tmp_path / "none.jsonl")], "none.jsonl"),
        (["--most-wrong", "0"], "--most-wrong"),
        (["--most-wrong", "5"], "--most-wrong"),
        (["--reset", "--dry-run"], "--reset"),
    ):
        code, out, err = shell("calibrate", *here(towns), *arguments)
        assert (code, out) == (2, "")
        assert is_one_line(err), err
        assert says in err
    assert not (towns.data_folder / OWN_FILE).exists()


def test_documents_too_few_to_ask_about_are_told(shell: Shell, tmp_path: Path) -> None:
    corpus = tmp_path / "texts"
    corpus.mkdir()
    (corpus / "one.txt").write_text("Ada Byron built the old mill of Weir in 1821.\n")
    code, _, err = shell("calibrate", "--corpus", str(corpus), "--data", str(tmp_path / "data"))
    assert code == 2
    assert "could be made from the documents" in err
    assert "file" in err
