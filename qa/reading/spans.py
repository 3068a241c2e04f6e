"""Short answers without training: the stretch of a sentence whose form fits what the question asks for."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from qa.language.question import AnswerType, Question, words

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORD_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|"
    "dozens?|hours?|minutes|days|weeks|months|decades|centuries"
)
_SCALES = "hundred|thousand|million|billion|trillion|percent|per cent"

_DATE = re.compile(
    rf"\b(?:(?:early|mid|late)[- ])?(?:(?:{_MONTHS})\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? (?:of )?\d{{4}}\b)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b(?:,? \d{{4}})?"
    r"|(?:1\d{3}|20\d{2})(?:[-–/]\d{2,4})?s?(?: ?(?:BC|AD|BCE|CE))?\b"
    r"|\d{1,2}(?:st|nd|rd|th) centur(?:y|ies)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
_NUMBER = re.compile(
    rf"(?:[$€£¥]|US\$)? ?\d[\d,]*(?:\.\d+)?(?: ?(?:%|°[CF]?|{_SCALES}))*\b%?"
    rf"|\b(?:{_WORD_NUMBERS})\b(?:[ -](?:{_WORD_NUMBERS}|{_SCALES})\b)*",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.&-]*(?:(?:,? (?:of|the|and|for|de|la|von|van|al|bin|del|di) | )[A-ZÀ-ÖØ-ÞĀ-Ž0-9][\w’'&-]*)*"
)
_SHARE = re.compile(r"%|\bper ?cent|\b(?:percentage|proportion|share)\b", re.IGNORECASE)
_TITLES = frozenset(
    "mr mrs ms dr president minister premier prime chancellor king queen emperor sir lord professor general".split()
)
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


def _dates(_: Question, sentence: str) -> Iterator[Candidate]:
    for match in _DATE.finditer(sentence):
        yield Candidate(match.start(), match.end(), 0.6 + 0.4 * bool(re.search(r"\d{4}", match.group())))


def _numbers(question: Question, sentence: str) -> Iterator[Candidate]:
    dates = [match.span() for match in _DATE.finditer(sentence)]
    counted = _counted(question)
    for match in _NUMBER.finditer(sentence):
        in_date = any(start <= match.start() < end for start, end in dates)
        lead = len(match.group()) - len(match.group().lstrip())
        of_it = bool(counted & set(words(sentence[match.end() : match.end() + _CUE_WIDTH])))
        other = in_date or (_SHARE.search(question.text) and not _SHARE.search(match.group()))
        yield Candidate(match.start() + lead, match.end(), 0.1 if other else 0.6 + 0.4 * of_it)


def _counted(question: Question) -> set[str]:
    """The words after "how many": what is to be counted."""
    after = re.search(r"\bhow (?:many|much)\b(.*)", question.text, re.IGNORECASE)
    return {word for word in words(after.group(1))[:3] if word not in FUNCTION_WORDS} if after else set()


def names(sentence: str) -> Iterator[Candidate]:
    """The stretches of a sentence that are written as names, in order; dates are none."""
    for match in _NAME.finditer(sentence):
        start, end = _trim_name(sentence, match.start(), match.end())
        if start < end and not _DATE.fullmatch(sentence, start, end):
            yield Candidate(start, end, 0.7 if start == 0 and " " not in sentence[start:end] else 1.0)


def _trim_name(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a capitalised function word that opens a sentence, possessive endings and trailing points."""
    opening = re.match(r"[\w’']+", sentence[start:end])
    while opening and opening.group().casefold() in FUNCTION_WORDS:
        start += opening.end()
        start += len(sentence[start:end]) - len(sentence[start:end].lstrip(" ,"))
        opening = re.match(r"[\w’']+", sentence[start:end])
    text = re.sub(r"(?:[’']s?|[.,&-])+$", "", sentence[start:end])
    return start, start + len(text)


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
