"""The newest of what answers alike, where the latest, last or current one is asked for."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.language.dates import find_dates
from index.sentences.context import read_text
from index.types import Document, Range, Sentence, UnitKind
from qa.composing.discourse import speaks_of
from qa.language.english import ENGLISH
from qa.language.language import AnswerType, Language
from qa.language.question import Question
from qa.reading.reader import Evidence, OpenPassage, Reading, Span, with_first

_VERSION = re.compile(r"(?<![\w.])v?(\d{1,4}(?:\.\d{1,4}){1,3})(?![\w.]*\w)")
_ENTRIES = frozenset({UnitKind.ROW, UnitKind.ITEM, UnitKind.RECORD})


class RecencyLimits(Struct, frozen=True):
    """margin: log-odds below the best, up to which a sentence may be the newest one meant. By hand (2026-11-30), on
    dated minutes, changelogs and price lists of our own."""

    margin: float = 4.0


LIMITS = RecencyLimits()


class Age(Struct, frozen=True, order=True):
    """How new something is, by its date (year, month, day) or its version; `place` says where, if in the document."""

    key: tuple[int, ...]
    place: Range | None = None


def newest_first(
    question: Question, reading: Reading, opened: Sequence[OpenPassage], language: Language = ENGLISH
) -> Reading:
    """The reading with the newest of the sentences first that say as much of what is asked as the best one does.

    Nothing changes where the question does not ask for the newest, or the sentences are not dated apart.
    """
    recent = language.questions.recent
    if not reading.evidence or not recent.fits(question.own):
        return reading
    asked = [word for word in question.content if not recent.fits(word)]
    best = reading.evidence[0]
    least = _said(asked, opened, best)
    alike = [
        evidence
        for evidence in reading.evidence
        if evidence.score >= best.score - LIMITS.margin and _said(asked, opened, evidence) >= least
    ]
    kinds = (_version_of, _date_of) if language.questions.version.fits(question.own) else (_date_of, _version_of)
    for age_of in kinds:
        told = ((age_of(opened, evidence), -number) for number, evidence in enumerate(alike))
        ages = [(age, number) for age, number in told if age is not None]
        if len({age.key for age, _ in ages}) > 1:
            age, number = max(ages, key=lambda each: (each[0].key, each[1]))
            chosen = with_first(question, reading, alike[-number])
            return _dated(question, chosen, opened, age, language)
    return reading


def _said(asked: Sequence[str], opened: Sequence[OpenPassage], evidence: Evidence) -> int:
    """How many of the words the sentence has, or what it stands under."""
    document = opened[evidence.passage_index].document
    text = f"{document.title} {read_text(document, evidence.sentence)}"
    return sum(speaks_of(word, text) for word in asked)


def _dated(
    question: Question, reading: Reading, opened: Sequence[OpenPassage], age: Age, language: Language
) -> Reading:
    """With the date or version as the short answer, where that is asked for and the sentence does not tell one."""
    if age.place is None:
        return reading
    text = opened[reading.evidence[0].passage_index].document.text
    told = text[reading.span.start : reading.span.end] if reading.span else ""
    if question.answer_type is AnswerType.DATE:
        lacking = not any(True for _ in find_dates(told))
    else:
        lacking = language.questions.version.fits(question.own) and not _VERSION.search(told)
    return replace(reading, span=Span(0, age.place.start, age.place.end)) if lacking else reading


def _date_of(opened: Sequence[OpenPassage], evidence: Evidence) -> Age | None:
    place = opened[evidence.passage_index]
    for part in _dating(place.document, evidence.sentence):
        found = [each for each in find_dates(place.document.text, part.start, part.end) if each.date.first is not None]
        if found:
            newest = max(found, key=lambda each: (each.date.last or 0, each.date.month or 0, each.date.day or 0))
            date = newest.date
            return Age((date.last or 0, date.month or 0, date.day or 0), Range(newest.start, newest.end))
    stated = place.document.metadata.date
    told = [stated.value] if stated else []
    for text in (*told, place.document.title, place.document.source.replace("_", " ")):
        for each in find_dates(text):
            if each.date.last is not None:
                in_text = stated is not None and stated.start < stated.end and text == stated.value
                where = Range(stated.start, stated.end) if stated is not None and in_text else None
                return Age((each.date.last, each.date.month or 0, each.date.day or 0), where)
    return None


def _version_of(opened: Sequence[OpenPassage], evidence: Evidence) -> Age | None:
    document = opened[evidence.passage_index].document
    for part in _dating(document, evidence.sentence):
        found = _VERSION.search(document.text, part.start, part.end)
        if found:
            numbers = tuple(map(int, found[1].split(".")))
            return Age((*numbers, *([0] * (4 - len(numbers)))), Range(found.start(1), found.end(1)))
    return None


def _dating(document: Document, sentence: Sentence) -> Iterator[Range]:
    """What may date a sentence, nearest first: an entry's own text, what it stands under, the title."""
    if sentence.kind in _ENTRIES:
        yield from sentence.ranges
    yield from reversed(sentence.context)
    title = document.metadata.title
    if title is not None and title.start < title.end:
        yield Range(title.start, title.end)
