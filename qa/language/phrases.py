"""What is looked for, cut into quoted phrases, names and single words."""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]+)[\"”“»]|(?<!\w)['‘]([^'‘’]{2,})['’](?!\w)")
_OR = re.compile(r",? (?:and/)?or (?:else )?", re.IGNORECASE)
_TOKEN = re.compile(r"&|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-.'’&/][^\W_]+)*")
_JOINING = frozenset("of the for de la du des der von van bin ibn al und".split())
_AND = frozenset(("and", "&"))


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
    tokens = list(_TOKEN.finditer(text))
    shouted = text.upper() == text and len(tokens) > 1
    found, number = [], 0
    while number < len(tokens):
        word = tokens[number].group()
        if (word.casefold() in FUNCTION_WORDS and (shouted or not _is_short_name(word))) or word == "&":
            number += 1
        elif word[0].isupper() or word[0].isdigit():
            end = _end_of_name(tokens, number, text, shouted)
            found.append(_name(tokens[number:end], text))
            number = end
        else:
            found.append(Phrase(word, (word,), "word"))
            number += 1
    return found


def _end_of_name(tokens: Sequence[re.Match[str]], number: int, text: str, shouted: bool) -> int:
    """Where the run of capitalised words ends that begins at `number`, joining words within it."""
    end = ahead = number + 1
    while ahead < len(tokens) and text[tokens[ahead - 1].end() : tokens[ahead].start()] == " ":
        word = tokens[ahead].group()
        if shouted and word.casefold() in FUNCTION_WORDS:
            break
        if word[0].isupper() or word[0].isdigit():
            end = ahead + 1
        elif word not in _JOINING and word not in _AND:
            break
        ahead += 1
    return end


def _name(tokens: Sequence[re.Match[str]], text: str) -> Phrase:
    parts: list[str] = []
    first = 0
    for number, token in [*enumerate(tokens), (len(tokens), None)]:
        if token is None or token.group() in _AND:
            parts.append(text[tokens[first].start() : tokens[number - 1].end()])
            first = number + 1
    return Phrase(text[tokens[0].start() : tokens[-1].end()], tuple(parts), "name")


def _is_short_name(word: str) -> bool:
    return len(word) > 1 and word.isupper()
