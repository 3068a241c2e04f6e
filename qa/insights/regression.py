"""Questions kept as regression questions: a reply that was judged right becomes a line of a question file.

The file is JSON lines in the format of `qa.datasets.question_set` (`file`, `evidence`, `start`, `short`);
`footnote eval --kept` runs it. It is not part of the conversations: forgetting one forgets no regression question.
"""

import os
import threading
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.errors import InputError, ReadOnlyError
from qa.composing.citations import DocumentSource, verify
from qa.conversations.feedback import Feedback
from qa.conversations.history import History
from qa.datasets.question_set import Gold, QuestionSet, load_question_set, read_lines
from qa.types import Citation, Claim, Reply

FILE_NAME = "kept_questions.jsonl"
MOST_TURNS = 8  # twice as many as a follow-up is understood by
_SET_NAME = "kept"


class RegressionAnswer(Struct, frozen=True):
    """`evidence` stands in `file` from `start` on. document_id: by which it is found again if the file is renamed."""

    file: str
    evidence: str
    start: int
    short: tuple[str, ...]
    document_id: str


class RegressionQuestion(Struct, frozen=True):
    """A line of the file. answers: none where the right reply is to abstain. turns: asked before it, oldest first.

    qid: from question and turns, so that the same question is one line however often it is kept.
    """

    qid: str
    question: str
    answers: tuple[RegressionAnswer, ...]
    turns: tuple[str, ...]
    kept_at: str


class RegressionQuestions:
    """The file in a data folder. Safe to share between threads."""

    def __init__(self, data_folder: Path) -> None:
        self.path = data_folder / FILE_NAME
        self._lock = threading.Lock()

    def add(self, question: RegressionQuestion) -> None:
        """Put it at the end, or in the place of the line of its qid. Whole or not at all.

        Raises InputError for a file that is none of questions, ReadOnlyError if it cannot be written.
        """
        with self._lock:
            rows = list(self.rows())
            places = {row.get("qid"): place for place, row in enumerate(rows)}
            line = msgspec.to_builtins(question)
            if question.qid in places:
                rows[places[question.qid]] = line
            else:
                rows.append(line)
            self._write(rows)

    def rows(self) -> tuple[dict[str, Any], ...]:
        """The lines; none where there is no file yet. Raises InputError naming the line that is none."""
        return tuple(row for _, row in read_lines(self.path)) if self.path.exists() else ()

    def questions(self, library: DocumentSource) -> tuple[QuestionSet, tuple[str, ...]]:
        """The set as the documents stand now, and the questions left out because no evidence of theirs stands any more.

        Evidence that has moved, or whose file was renamed, is looked for where it is now. Raises InputError for a file
        that is not there, is none of questions, or of which nothing is left.
        """
        if not self.path.exists():
            raise InputError(
                f"No question was kept yet: there is no {self.path}. Mark an answer as helpful and keep it, on /gaps."
            )
        examples, lost = [], []
        asked = (row for row in self.rows() if row.get("answers") is not None)
        for example, row in zip(load_question_set(self.path).examples, asked, strict=True):
            gold = tuple(each for answer, old in zip(row["answers"], example.gold, strict=True)
                         if (each := _as_it_stands(answer, old, library)))  # fmt: skip
            if gold or not example.gold:
                examples.append(replace(example, gold=gold))
            else:
                lost.append(example.question)
        if not examples:
            raise InputError(f"None of the answers in {self.path} stands in the documents any more: keep new ones.")
        return QuestionSet(_SET_NAME, tuple(examples), None), tuple(lost)

    def _write(self, rows: list[dict[str, Any]]) -> None:
        draft = self.path.with_name(f"{FILE_NAME}.new")
        try:
            with draft.open("wb") as file:
                file.write(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise ReadOnlyError(f"{self.path} cannot be written: {error.strerror}.") from error


def keep(
    feedback_id: str, feedback: Feedback, history: History, library: DocumentSource, into: RegressionQuestions
) -> RegressionQuestion:
    """Keep the question of a reply that was judged helpful: its citations are the right answers, but for those judged
    wrong; an abstention is right to abstain.

    Raises NotFoundError, InputError where the reply was not judged helpful or its quotes do not stand any more, and
    what `RegressionQuestions.add` raises.
    """
    opinion = feedback.one(feedback_id)
    if opinion.kind != "helpful":
        raise InputError("Only an answer that was judged helpful can be kept: of others the right answer is not known.")
    reply = feedback.reply(opinion.reply_id)
    wrong = {each.citation for each in feedback.on_reply(reply.id) if each.citation is not None}
    question = regression_question(reply, wrong, _turns_before(reply, history), library)
    into.add(question)
    feedback.mark_as_regression_question(feedback_id)
    return question


def regression_question(
    reply: Reply, wrong: Collection[int], turns: tuple[str, ...], library: DocumentSource
) -> RegressionQuestion:
    """The reply as a question with its right answers. wrong: numbers of citations that are none.

    Raises InputError if no citation is left that stands in the documents as they are now.
    """
    cited = [each for block in reply.content for each in (*block.citations, *block.also) if each.number not in wrong]
    answers = tuple(answer for each in cited if (answer := _answer(each, reply, library)))
    if reply.answered and not answers:
        raise InputError(
            "No quote of this answer stands in the documents any more, or each was judged wrong: ask again, and keep "
            "the new answer."
        )
    key = "\0".join((*turns, reply.question))
    return RegressionQuestion(
        qid=sha256(key.encode()).hexdigest()[:16],
        question=reply.question,
        answers=answers,
        turns=turns,
        kept_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _turns_before(reply: Reply, history: History) -> tuple[str, ...]:
    """What was asked before it, where it was understood by that."""
    if reply.interpreted_as is None:
        return ()
    return tuple(turn.question for turn in history.turns_before(reply.conversation_id, reply.id, MOST_TURNS))


def _answer(citation: Citation, reply: Reply, library: DocumentSource) -> RegressionAnswer | None:
    """The citation as a right answer, where it stands now; None where it does not."""
    claim = Claim(citation.document_id, citation.start_char_index, citation.end_char_index, citation.cited_text)
    verdict = verify(library, claim)
    if verdict.start_char_index is None or verdict.source is None:
        return None
    is_short = reply.answer is not None and reply.answer.citation == citation.number
    short = (reply.answer.text,) if reply.answer and is_short else ()
    return RegressionAnswer(verdict.source, citation.cited_text, verdict.start_char_index, short, citation.document_id)


def _as_it_stands(answer: dict[str, Any], gold: Gold, library: DocumentSource) -> Gold | None:
    """A right answer where it is now. One without a document id, written by hand, is taken as it is."""
    document_id, evidence = answer.get("document_id"), answer.get("evidence")
    if not isinstance(document_id, str) or not isinstance(evidence, str):
        return gold
    verdict = verify(library, Claim(document_id, gold.start, gold.end, evidence))
    if verdict.start_char_index is None or verdict.end_char_index is None or verdict.source is None:
        return None
    return Gold(verdict.source, verdict.start_char_index, verdict.end_char_index, gold.short)
