"""Passages by their words: BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75) by Tantivy.

Words are found here, not by Tantivy's query parser: a question is a bag of terms, and nothing in it is syntax.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, Self

import tantivy
from msgspec import Struct
from tantivy import Document, Filter, Index, Occur, Query, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder

from index.errors import StaleIndexError
from index.language.values import find_values, value_terms
from index.search.derived import publish, verify
from index.store.rows import PassageText
from index.types import Ids

KIND = "lexical 2"  # another number for other fields: what was written before is then stale
_HEAP_BYTES = 256 << 20

# Scripts written without spaces: Han, kana, Hangul, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+"
)


class LexicalLimits(Struct, frozen=True):
    """head_weight: of title and headings, against 1 for the sentences, by `python -m tests.bench.retrieval` on
    2026-11-22 (98d0fbd). terms: distinct ones of a query; the rarest are kept. term: bytes of the longest, beyond which
    it is no word; both by hand. value_weight, broad_value_weight: of a value that is the question's, and of one that
    the question's lies in (its year, its clause's section), against a word as rare; by hand on 2026-11-30.
    """

    head_weight: float = 0.3
    value_weight: float = 1.0
    broad_value_weight: float = 0.2
    terms: int = 64
    term: int = 255


LIMITS = LexicalLimits()


class LexicalIndex(Protocol):
    """Words under passage ids."""

    @property
    def size(self) -> int:
        """How many passages it holds."""
        ...

    def search(self, query: str, limit: int, only: Ids | None = None) -> list[tuple[int, float]]:
        """(id, BM25) of the `limit` best among `only` (None means all) that share a term, best first, ties by id."""
        ...

    def idf(self, term: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), n of N passages having the term. `term` as `terms` gives it."""
        ...

    def terms(self, text: str) -> list[str]:
        """The terms of a text, in order: lower case, without accents, stemmed (English), no stop words."""
        ...


# Words that carry no matter in a question or a text: articles, pronouns, prepositions, auxiliaries, question words.
STOP_WORDS = (
    "a an the and or but nor if then than so as of at by for with about against between into through during before "
    "after above below to from up down in out on off over under again further once here there when where why how what "
    "which who whom whose this that these those i me my we us our ours you your yours he him his she her hers it its "
    "they them their theirs am is are was were be been being have has had having do does did doing will would shall "
    "should can could may might must not no only own same too very s t d ll m o re ve"
).split()


class Analyzer:
    """Text to terms. One for indexing and for asking, so that both sides always agree."""

    def __init__(self, stop_words: Sequence[str] = STOP_WORDS) -> None:
        self._words: TextAnalyzer = (
            TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(Filter.lowercase())
            .filter(Filter.ascii_fold())
            .filter(Filter.remove_long(LIMITS.term))
            .filter(Filter.custom_stopword(list(stop_words)))
            .filter(Filter.stemmer("english"))
            .build()
        )

    def terms(self, text: str) -> list[str]:
        """See LexicalIndex.terms. A run of an unspaced script gives its characters and pairs of characters."""
        composed = unicodedata.normalize("NFC", text)
        terms: list[str] = []
        end = 0
        for run in _UNSPACED.finditer(composed):
            terms += self._words.analyze(composed[end : run.start()])
            terms += _grams(run.group())
            end = run.end()
        return terms + self._words.analyze(composed[end:])


