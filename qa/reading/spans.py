"""Short answers without training: the stretch of a sentence whose form fits what the question asks for."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from index.language.dates import find_dates
from index.language.lexicon import FUNCTION_WORDS, HONORIFICS, OFFICE_PARTS, OFFICES, WEEKDAYS, alternation
from index.language.names import find_names
from qa.language.numbers import find_quantities
from qa.language.question import AnswerType, Question, words

_WEEKDAY = re.compile(rf"\b(?:{alternation(name.title() for name in WEEKDAYS)})\b")
_PART = re.compile(r"\b(?:early|mid|late)[- ]$", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper ?cent|\b(?:percentage|proportion|share)\b", re.IGNORECASE)
_TITLES = HONORIFICS | OFFICES | OFFICE_PARTS
_JOINING = frozenset(("of", "the", "and", "for"))  # people's names have none of these
_LEAST_FIT = 0.45  # of a short answer: a lone capitalised word that opens a sentence is none
_CUE_WIDTH = 24  # characters looked at on either side of a name
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


class Candidate(Struct, frozen=True):
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


def _dates(_: Question, sentence: str) -> Iterator[Candidate]:
    for start, end in _dated(sentence):
        yield Candidate(start, end, 0.6 + 0.4 * bool(re.search(r"\d{4}", sentence[start:end])))


def _numbers(question: Question, sentence: str) -> Iterator[Candidate]:
    dates = list(_dated(sentence))
    counted = _counted(question)
    for number in find_quantities(sentence):
        in_date = any(start <= number.start < end for start, end in dates)
        of_it = bool(counted & set(words(sentence[number.start : number.end + _CUE_WIDTH])))
        other = in_date or (_SHARE.search(question.text) and number.quantity.unit != "%")
        yield Candidate(number.start, number.end, 0.1 if other else 0.6 + 0.4 * of_it)


def _counted(question: Question) -> set[str]:
    """The words after "how many": what is to be counted."""
    after = re.search(r"\bhow (?:many|much)\b(.*)", question.text, re.IGNORECASE)
    return {word for word in words(after.group(1))[:3] if word not in FUNCTION_WORDS} if after else set()


def names(sentence: str) -> Iterator[Candidate]:
    """The stretches of a sentence that are written as names, in order; dates are none."""
    for name in find_names(sentence):
        opens = name.start == 0 and " " not in sentence[name.start : name.end]
        yield Candidate(name.start, name.end, 0.7 if opens else 1.0)


def _before(sentence: str, name: Candidate) -> str:
    return sentence[max(0, name.start - _CUE_WIDTH) : name.start]


def _persons(_: Question, sentence: str) -> Iterator[Candidate]:
    for name in names(sentence):
        before, after = _before(sentence, name), sentence[name.end : name.end + _CUE_WIDTH]
        cue = bool(_PERSON_BEFORE.search(before)) + bool(_PERSON_AFTER.match(after))
        place = bool(_PLACE_BEFORE.search(before))
        own = sentence[name.start : name.end].split()
        two_words = 1 < len(own) < 5
        thing = (
            place
            or any(word in _JOINING or word.isdigit() for word in own)
            or before.endswith(("the ", "The ", "“", '"'))
        )
        cue += own[0].casefold() in _TITLES
        yield Candidate(name.start, name.end, name.fit * (0.5 + 0.15 * min(cue, 2) + 0.2 * two_words - 0.3 * thing))


def _places(_: Question, sentence: str) -> Iterator[Candidate]:
    for name in names(sentence):
        place = bool(_PLACE_BEFORE.search(_before(sentence, name)))
        yield Candidate(name.start, name.end, name.fit * (0.9 if place else 0.5))


def _named(_: Question, sentence: str) -> Iterator[Candidate]:
    yield from names(sentence)
    for match in _QUOTED.finditer(sentence):
        yield Candidate(match.start(1), match.end(1), 0.8)


_FINDERS: dict[AnswerType, Callable[[Question, str], Iterator[Candidate]]] = {
    AnswerType.DATE: _dates,
    AnswerType.NUMBER: _numbers,
    AnswerType.PERSON: _persons,
    AnswerType.PLACE: _places,
    AnswerType.NAME: _named,
}


def candidates(question: Question, sentence: str) -> list[Candidate]:
    """Stretches of `sentence` of the form asked for that say something the question does not, in text order."""
    finder = _FINDERS.get(question.answer_type)
    if finder is None:
        return []
    known = set(words(question.text))
    return [c for c in finder(question, sentence) if any(w not in known for w in words(sentence[c.start : c.end]))]


def best_fit(question: Question, sentence: str) -> float:
    """How well the best candidate's form fits, 0 to 1; 0 where there is none."""
    return max((candidate.fit for candidate in candidates(question, sentence)), default=0.0)


def best_span(question: Question, sentence: str) -> Candidate | None:
    """The candidate that fits best and stands nearest to the question's words; None where none is well of the form.

    The longest of overlapping candidates is preferred by its fit; nearness is counted in characters.
    """
    found = [candidate for candidate in candidates(question, sentence) if candidate.fit >= _LEAST_FIT]
    content = set(question.content)
    anchors = [m.start() for m in re.finditer(r"[^\W_]+", sentence) if m.group().casefold() in content]

    def merit(candidate: Candidate) -> tuple[float, int]:
        gap = min((abs(anchor - candidate.start) for anchor in anchors), default=200)
        return candidate.fit - min(gap, 200) / 250, -candidate.start

    return max(found, key=merit, default=None)
