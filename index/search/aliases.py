"""Other names: where a text says that two names are of one thing, and what such a name is filed under.

Two forms are read, both conservative: "X, formerly known as Y" and its like, and acronyms beside their long forms.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from index.language.acronyms import definitions
from index.language.folding import fold
from index.language.lexicon import FUNCTION_WORDS, NAME_LINKS

LINKS = NAME_LINKS | frozenset("de la du des und von van da do di".split())
# What ends a name that is not capitalised.
_STOPS = (FUNCTION_WORDS - frozenset(("us", "one"))) | LINKS | frozenset("another several thus".split())
_HOW = (
    "also|better|best|formerly|previously|originally|once|now|sometimes|often|commonly|widely|popularly|generally|"
    "officially|simply|usually|today|locally|more|informally|colloquially|variously|alternatively|then|initially"
)
_CALLED = (
    "known|called|named|styled|referred to|termed|dubbed|nicknamed|abbreviated|spelled|spelt|rendered|written|titled"
)
_MARK = re.compile(
    rf"(?P<before>[\s,;(\[—–-]{{1,3}})(?:"
    rf"(?P<how>(?:(?:{_HOW})\s){{1,3}})(?:{_CALLED})\s(?:(?:as|simply)\s)?"
    r"|a\.?k\.?a\.?,?\s|(?P<bare>(?:formerly|previously|originally|now)\s))",
)
_WORD = re.compile(r"[^\W_]+(?:[-’'.&][^\W_]+)*")
_QUOTED = re.compile(r"[“\"‘']([^“”\"‘’]{2,60}?)[,.]?[”\"’']")
_LEAD = re.compile(r"(?:the|a|an)\s", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]{1,40}\)$")
_BACK, _AHEAD = 120, 90  # characters in which the two names are looked for
_MOST_WORDS = 6


class NameFinder:
    """Finds names in texts by their keys; the longest where they overlap. longest: words of the longest."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._lengths: dict[str, int] = {}  # of the longest key that begins with a word
        for key in self._keys:
            first, count = key.partition(" ")[0], key.count(" ") + 1
            self._lengths[first] = max(self._lengths.get(first, 0), count)
        self.longest = max(self._lengths.values(), default=0)
        self._seconds = frozenset(key.split(" ", 2)[1] for key in self._keys if " " in key)

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """(key, start, end) of each, in order."""
        words = folded_words(text)
        first = 0
        while first < len(words):
            key, length = self.longest_of([word for word, _, _ in words[first : first + self.longest]])
            if key:
                yield key, words[first][1], words[first + length - 1][2]
            first += length or 1

    def begins(self, word: str) -> bool:
        """Whether a key begins with a word."""
        return word in self._lengths

    def goes_on(self, word: str) -> bool:
        """Whether it is the second word of a key."""
        return word in self._seconds

    def longest_of(self, words: Sequence[str]) -> tuple[str, int]:
        """The longest key that `words` begin with, as `folded_words` has them, and its length in words; "" and 0 if
        there is none."""
        if words:
            for length in range(min(len(words), self._lengths.get(words[0], 0)), 0, -1):
                key = " ".join(words[:length])
                if key in self._keys:
                    return key, length
        return "", 0


def folded_words(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, lower case and without accents, with where they stand; not those that only join names."""
    found = []
    for match in re.finditer(r"[^\W_]+", text):
        plain = fold(match.group())
        if plain not in LINKS:
            found.append((plain, *match.span()))
    return found


def alias_key(name: str) -> str:
    """What a name is filed under: its words as `folded_words` has them, joined by spaces."""
    return " ".join(word for word, _, _ in folded_words(name))


def aliases(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of names that the text says are of one thing, as the text has them. Linear in the text."""
    for mark in _MARK.finditer(text):
        other = _name_after(text[mark.end() : mark.end() + _AHEAD], capitalised=mark["how"] is None)
        name = _name_before(text[max(0, mark.start() - _BACK) : mark.start()], plain="(" in mark["before"])
        if other and name and _distinct(name, other):
            yield name, other
    for one in definitions(text):
        long = _clean(one.long)
        if long and _distinct(long, one.short):
            yield long, one.short


def _distinct(name: str, other: str) -> bool:
    one, two = alias_key(name), alias_key(other)
    return bool(one and two) and one != two and f" {one} " not in f" {two} " and not one.isdigit() and not two.isdigit()


def _name_after(text: str, *, capitalised: bool) -> str | None:
    """The name that `text` begins with: what stands in quotes, a capitalised run, or else up to three plain words that
    a sign ends."""
    text = text[lead.end() :] if (lead := _LEAD.match(text)) else text
    quoted = _QUOTED.match(text)
    if quoted:
        return _clean(quoted[1])
    words = _run_of(text, list(_WORD.finditer(text)))
    if words:
        return _clean(text[words[0].start() : words[-1].end()])
    plain = re.match(
        r"([^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+){0,2})(?=[,;.)\]—–]|$| (?:is|are|was|were|has|and)\b)", text
    )
    if capitalised or plain is None or _STOPS & set(plain[1].casefold().split()):
        return None
    return plain[1]


def _run_of(text: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The capitalised words at the beginning, with what joins them."""
    kept: list[re.Match[str]] = []
    last = 0
    for number, word in enumerate(words[: _MOST_WORDS + 3]):
        gap = text[words[number - 1].end() : word.start()] if number else text[: word.start()]
        if (gap.strip() and number) or (not number and gap):
            break
        if word.group()[0].isupper() or (word.group()[0].isdigit() and kept):
            kept.append(word)
            last = len(kept)
        elif kept and word.group() in LINKS:
            kept.append(word)
        else:
            break
    return kept[:last]


def _name_before(text: str, *, plain: bool) -> str | None:
    """The name that `text` ends in: a capitalised run, one plain word after it allowed, or else, if `plain` words will
    do, those after the last stop word, three at most and none after "a", which tells a kind and not a name."""
    text = _ASIDE.sub("", text).rstrip(' ,;(—–-”"’')
    words = list(_WORD.finditer(text))
    if not words or words[-1].end() != len(text):
        return None
    for skipped in (0, 1):
        run = _run_at_end(text, words[: len(words) - skipped])
        if run and not (skipped and words[-1].group() in _STOPS):
            found = _clean(text[run[0].start() : run[-1].end()])
            return found if found and fold(found) not in _STOPS else None
    start = len(words)
    while start and words[start - 1].group().casefold() not in _STOPS and len(words) - start < 4:
        start -= 1
    introduced = words[start - 1].group().casefold() if start else ""
    if not plain or start == len(words) or len(words) - start > 3 or introduced not in {"the", "of", ""}:
        return None
    return text[words[start].start() : words[-1].end()]


def _run_at_end(text: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    kept: list[re.Match[str]] = []
    for number in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_WORDS - 3), -1):
        word = words[number]
        if kept and text[word.end() : kept[0].start()].strip():
            break
        if not word.group()[0].isupper() and not (kept and word.group() in LINKS):
            break
        kept.insert(0, word)
    while kept and not kept[0].group()[0].isupper():
        kept.pop(0)
    while len(kept) > 1 and fold(kept[0].group()) in _STOPS:
        kept.pop(0)
        while kept and not kept[0].group()[0].isupper():
            kept.pop(0)
    return kept


def _clean(name: str) -> str | None:
    name = " ".join(re.sub(r"[\[\]*_“”\"]", "", name).split()).strip(" ,;.")
    return name if 2 <= len(name) <= 60 and len(name.split()) <= _MOST_WORDS + 3 else None
