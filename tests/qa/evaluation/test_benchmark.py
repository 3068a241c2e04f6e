"""A question set with a corpus of its own, run with the real model."""

import json
from pathlib import Path

import pytest

from index.sync.progress import SyncProgress
from qa.bootstrap import ServiceSettings
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.datasets.question_set import QuestionSet, load_question_set
from qa.evaluation.benchmark import open_benchmark
from qa.evaluation.evaluation import evaluate, summarise_outcomes

MILL = "The old mill of Weir was built by Ada Byron in 1821. It grinds barley."
MARKET = "Ghent has a market on Sundays. Cheese from forty farms is sold there."


def documents(folder: Path, **texts: str) -> None:
    lines = [json.dumps({"doc_id": name, "text": text}) for name, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    folder = tmp_path / "tiny"
    folder.mkdir()
    documents(folder, mill=MILL, market=MARKET)
    rows = [
        {
            "qid": "1",
            "question": "Who built the old mill of Weir?",
            "answers": [{"doc_id": "mill", "text": "Ada Byron", "start": MILL.index("Ada")}],
        },
        {"qid": "2", "question": "Why did the lighthouse fall into the sea?", "answers": []},
    ]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return load_question_set(folder / "questions.jsonl")


def test_its_corpus_is_indexed_once_asked_without_a_threshold_and_leaves_no_history(
    questions: QuestionSet, tmp_path: Path
) -> None:
    settings, work = ServiceSettings(data_folder=tmp_path / "served"), tmp_path / "work"
    first: list[SyncProgress] = []
    with open_benchmark(questions, settings, work, first.append) as service:
        figures = summarise_outcomes(evaluate(service.answerer, questions.examples))
        assert [summary.source for summary in service.corpus.sources()] == ["market.txt", "mill.txt"]
        version = service.corpus.version
    assert (figures.hit_at_1, figures.first_cited, figures.short_exact) == (1.0, 1.0, 1.0)
    assert figures.right_abstentions == 0.0, "it never abstains"
    assert first[-1].embedded > 0
    assert not (tmp_path / "served").exists()
    assert not list((work / "tiny").rglob(HISTORY_FILE))

    second: list[SyncProgress] = []
    with open_benchmark(questions, settings, work, second.append) as service:
        assert service.corpus.version == version
    assert second[-1].embedded == 0

    documents(tmp_path / "tiny", mill=MILL)
    with open_benchmark(questions, settings, work) as service:
        assert [summary.source for summary in service.corpus.sources()] == ["mill.txt"]


def test_a_set_of_patterns_is_asked_of_the_folder_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    for case, text in (("mill", MILL), ("market", MARKET)):
        (folder / "files" / case).mkdir(parents=True)
        (folder / "files" / case / "notes.txt").write_text(text, encoding="utf-8")
    rows = [
        {"case": "mill", "question": "Who built the old mill?", "expect": "Ada Byron"},
        {"case": "market", "question": "Who built the old mill?", "expect": None},
    ]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    questions = load_question_set(folder / "questions.jsonl")
    with open_benchmark(questions, ServiceSettings(data_folder=tmp_path / "served"), tmp_path / "work") as service:
        mill, market = evaluate(service.answerer, questions.examples)
    assert (mill.first, mill.exact, market.answerable) == (True, True, False)
    assert not list(folder.rglob("*.sqlite*")), "what is indexed lies in the work folder"
