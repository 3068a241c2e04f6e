"""Whether a sentence mentions what is sought: by the corpus's own terms, so that case, accents and English endings do
not matter, and under any name that the corpus itself gives it.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from index.language.acronyms import Definition, acronym_key
from index.language.folding import fold
from qa.exhaustive.intent import ScanIntent
from qa.exhaustive.limits import SCAN_LIMITS
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.phrases import Phrase, alternatives, phrases
from qa.language.question import words
from qa.language.terms import TermStatistics

_SHORT_NAME = re.compile(r"(?=.*[A-Z].*[A-Z])(?:[A-Z]|&)+s?")
_DOTTED = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.?")

_Test = Callable[[str, Sequence[str]], bool]  # of a sentence in display form and its terms


class _Wanted(Struct, frozen=True):
    """A phrase that can be looked for. needed: a sentence without it is no hit. weight: what the phrase tells."""

    tests: tuple[tuple[_Test, ...], ...]
    needed: bool
    weight: float

    def is_in(self, text: str, terms: Sequence[str]) -> bool:
        return all(any(test(text, terms) for test in names) for names in self.tests)


class MentionMatcher:
    """A search, ready to be held against sentences.

    Quoted phrases stand word for word (case, accents and what is between the words aside). The words of a name stand
    side by side, stop words aside; "Japan and China" is two names. All that is sought stands in one sentence, in any
    order. Only of a statement, or of things, may words that are in no name be missing: as many as leave most of what
    these words tell, by inverse document frequency, so that a rare one is not missing before a common one. Of an "or"
    one side is enough. What is said is denied in the sentence if, and only if, it is denied in the question.
    """

    def __init__(
        self,
        search: ScanIntent,
        definitions: Sequence[Definition],
        corpus: TermStatistics,
        language: Language = ENGLISH,
    ) -> None:
        self._denial = language.scans.denial
        self._corpus = corpus
        self._definitions = definitions
        strict = search.kind == "mention"
        self._denied = self._denial.fits(search.what) if search.kind == "statement" else None
        known = [_as_pattern(one.long) for one in definitions]
        sides = [phrases(side, known) for side in alternatives(search.what)]
        kept = [[(each, wanted) for each in side if (wanted := self._wanted(each, strict))] for side in sides]
        self.sought: tuple[str, ...] = tuple(dict.fromkeys(phrase.text for side in kept for phrase, _ in side))
        self._sides = [[wanted for _, wanted in side] for side in kept if side]

    def are_in(self, text: str, terms: Sequence[str]) -> bool:
        """text: a sentence in display form, or any that has the same words. terms: its terms, in order."""
        if not any(_is_met(side, text, terms) for side in self._sides):
            return False
        return self._denied is None or self._denied == self._denial.fits(text)

    def _wanted(self, phrase: Phrase, strict: bool) -> _Wanted | None:
        if phrase.kind == "quoted":
            return _Wanted(((_verbatim(phrase.text, spaced=not self._is_unspaced(phrase.text)),),), True, 0.0)
        tests = [names for part in phrase.parts if (names := self._tests(part))]
        weight = max((self._corpus.idf(term) for term in self._corpus.terms(phrase.text)), default=0.0)
        return _Wanted(tuple(tests), strict or phrase.kind == "name", weight) if tests else None

    def _tests(self, part: str) -> tuple[_Test, ...]:
        return tuple(test for name in self._names(part) for test in self._tests_of(name))

    def _names(self, part: str) -> list[str]:
        """What else the corpus calls it: a long name's short ones, a short name's long ones."""
        own = words(part)
        found = [part]
        for one in self._definitions:
            if words(one.short) == own:
                found.append(one.long)
            elif words(one.long) == own:
                found.append(one.short)
        return list(dict.fromkeys(found))

    def _tests_of(self, name: str) -> list[_Test]:
        if _DOTTED.fullmatch(name):
            return [_lettered(name.replace(".", ""))]
        # What is written with capitals alone may be a stop word otherwise (WHO, US), or be written with dots elsewhere.
        tests = [_lettered(acronym_key(name))] if _SHORT_NAME.fullmatch(name) else []
        terms = self._corpus.terms(name)
        if self._is_unspaced(name):
            tests.append(_inside(name))
        elif terms:
            tests.append(_side_by_side(terms))
        return tests

    def _is_unspaced(self, text: str) -> bool:
        """Whether it is in a script without spaces, whose terms are characters and pairs of them."""
        return len(self._corpus.terms(text + text)) > len(words(text + text))


def relevant(definition: Definition, search: ScanIntent) -> bool:
    """Whether a definition is of something that may be sought."""
    sought = f" {' '.join(words(search.what))} "
    return any(f" {' '.join(words(name))} " in sought for name in (definition.short, definition.long))


def _is_met(side: Sequence[_Wanted], text: str, terms: Sequence[str]) -> bool:
    if not all(wanted.is_in(text, terms) for wanted in side if wanted.needed):
        return False
    others = [wanted for wanted in side if not wanted.needed]
    there = sum(wanted.weight for wanted in others if wanted.is_in(text, terms))
    return there >= SCAN_LIMITS.least_information * sum(wanted.weight for wanted in others)


def _side_by_side(sought: Sequence[str]) -> _Test:
    first, wanted, length = sought[0], list(sought), len(sought)

    def test(_: str, terms: Sequence[str]) -> bool:
        if first not in terms:
            return False
        return length == 1 or any(list(terms[at : at + length]) == wanted for at in range(len(terms) - length + 1))

    return test


def _verbatim(phrase: str, *, spaced: bool) -> _Test:
    pattern = _as_pattern(fold(phrase), spaced=spaced)
    return lambda text, _: pattern.search(fold(text)) is not None


def _inside(name: str) -> _Test:
    sought = fold(name)
    return lambda text, _: sought in fold(text)


def _lettered(letters: str) -> _Test:
    pattern = re.compile(r"(?<![^\W_])" + r"[.&]?".join(letters.upper()) + r"s?(?![^\W_])")
    return lambda text, _: pattern.search(text) is not None


def _as_pattern(name: str, *, spaced: bool = True) -> re.Pattern[str]:
    """The words of a name, with anything but words between them and, where words are spaced, around them."""
    inner = r"[\W_]+".join(map(re.escape, words(name)))
    return re.compile(rf"(?<![^\W_]){inner}(?![^\W_])" if spaced else inner, re.IGNORECASE)
