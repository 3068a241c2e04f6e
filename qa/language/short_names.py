"""Short names that documents define themselves: "Asian Infrastructure Investment Bank (AIIB)", "NGO (non-governmental
organisation)". After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003, with
initials only.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.search.acronyms import key

_SHORT = r"[A-Z](?:[A-Za-z]|&(?=[A-Z])){1,7}"
_LEADS = r"(?:(?:the|or|also|hereafter|hereinafter|henceforth|known as|called|abbreviated(?: as)?|short|in short) )*+"
_AFTER_LONG = re.compile(rf"\({_LEADS}[\"“'‘]?({_SHORT})[\"”'’]?(?:[,;][^()]{{0,80}})?\)")
_BEFORE_LONG = re.compile(rf"(?<![\w&])({_SHORT}) ?\(([^()]{{4,120}})\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BREAK = re.compile(r".*[.;:!?()](?=\s|$)", re.DOTALL)
_JOINING = frozenset("a an and at by de des du et for in la of on the to und with".split())
_REACH = 160  # characters before a bracket in which its long name is looked for


class Definition(Struct, frozen=True):
    """Two names for one thing, as a document writes them."""

    short: str
    long: str


def definitions(text: str) -> Iterator[Definition]:
    """Those in `text`, a sentence in display form."""
    for found in _AFTER_LONG.finditer(text):
        before = _BREAK.sub("", text[max(0, found.start() - _REACH) : found.start()].rstrip())
        words = list(_WORD.finditer(before))
        taken = _spelling_out(key(found[1]), [word.group() for word in words])
        if taken:
            yield Definition(found[1], " ".join(before[words[-taken].start() :].split()))
    for found in _BEFORE_LONG.finditer(text):
        inner = [word.group() for word in _WORD.finditer(found[2])]
        if inner and _spelling_out(key(found[1]), inner) == len(inner):
            yield Definition(found[1], " ".join(found[2].split()))


def _spelling_out(letters: str, words: Sequence[str]) -> int:
    """How many of the last words have these initials, 0 if they have not. Joining words count only where needed."""
    if len(letters) < 2:
        return 0
    for skipped in (_JOINING, frozenset[str]()):
        taken, left = 0, len(letters)
        for word in reversed(words):
            if not left:
                break
            if word not in skipped:
                if word[0].casefold() != letters[left - 1]:
                    break
                left -= 1
            taken += 1
        if not left:
            return taken
    return 0
