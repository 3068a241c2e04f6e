"""Repetition: whether a sentence says again what another has said, told from their words alone.

Only more or fewer words of no weight make no difference. A word put in another's place may be another name, number or
cause, so it always does: quoting one sentence too many does less harm than hiding one that differs.
"""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from index.language.folding import fold
from index.language.lexicon import FUNCTION_WORDS
from qa.composing.limits import REPETITION

_NOTES = re.compile(
    r"\[\s?[\divx*†‡a-c]{1,4}(?:\s?[,;–-]\s?\d{1,3})*\s?\]|\(\*\d{0,2}\)|(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹*†‡]+|"
    r"(?<=[.,;:!?”\"’)])[⁰¹²³⁴-⁹*†‡]+"
)
_OPENING = re.compile(
    r"\A\W*(?:as a result|in addition|for example|for instance|in fact|indeed|at the same time|in other words|"
    r"of course|in short|overall|in conclusion|to sum up|in particular)\b",
    re.IGNORECASE,
)
_GLUED_NOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}(?![\w%])")
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+\d*|[%$€£¥₹]")
_POSSESSIVE = re.compile(r"['’]s?\b")
_CONTRACTED = re.compile(r"n['’]t\b")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e|ly)$")
_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), map(str, range(1, 13)), strict=True)
) | {"percent": "%", "dollars": "$", "dollar": "$", "euros": "€", "euro": "€"}

# Function words that nonetheless say something: with another in its place a sentence says another thing.
_TELLING = frozenset(
    """after before above below under up down all any both from since until during between i you we he she it they me
    him her us them my your his our their its this these those""".split()
)
# Words that turn what is said, or how surely: both sentences have them or neither.
_TURNING = frozenset(
    """no not none nor never neither nobody nothing nowhere cannot without hardly scarcely barely unlikely except unless
    if may might could would should will must can more less fewer most least only nearly almost about over by
    deny denies denied refuse refuses refused reject rejects rejected fail fails failed doubt doubts doubted false
    untrue alleged allegedly reportedly former formerly against""".split()
)
_LIGHT = (FUNCTION_WORDS - _TELLING - _TURNING) | frozenset("said say says saying told tell tells mr mrs ms dr".split())


class WeighedWords(Struct, frozen=True):
    """A sentence reduced to what weighs: its words in order, stemmed and folded, those of `_TURNING` as they are.

    content: its words without those that only turn it.
    """

    words: tuple[str, ...]
    content: frozenset[str]

    def turning(self, wanted: AbstractSet[str]) -> frozenset[str]:
        """The turning words in its shortest beginning that holds the wanted words."""
        missing = set(wanted)
        for end, word in enumerate(self.words):
            if not missing:
                return frozenset(self.words[:end]) & _TURNING
            missing.discard(word)
        return frozenset(self.words) & _TURNING


@lru_cache(maxsize=4_096)
def saying(text: str) -> WeighedWords:
    """What a sentence in display form says, without case, accents, punctuation, quotes and note marks."""
    plain = _CONTRACTED.sub(" not", _GLUED_NOTE.sub("", _NOTES.sub(" ", _OPENING.sub("", text, count=1))))
    plain = fold(_POSSESSIVE.sub(" ", plain))
    tokens = (_NUMBERS.get(token, token) for token in _TOKEN.findall(plain))
    words = tuple(token if token in _TURNING else _stem(token) for token in tokens if token not in _LIGHT)
    return WeighedWords(words, frozenset(words) - _TURNING)


def repeats(new: WeighedWords, earlier: WeighedWords) -> bool:
    """Whether `new` adds nothing to `earlier` that weighs: the same words, some of them, or little besides them.

    Never where one has a number, name, other content word or negation in place of the other's, or where the words
    change places as those of "A beat B" and "B beat A" do.
    """
    if new == earlier:
        return bool(new.content)
    fresh, old = new.content, earlier.content
    if min(len(fresh), len(old)) < REPETITION.fewest:
        return False
    if fresh <= old:
        close = len(fresh) >= REPETITION.shortened * len(old)
    elif old <= fresh:
        close = len(old) >= REPETITION.lengthened * len(fresh) and not any(word[0].isdigit() for word in fresh - old)
    else:
        return False
    shared = fresh & old
    return close and new.turning(shared) == earlier.turning(shared) and _in_place(new.words, earlier.words, shared)


def gives_numbers_of(new: WeighedWords, earlier: WeighedWords) -> bool:
    """Whether every number of `earlier` is in `new`: a title that announces a figure does not say it again."""
    return all(word in new.content for word in earlier.content if word[0].isdigit())


def _stem(token: str) -> str:
    if token[0].isdigit():
        return re.sub(r",(?=\d{3}\b)", "", token)
    return _ENDING.sub("", token).replace("z", "s").replace("our", "or") or token


def _in_place(left: tuple[str, ...], right: tuple[str, ...], common: AbstractSet[str]) -> bool:
    """Whether of the words that both have all but one keep a neighbour, as they do when a clause is moved."""
    left, right = (tuple(word for word in words if word in common) for words in (left, right))
    if left == right:
        return True
    beside_left, beside_right = _neighbours(left), _neighbours(right)
    return sum(not beside_left.get(word, set()) & beside_right.get(word, set()) for word in common) <= 1


def _neighbours(words: tuple[str, ...]) -> dict[str, set[tuple[int, str]]]:
    found: dict[str, set[tuple[int, str]]] = {}
    for left, right in pairwise(words):
        found.setdefault(left, set()).add((1, right))
        found.setdefault(right, set()).add((-1, left))
    return found
