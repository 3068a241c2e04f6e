"""Summaries as quotes: of one document, or of what several say of a subject."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from index.corpus import Corpus
from index.sentences.context import sentence_query
from index.types import Document, Hit, Matrix, Passage, Range, Sentence, Vector
from qa.composing.selection import Quote
from qa.language.question import content_words, words
from qa.reading.reader import Evidence, OpenPassage
from qa.summaries.centrality import Scores, centrality, chosen
from qa.summaries.limits import SUMMARY_LIMITS
from qa.summaries.sentences import Candidate, candidates, sections

_SEARCHED = 40  # passages that are looked at for a subject; by hand


class Summary(Struct, frozen=True):
    """Quotes, and the passages that they lie in: `cite` makes content of them."""

    quotes: tuple[Quote, ...] = ()
    passages: tuple[OpenPassage, ...] = ()


class Summariser:
    """Over one corpus. Raises what the corpus raises."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def of_document(self, document_id: str, most: int) -> Summary:
        """At most `most` of its sentences, in its order: its author's own abstract first, else the most central ones,
        early ones and those of the conclusion preferred. None where it holds no text. Raises NotFoundError."""
        document, every = self._corpus.document(document_id), self._corpus.sentences(document_id)
        found = candidates(document, every)
        own = tuple(each for each in found if each.own)
        if own and len(own) >= min(most, SUMMARY_LIMITS.brief_sentences):
            found = own
        vectors = self._vectors(document, [each.sentence for each in found])
        found, vectors = _nearest_to_middle(found, vectors)
        scores = centrality(vectors) + _places(document, found)
        picked = sorted(chosen(scores, vectors, sections(found), most))
        return self._quoted(document, [found[number].sentence for number in picked], [0.0] * len(picked))

    def of_subject(self, subject: str, sources: Sequence[str], most: int) -> Summary:
        """At most `most` sentences that speak of a subject, of documents whose path matches one of `sources` (none
        means all): the documents that say most of it first, each in its order. None where nothing speaks of it."""
        hits = self._corpus.search(subject, _SEARCHED, sources)
        query = self._corpus.embed([subject])[0]
        found: list[_Said] = []
        for document_id, passages in self._by_document(hits).items():
            found += self._said(document_id, passages, subject, query)
        if not found:
            return Summary()
        vectors = np.stack([each.vector for each in found])
        relevance = np.array([each.relevance for each in found])
        ids = list(dict.fromkeys(each.document.document_id for each in found))
        groups = np.array([ids.index(each.document.document_id) for each in found], np.int64)
        scores = centrality(vectors, np.maximum(relevance, 0.0)) * 0.5 + relevance
        picked = [found[number] for number in chosen(scores, vectors, groups, most)]
        order = list(dict.fromkeys(each.document.document_id for each in picked))
        picked.sort(key=lambda each: (order.index(each.document.document_id), each.sentence.ordinal))
        return self._joined(picked)

    def stated(self, document_id: str, at: int) -> Summary:
        """The sentence that holds that character of a document, if one does. Raises NotFoundError."""
        document = self._corpus.document(document_id)
        holding = [
            each
            for each in self._corpus.sentences(document_id)
            if any(part.start <= at < part.end for part in each.ranges)
        ]
        return self._quoted(document, holding, [0.0] * len(holding))

    def _by_document(self, hits: Sequence[Hit]) -> dict[str, list[Passage]]:
        passages: dict[str, list[Passage]] = {}
        for hit in hits:
            passage = self._corpus.passage(hit.passage_id)
            passages.setdefault(passage.document_id, []).append(passage)
        return passages

    def _said(
        self,
        document_id: str,
        passages: Sequence[Passage],
        subject: str,
        query: np.ndarray[tuple[int], np.dtype[np.float32]],
    ) -> list["_Said"]:
        """Its sentences in those passages that speak of the subject, by name or by likeness."""
        document, every = self._corpus.document(document_id), self._corpus.sentences(document_id)
        inside = {n for passage in passages for n in range(passage.first_sentence, passage.end_sentence)}
        found = [each for each in candidates(document, every) if each.sentence.ordinal in inside]
        vectors = self._vectors(document, [each.sentence for each in found])
        wanted = {term for word in content_words(subject) for term in self._corpus.terms(word)}
        said = []
        for each, vector in zip(found, vectors, strict=True):
            named = len(wanted & set(self._corpus.terms(each.text))) / max(1, len(wanted))
            cosine = float(vector @ query)
            if named == 1 or (named > 0 and cosine >= SUMMARY_LIMITS.topic):
                said.append(_Said(document, each.sentence, vector, cosine + named))
        return said

    def _vectors(self, document: Document, sentences: Sequence[Sentence]) -> Matrix:
        return self._corpus.embed([sentence_query(document, each) for each in sentences])

    def _joined(self, said: Sequence["_Said"]) -> Summary:
        parts: dict[str, list[_Said]] = {}
        for each in said:
            parts.setdefault(each.document.document_id, []).append(each)
        whole = Summary()
        for of_one in parts.values():
            part = self._quoted(
                of_one[0].document, [each.sentence for each in of_one], [each.relevance for each in of_one]
            )
            whole = whole_of((whole, part))
        return whole

    def _quoted(self, document: Document, sentences: Sequence[Sentence], scores: Sequence[float]) -> Summary:
        passages = self._corpus.document_passages(document.document_id)
        every = self._corpus.sentences(document.document_id)
        quotes: list[Quote] = []
        opened: list[OpenPassage] = []
        for sentence, score in zip(sentences, scores, strict=True):
            passage = next((p for p in passages if p.first_sentence <= sentence.ordinal < p.end_sentence), None)
            if passage is None:
                continue
            own = every[passage.first_sentence : passage.end_sentence]
            opened.append(OpenPassage(Hit(passage.passage_id, 0.0, score), passage, document, own, None, every))
            evidence = Evidence(len(opened) - 1, sentence, score, 0.0)
            quotes.append(Quote(evidence, (sentence,), (), _before(sentence)))
        return Summary(tuple(quotes), tuple(opened))


