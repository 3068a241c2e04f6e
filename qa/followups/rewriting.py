"""A follow-up's words made whole: its pronouns named, its gaps filled from the question before. Pure text."""

import re
from collections.abc import Iterator

from index.language.lexicon import FUNCTION_WORDS
from qa.followups.antecedents import Antecedents, names_in
from qa.language.names import read_name

PERSON = re.compile(r"\b(?P<bare>he|she|him)\b|\b(?P<whose>his|hers)\b|\b(?P<her>her)\b", re.IGNORECASE)
THING = re.compile(r"\b(?P<bare>it|they|them)\b|\b(?P<whose>its|theirs?)\b", re.IGNORECASE)
PLACE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!will )(?<!would )\bthere\b"
    r"(?! (?:is|are|was|were|be|been|will|would|any|a|an|some)\b)",
    re.IGNORECASE,
)
_MANY = re.compile(r"\b(?:they|them|theirs?)\b", re.IGNORECASE)
OPENING = re.compile(r"^\W*(?:(?:and|but|so|or|also|ok|okay|now|then|well)\b[,\s]*)+(?=\S)", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:(?:what|how) about|what of)\s+(?P<other>.+?)\W*$", re.IGNORECASE)
_BARE = re.compile(r"^\W*(?P<wh>why|how|when|where|how long|since when|until when|how come|why not)\W*$", re.IGNORECASE)
_VERBLESS = 5  # words: a longer one is hardly a mere phrase
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|do|does|did|is|are|was|were|has|have|had|can|could|will|would|"
    r"should|he|she|it|they|tell|list|show|give|name|explain|describe)\b",
    re.IGNORECASE,
)
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter"
)
_TIME = re.compile(
    rf"\b(?:(?:in|on|during|since|before|after|by|until|around) )?(?:the )?(?:(?:early|late|mid)[- ])?"
    rf"(?:(?:{_MONTH})(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?|(?:1\d|20)\d\ds?|"
    rf"(?:last|next|this) (?:year|month|week|decade|century))\b"
)
_DATED = re.compile(r"(?:in|on|during|since|before|after|by|until|around|last|next|this)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?P<prep>in|on|for|with|by|at|to|from|of|under|against|between|about)\s+", re.IGNORECASE)
_AUX = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should)"
_ASKED_WHEN = re.compile(
    rf"^\W*(?:(?:when|where|why|how(?: (?:long|often|much|many|far|soon))?)\s+)?(?P<rest>{_AUX}\s+.+?)\W*$",
    re.IGNORECASE,
)
_ASKED_WHO = re.compile(r"^\W*(?:who|what)\s+(?P<aux>is|are|was|were|has|have|had)\s+(?P<rest>.+?)\W*$", re.IGNORECASE)
_ASKED_WHICH = re.compile(
    rf"^\W*(?:what|which|whose|who|whom)\s+(?:[\w-]+\s+){{0,3}}?(?P<rest>{_AUX}\s+.+?)\W*$", re.IGNORECASE
)


def without_opening(question: str) -> str:
    """Without "and", "but so" and the like at its beginning, which is a capital."""
    rest = OPENING.sub("", question)
    return rest[:1].upper() + rest[1:]


def named(question: str, known: Antecedents, most: int) -> tuple[str, ...]:
    """The question with its pronouns as names: at most `most` forms, likeliest first."""
    persons = known.persons[:most] if PERSON.search(question) else ("",)
    of_many = (*known.groups, *known.things) if _MANY.search(question) else known.things
    things = of_many[:most] if THING.search(question) else ("",)
    places = known.places[:1] if PLACE.search(question) else ("",)
    forms = (
        _with(_with(_with(question, PERSON, person), THING, thing), PLACE, _there(place, question))
        for person in persons
        for thing in things
        for place in places
    )
    return tuple(dict.fromkeys(form for form in forms if form != question))[:most]


def filled(question: str, before: str, answer: str) -> Iterator[tuple[str, str]]:
    """The question before with what this one changes ("and in 2020?", "what about France?", "why?"), likeliest first.

    Each with what fits nowhere in it, or "". before: that question, standing alone. answer: its short answer, or "".
    """
    plain = OPENING.sub("", question)
    if bare := _BARE.match(plain):
        yield from _asked_again(bare["wh"], before, answer)
        return
    if other := _other(plain, is_led=plain != question):
        yield from ((form, "") for form in _swapped(before.rstrip(" ?!."), other))


