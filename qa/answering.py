"""The pipeline: question -> interpret -> retrieve -> read -> decide -> summarise -> cite -> prove -> reply."""

import logging
import time
import unicodedata
from collections.abc import Sequence
from uuid import uuid4

from msgspec import Struct

from index.corpus import Corpus
from index.errors import QuestionError, UnavailableError
from index.types import Hit
from qa.citing import cite, prove, short_answer, source_url
from qa.confidence import Calibration, label
from qa.history import History
from qa.interpret import Interpretation, interpret
from qa.questions import Question, analyse
from qa.reader import OpenPassage, Reader, Reading
from qa.summary import summarise
from qa.text import heading_of
from qa.types import (
    AskOptions,
    ContentBlock,
    Event,
    Interpreted,
    Listener,
    PassagesFound,
    Reply,
    RetrievedPassage,
    SentenceProven,
    ShortAnswer,
    ShortAnswerFound,
    Turn,
)
from qa.wording import reword

LONGEST_QUESTION = 2_000  # characters
_TURNS_REMEMBERED = 4
_log = logging.getLogger(__name__)


class Decision(Struct, frozen=True):
    """What came of reading: content is empty when the reply is an abstention."""

    content: tuple[ContentBlock, ...]
    answer: ShortAnswer | None
    confidence: float


class Answerer:
    """Answers questions on one corpus. One question at a time: callers queue (web/worker.py)."""

    def __init__(
        self, corpus: Corpus, reader: Reader, calibration: Calibration, history: History | None, passages_read: int = 12
    ) -> None:
        self._corpus = corpus
        self._reader = reader
        self._calibration = calibration
        self._history = history
        self._passages_read = passages_read

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
        tell(Interpreted(asked, meant.interpreted_as))
        clock.lap("interpret")
        analysed = analyse(meant.question, meant.carried)
        opened = self._retrieve(analysed.text, options)
        clock.lap("retrieve")
        reading = self._reader.read(analysed, opened)
        shown = self._shown(opened, reading, options.top_k)
        tell(PassagesFound(shown))
        clock.lap("read")
        decision = self._decide(analysed, reading, opened, options.max_sentences)
        for block in decision.content:
            tell(SentenceProven(block))
        tell(ShortAnswerFound(decision.answer))
        clock.lap("answer")
        reply = Reply(
            id=uuid4().hex,
            conversation_id=conversation_id or uuid4().hex,
            question=asked,
            interpreted_as=meant.interpreted_as,
            answered=bool(decision.content),
            answer=decision.answer,
            content=decision.content,
            passages=shown,
            confidence=decision.confidence,
            confidence_label=label(decision.confidence),
            index_version=self._corpus.version,
            timings_ms=clock.total(),
        )
        self._remember(reply)
        return reply

    def prepare(self, question: str) -> tuple[Question, tuple[OpenPassage, ...]]:
        """A question of no conversation as it is understood, and what is read for it: for fitting."""
        meant = self._interpret(question, None)
        analysed = analyse(meant.question, meant.carried)
        return analysed, self._retrieve(analysed.text, AskOptions())

    def _interpret(self, question: str, conversation_id: str | None) -> Interpretation:
        if conversation_id is None or self._history is None:
            turns: tuple[Turn, ...] = ()
        else:
            turns = self._history.turns(conversation_id, _TURNS_REMEMBERED)
        return interpret(question, reword(question, self._corpus), turns)

    def _retrieve(self, question: str, options: AskOptions) -> tuple[OpenPassage, ...]:
        limit = max(options.top_k, self._passages_read)
        return tuple(self._open(hit) for hit in self._corpus.search(question, limit, options.sources))

    def _open(self, hit: Hit) -> OpenPassage:
        passage = self._corpus.passage(hit.passage_id)
        sentences = self._corpus.sentences(passage.document_id)
        before = sentences[passage.first_sentence - 1] if passage.first_sentence else None
        own = sentences[passage.first_sentence : passage.end_sentence]
        return OpenPassage(hit, passage, self._corpus.document(passage.document_id), own, before)

    def _decide(
        self, question: Question, reading: Reading, opened: Sequence[OpenPassage], max_sentences: int
    ) -> Decision:
        confidence = round(self._calibration.confidence(reading.signals), 4)  # label and bar go by what is shown
        if confidence < self._calibration.bar:
            return Decision((), None, confidence)
        content = cite(summarise(question, reading, opened, max_sentences), opened)
        answer = short_answer(reading.span, content)
        prove(self._corpus, content, answer)
        return Decision(content, answer, confidence)

    def _shown(self, opened: Sequence[OpenPassage], reading: Reading, top_k: int) -> tuple[RetrievedPassage, ...]:
        order = sorted(range(len(opened)), key=lambda number: (-reading.relevance[number], number))[:top_k]
        return tuple(_retrieved(opened[number], rank) for rank, number in enumerate(order, 1))

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


def _retrieved(opened: OpenPassage, rank: int) -> RetrievedPassage:
    passage, document = opened.passage, opened.document
    return RetrievedPassage(
        passage_id=passage.passage_id,
        document_id=document.document_id,
        source=document.source,
        start_char_index=passage.start,
        end_char_index=passage.end,
        text=document.text[passage.start : passage.end],
        similarity=round(opened.hit.similarity, 4),
        rank=rank,
        document_title=document.title,
        heading=heading_of(passage.heading_path),
        url=source_url(document.document_id, passage.start, passage.end),
    )
