"""What is looked for, cut into quoted phrases, names and single words."""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from index.language.dates import find_dates
from index.language.names import WORD, find_names, is_function_word

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]+)[\"”“»]|(?<!\w)['‘]([^'‘’]{2,})['’](?!\w)")
_OR = re.compile(r",? (?:and/)?or (?:else )?", re.IGNORECASE)
_AND = re.compile(r" (?:and|&) ")


class Phrase(Struct, frozen=True):
    """text: as the question has it. parts: what of it must stand together, each for itself.

    quoted: word for word. name: capitalised words or a number; "Japan and China" has two parts. word: any other.
    """

    text: str
    parts: tuple[str, ...]
    kind: Literal["quoted", "name", "word"]


def alternatives(what: str) -> tuple[str, ...]:
    """The sides of an "or" that is in no quotation, else all of it. With one, commas part sides too."""
    hidden = _QUOTED.sub(lambda found: "\0" * len(found.group()), what)
    breaks = [found.span() for found in _OR.finditer(hidden)]
    if breaks:
        breaks += [found.span() for found in re.finditer(r", (?!(?:and/)?or )", hidden)]
    sides, start = [], 0
    for begin, end in [*sorted(breaks), (len(what), len(what))]:
        sides.append(what[start:begin].strip())
        start = max(start, end)
    return tuple(side for side in sides if side) or (what,)


def phrases(what: str, names: Sequence[re.Pattern[str]] = ()) -> tuple[Phrase, ...]:
    """The phrases of a text in order, each once. names: what is known to be one name, whatever its words look like."""
    found: list[Phrase] = []
    start = 0
    for begin, end, phrase in _fixed(what, names):
        if begin >= start:
            found += [*_loose(what[start:begin]), phrase]
            start = end
    return tuple(dict.fromkeys([*found, *_loose(what[start:])]))


def _fixed(what: str, names: Sequence[re.Pattern[str]]) -> list[tuple[int, int, Phrase]]:
    """Quotations, and names that are known. Where two begin together the longer comes first."""
    fixed = []
    for match in _QUOTED.finditer(what):
        text = (match[1] or match[2]).strip()
        if re.search(r"[^\W_]", text):
            fixed.append((*match.span(), Phrase(text, (text,), "quoted")))
    for name in names:
        fixed += [(*match.span(), Phrase(match.group(), (match.group(),), "name")) for match in name.finditer(what)]
    return sorted(fixed, key=lambda item: (item[0], -item[1]))


def _loose(text: str) -> list[Phrase]:
    names = {name.start: name.end for name in find_names(text)}
    names |= {date.start: date.end for date in find_dates(text) if date.date.month is not None}
    shouted = text.isupper() and len(WORD.findall(text)) > 1
    found, reached = [], 0
    for token in WORD.finditer(text):
        word = token.group()
        if token.start() < reached:
            continue
        if token.start() in names:
            end = names[token.start()]
            reached = max(token.end(), end)  # a possessive is passed over
            found.append(_name(text[token.start() : end]))
        elif word[0].isdigit():
            found.append(_name(word))
        elif not is_function_word(word, shouted=shouted) and word != "&":
            found.append(Phrase(word, (word,), "word"))
    return found


def _name(text: str) -> Phrase:
    return Phrase(text, tuple(_AND.split(text)), "name")
