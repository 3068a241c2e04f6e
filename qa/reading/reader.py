"""The Reader protocol: from a question and the passages found to scored evidence and a short answer."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from index.types import Document, Hit, Passage, Sentence
from qa.language.question import Question

_UNLIKELY = -4.0  # natural logarithm of a span's share of all


class OpenPassage(Struct, frozen=True):
    """A passage laid open for reading. sentences: its own, in order. before: the one before its first, if any.
    of_document: all of its document's."""

    hit: Hit
    passage: Passage
    document: Document
    sentences: tuple[Sentence, ...]
    before: Sentence | None = None
    of_document: tuple[Sentence, ...] = ()


class Evidence(Struct, frozen=True):
    """A sentence that may answer. passage_index: its passage's place in what was read. score: higher is better.

    similarity: cosine of question and sentence, -1 to 1.
    """

    passage_index: int
    sentence: Sentence
    score: float
    similarity: float


class Span(Struct, frozen=True):
    """A short answer: `document.text[start:end]`, inside the sentence of `evidence[evidence_index]`.

    score: on one scale across the passages read, higher is better.
    """

    evidence_index: int
    start: int
    end: int
    score: float = 0.0


class Reading(Struct, frozen=True):
    """What reading gave. evidence: best first, each sentence once. relevance: one a passage read, same order.

    span: the short answer. spans: the best of each sentence that has one, best first, `span` among them if there is
    one: what other passages give for the same question.
    signals: named numbers for the confidence model; which there are is the reader's own affair.
    """

    evidence: tuple[Evidence, ...]
    relevance: tuple[float, ...]
    span: Span | None
    signals: dict[str, float]
    spans: tuple[Span, ...] = ()


def with_first(question: Question, reading: Reading, evidence: Evidence) -> Reading:
    """The reading with that piece of its evidence first, and the short answer that it has, if any."""
    if evidence is reading.evidence[0]:
        return reading
    at = reading.evidence.index(evidence)
    first = replace(evidence, score=reading.evidence[0].score)
    places = {number: number + (number < at) for number in range(len(reading.evidence))} | {at: 0}
    spans = tuple(replace(span, evidence_index=places[span.evidence_index]) for span in reading.spans)
    own = next((span for span in spans if span.evidence_index == 0 and is_worth_giving(question, span)), None)
    rest = (each for each in reading.evidence if each is not evidence)
    return replace(reading, evidence=(first, *rest), span=own, spans=spans)


def is_worth_giving(question: Question, span: Span) -> bool:
    """Whether a span is worth giving by itself: the sentences say it better where only they answer, as a reason."""
    return question.asks_form or span.score >= _UNLIKELY


class Reader(Protocol):
    """Reads passages for one question. Deterministic; raises nothing of its own."""

    @property
    def name(self) -> str:
        """Names the reader and its weights, for records."""

    def read(self, question: Question, passages: Sequence[OpenPassage]) -> Reading:
        """Score every sentence of the passages that it reads; one not worth reading has a relevance of -inf.

        No passages give an empty reading.
        """
