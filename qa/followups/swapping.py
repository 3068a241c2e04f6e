"""A question with something else in the place of one of its parts: "What about Norway?", "and in 2020?". Pure text."""

import re
from collections.abc import Iterator

from index.language.names import is_capitalised, name_texts, read_name
from qa.followups.noun_phrases import NounPhrase, noun_phrases
from qa.language.language import FollowUpForms


def swapped(before: str, other: str, forms: FollowUpForms) -> Iterator[str]:
    """`before` with `other` where it has something of the same kind, else behind it; nothing where it fits nowhere."""
    if forms.time.regex.fullmatch(other):
        time = other if forms.dated.fits(other) else f"{forms.put_in} {other}"
        yield (forms.time.put(time, before, count=1) if forms.time.fits(before) else f"{before} {time}") + "?"
    elif forms.behind.fits(other):
        yield f"{before} {other}?"
    elif (number := forms.bare_ordinal.find(other)) and forms.ordinal.fits(before):
        yield forms.ordinal.put(number["number"], before, count=1) + "?"
    elif not forms.pointing.fits(other):
        yield from _of_a_kind(before, other, forms)


def _of_a_kind(before: str, other: str, forms: FollowUpForms) -> Iterator[str]:
    led = forms.preposition.find(other)
    name = other[led.end() :] if led else other
    owner = forms.owner.put("", name)
    kind = _kind(owner)
    rows = [row for row in _rows(before, forms) if _kind(row) == kind and not forms.time.regex.fullmatch(row)]
    owners = [match["owner"] for match in forms.owners.all_in(before)]
    if owner != name and owners:
        rows = [row for row in owners if _kind(row) == kind] or owners
    elif led:
        rows = [row for row in rows if _is_led(row, led["prep"], before, forms) or (row in owners and kind[0])]
    phrase = None if led else _alike(before, name, forms)
    if phrase is not None:
        yield f"{before[: phrase.start]}{_with_opening(phrase, name, forms)}{before[phrase.end :]}?"
        return
    if is_capitalised(_bare(owner, forms) or "a") or any(kind):
        for row in rows:
            yield _put(owner, row, before, forms) + "?"
    if led and not rows:
        yield f"{before} {other}?"


def _alike(before: str, name: str, forms: FollowUpForms) -> NounPhrase | None:
    """A phrase with the same last word, or the last one if `name` is such a phrase without a name."""
    found = list(noun_phrases(before, forms))
    head = name.split()[-1].casefold() if name.split() else ""
    same = [each for each in found if each.head.casefold() == head]
    opened = next(noun_phrases(name, forms), None)
    if not same and opened is not None and opened.start == 0 and not name_texts(name):
        same = [each for each in found if not forms.owners.fits(each.opening + " ")][-1:]
    return same[0] if same else None


def _with_opening(phrase: NounPhrase, name: str, forms: FollowUpForms) -> str:
    return name if forms.opens_phrase.regex.match(name) else f"{phrase.opening} {name}"


def _bare(name: str, forms: FollowUpForms) -> str:
    return name.removeprefix(f"{forms.article} ")


def _put(name: str, row: str, before: str, forms: FollowUpForms) -> str:
    """`name` for `row`; no article twice."""
    article = rf"(?:{forms.article} )?" if name != _bare(name, forms) else ""
    return re.sub(rf"(?<![\w-]){article}{re.escape(row)}(?![\w-])", lambda _: name, before, count=1)


def _is_led(row: str, preposition: str, before: str, forms: FollowUpForms) -> bool:
    return re.search(rf"\b{preposition} (?:{forms.article} )?{re.escape(row)}", before) is not None


def _rows(before: str, forms: FollowUpForms) -> list[str]:
    """The names of a question, those in a row as one ("Danish ports and Kiel"), owners without what they own."""
    names = [part for name in name_texts(before) for part in forms.owner_end.regex.split(name)]
    single = [re.escape(each) for each in dict.fromkeys(names)]
    found: list[str] = []
    for each in single:
        if any(re.search(rf"\b{each}\b", row) for row in found):
            continue
        row = re.search(rf"\b{each}{forms.rows_after}(?:{forms.row_joins}(?:{'|'.join(single)}))*", before)
        if row:
            found.append(row.group())
    return found


def _kind(text: str) -> tuple[bool, bool]:
    """Whether it is a country, and an acronym."""
    read = [each for name in name_texts(text) for each in read_name(name)] or list(read_name(text))
    plain = text.split()[-1] if text.split() else ""
    return any(each.is_country for each in read), plain.isupper() and len(plain) > 1
