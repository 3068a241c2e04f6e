"""A follow-up's words made whole: its pronouns named, its gaps filled from the question before. Pure text."""

import re
from collections.abc import Iterator

from index.language.lexicon import FUNCTION_WORDS
from index.language.names import name_texts, read_name
from qa.followups.antecedents import Antecedents
from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.language.forms import Form
from qa.language.language import FollowUpForms


def without_opening(question: str, forms: FollowUpForms) -> str:
    """Without "and", "but so" and the like at its beginning, which is a capital."""
    rest = forms.opening.put("", question)
    return rest[:1].upper() + rest[1:]


def named(question: str, known: Antecedents, most: int, forms: FollowUpForms) -> tuple[str, ...]:
    """The question with its pronouns as names: at most `most` forms, likeliest first."""
    persons = known.persons[:most] if forms.person.fits(question) else ("",)
    of_many = (*known.groups, *known.things) if forms.many.fits(question) else known.things
    things = of_many[:most] if forms.thing.fits(question) else ("",)
    places = known.places[:1] if forms.place.fits(question) else ("",)
    made = [question]
    for pronoun, names in ((forms.person, persons), (forms.thing, things)):
        made = [_with(each, pronoun, name, forms) for each in made for name in names]
    made = [_with(each, forms.place, _there(place, question, forms), forms) for each in made for place in places]
    return tuple(dict.fromkeys(each for each in made if each != question))[:most]


def filled(question: str, before: str, answer: str, forms: FollowUpForms) -> Iterator[tuple[str, str]]:
    """The question before with what this one changes ("and in 2020?", "what about France?", "why?"), likeliest first.

    Each with what fits nowhere in it, or "". before: that question, standing alone. answer: its short answer, or "".
    """
    plain = forms.opening.put("", question)
    if bare := forms.bare.find(plain):
        yield from _asked_again(bare["wh"], before, answer, forms)
        return
    if other := _other(plain, forms, is_led=plain != question):
        yield from ((form, "") for form in _swapped(before.rstrip(" ?!."), other, forms))


def is_elliptic(question: str, forms: FollowUpForms) -> bool:
    """Whether it is no more than what another question is to be changed by."""
    plain = forms.opening.put("", question)
    is_led = plain != question
    return forms.bare.fits(plain) or forms.about.fits(plain) or bool(_other(plain, forms, is_led=is_led))


def _with(question: str, pronoun: Form, name: str, forms: FollowUpForms) -> str:
    if not name:
        return question

    def replace(match: re.Match[str]) -> str:
        groups = match.groupdict()
        follows = re.match(r"\s+(\w+)", question[match.end() :])
        owns = groups.get("whose") or (
            groups.get("her") and follows is not None and follows[1].casefold() not in FUNCTION_WORDS
        )
        put = forms.owned.format(name) if owns else name
        return put[:1].upper() + put[1:] if match.start() == 0 else put

    return pronoun.regex.sub(replace, question, count=1)  # the ones after it point to the name


def _there(place: str, question: str, forms: FollowUpForms) -> str:
    """With its preposition, unless the question has one ("from there")."""
    if not place or forms.placed.fits(question):
        return place
    return f"{forms.put_to if forms.going.fits(question) else forms.put_in} {place}"


def _other(plain: str, forms: FollowUpForms, *, is_led: bool) -> str:
    """What the question puts in the place of something, or ""."""
    if about := forms.about.find(plain):
        return about["other"]
    phrase = plain.strip(" ?!.,")
    if len(phrase.split()) > FOLLOW_UP_LIMITS.verbless_words or forms.asking.fits(phrase):
        return ""
    is_whole = forms.preposition.fits(phrase) or forms.time.regex.fullmatch(phrase) or is_name(phrase, forms)
    return phrase if is_led or is_whole else ""


def is_name(phrase: str, forms: FollowUpForms) -> bool:
    """Whether it is a name and nothing else."""
    return next(iter(name_texts(phrase)), None) == forms.owner.put("", phrase)


def _asked_again(wh: str, before: str, answer: str, forms: FollowUpForms) -> Iterator[tuple[str, str]]:
    wh = wh[:1].upper() + wh[1:].lower()
    if again := forms.asked_when.find(before):
        rest = again["rest"]
        yield f"{wh} {rest[:1].lower()}{rest[1:]}?", ""
    elif answer and (again := forms.asked_who.find(before)):
        yield f"{wh} {again['aux'].lower()} {answer} {again['rest']}?", ""
    elif answer and (again := forms.asked_which.find(before)):
        yield f"{wh} {again['rest']}?", answer


def _swapped(before: str, other: str, forms: FollowUpForms) -> Iterator[str]:
    """`before` with `other` where it has something of the same kind, else behind it."""
    if forms.time.regex.fullmatch(other):
        time = other if forms.dated.fits(other) else f"{forms.put_in} {other}"
        yield (forms.time.put(time, before, count=1) if forms.time.fits(before) else f"{before} {time}") + "?"
        return
    led = forms.preposition.find(other)
    name = other[led.end() :] if led else other
    owner = forms.owner.put("", name)
    rows = [row for row in _rows(before, forms) if not led or _is_led(row, led["prep"], before, forms)]
    kind = _kind(owner)
    alike = [row for row in rows if _kind(row) == kind and not forms.time.regex.fullmatch(row)]
    for row in alike:
        yield re.sub(rf"(?<![\w-]){re.escape(row)}(?![\w-])", lambda _: owner, before, count=1) + "?"
    if led and not alike:
        yield f"{before} {other}?"


def _is_led(row: str, preposition: str, before: str, forms: FollowUpForms) -> bool:
    return re.search(rf"\b{preposition} (?:{forms.article} )?{re.escape(row)}", before) is not None


def _rows(before: str, forms: FollowUpForms) -> list[str]:
    """The names of a question, those in a row as one ("Danish ports and Kiel")."""
    single = [re.escape(each) for each in name_texts(before)]
    found: list[str] = []
    for each in single:
        if any(re.search(rf"\b{each}\b", row) for row in found):
            continue
        row = re.search(rf"\b{each}{forms.rows_after}(?:{forms.row_joins}(?:{'|'.join(single)}))*", before)
        if row:
            found.append(row.group())
    return found


def _kind(text: str) -> tuple[bool, bool]:
    read = [each for name in name_texts(text) for each in read_name(name)]
    return any(each.is_country for each in read), text.isupper() and len(text) > 1
