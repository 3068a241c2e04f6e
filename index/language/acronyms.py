"""Acronyms and their long forms: which words look like one, what a text says it is short for, what it may stand for.

Definitions after Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
PSB 2003, with initials only.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.language.folding import fold
from index.language.lexicon import ARTICLES, NAME_LINKS, NAME_PARTICLES, alternation

_LONGEST = 6  # capitalised words of a long name
_LINKS = alternation(NAME_LINKS - {"at"} | frozenset("de la du des und".split()))
_WORD = r"[\w-]{1,40}(?:['’]\w{1,9})?"
_CAPITALISED = rf"(?![a-z])[^\W\d_](?:{_WORD})?"
# A capitalised run with joining words and list commas in it ("One Belt, One Road"); all bounded, so linear.
_RUN = re.compile(rf"(?<!\w){_CAPITALISED}(?:,? (?:(?:{_LINKS}|&|\[\w{{1,9}}\]) ){{0,3}}{_CAPITALISED}){{1,12}}")
_NAME_WORD = re.compile(rf"(?<![\w\[]){_CAPITALISED}")
_ACRONYM = re.compile(r"(?<![\w&])[A-Z](?:[A-Za-z]|&(?=[A-Z])){1,6}(?![\w&])")

# What joins the words of a long form, and may have no letter in the short one.
_SKIPPED = ARTICLES | NAME_LINKS | NAME_PARTICLES | frozenset(("by", "with"))
_SHORT = r"[A-Z](?:[A-Za-z.]|&(?=[A-Z])){1,9}"
_LEADS = r"(?:(?:the|or|also|hereafter|hereinafter|henceforth|known as|called|abbreviated(?: as)?|short|in short) )*+"
_AFTER_LONG = re.compile(
    rf"\({_LEADS}[\"“'‘]?(?P<short>{_SHORT})[\"”'’]?(?:[,;][^()]{{0,80}})?\)|, or (?P<or>[A-Z]{{2,8}})(?=,)"
)
_BEFORE_LONG = re.compile(rf"(?<![\w&])({_SHORT}) ?\(([^()]{{4,120}})\)")
_LETTERED = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BREAK = re.compile(r"[.;:!?()](?=\s|$)")
_REACH = 160  # characters before a short form in which its long one is looked for


class Definition(Struct, frozen=True):
    """Two names for one thing, as a document writes them."""

    short: str
    long: str


def acronyms(question: str) -> list[str]:
    """The words of a question that look like short names: half of their letters or more are capitals, and two at least.

    None of a question all in capitals, where that tells nothing.
    """
    if question.isupper() and " " in question.strip():
        return []
    found = dict.fromkeys(match.group() for match in _ACRONYM.finditer(question))
    return [word for word in found if len(acronym_key(word)) >= max(2, len(word) / 2)]


def acronym_key(acronym: str) -> str:
    """What an acronym is filed under: its capitals, in lower case ("B&R" -> "br", "APECs" -> "apec")."""
    return "".join(letter for letter in acronym if letter.isupper()).lower()


def long_names(text: str) -> Iterator[tuple[str, str]]:
    """(key, name) of every two to six neighbouring capitalised words of `text`, with what joins them.

    Every stretch of a longer run counts, since where a name begins and ends in it cannot be told.
    """
    for run in _RUN.finditer(text):
        names = list(_NAME_WORD.finditer(text, *run.span()))
        for first in range(len(names)):
            for last in range(first + 1, min(first + _LONGEST, len(names))):
                initials = "".join(word.group()[0] for word in names[first : last + 1])
                yield initials.casefold(), " ".join(text[names[first].start() : names[last].end()].split())


def definitions(text: str) -> Iterator[Definition]:
    """What `text`, in display form, says of short and long forms: "Weir Bank (WB)", "Weir Bank, or WB," and "WB (Weir
    Bank)". Linear in the text."""
    for found in _AFTER_LONG.finditer(text):
        short = found["short"] or found["or"]
        before = text[max(0, found.start() - _REACH) : found.start()].rstrip()
        before = before[max((stop.end() for stop in _BREAK.finditer(before)), default=0) :]
        words = list(_LETTERED.finditer(before))
        taken = _spelling_out(acronym_key(short), before, words)
        if taken and not before[words[-1].end() :].strip(' ,“"'):
            yield Definition(short, " ".join(before[words[-taken].start() :].split()))
    for found in _BEFORE_LONG.finditer(text):
        words = list(_LETTERED.finditer(found[2]))
        if words and _spelling_out(acronym_key(found[1]), found[2], words) == len(words):
            yield Definition(found[1], " ".join(found[2].split()))


def _spelling_out(letters: str, text: str, words: Sequence[re.Match[str]]) -> int:
    """How many of the last words have these initials, 0 if they have not. A joining word, and a part after a hyphen,
    may have none, and the first word is neither; as many letters as can be go to the last words."""
    ways: dict[int, int] = {len(letters): 0}  # letters left -> how many words were taken for the others
    for taken, match in enumerate(reversed(words), 1):
        word = fold(match.group())
        light = word in _SKIPPED or text[: match.start()].endswith("-")
        matched = [left for left in ways if left and word[:1] == letters[left - 1] and (left > 1 or not light)]
        kept = {left: taken for left in ways if light and taken > 1}
        ways = kept | {left - 1: taken for left in matched}
        if not ways or 0 in ways:
            return taken if ways and len(letters) > 1 else 0
    return 0
