"""Two sides: whether what was read gives different values for the same question, and which.

Careful on purpose: two values are sides only where they cannot both be meant and the sentences speak of one thing.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from index.sentences.markup import joined_display
from index.types import Document
from qa.composing.limits import CONFLICT
from qa.composing.statements import QuestionTopic, Statement, same_thing, statement, topic_of
from qa.language.question import SPAN_TYPES, AnswerType, Question, words
from qa.language.terms import TermStatistics
from qa.language.values import Value, values_differ
from qa.reading.reader import OpenPassage, Reading, Span
from qa.types import AnswerGroup, Citation, ContentBlock, Mention

_FORMS = SPAN_TYPES | {AnswerType.OTHER, AnswerType.DEFINITION}
_SEVERAL = re.compile(
    r"\b(?:(?:which|what|who)\b(?: \w+){0,3}? (?:are|were|have)"
    r"|(?:which|what) (?:(?!(?:is|was|has|does)\b)\w+ ){0,2}(?!(?:is|was|has|does)\b)\w+[^\Ws]s "
    r"(?!(?:is|was|has|does)\b)"
    r"|(?:examples?|some|any|else|other|others|another|all|besides|one of)\b)",
    re.IGNORECASE,
)
# What many may do: a second one who did it does not contradict the first.
_SHARED = frozenset(
    """attend attended visit visited meet met join joined support supported criticise criticised criticize criticized
    say said says speak spoke speech tell told work worked works live lived lives play played participate
    participated part praise praised mention mentioned oppose opposed want wants wanted believe believes believed
    think thinks like go went come came help helped study studied travel travelled fight fought call called""".split()
)


class Side(Struct, frozen=True):
    """One of the values given. spans: where, best first; each is one of `Reading.spans`."""

    values: tuple[Value, ...]
    spans: tuple[Span, ...]


def sides(
    question: Question, reading: Reading, opened: Sequence[OpenPassage], corpus: TermStatistics
) -> tuple[Side, ...]:
    """The sides of a disagreement, the best first; none where the sources agree, or it cannot be told.

    opened: the passages that `reading` is of. Scores of its spans are natural logarithms of probabilities.
    """
    if not reading.spans or not _has_one_answer(question):
        return ()
    topic = topic_of(question, corpus)
    least = max(span.score for span in reading.spans) - CONFLICT.margin
    near = sorted((s for s in reading.spans if s.score >= least), key=lambda s: (-s.score, s.evidence_index, s.start))
    made = [statement(topic, span, reading, opened, corpus) for span in near[: CONFLICT.most_spans]]
    stated = [each for each in made if each is not None]
    groups = _grouped(topic, stated, corpus)
    if not 2 <= len(groups) <= CONFLICT.most_sides:
        return ()
    ranked = (sorted(group, key=stated.index) for group in sorted(groups, key=lambda g: min(map(stated.index, g))))
    return tuple(Side(group[0].values, tuple(each.span for each in group)) for group in ranked)


def evidence_to_cite(found: Sequence[Side]) -> tuple[int, ...]:
    """The numbers of the evidence that a summary has to quote, so that every side is seen: the best of each."""
    return tuple(side.spans[0].evidence_index for side in found)


def answer_groups(
    found: Sequence[Side], reading: Reading, opened: Sequence[OpenPassage], blocks: Sequence[ContentBlock]
) -> tuple[AnswerGroup, ...]:
    """The sides as a reply shows them: those that its citations have, none where that leaves fewer than two."""
    cited = [citation for block in blocks for citation in (*block.citations, *block.also)]
    groups = []
    for side in found:
        documents = [opened[reading.evidence[span.evidence_index].passage_index].document for span in side.spans]
        mentions = [_mention(span, document, cited) for span, document in zip(side.spans, documents, strict=True)]
        kept = tuple(mention for mention in mentions if mention is not None)
        if kept:
            first, document = next(pair for pair in zip(side.spans, documents, strict=True) if _mention(*pair, cited))
            groups.append(AnswerGroup(joined_display([document.text[first.start : first.end]]), kept))
    return tuple(groups) if len(groups) > 1 else ()


def _mention(span: Span, document: Document, cited: Sequence[Citation]) -> Mention | None:
    for citation in cited:
        held = citation.start_char_index <= span.start and span.end <= citation.end_char_index
        if held and citation.document_id == document.document_id:
            date = document.metadata.date
            stated = (joined_display([document.text[date.start : date.end]]) or date.value) if date else None
            return Mention(citation.number, span.start, span.end, stated)
    return None


def _has_one_answer(question: Question) -> bool:
    """Whether it asks for one value of the world: not for several, and not for what documents say of themselves."""
    if question.answer_type not in _FORMS or question.document_field is not None:
        return False
    if question.answer_type in (AnswerType.DATE, AnswerType.NUMBER):
        return True
    return not _SEVERAL.search(question.own) and not _SHARED.intersection(words(question.own))


def _grouped(topic: QuestionTopic, stated: Sequence[Statement], corpus: TermStatistics) -> list[list[Statement]]:
    """Statements by value. The exact ones come first, so that "May 2017" is not lost to "2017"; one that fits two
    groups is on neither side, and one that differs but may speak of another thing is left out."""
    groups: list[list[Statement]] = []
    for each in sorted(stated, key=lambda made: _vagueness(made, stated)):
        fitting = [group for group in groups if not any(_differ(each, other) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(each)
        elif not fitting and _differs_from_all(topic, each, groups, corpus):
            groups.append([each])
    return groups


def _vagueness(made: Statement, stated: Sequence[Statement]) -> int:
    """How many of the others its values fit: "2017" fits more than "14 May 2017"."""
    return sum(not values_differ(made.values, other.values) for other in stated)


def _differs_from_all(
    topic: QuestionTopic, each: Statement, groups: Sequence[Sequence[Statement]], corpus: TermStatistics
) -> bool:
    return all(_differ(each, other) and same_thing(topic, each, other, corpus) for group in groups for other in group)


def _differ(left: Statement, right: Statement) -> bool:
    """Whether the values differ, and neither sentence has the other's value as well: it knows of both."""
    if not values_differ(left.values, right.values):
        return False
    return not (_has_value(left, right) or _has_value(right, left))


def _has_value(made: Statement, other: Statement) -> bool:
    value = other.text[other.start : other.end]
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", made.text, re.IGNORECASE) is not None
