"""Signs that what was read is like what is asked for, and is not it: the contrary, another's, the question again, or a
fact where its reason was asked for."""

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from index.language.folding import fold
from index.language.lexicon import MONTH_NUMBERS, WEEKDAYS
from qa.language.opposites import CONTRARY
from qa.language.query_expansion import governments
from qa.language.question import Question, words

Stems = Callable[[str], Sequence[str]]
_ASKING = re.compile(r"[^.!?\n]++\?")
_DATED = frozenset((*MONTH_NUMBERS, *WEEKDAYS))


class NameLimits(Struct, frozen=True):
    """When a name counts as there, set on questions that are answered rightly (held-out SQuAD, the seeds, the
    field cases): two of 634 lacked a name in the document they cite.

    alike: characters that decide, as "Japan" is where "Japanese" is. slip, slips: letters from which on a name may
    be written with one, and with two letters otherwise. longest: characters of a document that are looked through.
    """

    alike: int = 5
    slip: int = 5
    slips: int = 9
    longest: int = 400_000


LIMITS = NameLimits()


class Contraries:
    """Tells whether a text says the contrary of a question. stems: of a word."""

    def __init__(self, stems: Stems) -> None:
        self._stems = stems

    @cached_property
    def _others(self) -> dict[str, set[str]]:
        """The stems of a stem's contraries; made when first asked for."""
        others: dict[str, set[str]] = {}
        for left, right in CONTRARY:
            for one, other in ((left, right), (right, left)):
                for stem in self._stems(one):
                    others.setdefault(stem, set()).update(self._stems(other))
        return others

    def said(self, words: Sequence[str], terms: AbstractSet[str], near: AbstractSet[str]) -> bool:
        """Whether a contrary of one of a question's words is among the terms of a text, and the word itself is not
        among those of what stands near it."""
        asked = [stem for word in words for stem in self._stems(word)]
        return any(stem not in near and not terms.isdisjoint(self._others.get(stem, ())) for stem in asked)


def named_things(question: Question) -> list[str]:
    """A question's names but months and weekdays, which are values: texts write them in many ways."""
    return [name for name in question.names if fold(name) not in _DATED]


def absent_names(question: Question, near: str, texts: Iterable[str], limits: NameLimits = LIMITS) -> list[str]:
    """The names of a question that neither `near`, what answers and stands by it, nor `texts` have in any spelling.

    What is all capitals may be short for what is there, and capitals stand for governments. Of a message only the
    sentences that ask count. Longer texts than `limits` allow have every name.
    """
    asking = "".join(_ASKING.findall(question.own)) or question.own
    named = (name for name in named_things(question) if name in asking and any(map(str.islower, name)))
    sought = {name: fold(name) for name in named}
    for text in (near, *texts):
        if not sought or len(text) > limits.longest:
            return []
        folded_text = fold(text)
        sought = {name: each for name, each in sought.items() if each[: limits.alike] not in folded_text}
    beside = set(words(fold(near))) if sought else set()
    meant = " ".join(question.own[one.start : one.end] for one in governments(question.own)) if sought else ""
    return [name for name, each in sought.items() if name not in meant and not _misspelt(each, beside, limits)]


def _misspelt(name: str, beside: AbstractSet[str], limits: NameLimits) -> bool:
    slips = (len(name) >= limits.slip) + (len(name) >= limits.slips)
    return slips > 0 and extractOne(name, beside, scorer=DamerauLevenshtein.distance, score_cutoff=slips) is not None


def adds_nothing(question: AbstractSet[str], said: AbstractSet[str]) -> bool:
    """Whether what is said has no term that the question, of which these are the terms, has not."""
    return bool(said) and said <= question
