"""Whether a full stop, question or exclamation mark ends its sentence. Looks a fixed distance to either side."""

import re
from enum import Enum

from index.sentences.abbreviations import Abbreviation, is_also_a_word, kind_of, opens_sentences

_REACH = 48  # characters looked at on either side; no word or name that matters is longer

_WORD_BEFORE = re.compile(r"(?:(?<=[\s(\[{\"'’“‘„«‹¿¡–—*_~>•⁃])|^)[^\s()\[\]{}\"'’“”„«»‹›–—*~<>•⁃]+\Z")
_OPENERS = re.compile(r"(?:[\"'“‘„«‹(\[{¿¡*_~`#@$£€¥]|\\(?=\W)|<\w{1,6}>|[–—-]{1,3}\s?)*+")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ROMAN_OR_CODE = re.compile(r"(?:[IVXLC]+|[A-Z]?-?\d\S*|[A-Z])(?=[\s.,;:)\]]|\Z)")
_ENUMERATOR = re.compile(
    r"[\s\"'“‘(*_•⁃‣▪●]*(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{1,6}|\d{1,2}(?:\.\d{1,2}){1,4})\Z"
)
_INTRODUCTION = re.compile(
    r"\W*(?:at|by|on|in|around|about|until|from|before|after|since)\s[^\n,;]{1,24}\Z", re.IGNORECASE
)
_CLOCK = re.compile(r"[ap]\.m\Z", re.IGNORECASE)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\Z|[ECMP][DS]?T\Z|GMT\Z|UTC\Z|BST\Z")
_ORDINAL = re.compile(
    r"(?:\b(?:der|die|das|dem|den|des|im|vom|zum|zur|beim|am|bis|seit|ab|jeden|ersten)\s\d{1,2}\Z)|"
    r"(?:\b(?:[A-Z]\w+)\s[IVX]{2,5}\Z)",
)
_MONTH = re.compile(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*|Jahrhunderts?\b")
_SPEECH = re.compile(
    r"(?:[A-Z][\w.’'-]{0,20}\s){1,4}(?:said|says|asked|asks|replied|wrote|writes|told|added|explained|cried|shouted|"
    r"answered|exclaimed|wondered|whispered|demanded|recalled|joked|laughed|thought|inquired)\b"
)
_NAMES_WITH_MARKS = frozenset(("yahoo", "jeopardy", "wham", "yum", "joomla", "moulin", "oklahoma", "mamma"))
_LONG_WORD = re.compile(r"[^\W\d_]{5,}\Z")


class Next(Enum):
    """What follows a stop."""

    NOTHING = "nothing"
    CAPITAL = "a capital"
    SMALL = "a small letter"
    NUMBER = "a number"
    OTHER = "a letter without case, a sign"


class Stop:
    """A stop at text[start:end] of the sentence that begins at `sentence`.

    The quotes and brackets behind it end at `closed`; what follows white space and notes is at `ahead`.
    """

    __slots__ = ("ahead", "closed", "end", "sentence", "start", "text")

    def __init__(self, text: str, sentence: int, start: int, end: int, closed: int, ahead: int) -> None:
        self.text, self.sentence = text, sentence
        self.start, self.end, self.closed, self.ahead = start, end, closed, ahead

    @property
    def mark(self) -> str:
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.text[max(self.sentence, self.start - _REACH) : self.start]

    @property
    def word(self) -> str:
        """The word the stop is glued to, without it."""
        found = _WORD_BEFORE.search(self.before)
        return found[0] if found else ""

    def next_word(self) -> tuple[Next, str]:
        """What follows, and the word, both behind opening quotes and brackets."""
        start = _OPENERS.match(self.text, self.ahead, self.ahead + _REACH).end()  # type: ignore[union-attr]
        if start >= len(self.text):
            return Next.NOTHING, ""
        found = _NEXT_WORD.match(self.text, start, start + _REACH)
        if not found:
            return Next.OTHER, ""
        word = found[0]
        if word[0].isdigit():
            return Next.NUMBER, word
        if word[0].islower():
            return Next.SMALL, word
        return (Next.CAPITAL if word[0].isupper() or word[0].istitle() else Next.OTHER), word


def ends_sentence(stop: Stop) -> bool:
    """Does the sentence end here? White space, notes or nothing follow the stop and its quotes."""
    following, word = stop.next_word()
    if following is Next.NOTHING:
        return True
    mark = stop.mark
    if "?" in mark or "!" in mark or "‽" in mark or "؟" in mark:
        return _mark_ends(stop, following, word)
    dots = mark.count(".") + 3 * mark.count("…")
    if dots > 1:
        return _ellipsis_ends(stop, following, word, dots)
    return _full_stop_ends(stop, following, word)


def _mark_ends(stop: Stop, following: Next, word: str) -> bool:
    if following is Next.SMALL:
        return stop.closed == stop.end and stop.end - stop.start > 1  # "great!! would buy again"
    if stop.closed > stop.end and _SPEECH.match(stop.text, stop.ahead, stop.ahead + 4 * _REACH):
        return False  # "Why?" Ann Smith asked.
    if stop.mark == "!" and stop.word.lower() in _NAMES_WITH_MARKS:
        return opens_sentences(word)
    return True


def _ellipsis_ends(stop: Stop, following: Next, word: str, dots: int) -> bool:
    if following is Next.SMALL:
        return False
    if dots > 3 or stop.closed > stop.end:
        return True
    glued = stop.start > stop.sentence and not stop.text[stop.start - 1].isspace()
    return glued and not (word == "I" or word.startswith(("I'", "I’")))


def _full_stop_ends(stop: Stop, following: Next, word: str) -> bool:
    own = stop.word
    if stop.start - stop.sentence <= _REACH and _ENUMERATOR.match(stop.text[stop.sentence : stop.start]):
        return False
    kind = kind_of(own, after_number=_follows_number(stop, own)) if own else Abbreviation.NONE
    if following is Next.SMALL:
        plain = kind is Abbreviation.NONE and stop.closed == stop.end and bool(_LONG_WORD.match(own))
        return plain and own.islower()
    if kind is Abbreviation.NEVER:
        return False
    if following is Next.NUMBER:
        dated = (
            own.isdigit() and len(own) <= 2 and stop.text[stop.ahead + len(word) : stop.ahead + len(word) + 1] == "."
        )
        return kind in (Abbreviation.NONE, Abbreviation.OFTEN) and not dated
    if kind is Abbreviation.OFTEN:
        return not _DAY.match(word) and not (
            _CLOCK.match(own) and _INTRODUCTION.match(stop.text[stop.sentence : stop.start][: _REACH + 1])
        )
    if kind is Abbreviation.NUMBERED:
        if _ROMAN_OR_CODE.match(stop.text, stop.ahead, stop.ahead + _REACH) and word != "I":
            return False
        return is_also_a_word(own) or opens_sentences(word)
    if kind is Abbreviation.MAYBE:
        return following is Next.CAPITAL and opens_sentences(word) and not _is_initial(stop, word)
    return not _is_ordinal(stop, own)


def _follows_number(stop: Stop, own: str) -> bool:
    before = stop.before[: -len(own) or None].rstrip()
    return before[-1:].isdigit()


def _is_initial(stop: Stop, word: str) -> bool:
    """Is the next "word" a one-letter initial itself ("A. A. Milne")?"""
    return len(word) == 1 and stop.text.startswith(".", stop.ahead + 1)


def _is_ordinal(stop: Stop, own: str) -> bool:
    """German: "am 3. Oktober", "im 18. Jahrhundert", "Friedrich II. von"."""
    if not own or len(own) > 2 or not own.isdigit():
        return False
    return bool(_ORDINAL.search(stop.before)) or bool(_MONTH.match(stop.text, stop.ahead, stop.ahead + _REACH))