def is_elliptic(question: str) -> bool:
    """Whether it is no more than what another question is to be changed by."""
    plain = OPENING.sub("", question)
    return bool(_BARE.match(plain) or _ABOUT.match(plain) or _other(plain, is_led=plain != question))


def _with(question: str, pronoun: re.Pattern[str], name: str) -> str:
    if not name:
        return question

    def replace(match: re.Match[str]) -> str:
        groups = match.groupdict()
        follows = re.match(r"\s+(\w+)", question[match.end() :])
        owns = groups.get("whose") or (
            groups.get("her") and follows is not None and follows[1].casefold() not in FUNCTION_WORDS
        )
        put = f"{name}’s" if owns else name
        return put[:1].upper() + put[1:] if match.start() == 0 else put

    return pronoun.sub(replace, question, count=1)  # the ones after it point to the name


def _there(place: str, question: str) -> str:
    """With its preposition, unless the question has one ("from there")."""
    led = re.search(r"\b(?:from|in|to|of|around|near|over|out|up|down) there\b", question, re.IGNORECASE)
    verb = re.search(
        r"\b(?:go|goes|went|travel\w*|get|fly|flew|move\w*|come|came|return\w*|send|sent)\b.*\bthere\b", question
    )
    return place if led or not place else f"{'to' if verb else 'in'} {place}"


def _other(plain: str, *, is_led: bool) -> str:
    """What the question puts in the place of something, or ""."""
    if about := _ABOUT.match(plain):
        return about["other"]
    phrase = plain.strip(" ?!.,")
    if len(phrase.split()) > _VERBLESS or _ASKING.search(phrase):
        return ""
    return phrase if is_led or _PREPOSITION.match(phrase) or _TIME.fullmatch(phrase) or is_name(phrase) else ""


def is_name(phrase: str) -> bool:
    """Whether it is a name and nothing else."""
    return next(iter(names_in(phrase)), None) == re.sub(r"[’']s?$", "", phrase)


def _asked_again(wh: str, before: str, answer: str) -> Iterator[tuple[str, str]]:
    wh = wh[:1].upper() + wh[1:].lower()
    if again := _ASKED_WHEN.match(before):
        rest = again["rest"]
        yield f"{wh} {rest[:1].lower()}{rest[1:]}?", ""
    elif answer and (again := _ASKED_WHO.match(before)):
        yield f"{wh} {again['aux'].lower()} {answer} {again['rest']}?", ""
    elif answer and (again := _ASKED_WHICH.match(before)):
        yield f"{wh} {again['rest']}?", answer


def _swapped(before: str, other: str) -> Iterator[str]:
    """`before` with `other` where it has something of the same kind, else behind it."""
    if _TIME.fullmatch(other):
        time = other if _DATED.match(other) else f"in {other}"
        yield (_TIME.sub(time, before, count=1) if _TIME.search(before) else f"{before} {time}") + "?"
        return
    led = _PREPOSITION.match(other)
    name = other[led.end() :] if led else other
    owner = re.sub(r"[’']s?$", "", name)
    rows = [row for row in _rows(before) if not led or re.search(rf"\b{led['prep']} (?:the )?{re.escape(row)}", before)]
    alike = [row for row in rows if _kind(row) == _kind(owner) and not _TIME.fullmatch(row)]
    for row in alike:
        yield re.sub(rf"(?<![\w-]){re.escape(row)}(?![\w-])", lambda _: owner, before, count=1) + "?"
    if led and not alike:
        yield f"{before} {other}?"


def _rows(before: str) -> list[str]:
    """The names of a question, those in a row as one ("Danish ports and Kiel")."""
    single = [re.escape(each) for each in names_in(before)]
    found: list[str] = []
    for each in single:
        if any(re.search(rf"\b{each}\b", row) for row in found):
            continue
        row = re.search(rf"\b{each}(?: [a-z]+s(?=,? and ))?(?:(?:,? and |, | or )(?:{'|'.join(single)}))*", before)
        if row:
            found.append(row.group())
    return found


def _kind(text: str) -> tuple[bool, bool]:
    read = [each for name in names_in(text) for each in read_name(name)]
    return any(each.is_country for each in read), text.isupper() and len(text) > 1
