"""The reader that needs no training: each sentence's features, weighed by a linear model fitted on question sets."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from importlib import resources

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from index.sentences.struck import held
from index.types import Document, Field, Matrix, PassageKind, Sentence, UnitKind
from qa.language.question import Question
from qa.reading.features import NAMES, QuestionTerms, SentenceFacts, sentence_features
from qa.reading.known import KnownSentences, TermModel, plain
from qa.reading.reader import Evidence, OpenPassage, Reading, Span
from qa.reading.signals import Signals
from qa.reading.spans import best_fit, best_span
from qa.reading.stems import Stemmer
from qa.reading.wording import AskedValue, asked_values, worded

NO_ANSWER = 1_000.0  # below every score
_ONLY_CONTEXT = frozenset({UnitKind.LEAD, UnitKind.QUESTION})  # they answer by what stands below them
Scores = NDArray[np.float64]
_POOR_FORM = 0.15  # a best form below this, as a number that is part of a date, is none


class Weights(Struct, frozen=True):
    """A linear model over named features; `fitted_on` says which questions made it."""

    weights: dict[str, float]
    fitted_on: str = ""

    def vector(self, names: Sequence[str] = NAMES) -> "Scores":
        return np.array([self.weights.get(name, 0.0) for name in names])


class SentenceFeatures(Struct, frozen=True):
    """A question beside its passages. rows: features of each sentence; places: its passage's place, and itself."""

    terms: QuestionTerms
    rows: list[list[float]]
    places: list[tuple[int, Sentence]]


def load_weights(name: str = "linear_weights.json") -> Weights:
    """The weights of that name that ship with Footnote."""
    return msgspec.json.decode(resources.files("qa.reading").joinpath(name).read_bytes(), type=Weights)


