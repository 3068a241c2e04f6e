"""Emphasis markers of Markdown that pair tightly around text, in one pass (after CommonMark 0.31, section 6.2)."""

import re

from msgspec import Struct

from index.types import Range

_TOKEN = re.compile(r"\*+|_+|~+|[()\[\]]")
_IDENTIFIER = re.compile(r"[a-z0-9_]+\Z")
_LONGEST_RUN = 3  # "****" and "_____" are rules or blanks to fill in
_OPENERS = {")": "(", "]": "["}
_CJK = "\u2e80"  # from here on words are not set apart by spaces
_MAY_FOLLOW = frozenset("\"'“‘„«‹([{<*_~`$£€¥¡¿#@+-–—…&\\")
_MAY_PRECEDE = frozenset(".,!?;:…%°\"'”’“»›)]}>*_~`®™。！？」』\\")


class _Opener:
    """A run of markers that may open emphasis: text[start:end] of `mark`, taken from its right end."""

    __slots__ = ("end", "mark", "start")

    def __init__(self, mark: str, start: int, end: int) -> None:
        self.mark, self.start, self.end = mark, start, end


def _joined(char: str) -> bool:
    """Is it part of a word, so that a marker beside it stands inside the word?"""
    return char.isalnum() and char < _CJK


def opens(text: str, start: int, end: int) -> bool:
    """Can the marker text[start:end] open emphasis: text follows at once and no word ends at it?"""
    follows = end < len(text) and (text[end].isalnum() or text[end] in _MAY_FOLLOW)
    return follows and not (start and _joined(text[start - 1]))


def closes(text: str, start: int, end: int) -> bool:
    """Can the marker text[start:end] close emphasis: text stands right before it and no word begins at it?"""
    precedes = start > 0 and (text[start - 1].isalnum() or text[start - 1] in _MAY_PRECEDE)
    return precedes and not (end < len(text) and _joined(text[end]))


class _Pairing:
    """The open runs and brackets while the text is read from left to right. Each is pushed and popped once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Opener] = []
        self.open_count: dict[str, int] = {}
        self.pairs: list[tuple[Range, Range]] = []

    def push(self, mark: str, start: int, end: int) -> None:
        self.stack.append(_Opener(mark, start, end))
        self.open_count[mark] = self.open_count.get(mark, 0) + 1

    def pop_to(self, mark: str) -> _Opener | None:
        """The nearest open `mark`, with everything above it forgotten; it stays on the stack. None if there is none."""
        if not self.open_count.get(mark):
            return None
        while self.stack[-1].mark != mark:
            self.pop()
        return self.stack[-1]

    def pop(self) -> None:
        self.open_count[self.stack.pop().mark] -= 1

    def close(self, mark: str, start: int, end: int) -> int:
        """Pairs as much of text[start:end] as is open. Returns where the rest of it starts."""
        while start < end and (opener := self.pop_to(mark)):
            width = min(2, opener.end - opener.start, end - start)
            dunder = mark == "_" and width == 2 and _IDENTIFIER.match(self.text, opener.end, start)
            if not dunder:
                self.pairs.append((Range(opener.end - width, opener.end), Range(start, start + width)))
            opener.end -= width
            start += width
            if opener.start == opener.end:
                self.pop()
        return start


class Emphasis(Struct, frozen=True):
    """The markers of a text. pairs: opening and closing one. opening, closing: those left alone, in text order."""

    pairs: tuple[tuple[Range, Range], ...]
    opening: tuple[Range, ...]
    closing: tuple[Range, ...]


def find_emphasis(text: str) -> Emphasis:
    """Every marker that stands tight at text. Linear; a bracket that closes forgets what was opened within it."""
    pairing, closing = _Pairing(text), []
    for token in _TOKEN.finditer(text):
        mark, start, end = token[0][0], token.start(), token.end()
        if mark in "([":
            pairing.push(mark, start, end)
        elif mark in ")]":
            if pairing.pop_to(_OPENERS[mark]):
                pairing.pop()
        elif end - start == 2 or (mark != "~" and end - start <= _LONGEST_RUN):
            closable, openable = closes(text, start, end), opens(text, start, end)
            rest = pairing.close(mark, start, end) if closable else start
            if rest < end and openable:
                pairing.push(mark, rest, end)
            elif rest < end and closable:
                closing.append(Range(rest, end))
    opening = tuple(Range(left.start, left.end) for left in pairing.stack if left.mark not in "([")
    return Emphasis(tuple(pairing.pairs), opening, tuple(closing))


_CAPITAL_FOLLOWS = re.compile(r"[\"'“‘«(\[]{0,3}([^\W_])")


def _is_opened_for_good(text: str, mark: Range, alone: bool) -> bool:
    follows = _CAPITAL_FOLLOWS.match(text, mark.end)
    if not follows or follows[1].islower():
        return False
    return mark.start == 0 or (alone and text[mark.start - 1].isspace() and not follows[1].isdigit())


def _was_opened_before(text: str, mark: Range, alone: bool) -> bool:
    before, strong = text[mark.start - 1], text[mark.start : mark.end] == "**"
    if mark.end == len(text):
        return strong or not (before.isalnum() or before in "\\`")
    return alone and strong and text[mark.end].isspace()


def stray_markers(text: str, emphasis: Emphasis) -> list[Range]:
    """Markers left alone because their emphasis spans several sentences.

    Only what is evidently markup: one that opens before a capital, at the start or the only one; one that closes
    after a stop at the end, or the only "**". "2 * 3", "(*1)", "A* search" and "*args" keep theirs.
    """
    opening, closing = emphasis.opening, emphasis.closing
    return [mark for mark in opening if _is_opened_for_good(text, mark, len(opening) == 1)] + [
        mark for mark in closing if _was_opened_before(text, mark, len(closing) == 1)
    ]
