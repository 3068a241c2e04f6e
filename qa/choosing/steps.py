"""The step after, or before, the one that a question names."""

import re
from collections.abc import Sequence

from msgspec import Struct

from index.sentences.markup import sentence_text
from index.types import Document, Sentence, UnitKind
from qa.composing.discourse import speaks_of
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import Question, content_words
from qa.reading.reader import Evidence, OpenPassage, Reading, with_first

_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]?")


class StepLimits(Struct, frozen=True):
    """named: the least share of the words that name a step, which the step must have. By hand (2026-11-30)."""

    named: float = 0.6


LIMITS = StepLimits()


def next_step(
    question: Question, reading: Reading, opened: Sequence[OpenPassage], language: Language = ENGLISH
) -> Reading:
    """The reading with the step first that comes after (or before) the one named; as it is where there is none."""
    forms = language.questions
    for form, by in ((forms.step_after, 1), (forms.step_before, -1)):
        match = form.find(question.own)
        named = content_words(match["rest"]) if match else ()
        if not named:
            continue
        found = _named(named, reading, opened)
        other = _beside(found, by, reading, opened) if found else None
        if other is not None:
            return with_first(question, reading, other)
    return reading


def _named(named: Sequence[str], reading: Reading, opened: Sequence[OpenPassage]) -> Evidence | None:
    """The step that has most of the words, if it has enough."""
    best: Evidence | None = None
    most = LIMITS.named * len(named)
    for evidence in reading.evidence:
        document = opened[evidence.passage_index].document
        if _is_step(document, evidence.sentence):
            text = sentence_text(document, evidence.sentence)
            has = sum(speaks_of(word, text) for word in named)
            if has > most or (best is None and has >= most):
                best, most = evidence, has
    return best


def _beside(step: Evidence, by: int, reading: Reading, opened: Sequence[OpenPassage]) -> Evidence | None:
    place = opened[step.passage_index]
    block = [each for each in place.of_document if each.block == step.sentence.block and _is_step(place.document, each)]
    own = _marker(place.document, step.sentence)
    steps = list(dict.fromkeys(_marker(place.document, each) for each in block))
    at = steps.index(own) + by
    if not 0 <= at < len(steps):
        return None
    for evidence in reading.evidence:
        other = opened[evidence.passage_index].document
        same = other.document_id == place.document.document_id and evidence.sentence.block == step.sentence.block
        if same and _is_step(other, evidence.sentence) and _marker(other, evidence.sentence) == steps[at]:
            return evidence
    return None


def _is_step(document: Document, sentence: Sentence) -> bool:
    return sentence.kind is UnitKind.ITEM and _marker(document, sentence) is not None


def _marker(document: Document, sentence: Sentence) -> tuple[int, str] | None:
    """Where the number of the item stands that the sentence is of, and the number; None if it has none."""
    for part in reversed(sentence.context):
        number = document.text[part.start : part.end]
        if _NUMBERED.fullmatch(number):
            return part.start, number
    return None
