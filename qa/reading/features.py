"""What can be told of a sentence as an answer without any training: overlap, similarity, form and place."""

import math
import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from msgspec import Struct

from qa.language.question import AnswerType, Question

NAMES = (
    "similarity",  # cosine of question and sentence (embedded with its document's title)
    "passage_similarity",  # cosine of question and passage
    "passage_bm25",  # BM25 of the passage over that of the best one
    "recall",  # share of the question's rarity found in the sentence
    "before_recall",  # the same, of what only the sentence before it has
    "title_recall",  # the same, of what only its document's title and its headings have
    "passage_recall",  # the same, in the whole passage
    "pair_recall",  # share of the question's neighbouring word pairs found as neighbours
    "form",  # how well the best stretch of the form asked for fits; 1/2 where none is asked for
    "form_before",  # what the sentence before it has better of that
    "no_form",  # 1 where a form is asked for and there is no stretch of it
    "reason",  # 1 where a reason is asked for and a word such as "because" is there
    "defines",  # share of the rarity in its opening words, where a definition is asked for and an "is" follows
    "length",  # natural logarithm of the number of terms, plus 1
    "opening",  # the first sentence of its passage
    "note",  # a footnote or caption
    "metadata",  # a title or byline
    "values",  # share of the values that tell what is asked of (a day, a version, an id) that it has by value
    "values_against",  # 1 where it has others of their kind in their place
    "states_field",  # where it states what is asked of a document, such as its author: the rarity in the title, plus .7
)
_REASON = re.compile(
    r"\b(because|since|due to|owing to|owes?|thanks to|as a result|in order to|so that|reasons?|caused?|causes|led to|"
    r"forced|driven by|out of|for fear|amid|therefore|hence|to avoid|to prevent|motivat\w+|means that|simply means)\b",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"\b((?:is|are|was|were)(?! not\b)|means?|refers? to|denotes?|aims? to|consists? of|describes?|known as)\b"
)
_OPENING = 120  # characters in which a definition's verb is looked for
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

    text: str
    terms: tuple[str, ...]
    before: frozenset[str]
    title: frozenset[str]
    passage_terms: frozenset[str]
    similarity: float
    passage_similarity: float
    passage_bm25: float
    form: float
    form_before: float
    opening: bool
    note: bool
    metadata: bool
    states_field: bool
    values: float = 0.0
    values_against: bool = False


def recall(question: QuestionTerms, terms: AbstractSet[str]) -> float:
    """The share of the question's rarity that `terms` hold, 0 to 1."""
    return sum(weight for term, weight in question.rarity.items() if term in terms) / question.total


def _defines(question: QuestionTerms, facts: SentenceFacts) -> float:
    opening = set(facts.terms[: len(question.rarity) + 2])
    return recall(question, opening) if _COPULA.search(facts.text[:_OPENING]) else 0.0


def sentence_features(question: Question, terms: QuestionTerms, facts: SentenceFacts) -> list[float]:
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
        facts.form if question.asks_form else 0.5,
        max(0.0, facts.form_before - facts.form) if question.asks_form else 0.0,
        float(question.asks_form and facts.form == 0.0),
        float(question.answer_type is AnswerType.REASON and _REASON.search(facts.text) is not None),
        _defines(terms, facts) if question.answer_type is AnswerType.DEFINITION else 0.0,
        math.log(len(facts.terms) + 1),
        float(facts.opening),
        float(facts.note and not facts.states_field),
        float(facts.metadata and not facts.states_field),
        facts.values,
        float(facts.values_against),
        0.7 + recall(terms, facts.title) if facts.states_field else 0.0,
    ]