class _Said(Struct, frozen=True):
    """A sentence that speaks of a subject, and how much."""

    document: Document
    sentence: Sentence
    vector: Vector
    relevance: float


def whole_of(parts: Sequence[Summary]) -> Summary:
    """Summaries one after the other, as one."""
    quotes: list[Quote] = []
    passages: list[OpenPassage] = []
    for part in parts:
        first = len(passages)
        passages += part.passages
        for quote in part.quotes:
            moved = Evidence(quote.evidence.passage_index + first, quote.evidence.sentence, quote.evidence.score, 0.0)
            quotes.append(Quote(moved, quote.sentences, quote.also, quote.before, quote.kind))
    return Summary(tuple(quotes), tuple(passages))


def _before(sentence: Sentence) -> tuple[Range, ...]:
    """What a row or record cannot be read without."""
    return sentence.context[:1] if sentence.labels else ()


def _nearest_to_middle(found: tuple[Candidate, ...], vectors: Matrix) -> tuple[tuple[Candidate, ...], Matrix]:
    """As many as can be compared with each other: those nearest to the mean of their section, in order."""
    most = SUMMARY_LIMITS.compared
    if len(found) <= most:
        return found, vectors
    numbers = sections(found)
    cosines = np.zeros(len(found))
    for section in np.unique(numbers):
        inside = numbers == section
        mean = vectors[inside].mean(axis=0)
        cosines[inside] = vectors[inside] @ mean
    kept = np.sort(np.argsort(-cosines, kind="stable")[:most])
    return tuple(found[number] for number in kept), vectors[kept]


def _places(document: Document, found: Sequence[Candidate]) -> Scores:
    """What its place and its words add to a sentence's centrality: leads say what a text is about."""
    limits = SUMMARY_LIMITS
    title = {word for word in content_words(document.title) if not word.isdigit()}
    gains = np.zeros(len(found))
    for number, each in enumerate(found):
        gains[number] += limits.lead * max(0.0, 1 - number / limits.lead_sentences)
        gains[number] += limits.lead / 2 * each.closing
        if title:
            gains[number] += limits.named * len(title & set(words(each.text))) / len(title)
    return gains
