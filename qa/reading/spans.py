"""Short answers without training: the stretch of a sentence whose form fits what the question asks for."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from index.language.dates import find_dates
from index.language.lexicon import FUNCTION_WORDS, HONORIFICS, OFFICE_PARTS, OFFICES, WEEKDAYS, alternation
from index.language.names import find_names
from index.language.numbers import find_quantities
from qa.language.question import AnswerType, Question, words

_WEEKDAY = re.compile(rf"\b(?:{alternation(name.title() for name in WEEKDAYS)})\b")
_PART = re.compile(r"\b(?:early|mid|late)[- ]$", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper ?cent|\b(?:percentage|proportion|share)\b", re.IGNORECASE)
_TITLES = HONORIFICS | OFFICES | OFFICE_PARTS
_LINKS = frozenset(("of", "the", "and", "for"))  # people's names have none of these
_PLACE_BEFORE = re.compile(r"\b(?:in|at|to|from|near|across|of|into|through|around|towards?|outside)\s+(?:the\s+)?$")
_PERSON_BEFORE = re.compile(
    r"\b(?:by|mr|mrs|ms|dr|president|minister|king|queen|emperor|sir|lord|professor|general|senator|sent|named|called)"
    r"\.?\s+$",
    re.IGNORECASE,
)
_PERSON_AFTER = re.compile(
    r"^[,\s]*(?:who|said|says|wrote|told|argued|claimed|announced|was|is|became|gave|led|met|visited|founded|won|an?\b|the\b)"
)
_QUOTED = re.compile(r"[“\"‘]([^”\"’“]{3,120})[”\"’]")


class SpanFits(Struct, frozen=True):
    """How well a stretch's form fits, 0 to 1, and how near it must stand; all by hand before November 2026.

    The linear weights are fitted on features made with them: who changes one fits anew (`qa.training.fitting`).

    plain: of a date without its year, or a number. certain: what a year, or the thing counted after a number, adds.
    in_date: of a number that is part of a date, or of another kind than asked for. opening: of one capitalised word
    that opens a sentence. person, cue, words, thing: of a name as a person's; what a cue beside it adds, two at most,
    and two to four words; what signs of a thing take. place: of a name after "in" and the like; no_place: of others.
    quoted: of what stands in quotes. least: of a short answer. cue_width: characters looked at beside a name. reach:
    characters from the question's words, from which on distance no longer counts; faded: so many of them take 1.
    """

    plain: float = 0.6
    certain: float = 0.4
    in_date: float = 0.1
    opening: float = 0.7
    person: float = 0.5
    cue: float = 0.15
    words: float = 0.2
    thing: float = 0.3
    place: float = 0.9
    no_place: float = 0.5
    quoted: float = 0.8
    least: float = 0.45
    cue_width: int = 24
    reach: int = 200
    faded: float = 250.0


FITS = SpanFits()


class SpanCandidate(Struct, frozen=True):
    """`sentence[start:end]`, and how well its form fits, 0 to 1."""

    start: int
    end: int
    fit: float


def _dated(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the dates stand, "late" and the like included, and the weekdays that stand alone."""
    reached = 0
    found = [(date.start, date.end) for date in find_dates(sentence)]
    for start, end in sorted([*found, *(match.span() for match in _WEEKDAY.finditer(sentence))]):
        if start >= reached:
            part = _PART.search(sentence, reached, start)
            yield part.start() if part else start, end
            reached = end


def _dates(_: Question, sentence: str) -> Iterator[SpanCandidate]:
    for start, end in _dated(sentence):
        yield SpanCandidate(start, end, FITS.plain + FITS.certain * bool(re.search(r"\d{4}", sentence[start:end])))


def _numbers(question: Question, sentence: str) -> Iterator[SpanCandidate]:
    dates = list(_dated(sentence))
    counted = _counted(question)
    for number in find_quantities(sentence):
        in_date = any(start <= number.start < end for start, end in dates)
        of_it = bool(counted & set(words(sentence[number.start : number.end + FITS.cue_width])))
        other = in_date or (_SHARE.search(question.text) and number.quantity.unit != "%")
        yield SpanCandidate(number.start, number.end, FITS.in_date if other else FITS.plain + FITS.certain * of_it)


