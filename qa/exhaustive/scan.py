"""The exhaustive scan: every sentence of every document is held against what is sought, so that a count is a count."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import NotFoundError
from index.globs import fitting
from index.language.acronyms import Definition, definitions
from index.sentences.context import sentence_query
from index.sentences.markup import sentence_text
from index.types import Document, Hit, Passage, PassageKind, Sentence
from qa.composing.selection import Quote
from qa.exhaustive.intent import ScanIntent, scan_intent
from qa.exhaustive.limits import SCAN_LIMITS
from qa.exhaustive.matcher import MentionMatcher, relevant
from qa.followups.interpretation import Interpretation
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import content_words
from qa.reading.reader import Evidence, OpenPassage
from qa.types import AskOptions, Count

# Nothing here is changed by being shown, but for white space, so the sentence's words need no display form.
_MARKED = re.compile(r"[^\w\s.,;:!?…'\"()“”‘’–—/%$€£-]|_")


class ScanResult(Struct, frozen=True):
    """What a scan found. question: the wording that was searched for. literal: its very words were sought, so that
    nothing found means that nothing is there; what is said may also be said in other words.

    quotes: one a hit, no more than may be cited: every document's first hit by source, then every second one, and so
    on. passages: those that `quotes` stand in, in the order they are first needed; their similarity is their first
    quote's. A sentence in no passage (a heading) is opened with the passage after it.
    """

    question: str
    literal: bool
    count: Count
    passages: tuple[OpenPassage, ...]
    quotes: tuple[Quote, ...]


class _DocumentHits(Struct, frozen=True):
    """A document with hits, as far as they may be cited."""

    document: Document
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    hits: tuple[Sentence, ...]


def exhaustive_scan(
    corpus: Corpus, meant: Interpretation, options: AskOptions, language: Language = ENGLISH
) -> ScanResult | None:
    """What the documents that `options.sources` allows have of what is asked for, None if the question asks for no
    scan. The question is taken as it was put; in the corpus's words only where that is no such question, or finds
    nothing. `options.max_sentences` and `top_k` do not bound it.

    Raises what the corpus raises. A document that is taken away meanwhile is neither read nor counted.
    """
    found: ScanResult | None = None
    for question in dict.fromkeys((meant.asked, meant.question)):
        search = scan_intent(question, language)
        if search is None or (found and search == scan_intent(found.question, language)):
            continue
        if _names_nothing(search) and not meant.carried:
            continue  # "which documents mention it?", of which another wording says what it is
        attempt = _scan(corpus, question, _standing_alone(search, meant.carried), options.sources, language)
        if attempt and (found is None or attempt.quotes):
            found = attempt
        if found and found.quotes:
            break
    return found


def _standing_alone(search: ScanIntent, carried: str) -> ScanIntent:
    """Where the question names nothing ("which documents mention it?"), what the conversation brought to it."""
    return replace(search, what=carried.partition(", ")[0]) if carried and _names_nothing(search) else search


def _names_nothing(search: ScanIntent) -> bool:
    return not content_words(search.what) and not any(mark in search.what for mark in '"“«')


def _scan(
    corpus: Corpus, question: str, search: ScanIntent, sources: Sequence[str], language: Language
) -> ScanResult | None:
    reading = _Reading(corpus, sources)
    sought = MentionMatcher(search, reading.definitions(search), corpus, language)
    if not sought.sought:
        return None
    hit_documents: list[_DocumentHits] = []
    scanned = documents = mentions = 0
    for document, sentences, passages in reading.documents():
        hits = [one for one in sentences if sought.are_in(*reading.read(document, one))]
        scanned, documents, mentions = scanned + 1, documents + bool(hits), mentions + len(hits)
        if hits and len(hit_documents) < SCAN_LIMITS.cited_hits:
            hit_documents.append(_DocumentHits(document, sentences, passages, tuple(hits[: SCAN_LIMITS.cited_hits])))
    cited = _in_turn(hit_documents)
    passages_read, quotes = _lay_open(corpus, question, cited)
    count = Count(sought.sought, documents, scanned, mentions, len(quotes))
    return ScanResult(question, search.kind == "mention", count, passages_read, quotes)


class _Reading:
    """Documents and the words of their sentences. Remembers the terms of every word it has met."""

    def __init__(self, corpus: Corpus, sources: Sequence[str]) -> None:
        self._corpus = corpus
        self._fits = fitting(tuple(sources))
        self._terms: dict[str, list[str]] = {}

    def documents(self) -> Iterator[tuple[Document, tuple[Sentence, ...], tuple[Passage, ...]]]:
        """Those that may be read, by source, with their sentences and passages."""
        for summary in self._corpus.sources():
            if not self._fits(summary.source):
                continue
            with suppress(NotFoundError):
                number = summary.document_id
                document, sentences = self._corpus.document(number), self._corpus.sentences(number)
                yield document, sentences, self._corpus.document_passages(number)

    def read(self, document: Document, sentence: Sentence) -> tuple[str, list[str]]:
        """A text with the sentence's words, and its terms."""
        text = shown_words(document, sentence)
        terms: list[str] = []
        for word in text.split():  # a term never reaches over white space
            known = self._terms.get(word)
            if known is None:
                known = self._terms[word] = self._corpus.terms(word)
            terms += known
        return text, terms

    def definitions(self, search: ScanIntent) -> tuple[Definition, ...]:
        """Where documents say that what is sought has a short or a long name."""
        found: dict[Definition, None] = {}
        for document, sentences, _ in self.documents():
            for sentence in sentences:
                if any("(" in document.text[part.start : part.end] for part in sentence.ranges):
                    shown = " ".join(shown_words(document, sentence).split())
                    found.update((one, None) for one in definitions(shown) if relevant(one, search))
        return tuple(found)


