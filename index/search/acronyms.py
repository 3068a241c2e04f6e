"""Short names: which words of a question look like one, and which long names of a text it may stand for."""

import re
from collections.abc import Iterator

_LONGEST = 6  # capitalised words of a long name
_JOINING = "of|the|and|for|on|in|to|de|la|du|des|und"
_WORD = r"[\w-]{1,40}(?:['’]\w{1,9})?"
_CAPITALISED = rf"(?![a-z])[^\W\d_](?:{_WORD})?"
# A capitalised run with joining words and list commas in it ("One Belt, One Road"); all bounded, so linear.
_RUN = re.compile(rf"(?<!\w){_CAPITALISED}(?:,? (?:(?:{_JOINING}|&|\[\w{{1,9}}\]) ){{0,3}}{_CAPITALISED}){{1,12}}")
_NAME_WORD = re.compile(rf"(?<![\w\[]){_CAPITALISED}")
_ACRONYM = re.compile(r"(?<![\w&])[A-Z](?:[A-Za-z]|&(?=[A-Z])){1,6}(?![\w&])")


def acronyms(question: str) -> list[str]:
    """The words of a question that look like short names: half of their letters or more are capitals, and two at least.

    None of a question all in capitals, where that tells nothing.
    """
    if question.isupper() and " " in question.strip():
        return []
    found = dict.fromkeys(match.group() for match in _ACRONYM.finditer(question))
    return [word for word in found if len(key(word)) >= max(2, len(word) / 2)]


def key(acronym: str) -> str:
    """What an acronym is filed under: its capitals, in lower case ("B&R" -> "br", "APECs" -> "apec")."""
    return "".join(letter for letter in acronym if letter.isupper()).casefold()


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
