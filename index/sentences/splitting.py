"""Sentences of one run of text, in linear time."""

import re
from bisect import bisect_right

from msgspec import Struct

from index.sentences.abbreviations import opens_sentences
from index.sentences.notes import SPACE, end_of_leading_notes, end_of_notes
from index.sentences.stops import Stop, ends_sentence
from index.types import Range

_CANDIDATE = re.compile(
    r"(?P<item>(?<=\s)(?:[•⁃‣▪●]\s?)?(?:\d{1,3}|[a-z])(?:\.\)|[.)])(?=\s+\S))"
    r"|(?P<bullet>(?<=\s)[•⁃‣▪●◦](?=\s*\w))"
    r"|(?P<blank>\n[ \t\r]*\n\s*+)"
    r"|(?P<full>[。！？｡]++[.!?…。！？｡]*+)"
    r"|(?P<danda>[।॥۔։።။]++)"
    r"|(?P<stop>[.!?…‽؟]++(?:[ \u00a0]\.++(?=[ \u00a0.\"”’)\]]|\Z))*+)"
)
_ITEM = re.compile(r"(?P<bullet>[•⁃‣▪●]\s?)?(?P<value>\d{1,3}|[a-z])(?P<style>\.\)|[.)])")
_CLOSERS = re.compile(
    r"(?:[\"'”’“‘»›«‹)\]}*_~`」』】）》］〉\u200b\u2060\ufeff]|[ \u00a0\u202f]»(?=[\s,.;:)]|\Z)|</\w{1,8}>)*+"
)
_QUOTE_GOES_ON = re.compile(r"[\s]*(?:[、，,；;：:。]|と|って|は|が|を|に|の|も|で|など|という)")
_BRACKET = re.compile(r"[()\[\]（）「」『』《》【】]")
_PARTNER = {")": "(", "]": "[", "）": "（", "」": "「", "』": "『", "》": "《", "】": "【"}
_WORDLIKE = re.compile(r"[^\W_]")
_GLUED_SENTENCE = re.compile(r"[A-Z][a-z’']*(?=[\s,])")
_STOPPED = (".", "!", "?", "…", ":", '."', ".”", ".)", ".]", '?"', "?”", '!"', "!”")
_COUNTED = re.compile(
    r"\b(?:to|by|of|is|was|are|were|and|or|than|in|at|for|about|the|table|tables|figure|figures|section|sections|"
    r"chapter|part|step|page|version|type|class|level|phase|stage|group|grade|line|rule|article|number)\s+\Z",
    re.IGNORECASE,
)


class SplittingLimits(Struct, frozen=True):
    """In characters. aside: the longest in brackets; one that closes later was forgotten, or holds paragraphs. word: a
    word's reach to either side. near: how far behind a stop a bracket opens anew. address: how far back a web address
    is looked for.

    Set by hand on 2026-11-22 (b2bffb2, 6ed74f0), against the seeds and the invented documents; no bench fits them.
    """

    aside: int = 500
    word: int = 24
    near: int = 8
    address: int = 200


LIMITS = SplittingLimits()


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _style(item: re.Match[str]) -> str:
    return f"{bool(item['bullet'])}{item['value'].isdigit()}{item['style']}"


def _value(item: re.Match[str]) -> int:
    return int(item["value"]) if item["value"].isdigit() else ord(item["value"])


def _trimmed(text: str, start: int, end: int) -> Range:
    return Range(start, start + len(text[start:end].rstrip(SPACE)))


def _asides(text: str) -> list[Range]:
    """What brackets hold within a sentence: outermost pairs, in order. One that begins after a stop is none."""
    stacks: dict[str, list[int]] = {}
    found: list[Range] = []
    for bracket in _BRACKET.finditer(text):
        mark, position = bracket[0], bracket.start()
        if mark not in _PARTNER:
            stacks.setdefault(mark, []).append(position)
        elif opened := stacks.get(_PARTNER[mark]):
            start = opened.pop()
            if position - start <= LIMITS.aside and not _after_stop(text, start):
                while found and found[-1].start > start:
                    found.pop()
                if not found or found[-1].end < start:
                    found.append(Range(start, position))
    return found


def _after_stop(text: str, position: int) -> bool:
    if text[position] in "「『《":
        return False
    before = text[max(0, position - LIMITS.near) : position].rstrip()
    return before.endswith(_STOPPED) if before else position < LIMITS.near


