"""Replies kept as regression questions, and the file `footnote eval --kept` asks."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from index.errors import InputError, NotFoundError, ReadOnlyError
from index.types import Document
from qa.datasets.question_set import Gold, load_question_set
from qa.insights.regression import FILE_NAME, MOST_TURNS, RegressionQuestion, RegressionQuestions, keep
from qa.types import ShortAnswer
from tests.past import Past, cite, made, past

TEXT = "The lamp was lit in 1872. It went out in 1931. Nobody lit it again."
LIT, OUT = "The lamp was lit in 1872.", "It went out in 1931."


class Shelf:
    """Documents by id."""

    def __init__(self) -> None:
        self.documents = {
            "d": Document("d", "lamps/a.txt", sha256(TEXT.encode()).hexdigest(), TEXT, "text", "utf-8", ())
        }

    def document(self, document_id: str) -> Document:
        if document_id not in self.documents:
            raise NotFoundError(document_id)
        return self.documents[document_id]

    def change(self, **fields: str) -> None:
        self.documents["d"] = replace(self.documents["d"], **fields)


class Desk:
    """What keeping needs."""

    def __init__(self, before: Past, folder: Path) -> None:
        self.past = before
        self.shelf = Shelf()
        self.regression_questions = RegressionQuestions(folder)

    def keep(self, reply_id: str) -> RegressionQuestion:
        given = self.past.feedback.give(reply_id, "helpful")
        return keep(given.feedback_id, self.past.feedback, self.past.history, self.shelf, self.regression_questions)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with past(tmp_path) as before:
        two = (cite(1, LIT, 0), cite(2, OUT, len(LIT) + 1))
        before.add(made("r1", "When was it lit?", *two, short=ShortAnswer("1872", 1, 20, 24)))
        before.add(made("r2", "Who paints it?"))
        yield Desk(before, tmp_path)


def test_an_answer_is_kept_in_the_format_that_eval_reads(desk: Desk) -> None:
    question = desk.keep("r1")
    (example,) = load_question_set(desk.regression_questions.path).examples
    assert (example.qid, example.question, example.turns) == (question.qid, "When was it lit?", ())
    first, second = example.gold
    assert first == Gold("lamps/a.txt", 0, len(LIT), ("1872",))
    assert TEXT[second.start : second.end] == OUT
    assert second.short == ()
    assert desk.past.feedback.on_reply("r1")[0].kept_at


def test_an_abstention_judged_right_has_no_answers(desk: Desk) -> None:
    desk.keep("r2")
    (example,) = load_question_set(desk.regression_questions.path).examples
    assert example.gold == ()


def test_each_is_kept_once_and_the_last_time_counts(desk: Desk) -> None:
    first = desk.keep("r1")
    desk.keep("r2")
    desk.past.add(made("r3", "When was it lit?", cite(1, OUT, len(LIT) + 1)))
    again = desk.keep("r3")
    assert again.qid == first.qid
    assert [row["question"] for row in desk.regression_questions.rows()] == ["When was it lit?", "Who paints it?"]
    assert [each["evidence"] for each in desk.regression_questions.rows()[0]["answers"]] == [OUT]
    assert [path.name for path in desk.regression_questions.path.parent.iterdir() if "kept" in path.name] == [FILE_NAME]


def test_a_follow_up_is_kept_with_what_was_asked_before(desk: Desk) -> None:
    for number in range(MOST_TURNS):
        desk.past.add(made(f"s{number}", f"Question {number}?"))
    desk.past.add(made("r3", "And when did it go out?", cite(1, OUT, len(LIT) + 1), interpreted_as="When was it out?"))
    desk.past.add(made("r4", "Asked later?"))
    assert desk.keep("r3").turns == tuple(f"Question {number}?" for number in range(MOST_TURNS))
    assert load_question_set(desk.regression_questions.path).examples[0].turns[-1] == f"Question {MOST_TURNS - 1}?"


def test_a_citation_judged_wrong_is_no_right_answer(desk: Desk) -> None:
    desk.past.feedback.give("r1", "wrong_citation", 1)
    assert [each.evidence for each in desk.keep("r1").answers] == [OUT]
    desk.past.feedback.give("r1", "wrong_citation", 2)
    with pytest.raises(InputError, match="judged wrong"):
        desk.keep("r1")


def test_only_what_was_judged_helpful_is_kept(desk: Desk) -> None:
    given = desk.past.feedback.give("r1", "not_helpful")
    with pytest.raises(InputError, match="helpful"):
        keep(given.feedback_id, desk.past.feedback, desk.past.history, desk.shelf, desk.regression_questions)
    with pytest.raises(NotFoundError):
        keep("nothing", desk.past.feedback, desk.past.history, desk.shelf, desk.regression_questions)
    assert not desk.regression_questions.path.exists()


def test_forgetting_the_conversation_forgets_no_kept_question(desk: Desk) -> None:
    desk.keep("r1")
    desk.past.history.delete("c1")
    assert desk.past.feedback.on_reply("r1") == ()
    assert len(desk.regression_questions.rows()) == 1


def test_evidence_is_looked_for_where_it_is_now(desk: Desk) -> None:
    desk.keep("r1")
    desk.keep("r2")
    desk.shelf.change(source="lamps/b.txt", text=f"A foreword. {TEXT}")
    questions, lost = desk.regression_questions.questions(desk.shelf)
    assert (questions.name, questions.corpus, lost) == ("kept", None, ())
    assert [(each.source, each.start) for each in questions.examples[0].gold] == [
        ("lamps/b.txt", 12),
        ("lamps/b.txt", 12 + len(LIT) + 1),
    ]
    desk.shelf.change(text=LIT)
    assert [len(each.gold) for each in desk.regression_questions.questions(desk.shelf)[0].examples] == [1, 0]
    desk.shelf.documents.clear()
    questions, lost = desk.regression_questions.questions(desk.shelf)
    assert ([each.question for each in questions.examples], lost) == (["Who paints it?"], ("When was it lit?",))
    with pytest.raises(InputError, match="stands in the documents any more"):
        desk.keep("r1")


def test_lines_written_by_hand_are_taken_as_they_are(desk: Desk) -> None:
    answer = {"file": "lamps/z.txt", "evidence": "abc", "start": 3, "short": ["b"]}
    row = {"qid": "mine", "question": "By hand?", "answers": [answer], "note": "kept"}
    desk.regression_questions.path.write_bytes(json.encode(row) + b"\n")
    desk.keep("r2")
    assert desk.regression_questions.rows()[0] == row
    assert desk.regression_questions.questions(desk.shelf)[0].examples[0].gold == (Gold("lamps/z.txt", 3, 6, ("b",)),)


def test_no_file_a_broken_one_and_one_that_cannot_be_written_are_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No question was kept yet"):
        desk.regression_questions.questions(desk.shelf)
    desk.regression_questions.path.write_text("no JSON\n")
    with pytest.raises(InputError, match="line 1"):
        desk.keep("r1")
    assert desk.regression_questions.path.read_text() == "no JSON\n"
    assert desk.past.feedback.on_reply("r1")[0].kept_at is None
    desk.regression_questions = RegressionQuestions(tmp_path / "nowhere")
    with pytest.raises(ReadOnlyError, match=FILE_NAME):
        desk.keep("r1")