class TantivyIndex:
    """BM25 over three fields, sentences, head and the values of both (`index.language.values`), whose scores add up."""

    def __init__(self, index: Index, analyzer: Analyzer, head_weight: float = LIMITS.head_weight) -> None:
        index.config_reader("manual")  # its files never change, and watching them would cost a thread
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()
        self._analyzer = analyzer
        self._head_weight = head_weight

    @classmethod
    def in_memory(
        cls, rows: Iterable[PassageText], analyzer: Analyzer | None = None, head_weight: float = LIMITS.head_weight
    ) -> Self:
        """Build it without files."""
        analyzer = analyzer or Analyzer()
        index = Index(_schema())
        _fill(index, rows, analyzer)
        return cls(index, analyzer, head_weight)

    @classmethod
    def build(cls, path: Path, rows: Sequence[PassageText], version: str, model_id: str = "") -> Self:
        """Write it below the folder `path` for this version of the store, then open it. Raises OSError."""

        def write(folder: Path) -> None:
            _fill(Index(_schema(), path=str(folder)), rows, Analyzer())

        publish(path, KIND, version, model_id, len(rows), write)
        return cls.open(path, version, model_id)

    @classmethod
    def open(cls, path: Path, version: str, model_id: str = "") -> Self:
        """Open what `build` wrote. Raises StaleIndexError if it is missing, changed, torn or of another version, and
        where the folder cannot be written: Tantivy locks a file in it while it opens."""
        folder, manifest = verify(path, KIND, version, model_id)
        try:
            index = cls(Index.open(str(folder)), Analyzer())
        except (ValueError, OSError) as error:
            raise StaleIndexError(f"{folder} cannot be opened here ({error}).") from error
        if index.size != manifest.count:
            raise StaleIndexError(f"{folder} is not what its manifest says; it will be rebuilt.")
        return index

    @property
    def size(self) -> int:
        return self._searcher.num_docs

    def terms(self, text: str) -> list[str]:
        return self._analyzer.terms(text)

    def idf(self, term: str) -> float:
        """A word that is no term yet is analysed first; of several terms the rarest counts."""
        holding = self._searcher.doc_freq("body", term)
        if not holding:
            holding = min((self._searcher.doc_freq("body", part) for part in self.terms(term)), default=0)
        return math.log(1 + (self.size - holding + 0.5) / (holding + 0.5))

    def search(self, query: str, limit: int, only: Ids | None = None) -> list[tuple[int, float]]:
        total = self.size if only is None else min(self.size, len(only))
        wanted = min(limit, total)
        bag = self._bag(query)
        values = _asked_values(query)
        if wanted <= 0 or not (bag or values):
            return []
        asked = self._query(bag, values, only)
        fetched = wanted + 1
        while True:
            hits = self._hits(asked, fetched)
            # Tantivy breaks ties by where a passage happens to lie, so look past the last place until the score falls.
            if len(hits) < fetched or hits[-1][1] < hits[wanted - 1][1]:
                return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:wanted]
            fetched *= 2

    def _hits(self, query: Query, count: int) -> list[tuple[int, float]]:
        found = self._searcher.search(query, count, count=False).hits
        ids = self._searcher.fast_field_values("passage_id", [address for _, address in found])
        return [(int(number or 0), float(score)) for number, (score, _) in zip(ids, found, strict=True)]

    def _bag(self, text: str) -> list[str]:
        distinct = sorted(set(self.terms(text)), key=lambda term: (-self.idf(term), term))
        return distinct[: LIMITS.terms]

    def _query(self, bag: Sequence[str], values: Mapping[str, float], only: Ids | None) -> Query:
        parts = []
        for term, weight in values.items():
            value = Query.term_query(self._schema, "values", term, "freq")
            parts.append((Occur.Should, Query.boost_query(value, weight)))
        for term in bag:
            parts.append((Occur.Should, Query.term_query(self._schema, "body", term, "freq")))
            head = Query.term_query(self._schema, "head", term, "freq")
            parts.append((Occur.Should, Query.boost_query(head, self._head_weight)))
        words = Query.boolean_query(parts)
        if only is None:
            return words
        allowed = Query.term_set_query(self._schema, "passage_id", [int(number) for number in only])
        return Query.boolean_query([(Occur.Must, words), (Occur.Must, Query.const_score_query(allowed, 0.0))])


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("passage_id", indexed=True, fast=True)
    for name in ("body", "head", "values"):  # terms joined by spaces, so all that is left to do is to cut them there
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _fill(index: Index, rows: Iterable[PassageText], analyzer: Analyzer) -> None:
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)  # one thread: the same files' order every time
    for row in rows:
        document = Document()
        document.add_integer("passage_id", row.passage_id)
        document.add_text("body", " ".join(analyzer.terms(row.body)))
        document.add_text("head", " ".join(analyzer.terms(row.head)))
        document.add_text("values", " ".join(dict.fromkeys((*value_terms(row.body), *value_terms(row.head)))))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _asked_values(query: str) -> dict[str, float]:
    """The terms of a question's values, each with its weight; of too many the first."""
    weights: dict[str, float] = {}
    for value in find_values(query):
        weights |= dict.fromkeys(value.holds, LIMITS.broad_value_weight) | dict.fromkeys(
            value.says, LIMITS.value_weight
        )
    return dict(list(weights.items())[: LIMITS.terms])


def _grams(run: str) -> list[str]:
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