class _Splitter:
    """Reads `text` once from left to right. `start` is where the sentence now open begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ranges: list[Range] = []
        self.asides = _asides(text)
        self.aside_starts = [aside.start for aside in self.asides]
        self.expected: tuple[str, int] | None = None
        self.start = 0
        self.word = -1
        self._open(0)

    def _open(self, position: int) -> None:
        """A sentence begins at the first thing behind `position` that is neither space nor a note."""
        text = self.text
        self.start = end_of_leading_notes(text, position, len(text))
        if self.word < self.start:
            word = _WORDLIKE.search(text, self.start)
            self.word = word.start() if word else len(text)
        item = _ITEM.match(text, self.start)
        self.expected = (_style(item), _value(item) + 1) if item else None

    def _close(self, end: int, following: int) -> None:
        """The open sentence ends at `end`; without a word in it, it stays open."""
        if self.word < end:
            self.ranges.append(_trimmed(self.text, self.start, end))
            self._open(following)

    def _in_aside(self, position: int) -> bool:
        index = bisect_right(self.aside_starts, position) - 1
        return index >= 0 and position < self.asides[index].end

    def split(self) -> list[Range]:
        for candidate in _CANDIDATE.finditer(self.text):
            kind, start, end = candidate.lastgroup, candidate.start(), candidate.end()
            if end <= self.start:
                continue
            if kind == "blank":
                self._close(start, end)
            elif kind in ("item", "bullet"):
                self._item(candidate)
            else:
                self._stop(start, end, kind or "")
        self._close_tail()
        return self.ranges

    def _item(self, candidate: re.Match[str]) -> None:
        """An enumeration within a line: "1) one 2) two". Else its full stop is a stop as any other."""
        start, end = candidate.start(), candidate.end()
        if candidate.lastgroup == "bullet":
            if self.text[self.start] == candidate[0]:
                self._close(start, start)
            return
        item = _ITEM.match(self.text, start)
        if item and self.expected == (_style(item), _value(item)) and not self._counts(start):
            self._close(start, start)
        elif "." in candidate[0]:
            dot = end - 1 - candidate[0].endswith(")")
            self._stop(dot, dot + 1, "stop")

    def _counts(self, start: int) -> bool:
        """Is the number before which "Table" or "to" stands no enumerator?"""
        return bool(_COUNTED.search(self.text, max(self.start, start - LIMITS.word), start))

    def _stop(self, start: int, end: int, kind: str) -> None:
        text = self.text
        closed = _end_of(_CLOSERS, text, end)
        if self._in_aside(closed) or (start and text[start - 1] in "[(" and text[end : end + 1] in ("]", ")")):
            return  # "[...]" and "(!)" are no ends either
        if kind == "full":
            if not (closed > end and _QUOTE_GOES_ON.match(text, closed)):
                self._close(closed, end_of_notes(text, closed, bare=False))
            return
        if closed < len(text) and text[closed].isalpha() and self._glued(start, end, closed):
            self._close(closed, closed)
            return
        noted = end_of_notes(text, closed, bare=self._may_carry_bare_note(start, closed > end))
        if noted < len(text) and not text[noted].isspace() and noted == closed:
            return
        ahead = end_of_leading_notes(text, noted, len(text))
        if kind == "danda" or ends_sentence(Stop(text, self.start, start, end, closed, ahead)):
            self._close(closed, noted)

    def _may_carry_bare_note(self, start: int, quoted: bool) -> bool:
        """A number or numeral right behind the stop is a note after a quote or a word, not after "v1." or "No."."""
        return quoted or (start >= 3 and self.text[start - 3 : start].isalpha() and self.text[start - 2].islower())

    def _glued(self, start: int, end: int, closed: int) -> bool:
        """Was the space lost between two sentences ("ended.The")?"""
        text = self.text
        if start < 3 or not text[start - 3 : start].isalpha() or not text[start - 1].islower():
            return False
        found = _GLUED_SENTENCE.match(text, closed, closed + LIMITS.word)
        if not found or "://" in text[max(0, start - LIMITS.address) : start].rsplit(maxsplit=1)[-1]:
            return False
        stop = Stop(text, self.start, start, end, closed, closed)
        return ends_sentence(stop) and opens_sentences(found[0])

    def _close_tail(self) -> None:
        text, end = self.text, len(self.text)
        if self.word < end:
            self.ranges.append(_trimmed(text, self.start, end))
        elif self.ranges and self.start < end:
            last = self.ranges[-1]
            if text[last.end : self.start].isspace():  # "Great! :-)"
                self.ranges[-1] = _trimmed(text, last.start, end)


def split_text(text: str) -> list[Range]:
    """Sentences of `text`, trimmed of white space and of note marks at their ends, in order.

    Linear: every rule looks a fixed distance to either side of a stop. A line break is white space, a blank line ends
    a sentence. What holds no word (a lone "[1]", "* * *") is left out.
    """
    return _Splitter(text).split()
