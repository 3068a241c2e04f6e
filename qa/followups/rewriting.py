"""A follow-up's words made whole: its pronouns named, its gaps filled from the question before. Pure text."""

import re
from collections.abc import Iterator

from index.language.lexicon import FUNCTION_WORDS
from index.language.names import name_texts
from qa.followups.antecedents import Antecedents
from qa.followups.asking_again import asked_again
from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.followups.swapping import swapped
from qa.language.forms import Form
from qa.language.language import FollowUpForms


def without_opening(question: str, forms: FollowUpForms) -> str:
    """Without "and", "but so" and the like at its beginning, which is a capital."""
    rest = forms.opening.put("", question)
    return rest[:1].upper() + rest[1:]


def named(question: str, known: Antecedents, most: int, forms: FollowUpForms) -> tuple[str, ...]:
    """The question with its pronouns as names: at most `most` forms, likeliest first."""
    persons = known.persons[:most] if forms.person.fits(question) else ("",)
    things = _things(question, known, forms)[:most] if pronoun_in(question, forms.thing, forms) else ("",)
    places = known.places[:1] if forms.place.fits(question) else ("",)
    made = [question]
    for pronoun, names in ((forms.person, persons), (forms.thing, things)):
        made = [_with(each, pronoun, name, forms) for each in made for name in names]
    made = [_with(each, forms.place, _there(place, question, forms), forms) for each in made for place in places]
    made = [forms.another.put(_another(known, forms), each) for each in made]
    return tuple(dict.fromkeys(each for each in made if each != question))[:most]


def pronoun_in(question: str, pronoun: Form, forms: FollowUpForms) -> re.Match[str] | None:
    """The first of that form that stands for something."""
    empty = [each.span() for each in forms.empty_it.all_in(question)]
    found = pronoun.all_in(question)
    return next((each for each in found if not any(start <= each.start() < end for start, end in empty)), None)


def filled(question: str, before: str, answer: str, forms: FollowUpForms) -> Iterator[tuple[str, str]]:
    """The question before with what this one changes ("and in 2020?", "what about France?", "why?"), likeliest first.

    Each with what fits nowhere in it, or "". before: that question, standing alone. answer: its short answer, or "".
    """
    plain = forms.opening.put("", question)
    if bare := forms.bare.find(plain):
        yield from asked_again(bare["wh"], before, answer, forms)
        return
    if other := _other(plain, forms, is_led=plain != question):
        yield from ((form, "") for form in swapped(before.rstrip(" ?!."), other, forms))


def is_elliptic(question: str, forms: FollowUpForms) -> bool:
    """Whether it is no more than what another question is to be changed by."""
    plain = forms.opening.put("", question)
    is_led = plain != question
    return forms.bare.fits(plain) or forms.about.fits(plain) or bool(_other(plain, forms, is_led=is_led))


def _with(question: str, pronoun: Form, name: str, forms: FollowUpForms) -> str:
    match = pronoun_in(question, pronoun, forms)
    if not name or match is None:
        return question
    groups = match.groupdict()
    follows = re.match(r"\s+(\w+)", question[match.end() :])
    owns = groups.get("whose") or (
        groups.get("her") and follows is not None and follows[1].casefold() not in FUNCTION_WORDS
    )
    put = forms.owned.format(name) if owns else name
    put = put[:1].upper() + put[1:] if match.start() == 0 else put
    return question[: match.start()] + put + question[match.end() :]  # the pronouns after it point to the name


def _things(question: str, known: Antecedents, forms: FollowUpForms) -> tuple[str, ...]:
    """What "it" or "they" may mean: several first where there are to be several."""
    if not forms.many.fits(question):
        return known.things
    several = [each for each in known.things if each.startswith(forms.article) and each.endswith("s")]
    if forms.of_many.fits(question):
        return (*known.groups, *several)
    return tuple(dict.fromkeys((*known.groups, *several, *known.things)))


def _another(known: Antecedents, forms: FollowUpForms) -> str:
    """ "another", of what was spoken of first without a name."""
    noun = next((each.removeprefix(f"{forms.article} ") for each in known.things if each[0].islower()), "")
    return f"{forms.another_word} {noun}".rstrip()


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