def shown_words(document: Document, sentence: Sentence) -> str:
    """A text with the same words and signs as the sentence's display form, but perhaps with other white space."""
    parts = [document.text[part.start : part.end] for part in sentence.ranges]
    if any(_MARKED.search(part) for part in parts):
        return sentence_text(document, sentence)
    return " ".join(parts)


def _in_turn(hit_documents: Sequence[_DocumentHits]) -> list[tuple[_DocumentHits, Sentence]]:
    """Hits in the order they are cited in."""
    longest = max((len(found.hits) for found in hit_documents), default=0)
    turns = ((found, found.hits[turn]) for turn in range(longest) for found in hit_documents if turn < len(found.hits))
    return [pair for pair, _ in zip(turns, range(SCAN_LIMITS.cited_hits), strict=False)]


def _lay_open(
    corpus: Corpus, question: str, cited: Sequence[tuple[_DocumentHits, Sentence]]
) -> tuple[tuple[OpenPassage, ...], tuple[Quote, ...]]:
    if not cited:
        return (), ()
    texts = [sentence_query(found.document, sentence) for found, sentence in cited]
    asked, *vectors = corpus.embed([question, *texts])
    places: dict[tuple[str, int], int] = {}
    opened: list[OpenPassage] = []
    quotes: list[Quote] = []
    for (found, sentence), vector in zip(cited, vectors, strict=True):
        similarity = float(asked @ vector)
        passage = _passage_of(found, sentence)
        place = places.setdefault((passage.document_id, passage.start), len(opened))
        if place == len(opened):
            own = found.sentences[passage.first_sentence : passage.end_sentence]
            opened.append(OpenPassage(Hit(passage.passage_id, similarity, 0.0), passage, found.document, own))
        quotes.append(Quote(Evidence(place, sentence, similarity, similarity), (sentence,)))
    return tuple(opened), tuple(quotes)


def _passage_of(found: _DocumentHits, sentence: Sentence) -> Passage:
    """The first passage that quotes the sentence, else the next, else the last one. A document may have none, and then
    the sentence is one of its own, without an id."""
    number = sentence.ordinal
    for passage in found.passages:
        if passage.first_sentence <= number < passage.end_sentence:
            return passage
    after = (passage for passage in found.passages if passage.first_sentence > number)
    alone = Passage(found.document.document_id, 0, PassageKind.BODY, number, number + 1, sentence.start, sentence.end)
    return next(after, found.passages[-1] if found.passages else alone)
