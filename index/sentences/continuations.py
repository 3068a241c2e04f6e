"""Whether a sentence that a page break, a rule or a footnote cuts off goes on in a later paragraph."""

import re

from index.sentences.abbreviations import Abbreviation, kind_of
from index.types import Range

_SUBSTANTIAL = 40  # characters; a shorter block is a line of its own, not prose that was cut
_STOPS = frozenset(".!?…:;。！？｡；：؟।॥۔")
_CLOSERS = "\"'”’»›)]}*_~`」』】）》 "
_REACH = 60
_LAST_WORD = re.compile(r"[^\W\d_][\w.’'-]*\Z")
_FIRST = re.compile(r"[\"'“‘„«‹(\[*_`~]{0,4}([^\W_])")
_OWN_START = re.compile(r"(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)]\s|https?:|ftp:|www\.|\S{1,64}@\S")
_GOES_ON = frozenset(
    "a an the this these its their his her our your my of and or to in on at by for from with without as than that "
    "which who whose is was are were be been being has have had will would can could should may might must not into "
    "between among through during about over under against der die das dem den des ein eine und oder mit von zu im "
    "le la les un une des du de et ou à en dans pour par el los las del y o con il lo gli e di che het een van".split()
)


def _tail(text: str, part: Range) -> str:
    return text[max(part.start, part.end - _REACH) : part.end].rstrip(_CLOSERS)


def is_cut_off(text: str, block: Range, last: Range) -> bool:
    """Does the last sentence of a paragraph stop without a stop, though the paragraph is prose?"""
    tail = _tail(text, last)
    if block.end - block.start < _SUBSTANTIAL or not tail:
        return False
    if tail[-1] == ".":
        word = _LAST_WORD.search(tail[:-1])
        return word is not None and kind_of(word[0]) in (Abbreviation.NEVER, Abbreviation.MAYBE)
    return tail[-1] not in _STOPS


def goes_on(text: str, last: Range, first: Range) -> bool:
    """Does the paragraph that begins with sentence `first` go on with `last`, which is cut off?

    It does with a small letter, or a letter of a script without case; with a capital or a number only after a word
    that never ends a sentence ("of", "the"). Enumerators, addresses and what follows a dot need the small letter.
    """
    opening = _FIRST.match(text, first.start, first.end)
    if not opening or _OWN_START.match(text, opening.start(1), first.end):
        return False
    letter, tail = opening[1], _tail(text, last)
    if letter.islower():
        return True
    if tail[-1] == ".":
        return False
    if letter.isalpha() and not letter.isupper() and not letter.istitle():
        return tail[-1].isalpha() and not (tail[-1].islower() or tail[-1].isupper())
    word = _LAST_WORD.search(tail)
    return word is not None and word[0] in _GOES_ON
