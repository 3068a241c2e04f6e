"""What a question speaks of without a name, or with one inside: phrases that a word like "the" opens."""

import re
from collections.abc import Iterator

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from index.language.names import find_names, is_capitalised
from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.language.language import FollowUpForms
from qa.language.verbs import finite, is_base, is_participle

_NEXT = re.compile(r" ([\w&’'-]+)")


class NounPhrase(Struct, frozen=True):
    """`text[start:end]` of what it was found in. opening: "the", "her", "Ada’s". head: its last word before "of"."""

    start: int
    end: int
    text: str
    opening: str
    head: str

    def definite(self, forms: FollowUpForms) -> str:
        """As it is spoken of once it is known: "a lock", "this lock" -> "the lock"."""
        return forms.determiner.put(f"{forms.article} ", self.text)

    def points_back(self, forms: FollowUpForms) -> bool:
        """Whether it is itself no more than what was spoken of, or a time: "this treaty", "the year"."""
        return self.opening.casefold() in forms.demonstratives or self.head in forms.no_antecedents


def noun_phrases(text: str, forms: FollowUpForms) -> Iterator[NounPhrase]:
    """In order, none in another. Verbs end them: "did the war | end", "was the band | founded". Linear in the text."""
    reached = 0
    for opening in forms.opens_phrase.all_in(text):
        if opening.start() < reached:
            continue
        found = _rest(text, opening.end(), text[: opening.start()], forms)
        if not found:
            continue
        end = opening.end() + sum(len(word) + 1 for word in found)
        head = found[-1]
        if of := forms.of_what.regex.match(text, end):
            end = of.end()
        reached = end
        yield NounPhrase(opening.start(), end, text[opening.start() : end], opening.group(), head)


def spoken_of(text: str, forms: FollowUpForms) -> list[str]:
    """All that a question speaks of, in order: names, and phrases, which go before the names in them."""
    spans = []
    for each in noun_phrases(text, forms):
        owner = forms.owned_phrase.find(each.text)
        if not each.points_back(forms):
            spans.append((each.start, each.end, owner["owner"] if owner else each.definite(forms)))
    for name in find_names(text):
        if not any(start <= name.start < end for start, end, _ in spans):
            spans.append((name.start, name.end, text[name.start : name.end]))
    return list(dict.fromkeys(found for _, _, found in sorted(spans)))


def _rest(text: str, at: int, before: str, forms: FollowUpForms) -> list[str]:
    """The words after what opens a phrase."""
    found: list[str] = []
    while len(found) < FOLLOW_UP_LIMITS.phrase_words and (match := _NEXT.match(text, at)):
        word = match[1]
        if word.casefold() in FUNCTION_WORDS - forms.in_phrases or (found and finite(word) and not is_base(word)):
            break
        found.append(word)
        at = match.end()
    last = (before.split() or [""])[-1].casefold()
    if last in forms.auxiliaries and not text.startswith(f" {forms.of}", at):
        return _without_base(found)
    if last in forms.being:
        verb = next((n for n, word in enumerate(found) if n and is_participle(word)), len(found))
        return found[:verb]
    return found


def _without_base(found: list[str]) -> list[str]:
    """Without the verb that "did" or "can" has, and what comes after it."""
    for number, word in enumerate(found):
        if number and is_base(word) and not is_capitalised(found[number - 1]):
            return found[:number]
    return found[: 2 if is_capitalised(found[0]) and len(found) > 2 else 1] if found else found
