"""From scored evidence to the sentences of the answer: one to five, no two saying the same, in an order that reads."""

import re
from collections.abc import Sequence

from msgspec import Struct

from index.passages import sentence_text
from index.types import PassageKind, Sentence
from qa.questions import AnswerType, Question, content_words
from qa.reader import Evidence, OpenPassage, Reading

# How far below the best score a further sentence may lie. Scores are log-odds between sentences, so 1.0 is e times
# less likely. Questions for one fact need one sentence; open ones need company.
_MARGIN_FACT = 0.35
_MARGIN_OPEN = 1.0
_OPEN = frozenset({AnswerType.REASON, AnswerType.MANNER, AnswerType.LIST, AnswerType.DEFINITION})
_SAME = 0.75  # share of the shorter one's content words that two sentences have in common when they say the same
_LONGEST_PAIR = 700  # characters of two sentences quoted as one

_LEANING = re.compile(
    r"[\W_]*(?:and |but |so |yet |thus |therefore,? |however,? |instead,? |moreover,? |additionally,? |also,? )?"
    r"(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those|such|the (?:former|latter|same))\b",
    re.IGNORECASE,
)


class Quote(Struct, frozen=True):
    """One or two neighbouring sentences quoted together, and the evidence they stand for."""

    evidence: Evidence
    sentences: tuple[Sentence, ...]


def summarise(
    question: Question, reading: Reading, passages: Sequence[OpenPassage], max_sentences: int
) -> tuple[Quote, ...]:
    """Quotes, the best first, the others after it by document and place; at most `max_sentences` sentences in all.

    A sentence that opens with a pronoun brings the one before it, if there is room.
    """
    chosen: list[Quote] = []
    room = max_sentences
    for evidence in _within_margin(question, reading):
        if any(_said_already(evidence, quote, passages) for quote in chosen):
            continue
        quote = _with_antecedent(evidence, passages) if room > 1 else Quote(evidence, (evidence.sentence,))
        if any(_share_a_sentence(quote, other, passages) for other in chosen):
            quote = Quote(evidence, (evidence.sentence,))
        chosen.append(quote)
        room -= len(quote.sentences)
        if room <= 0:
            break
    return tuple(chosen[:1]) + tuple(sorted(chosen[1:], key=lambda quote: _place(quote, chosen[0], passages)))


def _within_margin(question: Question, reading: Reading) -> list[Evidence]:
    if not reading.evidence:
        return []
    margin = _MARGIN_OPEN if question.answer_type in _OPEN else _MARGIN_FACT
    return [evidence for evidence in reading.evidence if evidence.score >= reading.evidence[0].score - margin]


def _with_antecedent(evidence: Evidence, passages: Sequence[OpenPassage]) -> Quote:
    opened = passages[evidence.passage_index]
    sentence = evidence.sentence
    before = next((s for s in (*_before(opened), *opened.sentences) if s.ordinal == sentence.ordinal - 1), None)
    text = opened.document.text
    leans = _LEANING.match(text, sentence.start, sentence.end) is not None
    if not leans or before is None or before.block != sentence.block or opened.passage.kind is not PassageKind.BODY:
        return Quote(evidence, (sentence,))
    if sentence.end - before.start > _LONGEST_PAIR:
        return Quote(evidence, (sentence,))
    return Quote(evidence, (before, sentence))


def _before(opened: OpenPassage) -> tuple[Sentence, ...]:
    return (opened.before,) if opened.before else ()


def _said_already(evidence: Evidence, quote: Quote, passages: Sequence[OpenPassage]) -> bool:
    document = passages[evidence.passage_index].document
    other = passages[quote.evidence.passage_index].document
    if document.document_id == other.document_id and evidence.sentence in quote.sentences:
        return True
    new = frozenset(content_words(sentence_text(document, evidence.sentence)))
    said = (frozenset(content_words(sentence_text(other, sentence))) for sentence in quote.sentences)
    return any(_overlap(new, old) >= _SAME for old in said)


def _share_a_sentence(quote: Quote, other: Quote, passages: Sequence[OpenPassage]) -> bool:
    same = (
        passages[quote.evidence.passage_index].document.document_id
        == passages[other.evidence.passage_index].document.document_id
    )
    return same and any(sentence in other.sentences for sentence in quote.sentences)


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Containment, but only between sentences of like length: a short one may add nothing, a long one may."""
    shorter, longer = sorted((len(left), len(right)))
    if not shorter or shorter * 2 < longer:
        return 0.0
    return len(left & right) / shorter


def _place(quote: Quote, first: Quote, passages: Sequence[OpenPassage]) -> tuple[bool, str, int]:
    document = passages[quote.evidence.passage_index].document
    leading = passages[first.evidence.passage_index].document
    return document.document_id != leading.document_id, document.source, quote.sentences[0].start
