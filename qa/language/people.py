"""People whom a sentence presents: "Ada Byron, a miller of Weir", "economist Ada Byron"."""

import re
from collections.abc import Iterator

from index.language.lexicon import NAME_PARTICLES, ROLES
from index.language.names import FoundName, find_names

_SAID_AFTER = re.compile(r",\s+(?:an?|the|then|former|its|one of the)\s+(?P<role>[^,.;]{3,90})[,.]")
_ROLE_BEFORE = re.compile(r"\b(?P<role>[a-z]+)\s$")
_MOST_WORDS = 5  # of a person's name, particles and initials included
_OF = re.compile(r"\s(?:of|for|in|on|at|to|from|with|by|that|who|which|whose|and|under|during|known)\b")


def person_noun(word: str) -> bool:
    """Whether it names what a person is or does."""
    return word.casefold().rpartition("-")[2] in ROLES


def people_of(sentence: str) -> Iterator[str]:
    """The names of those whom the sentence presents with what they are, each once."""
    presented: dict[str, None] = {}
    titled: dict[str, None] = {}
    for name in find_names(sentence, links=NAME_PARTICLES, numbers=False):
        text = sentence[name.start : name.end]
        if not _is_personal(name):
            continue
        after = _SAID_AFTER.match(sentence, name.end)
        head = _OF.split(after["role"])[0].split() if after else []
        if head and person_noun(head[-1]):
            presented[text] = None
        before = _ROLE_BEFORE.search(sentence, 0, name.start)
        if before and person_noun(before["role"]) and before["role"] != "general" and sentence[name.end : name.end + 1]:
            titled[text] = None
    yield from presented | titled


def _is_personal(name: FoundName) -> bool:
    """A first name and a surname at least, no acronym among them."""
    own_words = [word for word in name.words if word not in NAME_PARTICLES]
    full = [word for word in own_words if len(word) > 1]
    return len(full) > 1 and len(name.words) <= _MOST_WORDS and not any(word.isupper() for word in full)
