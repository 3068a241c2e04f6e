"""A reader measured by itself: each question put to the paragraph it was written for, without retrieval, as SQuAD does.

Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text", EMNLP 2016; "Know What You Don't Know:
Unanswerable Questions for SQuAD", ACL 2018.
"""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct, field

from index.errors import InputError, QuestionError
from index.types import Document, Hit, Matrix, Passage, PassageKind, Sentence, SourceSummary
from qa.cleaning import clean_question
from qa.confidence import Calibration
from qa.datasets.question_set import Example, ParagraphRange
from qa.evaluation.calibration_metrics import auroc
from qa.evaluation.evaluation import kind_of
from qa.evaluation.metrics import exact_match, f1, worded
from qa.language.question import Question, analyse
from qa.reading.reader import OpenPassage, Reader, Span


class Documents(Protocol):
    """What is needed of a corpus."""

    def sources(self) -> tuple[SourceSummary, ...]: ...

    def document(self, document_id: str) -> Document: ...

    def sentences(self, document_id: str) -> tuple[Sentence, ...]: ...

    def document_passages(self, document_id: str) -> tuple[Passage, ...]: ...

    def embed(self, texts: Sequence[str]) -> Matrix: ...


class Attempt(Struct, frozen=True):
    """A reader's answer to one question, "" for none. exact, f1: of it, 0 to 1; where there is nothing to answer, 1 for
    "". cited_exact, cited_f1: of the short answer that a reply would have, which lies in the sentence cited first.
    milliseconds: of reading."""

    qid: str
    kind: str
    answerable: bool
    confidence: float
    answer: str
    exact: float
    f1: float
    cited_exact: float
    cited_f1: float
    milliseconds: float


class Scores(Struct, frozen=True):
    """EM and F1, 0 to 1: of all, and of those with an answer (SQuAD 2.0's HasAns). refused: share of those without one
    (NoAns) that were not answered. None where there are none."""

    exact: float
    f1: float
    answerable_exact: float | None
    answerable_f1: float | None
    refused: float | None


class ParagraphFigures(Struct, frozen=True):
    """always: the best answer given whatever the confidence (of answerable questions, this is SQuAD 1.1). shipped: ""
    below the threshold that ships. Of a set with unanswerable questions also, as SQuAD 2.0 has it, at the threshold
    that is best for the figure: best_exact at best_exact_threshold, and `best` at best_threshold, the best for F1.
    auroc: of confidence, answerable questions against the others. cited_exact, cited_f1: of the short answer that a
    reply would have, over answerable questions. Latencies: milliseconds of reading.
    """

    questions: int
    answerable: int
    always: Scores
    shipped: Scores
    best_exact: float | None
    best_exact_threshold: float | None = field(name="best_exact_bar")
    best: Scores | None
    best_threshold: float | None = field(name="best_bar")
    auroc: float | None
    cited_exact: float | None
    cited_f1: float | None
    latency_p50_ms: float
    latency_p95_ms: float


