"""The trained reader: a network reads the likeliest passages, and a linear model weighs it with the other features."""

import hashlib
import math
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from index.sentences.struck import held, unstruck
from index.types import PassageKind, Range
from qa.language.question import AnswerType, Question
from qa.reading.features import NAMES as FEATURES
from qa.reading.flatten import SentenceScore, by_sentence, join
from qa.reading.linear import FeatureReader, Scores, SentenceFeatures, Weights, stated_span
from qa.reading.reader import Evidence, OpenPassage, Reading, Span, is_worth_giving
from qa.reading.span_model import ReadText, SpanModel, TextScore
from qa.reading.spans import best_span, candidates

# Log-odds the network gives: that a sentence speaks to the question, that a stretch of it is the answer, and that its
# passage is about what is asked and answers it.
NAMES = (*FEATURES, "evidence", "span", "relevant", "answerable")
_PASSAGES = 8
_OF_FORM = frozenset({AnswerType.DATE, AnswerType.NUMBER})
_FARTHEST = 12.0  # log-odds beyond it are all the same


class _NetworkOutput(Struct, frozen=True):
    """The output of the network for a passage, and for its sentences by ordinal."""

    passage: TextScore
    sentences: dict[int, SentenceScore]

    def row(self, ordinal: int) -> list[float]:
        """The last four of NAMES."""
        sentence = self.sentences[ordinal]
        values = (sentence.evidence, sentence.span, self.passage.relevant, self.passage.answerable)
        return [max(-_FARTHEST, min(_FARTHEST, value)) for value in values]


class TrainedReader:
    """Implements `qa.reading.reader.Reader`. Safe for one thread at a time."""

    def __init__(self, features: FeatureReader, model: SpanModel, weights: Weights) -> None:
        self._features = features
        self._model = model
        self._weights = weights.vector(NAMES)
        self.name = f"{model.name}-" + hashlib.sha256(msgspec.json.encode(weights)).hexdigest()[:8]

    def warm(self) -> None:
        """Load the models, which otherwise the first question waits for. Raises ModelError."""
        self._features.warm()
        self._model.read("Is everything ready?", [ReadText("", "Yes.", ((0, 4),))])

    def read(self, question: Question, passages: Sequence[OpenPassage]) -> Reading:
        if not passages:
            return Reading((), (), None, {})
        features = self._features.features(question, passages)
        outputs = self._run_network(question, passages, features)
        features = _of_passages_read(features, outputs)
        if not features.rows:
            return Reading((), (-math.inf,) * len(passages), None, {})
        scores: Scores = np.array(_rows(features, outputs)) @ self._weights
        reading = self._features.reading(question, passages, features, scores)
        spans = sorted(_spans(question, passages, reading.evidence, outputs), key=lambda span: -span.score)
        own = next((span for span in spans if span.evidence_index == 0 and is_worth_giving(question, span)), None)
        signals = reading.signals | _signals(reading, spans, outputs)
        return replace(reading, span=own, spans=tuple(spans), signals=signals)

    def features(self, question: Question, passages: Sequence[OpenPassage]) -> SentenceFeatures:
        """The features `NAMES` of every sentence of the passages that the network read."""
        features = self._features.features(question, passages)
        outputs = self._run_network(question, passages, features)
        features = _of_passages_read(features, outputs)
        return replace(features, rows=_rows(features, outputs))

    def _run_network(
        self, question: Question, passages: Sequence[OpenPassage], features: SentenceFeatures
    ) -> dict[int, _NetworkOutput]:
        """The output of the network for the likeliest passages, by their place."""
        chosen = _likeliest(features, self._features.scores(features))
        asking: dict[str, list[int]] = {}
        for number in chosen:
            asking.setdefault(self._features.worded(question, passages[number]).text, []).append(number)
        outputs: dict[int, _NetworkOutput] = {}
        for text, numbers in asking.items():
            joined = [join(passages[number]) for number in numbers]
            scores = self._model.read(text, [each.read for each in joined])
            for number, each, score in zip(numbers, joined, scores, strict=True):
                outputs[number] = _NetworkOutput(score, by_sentence(each, score))
        return {number: outputs[number] for number in chosen}


