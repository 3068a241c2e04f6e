"""`footnote gaps` and `footnote eval --kept`, on the shipped documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import convert, json

from qa.bootstrap import open_service
from qa.cleaning import clean_question
from qa.evaluation.report import Report
from qa.insights.gaps import GapsReport
from qa.insights.regression import FILE_NAME, RegressionQuestions
from tests.replies import ENVOY, NOWHERE
from tests.shell import Shell, is_one_line
from web.bootstrap import service_settings
from web.settings.settings import Settings


@pytest.fixture
def kept(seeds_settings: Settings) -> Iterator[RegressionQuestions]:
    """Those kept, after one question with an answer and one without, both judged helpful. They are removed."""
    with open_service(service_settings(seeds_settings)) as service:
        replies = [service.ask(clean_question(question)) for question in (ENVOY, NOWHERE[0])]
        for reply in replies:
            service.keep_question(service.give_feedback(reply.id, "helpful").feedback_id)
        kept = RegressionQuestions(seeds_settings.data_folder)
        yield kept
        kept.path.unlink()
        for reply in replies:
            service.delete_conversation(reply.conversation_id)


def test_gaps_are_told_in_words_and_as_json(shell: Shell, kept: RegressionQuestions) -> None:
    assert kept.path.name == FILE_NAME
    code, out, err = shell.here("gaps", "--json")
    assert code == 0, err
    told = convert(json.decode(out), GapsReport)
    assert NOWHERE[0] in [topic.representative.question for topic in told.unanswered]
    assert {each.question for each in told.liked} >= {ENVOY, NOWHERE[0]}
    code, out, err = shell.here("gaps")
    assert code == 0, err
    lines = out.splitlines()
    assert lines[0] == f"{told.questions:,} questions: {told.answered:,} answered, {told.abstained:,} not."
    week = next(line for line in lines if told.weeks[-1].begins in line)
    assert week.count("#") + week.count("-") == 30 + 2, "the only week fills the bar; two more are in its date"
    assert any(line.endswith(NOWHERE[0]) for line in lines)
    assert f"Never cited ({told.never_cited_documents} of 5 documents)" in lines


def test_kept_questions_are_asked_again(shell: Shell, kept: RegressionQuestions, tmp_path: Path) -> None:
    code, out, err = shell.here("eval", "--kept", "--out", str(tmp_path), "--json")
    assert code == 0, err
    report = convert(json.decode(out), Report)
    assert (report.name, report.figures.questions, report.figures.answerable) == ("kept", 2, 1)
    assert report.circumstances.command.startswith("footnote eval --kept")
    assert (tmp_path / "kept.md").is_file()
    (first, second) = kept.rows()
    lines = [{**first, "answers": []}, {**second, "answers": first["answers"]}]
    kept.path.write_bytes(b"".join(json.encode(line) + b"\n" for line in lines))
    code, _, err = shell.here("eval", "--kept")
    assert code == 1
    assert [line for line in err.splitlines() if line.startswith("Not right")] == [
        f"Not right any more: {question}" for question in (ENVOY, NOWHERE[0])
    ]


def test_a_file_or_the_kept_questions_and_not_both(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").touch()
    for arguments in ([], ["--kept", str(tmp_path / "questions.jsonl")]):
        code, _, err = shell.here("eval", *arguments)
        assert code == 2
        assert is_one_line(err)
        assert "--kept" in err
    code, _, err = shell.here("eval", "--kept")
    assert code == 2
    assert "No question was kept yet" in err
