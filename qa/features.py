"""What can be told of a sentence as an answer without any training: overlap, similarity, form and place."""

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from msgspec import Struct

NAMES = (
    "similarity",  # cosine of question and sentence (embedded with its document's title)
    "passage_similarity",  # cosine of question and passage
    "passage_bm25",  # BM25 of the passage over that of the best one
    "recall",  # share of the question's rarity found in the sentence
    "before_recall",  # the same, of what only the sentence before it has
    "title_recall",  # the same, of what only its document's title and its headings have
    "passage_recall",  # the same, in the whole passage
    "pair_recall",  # share of the question's neighbouring word pairs found as neighbours
    "form",  # 1 a stretch of the form asked for, 0 none, 1/2 no form asked for
    "form_before",  # none in the sentence, but one in the sentence before it
    "typed",  # 1 where the question asks for a form that is there
    "length",  # natural logarithm of the number of terms, plus 1
    "opening",  # the first sentence of its passage
    "note",  # a footnote or caption
    "metadata",  # a title or byline
    "about_document",  # a title or byline, and the question asks of a document
)
CARRIED_DISCOUNT = 0.35  # of the rarity of a term that was carried over from an earlier turn


class QuestionTerms(Struct, frozen=True):
    """A question's content terms with their rarity, and its neighbouring pairs (terms are stemmed and folded)."""

    rarity: dict[str, float]
    pairs: dict[tuple[str, str], float]

    @property
    def total(self) -> float:
        return sum(self.rarity.values()) or 1.0


def question_terms(
    own: Sequence[str], carried: Sequence[str], every: Sequence[str], idf: Callable[[str], float]
) -> QuestionTerms:
    """own, carried: content terms of the question and of what was carried over to it; every: all in order; idf: rarity
    of a term."""
    rarity = {term: CARRIED_DISCOUNT * idf(term) for term in carried} | {term: idf(term) for term in own}
    pairs = {(left, right): rarity.get(left, 0.0) + rarity.get(right, 0.0) for left, right in pairwise(every)}
    return QuestionTerms(rarity, {pair: weight for pair, weight in pairs.items() if weight > 0})


class SentenceFacts(Struct, frozen=True):
    """What a sentence brings to its features. terms: in order. before, title: of the sentence before it, and of its
    document's title and its headings."""

    terms: tuple[str, ...]
    before: frozenset[str]
    title: frozenset[str]
    passage_terms: frozenset[str]
    similarity: float
    passage_similarity: float
    passage_bm25: float
    has_form: bool
    form_before: bool
    opening: bool
    note: bool
    metadata: bool


def recall(question: QuestionTerms, terms: AbstractSet[str]) -> float:
    """The share of the question's rarity that `terms` hold, 0 to 1."""
    return sum(weight for term, weight in question.rarity.items() if term in terms) / question.total


def sentence_features(
    terms: QuestionTerms, asks_form: bool, asks_of_document: bool, facts: SentenceFacts
) -> list[float]:
    """The row of `NAMES` for one sentence."""
    own = set(facts.terms)
    neighbours = set(pairwise(facts.terms))
    pair_total = sum(terms.pairs.values()) or 1.0
    return [
        facts.similarity,
        facts.passage_similarity,
        facts.passage_bm25,
        recall(terms, own),
        recall(terms, facts.before - own),
        recall(terms, facts.title - facts.before - own),
        recall(terms, facts.passage_terms),
        sum(weight for pair, weight in terms.pairs.items() if pair in neighbours) / pair_total,
        float(facts.has_form) if asks_form else 0.5,
        float(asks_form and facts.form_before and not facts.has_form),
        float(asks_form and facts.has_form),
        math.log(len(facts.terms) + 1),
        float(facts.opening),
        float(facts.note),
        float(facts.metadata),
        float(facts.metadata and asks_of_document),
    ]
