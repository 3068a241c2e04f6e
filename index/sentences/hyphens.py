"""Words broken at the end of a line, in one piece: "con-\\nveyor" is shown as conveyor, "long-\\nterm" as long-term."""

import re

from index.language.lexicon import HYPHENATED_FIRST, HYPHENATED_LAST, SUSPENDING, WORD_REST

_BROKEN = re.compile(r"(?<=\w)([-\u2010\u00ad])[ \t]*(?:\r\n|[\r\n])[ \t>]*(?=(\w))")
_WORD = 40  # the most letters of a word at either side
_BEFORE = re.compile(r"[\w'’-]+\Z")
_AFTER = re.compile(r"\w+")


def joined_lines(text: str) -> str:
    """The text with its broken words in one piece. A hyphen goes where it only parts syllables: between small letters,
    unless the word has another hyphen, or what stands before or behind it is known to keep one. Linear."""
    return _BROKEN.sub(_join, text) if "\n" in text or "\r" in text else text


def _join(found: re.Match[str]) -> str:
    if found[1] == "\u00ad":
        return ""
    text = found.string
    before = _BEFORE.search(text, max(0, found.start() - _WORD), found.start())
    after = _AFTER.match(text, found.end(), found.end() + _WORD)
    left, right = before[0] if before else "", after[0] if after else ""
    if right.casefold() in SUSPENDING:
        return "- "
    return "" if _is_syllable(left, right, text[found.end() + len(right) : found.end() + len(right) + 1]) else found[1]


def _is_syllable(left: str, right: str, next_character: str) -> bool:
    """Whether the hyphen between the two is none of the word's own."""
    if not (left.isalpha() and right.isalpha() and left[-1].islower() and right.islower()) or next_character == "-":
        return False
    if len(left) == 1:
        return False  # e-mail, x-ray
    return right in WORD_REST or not (left.lower() in HYPHENATED_FIRST or right in HYPHENATED_LAST)