def _counted(question: Question) -> set[str]:
    """The words after "how many": what is to be counted."""
    after = re.search(r"\bhow (?:many|much)\b(.*)", question.text, re.IGNORECASE)
    return {word for word in words(after.group(1))[:3] if word not in FUNCTION_WORDS} if after else set()


def names(sentence: str) -> Iterator[SpanCandidate]:
    """The stretches of a sentence that are written as names, in order; dates are none."""
    for name in find_names(sentence):
        opens = name.start == 0 and " " not in sentence[name.start : name.end]
        yield SpanCandidate(name.start, name.end, FITS.opening if opens else 1.0)


def _before(sentence: str, name: SpanCandidate) -> str:
    return sentence[max(0, name.start - FITS.cue_width) : name.start]


def _persons(_: Question, sentence: str) -> Iterator[SpanCandidate]:
    for name in names(sentence):
        before, after = _before(sentence, name), sentence[name.end : name.end + FITS.cue_width]
        cue = bool(_PERSON_BEFORE.search(before)) + bool(_PERSON_AFTER.match(after))
        place = bool(_PLACE_BEFORE.search(before))
        own = sentence[name.start : name.end].split()
        two_words = 1 < len(own) < 5
        thing = (
            place
            or any(word in _LINKS or word.isdigit() for word in own)
            or before.endswith(("the ", "The ", "“", '"'))
        )
        cue += own[0].casefold() in _TITLES
        fit = FITS.person + FITS.cue * min(cue, 2) + FITS.words * two_words - FITS.thing * thing
        yield SpanCandidate(name.start, name.end, name.fit * fit)


def _places(_: Question, sentence: str) -> Iterator[SpanCandidate]:
    for name in names(sentence):
        place = bool(_PLACE_BEFORE.search(_before(sentence, name)))
        yield SpanCandidate(name.start, name.end, name.fit * (FITS.place if place else FITS.no_place))


def _named(_: Question, sentence: str) -> Iterator[SpanCandidate]:
    yield from names(sentence)
    for match in _QUOTED.finditer(sentence):
        yield SpanCandidate(match.start(1), match.end(1), FITS.quoted)


_FINDERS: dict[AnswerType, Callable[[Question, str], Iterator[SpanCandidate]]] = {
    AnswerType.DATE: _dates,
    AnswerType.NUMBER: _numbers,
    AnswerType.PERSON: _persons,
    AnswerType.PLACE: _places,
    AnswerType.NAME: _named,
}


def candidates(question: Question, sentence: str) -> list[SpanCandidate]:
    """Stretches of `sentence` of the form asked for that say something the question does not, in text order."""
    finder = _FINDERS.get(question.answer_type)
    if finder is None:
        return []
    known = set(words(question.text))
    return [c for c in finder(question, sentence) if any(w not in known for w in words(sentence[c.start : c.end]))]


def best_fit(question: Question, sentence: str) -> float:
    """How well the best candidate's form fits, 0 to 1; 0 where there is none."""
    return max((candidate.fit for candidate in candidates(question, sentence)), default=0.0)


def best_span(question: Question, sentence: str) -> SpanCandidate | None:
    """The candidate that fits best and stands nearest to the question's words; None where none is well of the form.

    The longest of overlapping candidates is preferred by its fit; nearness is counted in characters.
    """
    found = [candidate for candidate in candidates(question, sentence) if candidate.fit >= FITS.least]
    content = set(question.content)
    anchors = [m.start() for m in re.finditer(r"[^\W_]+", sentence) if m.group().casefold() in content]

    def merit(candidate: SpanCandidate) -> tuple[float, int]:
        gap = min((abs(anchor - candidate.start) for anchor in anchors), default=FITS.reach)
        return candidate.fit - min(gap, FITS.reach) / FITS.faded, -candidate.start

    return max(found, key=merit, default=None)
