"""The pipeline: question -> interpret -> retrieve -> read -> decide -> summarise -> cite -> prove -> reply."""

import logging
import time
import unicodedata
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
        clock = _Clock()
        tell = listener or _nobody
        asked = clean_question(question)
        self._corpus.refresh()
        meant = self._interpret(asked, conversation_id)
        found = exhaustive(self._corpus, meant, options)
        as_put = found is not None and found.question == asked and not meant.carried
        interpreted_as = None if as_put else meant.interpreted_as
        tell(Interpreted(asked, interpreted_as))
        clock.lap("interpret")
        shown, decision = self._found(found, meant, options, clock, tell)
        clock.lap("answer")
        _tell_of(decision, tell)
        reply = Reply(
            id=uuid4().hex,
            conversation_id=conversation_id or uuid4().hex,
            question=asked,
            interpreted_as=interpreted_as,
            answered=bool(decision.content),
            answer=decision.answer,
            content=decision.content,
            passages=shown,
            confidence=decision.confidence,
            confidence_label=label(decision.confidence),
            index_version=self._corpus.version,
            timings_ms=clock.total(),
            disagreement=bool(decision.groups),
            groups=decision.groups,
            coverage=decision.coverage,
            count=decision.count,
        )
        self._remember(reply)
        return reply

    def prepare(self, question: str) -> tuple[Question, tuple[OpenPassage, ...]]:
        """A question of no conversation as it is understood, and what is read for it: for fitting."""
        meant = self._interpret(question, None)
        analysed = analyse(meant.question, meant.carried)
        return analysed, self._retriever.retrieve(analysed, AskOptions())

    def _interpret(self, question: str, conversation_id: str | None) -> Interpretation:
        if conversation_id is None or self._history is None:
            turns: tuple[Turn, ...] = ()
        else:
            turns = self._history.turns(conversation_id, _TURNS_REMEMBERED)
        return interpret(question, reword(question, self._corpus), turns)

    def _found(
        self, found: Found | None, meant: Interpretation, options: AskOptions, clock: "_Clock", tell: Listener
    ) -> tuple[tuple[RetrievedPassage, ...], Decision]:
        """What a scan found, if the question asks for one; else what the best passages say."""
        question = analyse(meant.question, meant.carried)
        opened = found.passages if found and found.quotes else self._retriever.retrieve(question, options)
        clock.lap("retrieve")
        if found and (found.quotes or found.literal):
            in_order = [-float(rank) for rank in range(len(opened))]
            shown = shown_passages(opened, in_order, options.top_k)
            tell(PassagesFound(shown))
            return shown, self._decider.on_scan(found)
        tell(ReadingBegun(len(opened), len({each.document.document_id for each in opened})))
        reading = self._reader.read(question, opened)  # what is said may be said in other words
        clock.lap("read")
        shown = shown_passages(opened, reading.relevance, options.top_k)
        tell(PassagesFound(shown))
        decision = self._decider.on_reading(question, reading, opened, options.max_sentences)
        if found and not decision.content:
            decision = self._decider.on_scan(found)
        return shown, decision

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
    visible = "".join(" " if c in "\t\n\r\x0b\x0c\x85\u2028\u2029" else c for c in question)
    kept = "".join(c for c in visible if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"} or c in "\u200c\u200d")
    clean = " ".join(kept.split())
    if not any(c.isalnum() for c in clean):
        raise QuestionError("The question is empty: write what you would like to know.")
    if len(clean) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(clean):,} characters, and {LONGEST_QUESTION:,} are allowed: shorten it."
        )
    return clean