def _likeliest(features: SentenceFeatures, scores: Scores) -> list[int]:
    """The places of the passages with the best sentences, best first."""
    best: dict[int, float] = {}
    for (number, _), score in zip(features.places, scores, strict=True):
        best[number] = max(best.get(number, -math.inf), float(score))
    return sorted(best, key=lambda number: (-best[number], number))[:_PASSAGES]


def _of_passages_read(features: SentenceFeatures, outputs: dict[int, _NetworkOutput]) -> SentenceFeatures:
    """The features of the passages that the network read."""
    kept = [i for i, (number, _) in enumerate(features.places) if number in outputs]
    return SentenceFeatures(features.terms, [features.rows[i] for i in kept], [features.places[i] for i in kept])


def _rows(features: SentenceFeatures, outputs: dict[int, _NetworkOutput]) -> list[list[float]]:
    """The features NAMES of each sentence."""
    return [
        [*row, *outputs[number].row(sentence.ordinal)]
        for row, (number, sentence) in zip(features.rows, features.places, strict=True)
    ]


def _spans(
    question: Question,
    passages: Sequence[OpenPassage],
    evidence: Sequence[Evidence],
    outputs: dict[int, _NetworkOutput],
) -> Iterator[Span]:
    """The best stretch of each sentence, scored by its share of the probability of all, in natural logarithms.

    The spans of all passages and "no answer" share one softmax (Clark and Gardner 2018).
    """
    sentences = [outputs[item.passage_index].sentences[item.sentence.ordinal] for item in evidence]
    total = float(np.logaddexp.reduce([0.0, *(each.span for each in sentences)]))
    for index, (item, each) in enumerate(zip(evidence, sentences, strict=True)):
        opened = passages[item.passage_index]
        stated = stated_span(question, opened, index, item)
        if stated is not None:
            yield replace(stated, score=0.0)
        elif not question.document_field and opened.passage.kind is not PassageKind.METADATA and each.start < each.end:
            start, end = _of_form(question, opened, item, (each.start, each.end))
            kept = unstruck(opened.document.text, Range(item.sentence.start, item.sentence.end), Range(start, end))
            if kept.start < kept.end:
                yield Span(index, kept.start, kept.end, each.span - total)


def _of_form(question: Question, opened: OpenPassage, evidence: Evidence, span: tuple[int, int]) -> tuple[int, int]:
    """The span; where a date or number is asked for and it shares nothing with one, the best one of its sentence."""
    part = next((part for part in evidence.sentence.ranges if part.start <= span[0] < part.end), None)
    if part is None:  # in what the sentence stands under
        return span
    text = held(opened.document.text, part.start, part.end)
    found = candidates(question, text) if question.answer_type in _OF_FORM else []
    if any(part.start + each.start < span[1] and span[0] < part.start + each.end for each in found):
        return span
    best = best_span(question, text) if found else None
    return (part.start + best.start, part.start + best.end) if best else span


def _signals(reading: Reading, spans: Sequence[Span], outputs: dict[int, _NetworkOutput]) -> dict[str, float]:
    """Of the sentence that is cited first, and of all that was read."""
    if not reading.evidence:
        return {}
    first = reading.evidence[0]
    values = outputs[first.passage_index].row(first.sentence.ordinal)
    rows = [each.row(ordinal) for each in outputs.values() for ordinal in each.sentences]
    names = ("evidence", "span", "relevant", "answerable")
    return (
        dict(zip(names, values, strict=True))
        | {f"best_{name}": max(row[place] for row in rows) for place, name in enumerate(names)}
        | {"share": math.exp(next((span.score for span in spans if span.evidence_index == 0), -math.inf))}
    )
