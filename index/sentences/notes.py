"""Footnote marks: what stands at a sentence and is no part of it, as in `finances.”(*1)`, `changed.ii` or `[12]`."""

import re

SPACE = (  # all white space, and what has no width: what a sentence is trimmed of
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)

_ROMAN = r"(?=[ivxl])(?:xl|x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBERS = r"\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}"
_MARK = rf"\[?(?:{_NUMBERS}|{_ROMAN}|[a-z]|\*{{1,3}}|[†‡])\]?"
_SUP = rf"<(?i:sup)>\s?(?:<[^<>]{{1,200}}>)?{_MARK}(?:</\w{{1,4}}>)?\s?</(?i:sup)>"
_BRACKETED = r"\[(?:\d{1,4}(?:[,–-]\s?\d{1,4}){0,9}|[a-zA-Z]|[A-Za-z]{1,6} \d{1,3}|citation needed)\]"
_PAGES = r"(?::\s?\d{1,4}(?:[–-]\d{1,4})?(?!\d))?"
_LINKED = r"\[\^[\w-]{1,20}\]|\[\\?\[\d{1,4}\\?\]\]\([^()\s]{1,300}\)"
_STARRED = r"\(\*\d{0,3}\)|\(\d{1,3}\*\)"
_SIGNS = r"[⁰¹²³⁴-⁹]{1,3}|[†‡]{1,3}|\^"

_EVIDENT = rf"{_SUP}|{_BRACKETED}{_PAGES}|{_LINKED}|{_STARRED}|{_SIGNS}"
_AHEAD = rf"{_SUP}|\[\d{{1,3}}(?:[,–-]\s?\d{{1,3}}){{0,9}}\]|{_LINKED}|{_STARRED}|{_SIGNS}"
_GLUED = rf"{_EVIDENT}|\(\d{{1,3}}\)"
_AFTER_STOP = re.compile(rf"(?:{_GLUED})(?:\s?(?:{_EVIDENT}))*+(?=[\s\W]|\Z|[A-Z])")
_BARE = re.compile(rf"(?:{_NUMBERS}|{_ROMAN})(?=\s|\Z)")
_LEADING = re.compile(rf"[\s\u200b\ufeff\u2060]*+(?:(?:{_AHEAD}):?[\s\u200b\ufeff\u2060]*+)*+")
_TRAILING = re.compile(rf"(?<=[^\W\d_]{{3}})(?:{_SUP}|[¹²³⁴-⁹†‡])\Z")
_NOTE_NUMBER = re.compile(rf"(?:\d{{1,3}}[.)]?|{_ROMAN}[.)]|[*†‡]{{1,3}})\s+(?=\S)")
_LONGEST = 240


def end_of_notes(text: str, position: int, *, bare: bool) -> int:
    """Where the marks glued to a stop and its quotes end; `position` if there are none.

    bare: may a lone number or roman numeral (`changed.ii`) be a mark here?
    """
    if position >= len(text):
        return position
    found = _AFTER_STOP.match(text, position) or (_BARE.match(text, position) if bare else None)
    return found.end() if found else position


def end_of_leading_notes(text: str, start: int, end: int, *, in_footnote: bool = False) -> int:
    """Where the sentence starts behind the marks that stand before it; a footnote's own number is one, too."""
    found = _LEADING.match(text, start, end)
    position = found.end() if found else start
    if in_footnote and position < end:
        number = _NOTE_NUMBER.match(text, position, end)
        position = number.end() if number else position
    return position


def start_of_trailing_note(text: str, start: int, end: int) -> int:
    """Where the mark glued to the last word starts (`Ann Lee<sup>1</sup>`, not `km<sup>2</sup>`), else `end`."""
    found = _TRAILING.search(text, max(start, end - _LONGEST), end)
    return found.start() if found else end
