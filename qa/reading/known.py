"""The sentences that a reader has met: their text, terms, vectors and values, kept for the next question."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Protocol

import numpy as np
from msgspec import Struct

from index.language.designations import clause_marks
from index.language.folding import fold
from index.language.values import FoundValue, find_values, value_terms
from index.sentences.context import read_text, sentence_query
from index.sentences.markup import display, joined_display
from index.sentences.struck import held as without_struck
from index.types import Document, Matrix, Sentence, UnitKind
from qa.language.question import Question
from qa.reading.reader import OpenPassage
from qa.reading.wording import AskedValue, gainsaid, held, quotations, worded

_CACHED_SENTENCES = 20_000  # 30 MB of vectors
BY_ITSELF = frozenset({UnitKind.ROW, UnitKind.RECORD, UnitKind.ITEM})  # their neighbours are of other things
_STAMPING = ("date", "version", "identifier", "clause", "numbered")
_LONGEST_STAMP = 60  # characters
_STAMP_WORDS = 3  # besides its values
_VECTORS_OF_QUESTIONS = 200
_CACHED_HEADS = 5_000
_OPENING = 400  # characters in which a document says which it is: "Request for Comments: 9871"


class TermModel(Protocol):
    """What the reader needs of a corpus: its terms, their rarity and its embedding model."""

    def terms(self, text: str) -> list[str]: ...

    def idf(self, term: str) -> float: ...

    def embed(self, texts: Sequence[str]) -> Matrix: ...


class KnownSentence(Struct, frozen=True):
    """A sentence as the reader meets it. read: with its context. terms: of that, in order. values: the same; a clause
    that it is, not one that it speaks of, which is a `cm:` term. is_stamp: see `_is_stamp`."""

    text: str
    read: str
    terms: tuple[str, ...]
    vector: Matrix
    values: tuple[FoundValue, ...]
    is_stamp: bool = False

    @property
    def value_terms(self) -> frozenset[str]:
        """The terms of all its values."""
        return frozenset(term for value in self.values for term in value.terms)


class KnownSentences:
    """Keeps the sentences read last; safe for one thread at a time."""

    def __init__(self, language: TermModel) -> None:
        self._language = language
        self._cache: dict[tuple[str, int, str], KnownSentence] = {}
        self._over: dict[tuple[str, str, tuple[str, ...], bool], frozenset[str]] = {}
        self.mean_vector = lru_cache(maxsize=_VECTORS_OF_QUESTIONS)(self._mean_vector)

    def prepare(self, passages: Sequence[OpenPassage]) -> None:
        """Look up the sentences not met before, in one go. Before each question."""
        self.mean_vector.cache_clear()
        met = {
            _key(opened.document, sentence): (opened.document, sentence)
            for opened in passages
            for sentence in (*opened.sentences, *((opened.before,) if opened.before else ()))
        }
        if len(self._cache) + len(met) > _CACHED_SENTENCES:
            self._cache.clear()
        wanted = {key: place for key, place in met.items() if key not in self._cache}
        if not wanted:
            return
        vectors = self._language.embed([sentence_query(document, sentence) for document, sentence in wanted.values()])
        for (key, (document, sentence)), vector in zip(wanted.items(), vectors, strict=True):
            text = joined_display(without_struck(document.text, part.start, part.end) for part in sentence.ranges)
            read = read_text(document, sentence)
            terms = tuple(self._language.terms(read))
            self._cache[key] = KnownSentence(
                text, read, terms, vector, _values(document, sentence, read), _is_stamp(sentence, text)
            )

    def known(self, document: Document, sentence: Sentence) -> KnownSentence:
        """A sentence that was prepared."""
        return self._cache[_key(document, sentence)]

    def values_over(self, opened: OpenPassage, *, whole: bool) -> frozenset[str]:
        """The terms of the values of what a passage stands under: its document's title, name and date, its headings.
        whole: and of how its document begins, where it may say which it is."""
        document = opened.document
        key = (document.document_id, document.content_sha256, opened.passage.heading_path, whole)
        if key not in self._over:
            if len(self._over) > _CACHED_HEADS:
                self._over.clear()
            date = document.metadata.date
            name = PurePosixPath(document.source).stem
            heads = (document.title, name, *((date.value,) if date else ()), *opened.passage.heading_path)
            begun = (document.text[:_OPENING],) if whole else ()
            self._over[key] = frozenset(value_terms("\n".join((*heads, *begun))))
        return self._over[key]

    def worded(self, question: Question, opened: OpenPassage, asked: Sequence[AskedValue]) -> Question:
        """The question as a passage would write its values, which are `asked`."""
        if not asked:
            return question
        text = " ".join(self.known(opened.document, sentence).read for sentence in opened.sentences)
        return worded(question, asked, text, find_values(text))

    def quoted(self, question: str, passages: Sequence[OpenPassage]) -> str | None:
        """The phrase that a question quotes, folded, if any sentence has it word for word."""
        sought = quotations(question)
        texts = (plain(self.known(each.document, s).text) for each in passages for s in each.sentences)
        return next((phrase for text in (texts if sought else ()) for phrase in sought if phrase in text), None)

    def standing(self, asked: Sequence[AskedValue], opened: OpenPassage) -> Iterator[tuple[float, bool]]:
        """Of each sentence of a passage: the share of the values asked for that it has or stands under, and whether it
        has others in their place. A line that only says whose what follows is counts for that, and is no answer."""
        before = self.known(opened.document, opened.before) if opened.before else None
        stamp = before.values if before and before.is_stamp else ()
        for sentence in opened.sentences:
            item = self.known(opened.document, sentence)
            stamp = item.values if item.is_stamp else stamp
            terms = set(item.value_terms).union(*(value.terms for value in stamp))
            if before is not None and sentence.kind is UnitKind.SENTENCE:
                terms |= before.value_terms  # of running text
            near = terms | self.values_over(opened, whole=sentence.kind not in BY_ITSELF)
            names_it = item.is_stamp and held(asked, item.value_terms) > 0
            yield (0.0, True) if names_it else (held(asked, near), gainsaid(asked, (*item.values, *stamp), near))
            before = item

    def _mean_vector(self, texts: tuple[str, ...]) -> Matrix:
        vectors = self._language.embed(list(dict.fromkeys(texts)))
        return np.asarray(vectors.mean(axis=0), dtype=np.float32)


def _values(document: Document, sentence: Sentence, read: str) -> tuple[FoundValue, ...]:
    parts = [display(document.text[part.start : part.end]) for part in (*sentence.context, *sentence.ranges[:1])]
    marks = clause_marks(parts)
    own = (FoundValue("clause", marks, (), 0, 0),) if marks else ()
    return own + tuple(_spoken_of(value) if value.kind == "clause" else value for value in find_values(read))


def _spoken_of(value: FoundValue) -> FoundValue:
    return FoundValue("number", tuple(f"cm:{term[2:]}" for term in value.says), (), value.start, value.end)


def plain(text: str) -> str:
    """A text as `quotations` are: folded, its white space single spaces."""
    return " ".join(fold(text).split())


def _is_stamp(sentence: Sentence, text: str) -> bool:
    """Whether it is a line that only says when or of which what follows it is: "Minutes of 5 March 2026"."""
    if sentence.kind is not UnitKind.SENTENCE or len(text) > _LONGEST_STAMP or text[-1:] in ".?!:;,":
        return False
    values = [value for value in find_values(text) if value.kind in _STAMPING]
    rest = "".join(" " if any(v.start <= at < v.end for v in values) else c for at, c in enumerate(text))
    return bool(values) and len(rest.split()) <= _STAMP_WORDS


def _key(document: Document, sentence: Sentence) -> tuple[str, int, str]:
    return document.document_id, sentence.ordinal, document.content_sha256
