"""A question asked anew with another question word: "Why?", "Since when?", "Why not?". Pure text."""

from collections.abc import Iterator

from index.language.names import name_texts
from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.language.language import FollowUpForms
from qa.language.verbs import finite, is_base, is_participle


def asked_again(wh: str, before: str, answer: str, forms: FollowUpForms) -> Iterator[tuple[str, str]]:
    """`before` with the question word `wh`, likeliest first, each with what fits nowhere in it, or "".

    answer: what `before` was answered with, or "".
    """
    put = forms.bare_words.get(wh.casefold(), wh.casefold())
    put = put[:1].upper() + put[1:]
    denied = forms.bare_not.fits(wh)
    if again := forms.asked_when.find(before):
        yield f"{put} {_verb_first(again['rest'], forms, denied=denied)}?", ""
    elif not _can_stand_in(answer, forms):
        return
    elif again := forms.asked_who.find(before):
        aux, rest = again["aux"].lower(), again["rest"]
        order = (answer, rest) if is_participle(rest.split(" ")[0]) or rest.endswith("ing") else (rest, answer)
        yield f"{put} {_verb_first(' '.join((aux, *order)), forms, denied=denied)}?", ""
    elif again := forms.asked_which.find(before):
        yield f"{put} {_verb_first(_answered(again['rest'], answer, forms), forms, denied=denied)}?", ""
    elif (again := forms.asked_subject.find(before)) and (verb := finite(again["verb"])):
        do = forms.did[verb.tense]
        rest = f" {again['rest']}" if again["rest"] else ""
        yield f"{put} {_verb_first(f'{do} {answer} {verb.base}{rest}', forms, denied=denied)}?", ""


def _verb_first(rest: str, forms: FollowUpForms, *, denied: bool) -> str:
    aux, _, after = rest.partition(" ")
    aux = aux.lower()
    return f"{forms.negated.get(aux, aux) if denied else aux} {after}"


def _answered(rest: str, answer: str, forms: FollowUpForms) -> str:
    """With the answer as the object: before what says where or when."""
    begun = rest.find(" ", rest.find(" ") + 1) + 1  # after what is asked of
    place = next((found.start() for found in forms.says_where.all_in(rest) if found.start() >= begun), None)
    if place is None or is_base(rest.rsplit(" ", 1)[-1]):
        return f"{rest} {answer}"
    return f"{rest[:place]} {answer}{rest[place:]}"


def _can_stand_in(answer: str, forms: FollowUpForms) -> bool:
    """Whether it is like a noun, and not too long."""
    parts = answer.split()
    is_like_noun = bool(name_texts(answer)) or answer[:1].isdigit() or forms.opens_phrase.find(answer) is not None
    return bool(parts) and len(parts) <= FOLLOW_UP_LIMITS.answer_words and is_like_noun
