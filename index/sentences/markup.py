"""How a quote is shown: the document's own characters without its line breaks and inline markup.

Emphasis markers are paired in one pass, after CommonMark 0.31, section 6.2, as far as they stand tight around text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape

from msgspec import Struct

from index.sentences.hyphens import joined_lines
from index.types import Document, Range, Sentence

HEADING_SEPARATOR = " › "
# Not seen when shown, or able to reorder what is shown (Unicode TR 36): controls, zero-width space, byte order mark,
# soft hyphen, bidi embeddings, overrides and isolates. Joiners stay: emoji and Persian need them.
_CONTROLS = (*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))
_INVISIBLE = dict.fromkeys((*_CONTROLS, 0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_QUOTE_MARK = re.compile(r"\n[ \t]*(?:>[ \t]?)++")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->)[^\n])*+-->")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,14})([^<>]*+)>")
_AUTOLINK = re.compile(r"<((?:https?://|ftp://|mailto:)[^<>\s]++|[^<>\s@:/]{1,64}@[^<>\s@]++)>")
_LINK = re.compile(
    r"!?(?<!\\)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]"
    r"\([ ]?(?:<[^<>]*+>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)?+)(?: (?:\"[^\"]*+\"|'[^']*+'))?+[ ]?\)"
)
_REFERENCE = re.compile(r"!?(?<![\\\w\])])\[((?=[^\[\]]*[^\W\d_]{2})(?:[^\[\]\\]|\\.)++)\]\[[^\[\]^]*+\]")
# What is no markup because it is escaped or in code: each sign of it is replaced, while the rest is read, by a lone
# surrogate, which no text holds.
_LITERAL = re.compile(r"\\([!-/:-@\[-`{-~])|(?<!`)(`{1,2})(?!`)((?:[^`])++)\2(?!`)")
_SIGNS = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()]
_HIDDEN = {ord(sign): 0xDC00 + ord(sign) for sign in _SIGNS}
_UNHIDDEN = {0xDC00 + ord(sign): ord(sign) for sign in _SIGNS}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_NOTE_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[.,;:!?…)\]\"”’»]))<sup>\s?(?:\d{1,3}|[ivxl]{1,6}|\*{1,3}|[†‡])\s?</sup>", re.IGNORECASE
)

_STRIKING_TAGS = frozenset({"s", "del", "strike"})
INLINE_TAGS = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
BREAKING_TAGS = frozenset(
    "article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head "
    "header hr html body iframe img input li link main meta nav noscript object ol p picture pre script section select "
    "source style summary svg table tbody td tfoot th thead title tr ul video button form option textarea".split()
)

_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|\*+|_+|~+|[()\[\]]")
_IDENTIFIER = re.compile(r"[a-z0-9_]+\Z")
_OPENERS = {")": "(", "]": "["}
_CJK = "\u2e80"  # from here on words are not set apart by spaces
_MAY_FOLLOW = frozenset("\"'“‘„«‹([{<*_~`$£€¥¡¿#@+-–—…&\\") | set(map(chr, _UNHIDDEN))
_MAY_PRECEDE = frozenset(".,!?;:…%°\"'”’“»›)]}>*_~`®™。！？」』\\") | set(map(chr, _UNHIDDEN))
_CAPITAL_FOLLOWS = re.compile(r"[\"'“‘«(\[]{0,3}([^\W_])")


class DisplayLimits(Struct, frozen=True):
    """passes: how deep markup in markup is followed; deeper it is none. marker: the longest run of one sign that is
    emphasis ("****" is a rule). By hand.
    """

    passes: int = 8
    marker: int = 3


LIMITS = DisplayLimits()


def _fold(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _tag(found: re.Match[str]) -> str:
    """Nothing for an inline tag, a space for one that breaks the line, and text that only looks like a tag itself."""
    name, attributes = found[2].lower(), found[3]
    is_tag = not attributes.strip(" /") or (attributes[0] == " " and "=" in attributes)
    if is_tag and name in _STRIKING_TAGS:
        return "~~"
    if is_tag and name in INLINE_TAGS:
        return ""
    return " " if is_tag and name in BREAKING_TAGS else found[0]


def _entity(found: re.Match[str]) -> str:
    decoded = unescape(found[0])
    return found[0] if len(decoded) != 1 else decoded.translate(_HIDDEN)


def _without_emphasis(text: str) -> str:
    """Drops markers that pair, and those left alone by emphasis that spans several sentences."""
    emphasis = find_emphasis(text)
    found = [mark for pair in emphasis.pairs for mark in pair] + stray_markers(text, emphasis)
    dropped = [mark for mark in found if text[mark.start] != "~"]  # what is struck out is shown so
    parts, position = [], 0
    for mark in sorted(dropped):
        parts.append(text[position : mark.start])
        position = mark.end
    return "".join(parts) + text[position:]


def _once(text: str) -> str:
    text = _COMMENT.sub("", text)
    text = _NOTE_MARK.sub("", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub(_tag, text)
    text = _LINK.sub(r"\1", text)
    text = _REFERENCE.sub(r"\1", text)
    text = _without_emphasis(text)
    text = _ENTITY.sub(_entity, text)
    return _fold(text)


def _hidden(found: re.Match[str]) -> str:
    return (found[1] or found[3]).translate(_HIDDEN)


def display(text: str) -> str:
    """`text` as a reader sees it: on one line, without emphasis markers, tags, link targets and escapes, words that a
    line's end breaks in one piece. What is escaped or in code is shown as it is written, whatever it looks like.

    Linear. Passes are repeated until nothing changes; what has not settled after a few is no markup, and only its white
    space is folded.
    """
    folded = _fold(_QUOTE_MARK.sub(" ", joined_lines(text)))
    shown = _fold(_LITERAL.sub(_hidden, folded))
    for _ in range(LIMITS.passes):
        before, shown = shown, _once(shown)
        if shown == before:
            return _fold(shown.translate(_UNHIDDEN))
    return folded


def joined_display(texts: Iterable[str]) -> str:
    """Verbatim texts in display form, joined with a space."""
    return " ".join(shown for shown in map(display, texts) if shown)


def shown(kind: str, texts: Sequence[str]) -> str:
    """Verbatim texts as an answer of that kind shows them: a list a line each, code as it is written, all else in
    display form, joined with a space."""
    if kind == "code":
        return "\n".join((*filter(None, map(display, texts[:-1])), *texts[-1:]))
    if kind == "list":
        return "\n".join(filter(None, map(display, texts)))
    return joined_display(texts)


def heading_of(path: tuple[str, ...]) -> str | None:
    """A heading path in one line, None where there is none."""
    return HEADING_SEPARATOR.join(path) or None


def visible(text: str) -> str:
    """The text without control and formatting characters (NUL, bidi overrides) and outer space, spaces folded.

    The two joiners stay: some scripts need them.
    """
    spaced = "".join(" " if c in "\t\n\r\x0b\x0c\x85\u2028\u2029" else c for c in text)
    kept = (c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"} or c in "\u200c\u200d")
    return " ".join("".join(kept).split())


def sentence_text(document: Document, sentence: Sentence) -> str:
    """The sentence in display form, its ranges joined with a space."""
    shown = (display(document.text[part.start : part.end]) for part in sentence.ranges)
    return " ".join(part for part in shown if part)


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
        if mark == "\\":
            continue  # escaped
        if mark in "([":
            pairing.push(mark, start, end)
        elif mark in ")]":
            if pairing.pop_to(_OPENERS[mark]):
                pairing.pop()
        elif end - start == 2 or (mark != "~" and end - start <= LIMITS.marker):
            closable, openable = closes(text, start, end), opens(text, start, end)
            rest = pairing.close(mark, start, end) if closable else start
            if rest < end and openable:
                pairing.push(mark, rest, end)
            elif rest < end and closable:
                closing.append(Range(rest, end))
    opening = tuple(Range(left.start, left.end) for left in pairing.stack if left.mark not in "([")
    return Emphasis(tuple(pairing.pairs), opening, tuple(closing))


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