class Paragraphs:
    """Opens paragraphs of indexed documents as the passages that a reader takes."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._ids = {summary.source: summary.document_id for summary in documents.sources()}
        self._last: tuple[str, Matrix] | None = None

    def open(self, question: Question, place: ParagraphRange) -> OpenPassage:
        """The stored sentences that lie in the paragraph, as the one passage found. Raises InputError if its document
        is not indexed or is shorter."""
        document_id = self._ids.get(place.source)
        if document_id is None:
            raise InputError(f"{place.source} is not indexed: name the folder it lies in with --corpus.")
        document = self._documents.document(document_id)
        if place.end > len(document.text):
            raise InputError(f"{place.source} ends at {len(document.text):,}, before {place.end:,}: correct `para`.")
        every = self._documents.sentences(document_id)
        own = tuple(one for one in every if place.start <= one.start and one.end <= place.end)
        first = own[0].ordinal if own else 0
        heading = (
            p for p in self._documents.document_passages(document_id) if p.first_sentence <= first < p.end_sentence
        )
        stored = next(heading, None)
        passage = Passage(
            document_id=document_id,
            ordinal=stored.ordinal if stored else 0,
            kind=stored.kind if stored else PassageKind.BODY,
            first_sentence=first,
            end_sentence=own[-1].ordinal + 1 if own else first,
            start=place.start,
            end=place.end,
            heading_path=stored.heading_path if stored else (),
        )
        similarity = self._similarity(question, f"{document.title}: {document.text[place.start : place.end]}")
        hit = Hit(passage.passage_id, similarity, score=1.0, dense_rank=1, lexical_rank=1, bm25=1.0)
        return OpenPassage(hit, passage, document, own)

    def _similarity(self, question: Question, text: str) -> float:
        if self._last is None or self._last[0] != text:  # a paragraph's questions come one after another
            self._last = (text, self._documents.embed([text]))
        return float(self._last[1][0] @ self._documents.embed([question.text])[0])


def attempt_all(
    reader: Reader,
    calibration: Calibration,
    documents: Documents,
    examples: Sequence[Example],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Attempt, ...]:
    """Put each question to its paragraph; turns before it are left out. The answer is the reader's best span, whatever
    the confidence. Raises InputError for a question without a paragraph or that cannot be asked."""
    paragraphs = Paragraphs(documents)
    attempts = []
    for number, example in enumerate(examples, 1):
        try:
            attempts.append(_attempt(reader, calibration, paragraphs, example))
        except QuestionError as error:
            raise InputError(f"Question {example.qid}: {error}") from error
        if progress is not None:
            progress(number, len(examples))
    return tuple(attempts)


def _attempt(reader: Reader, calibration: Calibration, paragraphs: Paragraphs, example: Example) -> Attempt:
    if example.paragraph is None:
        raise InputError(f"Question {example.qid} does not say which paragraph it was written for (`para`).")
    question = analyse(clean_question(example.question))
    opened = paragraphs.open(question, example.paragraph)
    began = time.perf_counter()
    reading = reader.read(question, (opened,))
    milliseconds = (time.perf_counter() - began) * 1000
    best = reading.spans[0] if reading.spans else reading.span
    answer, cited = _text(opened, best), _text(opened, reading.span)
    accepted = worded(example.accepted)
    return Attempt(
        qid=example.qid,
        kind=kind_of(example),
        answerable=bool(example.gold),
        confidence=calibration.confidence(reading.signals),
        answer=answer,
        exact=float(exact_match(answer, accepted)),
        f1=f1(answer, accepted),
        cited_exact=float(exact_match(cited, accepted)),
        cited_f1=f1(cited, accepted),
        milliseconds=milliseconds,
    )


def _text(opened: OpenPassage, span: Span | None) -> str:
    return opened.document.text[span.start : span.end] if span else ""


def scores(attempts: Sequence[Attempt], threshold: float) -> Scores:
    """With "" for what is less sure than the threshold. Raises ValueError for no attempts."""
    if not attempts:
        raise ValueError("no attempts")
    yes = [a for a in attempts if a.answerable]
    return Scores(
        exact=statistics.fmean(_at_threshold(a, a.exact, threshold) for a in attempts),
        f1=statistics.fmean(_at_threshold(a, a.f1, threshold) for a in attempts),
        answerable_exact=_mean([_at_threshold(a, a.exact, threshold) for a in yes]),
        answerable_f1=_mean([_at_threshold(a, a.f1, threshold) for a in yes]),
        refused=_mean([_at_threshold(a, a.f1, threshold) for a in attempts if not a.answerable]),
    )


def best_threshold(attempts: Sequence[Attempt], value: Callable[[Attempt], float]) -> tuple[float, float]:
    """The threshold with the highest mean of `value` (the highest such threshold), and that mean; at least one attempt.

    SQuAD 2.0's best threshold, with what is equally sure answered together.
    """
    ordered = sorted(attempts, key=lambda a: -a.confidence)
    total = float(sum(not a.answerable for a in ordered))
    best = (math.nextafter(ordered[0].confidence, math.inf), total)
    for number, a in enumerate(ordered, 1):
        total += value(a) - (not a.answerable)
        last = number == len(ordered) or ordered[number].confidence < a.confidence
        if last and total > best[1]:
            best = (a.confidence, total)
    return best[0], best[1] / len(ordered)


def summarise_attempts(attempts: Sequence[Attempt], threshold: float) -> ParagraphFigures:
    """The figures of a set; `threshold` is the one that ships. Raises ValueError for no attempts."""
    always, shipped = scores(attempts, -math.inf), scores(attempts, threshold)
    yes = [a for a in attempts if a.answerable]
    times = sorted(a.milliseconds for a in attempts)
    exact_threshold, exact, f1_threshold, best = None, None, None, None
    if len(yes) < len(attempts):
        exact_threshold, exact = best_threshold(attempts, lambda a: a.exact)
        f1_threshold, _ = best_threshold(attempts, lambda a: a.f1)
        best = scores(attempts, f1_threshold)
    return ParagraphFigures(
        questions=len(attempts),
        answerable=len(yes),
        always=always,
        shipped=shipped,
        best_exact=exact,
        best_exact_threshold=exact_threshold,
        best=best,
        best_threshold=f1_threshold,
        auroc=auroc([a.confidence for a in yes], [a.confidence for a in attempts if not a.answerable]),
        cited_exact=_mean([a.cited_exact for a in yes]),
        cited_f1=_mean([a.cited_f1 for a in yes]),
        latency_p50_ms=statistics.median(times),
        latency_p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
    )


def _at_threshold(attempt: Attempt, value: float, threshold: float) -> float:
    """What the attempt scores if what is less sure than the threshold is not answered."""
    return value if attempt.confidence >= threshold else float(not attempt.answerable)


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None
