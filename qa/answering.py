"""The pipeline: question -> interpret -> retrieve -> read -> decide -> summarise -> cite -> prove -> reply."""

import logging
import time
from uuid import uuid4

from index.corpus import Corpus
from index.errors import QuestionError, UnavailableError
from qa.confidence import Calibration, label
from qa.deciding import Decider, Decision
from qa.history import History
from qa.interpret import Interpretation, interpret
from qa.questions import Question, analyse
from qa.reader import OpenPassage, Reader
from qa.retrieval import Retriever, shown_passages
from qa.scan import Found, exhaustive
from qa.text import visible
from qa.types import (
    AskOptions,
    Event,
    Interpreted,
    Listener,
    PassagesFound,
    ReadingBegun,
    Reply,
    RetrievedPassage,
    SentenceProven,
    ShortAnswerFound,
    Turn,
)
from qa.wording import reword

LONGEST_QUESTION = 2_000  # characters
_TURNS_REMEMBERED = 4
_log = logging.getLogger(__name__)


class Answerer:
    """Answers questions on one corpus. One question at a time: callers queue (web/worker.py)."""

    def __init__(self, corpus: Corpus, reader: Reader, calibration: Calibration, history: History | None) -> None:
        self._corpus = corpus
        self._reader = reader
        self._decider = Decider(corpus, calibration)
        self._history = history
        self._retriever = Retriever(corpus)

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        options: AskOptions = AskOptions(),  # noqa: B008 (frozen)
        listener: Listener | None = None,
    ) -> Reply:
        """Answer, or abstain. `listener` hears of each stage as it is done.

        Raises QuestionError (empty or too long), QuoteError (a defect of ours) and what the index raises.
        """
        asked = clean_question(question)
        self._corpus.refresh()
        turns = self._turns(conversation_id, options.replaces)
        reply = self._answer(asked, conversation_id or uuid4().hex, turns, options, listener or _nobody)
        self._remember(reply, options.replaces)
        return reply

    def preview(self, question: str, options: AskOptions = AskOptions()) -> Reply:  # noqa: B008 (frozen)
        """The reply to a question outside any conversation; nothing is remembered. Raises what `ask` raises."""
        return self._answer(clean_question(question), "", (), options, _nobody)

    def settle(self, question: str, turns: Sequence[Turn]) -> Interpretation:
        """What a question after `turns` (oldest first) is taken to mean: decided by reading."""
        return settle(self._meanings(question, turns, AskOptions()), lambda meant: self._look(meant, AskOptions())).meant

    def prepare(self, question: str) -> tuple[Question, tuple[OpenPassage, ...]]:
        """A question of no conversation as it is understood, and what is read for it: for fitting."""
        meant = self._meanings(question, (), AskOptions())[0]
        analysed = analyse(meant.question, meant.carried)
        return analysed, self._retriever.retrieve(analysed, AskOptions())

    def _answer(
        self, asked: str, conversation_id: str, turns: Sequence[Turn], options: AskOptions, tell: Listener
    ) -> Reply:
        clock = _Clock()
        meanings = self._meanings(asked, turns, options)
        found = exhaustive(self._corpus, meanings[0], options)
        if found is not None and (found.quotes or found.literal):
            interpreted_as, shown, decision = self._scanned(found, meanings[0], options, clock)
        else:
            interpreted_as, shown, decision = self._read(found, meanings, options, clock, tell)
    def _remember(self, reply: Reply) -> None:
        if self._history is None:
            return
        try:
            self._history.add(reply)
        except UnavailableError as error:  # read-only, a full disk, another process at it
            _log.warning("This turn is not remembered: %s", error)


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round((now - self._last) * 1000, 2)
        self._last = now

    def total(self) -> dict[str, float]:
        return {**self._laps, "total": round((self._last - self._began) * 1000, 2)}


def _tell_of(decision: Decision, tell: Listener) -> None:
    for block in decision.content:
        tell(SentenceProven(block))
    tell(ShortAnswerFound(decision.answer))


def _nobody(event: Event) -> None:
    """A listener that does not listen."""


def clean_question(question: str) -> str:
    """The question without control and formatting characters (NUL, bidi overrides) and outer space, spaces folded.

    Raises QuestionError if nothing is left or it is longer than LONGEST_QUESTION characters.
    """
    clean = visible(question)
    if not any(c.isalnum() for c in clean):
        raise QuestionError("The question is empty: write what you would like to know.")
    if len(clean) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(clean):,} characters, and {LONGEST_QUESTION:,} are allowed: shorten it."
        )
    return clean