class FeatureReader:
    """Implements `Reader`. Keeps the vectors of the sentences read last; safe for one thread at a time."""

    def __init__(self, language: TermModel, weights: Weights) -> None:
        self._language = language
        self._weights = weights.vector()
        self._sentences = KnownSentences(language)
        self._stemmer = Stemmer(language)
        self._signals = Signals(self._stemmer, self._sentences)
        self.name = "features-" + hashlib.sha256(msgspec.json.encode(weights)).hexdigest()[:8]

    def warm(self) -> None:
        """Load the models, which otherwise the first question waits for. Raises ModelError."""
        self._language.embed(("Is everything ready?",))

    def read(self, question: Question, passages: Sequence[OpenPassage]) -> Reading:
        if not passages:
            return Reading((), (), None, {})
        features = self.features(question, passages)
        reading = self.reading(question, passages, features, self.scores(features))
        spans = tuple(self._spans(question, passages, reading.evidence))
        # A form found in a sentence that is not the best is more often wrong than right.
        own = next((span for span in spans if span.evidence_index == 0), None)
        return replace(reading, span=own, spans=spans)

    def features(self, question: Question, passages: Sequence[OpenPassage]) -> SentenceFeatures:
        """The features of every sentence of the passages."""
        terms = self._stemmer.question_terms(question)
        rows, places = self._rows(question, terms, passages)
        return SentenceFeatures(terms, rows, places)

    def scores(self, features: SentenceFeatures) -> Scores:
        """[sentences] by the linear model."""
        return np.array(features.rows, dtype=np.float64).reshape(-1, len(NAMES)) @ self._weights

    def reading(
        self, question: Question, passages: Sequence[OpenPassage], features: SentenceFeatures, scores: Scores
    ) -> Reading:
        """Evidence by `scores` [sentences of `features`], relevance and signals; no spans."""
        places = features.places
        scores = np.array(
            [
                score - NO_ANSWER * (sentence.kind in _ONLY_CONTEXT)
                for score, (_, sentence) in zip(scores, places, strict=True)
            ]
        )
        order = sorted(range(len(places)), key=lambda i: (-scores[i], places[i][0], places[i][1].ordinal))
        evidence = tuple(
            Evidence(places[i][0], places[i][1], float(scores[i]), float(features.rows[i][0]))
            for i in _first_of_each(order, places, passages)
        )
        # Passages overlap: one is as relevant as what it has and a better one has not.
        relevance = [-math.inf] * len(passages)
        for item in evidence:
            relevance[item.passage_index] = max(relevance[item.passage_index], item.score)
        signals = (
            self._signals.of(question, features.terms, passages, evidence, features.rows[order[0]]) if evidence else {}
        )
        return Reading(evidence, tuple(relevance), None, signals)

    def _rows(
        self, question: Question, terms: QuestionTerms, passages: Sequence[OpenPassage]
    ) -> tuple[list[list[float]], list[tuple[int, Sentence]]]:
        self._sentences.prepare(passages)
        asked, quoted = asked_values(question.text), self._sentences.quoted(question.text, passages)
        top_bm25 = max((opened.hit.bm25 for opened in passages), default=0.0) or 1.0
        rows: list[list[float]] = []
        places: list[tuple[int, Sentence]] = []
        for number, opened in enumerate(passages):
            here = self.worded(question, opened, asked)
            asked_here = asked_values(here.text) if asked else ()
            standing = list(self._sentences.standing(asked, opened) if asked else ())
            known = [self._sentences.known(opened.document, sentence) for sentence in opened.sentences]
            title = self._stemmer.title_terms(opened)
            passage_terms = frozenset(term for item in known for term in item.terms) | title
            before = self._sentences.known(opened.document, opened.before) if opened.before else None
            for place, (sentence, item) in enumerate(zip(opened.sentences, known, strict=True)):
                meant = worded(here, asked_here, item.read, item.values) if asked else question
                has, against = standing[place] if asked else (0.0, False)
                quotes = quoted is not None and quoted in plain(item.text)
                facts = SentenceFacts(
                    text=item.text,
                    terms=item.terms,
                    before=frozenset(before.terms if before else ()),
                    title=title,
                    passage_terms=passage_terms,
                    similarity=float(item.vector @ self._vector(meant)),
                    passage_similarity=opened.hit.similarity,
                    passage_bm25=opened.hit.bm25 / top_bm25,
                    form=best_fit(meant, item.text),
                    form_before=best_fit(meant, before.text) if before else 0.0,
                    opening=sentence is opened.sentences[0],
                    note=opened.passage.kind is PassageKind.NOTE,
                    metadata=opened.passage.kind is PassageKind.METADATA,
                    states_field=_field_in(question, opened.document, sentence) is not None,
                    values=max(has, float(quotes)),
                    values_against=against or (quoted is not None and not quotes),
                )
                rows.append(
                    sentence_features(meant, terms if meant is question else self._stemmer.question_terms(meant), facts)
                )
                places.append((number, sentence))
                before = item
        return rows, places

    def worded(self, question: Question, opened: OpenPassage, asked: Sequence[AskedValue] | None = None) -> Question:
        """The question as the passage would write its values."""
        return self._sentences.worded(question, opened, asked_values(question.text) if asked is None else asked)

    def _vector(self, question: Question) -> Matrix:
        """Of the whole question; of a follow-up the mean with its own words', which say what it asks for."""
        return self._sentences.mean_vector((question.text, question.own))

    def _spans(
        self, question: Question, passages: Sequence[OpenPassage], evidence: Sequence[Evidence]
    ) -> Iterator[Span]:
        """The best stretch of the form asked for of each sentence that has one."""
        for index, item in enumerate(evidence):
            opened = passages[item.passage_index]
            found = stated_span(question, opened, index, item)
            if found is None and not question.document_field and opened.passage.kind is not PassageKind.METADATA:
                found = _formed_span(question, opened, index, item)
            if found is not None:
                yield found


def stated_span(question: Question, opened: OpenPassage, index: int, evidence: Evidence) -> Span | None:
    """For a question about documents, the field, if this sentence is where its document states it."""
    field = _field_in(question, opened.document, evidence.sentence)
    return Span(index, field.start, field.end, evidence.score) if field else None


def _formed_span(question: Question, opened: OpenPassage, index: int, evidence: Evidence) -> Span | None:
    for part in evidence.sentence.ranges:
        candidate = best_span(question, held(opened.document.text, part.start, part.end))
        if candidate is not None:
            return Span(index, part.start + candidate.start, part.start + candidate.end, evidence.score)
    return None


def _field_in(question: Question, document: Document, sentence: Sentence) -> Field | None:
    """The metadata that is asked for, if this sentence is where the document states it."""
    if question.document_field is None:
        return None
    field: Field | None = getattr(document.metadata, question.document_field)
    if field is None or field.start == field.end:
        return None  # its format keeps it beside the text, of which nothing can be cited
    if any(part.start <= field.start and field.end <= part.end for part in sentence.ranges):
        return field
    return None


def _first_of_each(
    order: Sequence[int], places: Sequence[tuple[int, Sentence]], passages: Sequence[OpenPassage]
) -> list[int]:
    """Passages overlap: keep the best row of each sentence."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for i in order:
        key = (passages[places[i][0]].document.document_id, places[i][1].ordinal)
        if key not in seen:
            seen.add(key)
            kept.append(i)
    return kept
