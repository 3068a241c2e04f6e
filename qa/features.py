"""What can be told of a sentence as an answer without any training: overlap, similarity, form and place."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

from qa.questions import SPAN_TYPES

NAMES = (
    "similarity",  # cosine of question and sentence (embedded with its document's title)
    "passage_similarity",  # cosine of question and passage
    "passage_bm25",  # BM25 of the passage over that of the best one
    "recall",  # share of the question's rarity found in the sentence
    "context_recall",  # the same, with the sentence before, the title and the headings at a discount
    "passage_recall",  # the same, in the whole passage
    "pair_recall",  # share of the question's neighbouring word pairs found as neighbours
    "form",  # 1 a stretch of the form asked for, 0 none, 1/2 no form asked for
    "form_before",  # none in the sentence, but one in the sentence before it
    "typed",  # 1 where the question asks for a form that is there
    "length",  # natural logarithm of the number of terms, plus 1
    "opening",  # the first sentence of its passage
    "note",  # a footnote or caption
    "metadata",  # a title or byline
)
CONTEXT_DISCOUNT = 0.6


class QuestionTerms(Struct, frozen=True):
    """A question's content terms with their rarity, and its neighbouring pairs (terms are stemmed and folded)."""

    rarity: dict[str, float]
    pairs: dict[tuple[str, str], float]

    @property
    def total(self) -> float:
        return sum(self.rarity.values()) or 1.0


def question_terms(content: Sequence[str], every: Sequence[str], idf: Callable[[str], float]) -> QuestionTerms:
    """`content`: the question's content terms; `every`: all its terms in order; `idf`: rarity of a term."""
    rarity = {term: idf(term) for term in content}
    pairs = {(left, right): rarity.get(left, 0.0) + rarity.get(right, 0.0) for left, right in pairwise(every)}
    return QuestionTerms(rarity, {pair: weight for pair, weight in pairs.items() if weight > 0})


class SentenceFacts(Struct, frozen=True):
    """What a sentence brings to its features; terms in order, `near` the terms of what stands around it."""

    terms: tuple[str, ...]
    near: frozenset[str]
    passage_terms: frozenset[str]
    similarity: float
    passage_similarity: float
    passage_bm25: float
    has_form: bool
    form_before: bool
    opening: bool
    note: bool
    metadata: bool


def recall(question: QuestionTerms, terms: frozenset[str] | set[str]) -> float:
    """The share of the question's rarity that `terms` hold, 0 to 1."""
    return sum(weight for term, weight in question.rarity.items() if term in terms) / question.total


def sentence_features(question: QuestionTerms, answer_type: str, facts: SentenceFacts) -> list[float]:
    """The row of `NAMES` for one sentence."""
    own = set(facts.terms)
    in_sentence = recall(question, own)
    around = sum(weight for term, weight in question.rarity.items() if term in facts.near and term not in own)
    neighbours = set(pairwise(facts.terms))
    pair_total = sum(question.pairs.values()) or 1.0
    asks_form = answer_type in SPAN_TYPES
    return [
        facts.similarity,
        facts.passage_similarity,
        facts.passage_bm25,
        in_sentence,
        in_sentence + CONTEXT_DISCOUNT * around / question.total,
        recall(question, facts.passage_terms),
        sum(weight for pair, weight in question.pairs.items() if pair in neighbours) / pair_total,
        float(facts.has_form) if asks_form else 0.5,
        float(asks_form and facts.form_before and not facts.has_form),
        float(asks_form and facts.has_form),
        math.log(len(facts.terms) + 1),
        float(facts.opening),
        float(facts.note),
        float(facts.metadata),
    ]
