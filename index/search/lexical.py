"""Passages by their words: BM25 (Robertson and Zaragoza 2009) over segments, with Tantivy's analysers.

A question is a bag of terms, and nothing in it is syntax. Scores are summed here and not by Tantivy: its counts go on
holding deleted passages until their segment is merged, so the same corpus would give other scores by how it came to be.
tests/index/search/test_lexical.py holds them against Tantivy's on the same passages.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
import tantivy
from msgspec import Struct
from numpy.typing import NDArray
from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder

from index.language.values import find_values, value_terms
from index.search.arrays import Arrays
from index.search.bm25 import Bm25Field, idf
from index.search.postings import Postings, make_postings, merge_postings
from index.search.segments import LIMITS as SEGMENT_LIMITS
from index.search.segments import Rows, Segment, SegmentLimits, make_segment, numbered, open_segments, update_segments
from index.store.rows import PassageText
from index.types import Ids

KIND = "lexical 3"  # another number for other files or fields: what was written before is then stale
_FIELDS = ("body", "head", "values")
_REMEMBERED = 50_000  # terms whose idf is kept: some 5 MB

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

    def together(self, texts: Sequence[str], only: Ids | None = None) -> bool:
        """Whether one passage among `only` (None means all), its head included, has all terms of these texts."""
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


class LexicalCodec:
    """Passages' terms as postings of three fields: sentences, head, and the values of both (`index.language.values`).
    texts_of: the texts of passages, in the order of their ids."""

    def __init__(self, texts_of: Callable[[Ids], Sequence[PassageText]], analyzer: Analyzer | None = None) -> None:
        self._texts_of = texts_of
        self._analyzer = analyzer or Analyzer()

    def make(self, ids: Ids) -> Arrays:
        texts = self._texts_of(ids)
        terms = {
            "body": [self._analyzer.terms(text.body) for text in texts],
            "head": [self._analyzer.terms(text.head) for text in texts],
            "values": [list(dict.fromkeys((*value_terms(text.body), *value_terms(text.head)))) for text in texts],
        }
        made: dict[str, NDArray[Any]] = {}
        for field, rows in terms.items():
            made |= make_postings(rows, f"{field} ")
            made[f"{field} lengths"] = np.array([len(row) for row in rows], np.uint32)
        return made

    def merge(self, segments: Sequence[Segment]) -> Arrays:
        made: dict[str, NDArray[Any]] = {}
        for field in _FIELDS:
            prefix = f"{field} "
            made |= merge_postings([(Postings(one.content, prefix), one.mask()) for one in segments], prefix)
            lengths = f"{field} lengths"
            made[lengths] = np.concatenate([one.content[lengths][one.mask()] for one in segments])
        return made


class Bm25Index:
    """BM25 over three fields, sentences, head and values, whose scores add up. Counts are of the passages that count
    and no others, so scores do not depend on how the corpus came to be."""

    def __init__(
        self,
        segments: Sequence[Segment],
        analyzer: Analyzer | None = None,
        head_weight: float = LIMITS.head_weight,
    ) -> None:
        self._segments = tuple(segments)
        self._size = sum(segment.size for segment in segments)
        self._fields = {name: Bm25Field(name, segments, self._size) for name in _FIELDS}
        self._analyzer = analyzer or Analyzer()
        self._head_weight = head_weight
        self._idfs: dict[str, float] = {}

    @classmethod
    def in_memory(cls, rows: Rows, codec: LexicalCodec) -> Self:
        """Build it without files."""
        return cls([make_segment(rows, codec)] if len(rows.ids) else [])

    @classmethod
    def of_texts(
        cls, texts: Sequence[PassageText], analyzer: Analyzer | None = None, head_weight: float = LIMITS.head_weight
    ) -> Self:
        """Build it without files, of these passages."""
        rows, codec = numbered(text.passage_id for text in texts), LexicalCodec(lambda _: texts, analyzer)
        return cls([make_segment(rows, codec)] if texts else [], analyzer, head_weight)

    @classmethod
    def build(
        cls,
        path: Path,
        rows: Rows,
        codec: LexicalCodec,
        version: str,
        model_id: str = "",
        limits: SegmentLimits = SEGMENT_LIMITS,
    ) -> Self:
        """`write` and `open`. Raises what they do."""
        cls.write(path, rows, codec, version, model_id, limits)
        return cls.open(path, version, model_id)

    @staticmethod
    def write(
        path: Path,
        rows: Rows,
        codec: LexicalCodec,
        version: str,
        model_id: str = "",
        limits: SegmentLimits = SEGMENT_LIMITS,
    ) -> None:
        """Bring what is below the folder `path` to this version of the store. Raises OSError."""
        update_segments(path, KIND, version, model_id, rows, codec, limits)

    @classmethod
    def open(cls, path: Path, version: str, model_id: str = "") -> Self:
        """Map the files that `build` wrote. Raises StaleIndexError if one is missing, changed, torn or of another
        version or model."""
        return cls(open_segments(path, KIND, version, model_id))

    @property
    def size(self) -> int:
        return self._size

    def terms(self, text: str) -> list[str]:
        return self._analyzer.terms(text)

    def idf(self, term: str) -> float:
        """A word that is no term yet is analysed first; of several terms the rarest counts."""
        known = self._idfs.get(term)
        if known is None:
            body = self._fields["body"]
            holding = body.holding(term) or min((body.holding(part) for part in self.terms(term)), default=0)
            if len(self._idfs) >= _REMEMBERED:
                self._idfs.clear()
            known = self._idfs[term] = idf(holding, self._size)
        return known

    def together(self, texts: Sequence[str], only: Ids | None = None) -> bool:
        wanted = {term for text in texts for term in self.terms(text)}
        body, head = ({term: self._fields[name].rows(term) for term in wanted} for name in ("body", "head"))
        for number, segment in enumerate(self._segments):
            rows = np.flatnonzero(segment.mask())
            for term in wanted:
                rows = rows[np.isin(rows, body[term][number]) | np.isin(rows, head[term][number])]
            if only is not None:
                rows = rows[np.isin(segment.ids[rows], only)]
            if len(rows):
                return True
        return False

    def search(self, query: str, limit: int, only: Ids | None = None) -> list[tuple[int, float]]:
        bag = self._bag(query)
        values = _asked_values(query)
        if limit <= 0 or not (bag or values):
            return []
        scores = [np.zeros(len(segment.ids)) for segment in self._segments]
        for term, weight in values.items():
            self._fields["values"].add(term, weight, scores)
        for term in bag:
            self._fields["body"].add(term, 1.0, scores)
            self._fields["head"].add(term, self._head_weight, scores)
        return self._best(scores, limit, only)

    def _best(self, scores: Sequence[NDArray[np.float64]], limit: int, only: Ids | None) -> list[tuple[int, float]]:
        ids, found = [np.zeros(0, np.int64)], [np.zeros(0, np.float64)]
        for segment, score in zip(self._segments, scores, strict=True):
            if segment.live is not None:
                score[~segment.live] = 0.0
            rows = np.flatnonzero(score)
            if only is not None:
                rows = rows[np.isin(segment.ids[rows], only)]
            ids.append(segment.ids[rows])
            found.append(score[rows])
        numbers, sums = np.concatenate(ids), np.concatenate(found)
        if len(sums) > limit:  # all that are as good as the last that is wanted
            near = sums >= np.partition(sums, -limit)[-limit]
            numbers, sums = numbers[near], sums[near]
        order = np.lexsort((numbers, -sums))[:limit]
        return list(zip(numbers[order].tolist(), sums[order].tolist(), strict=True))

    def _bag(self, text: str) -> list[str]:
        distinct = sorted(set(self.terms(text)), key=lambda term: (-self.idf(term), term))
        return distinct[: LIMITS.terms]


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
