"""What "the agreement" or "that company" stands for: what was called so before. Pure text."""

import re
from collections.abc import Sequence

from index.language.names import is_capitalised
from qa.followups.noun_phrases import NounPhrase, noun_phrases
from qa.language.language import FollowUpForms


def described(question: str, asked: Sequence[str], names: Sequence[str], evidence: str, forms: FollowUpForms) -> str:
    """The question with what it describes by its name, or as it was spoken of before; "" where it describes nothing.

    asked: the questions before, latest first. names: what was named, likeliest first. evidence: what was read.
    """
    for phrase in noun_phrases(question, forms):
        if phrase.opening.casefold() not in forms.pointing_openings or forms.of in phrase.text:
            continue
        meant = _meant(phrase, asked, names, evidence, forms)
        if meant and not question[phrase.start :].startswith(meant):
            put = meant[:1].upper() + meant[1:] if phrase.start == 0 else meant
            return question[: phrase.start] + put + question[phrase.end :]
    return ""


def _meant(phrase: NounPhrase, asked: Sequence[str], names: Sequence[str], evidence: str, forms: FollowUpForms) -> str:
    words = phrase.text.split()[1:]
    if any(is_capitalised(word) for word in words):
        return ""
    names = [name for name in names if any(map(is_capitalised, name.split()))]
    for name in names:
        if _is_a(name, phrase.head, evidence, forms):
            return name
    for before in asked:
        for earlier in noun_phrases(before, forms):
            if earlier.head == phrase.head and set(words) < set(earlier.text.split()):
                return earlier.definite(forms)
    if phrase.opening.casefold() != forms.article and len(words) == 1 and phrase.head in forms.kinds and names:
        return "" if any(phrase.head in before.split() for before in asked) else names[0]
    return ""


def _is_a(name: str, head: str, evidence: str, forms: FollowUpForms) -> bool:
    """Whether the evidence says so of the name: "RCEP is a trade agreement"."""
    plain = name.removeprefix(f"{forms.article} ")
    found = (forms.being_a.regex.match(evidence, at.end()) for at in re.finditer(rf"\b{re.escape(plain)}\b", evidence))
    return any(match is not None and head in match["what"].split() for match in found)
