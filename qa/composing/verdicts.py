"""Whether a sentence says yes or no to a question, told only where its form leaves no doubt: the question's own words
in their order as one clause, and nothing among them but what turns that clause round or changes nothing."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct

from index.sentences.markup import sentence_text
from index.types import UnitKind
from qa.language.combining import VerdictForms
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.opposites import EXCLUSIVE
from qa.language.question import Question
from qa.language.verbs import finite
from qa.reading.reader import Evidence, OpenPassage
from qa.types import VerdictKind

Stems = Callable[[str], Sequence[str]]

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_ENDS = frozenset(".;:!,–—)")
_FEWEST = 2  # words of a question that its sentence has to have


def decided(
    question: Question, evidence: Sequence[Evidence], opened: Sequence[OpenPassage], stems: Stems
) -> list[VerdictKind | None]:
    """What each piece of evidence says to the question. Only a sentence of running text is a statement by itself."""
    if question.carried:
        return [None] * len(evidence)
    texts = ((each, sentence_text(opened[each.passage_index].document, each.sentence)) for each in evidence)
    return [
        verdict(question.own, text, stems) if each.sentence.kind is UnitKind.SENTENCE else None for each, text in texts
    ]


class AskedClause(Struct, frozen=True):
    """What a question asks to be so: its auxiliary, and its other words in order, lower case."""

    auxiliary: str
    words: tuple[str, ...]


def is_yes_no(question: str, language: Language = ENGLISH) -> bool:
    """Whether yes or no would answer it."""
    forms = language.verdicts
    return forms.asked.fits(question) and not (forms.request.fits(question) or forms.choice.fits(question))


def verdict(question: str, sentence: str, stems: Stems, language: Language = ENGLISH) -> VerdictKind | None:
    """Whether a sentence (in display form) says what a question asks, or the contrary; None where that is not sure.

    stems: of a word. Linear in both texts.
    """
    forms = language.verdicts
    found = forms.asked.find(question) if is_yes_no(question, language) else None
    if found is None or found["not"] or forms.reserved.fits(found["rest"]) or _is_reserved(sentence, forms):
        return None
    rest = tuple(each for each in _tokens(found["rest"], forms) if each[0].isalnum() and each not in forms.light)
    if not forms.deniers.isdisjoint(rest):
        return None
    kinds = (_Clause(asked, stems, forms).read(sentence) for asked in _clauses(found["aux"].lower(), rest, forms))
    return next((kind for kind in kinds if kind is not None), None)


def _is_reserved(sentence: str, forms: VerdictForms) -> bool:
    return forms.reserved.fits(sentence) or forms.half_denied.fits(sentence)


def _clauses(auxiliary: str, rest: tuple[str, ...], forms: VerdictForms) -> list[AskedClause]:
    """As it is put; and of "May I park here?" that parking here is allowed."""
    made = [AskedClause(auxiliary, rest)]
    if auxiliary in forms.permitting and rest[:1] and rest[0] in forms.speakers:
        made.append(AskedClause(forms.being, (*rest[1:], *sorted(forms.allowed)[:1])))
    return [each for each in made if len(each.words) >= _FEWEST]


def _tokens(text: str, forms: VerdictForms) -> list[str]:
    """Words in lower case and marks; what is drawn together is several words."""
    tokens = (token.casefold().replace("’", "'") for token in _TOKEN.findall(text))
    return [part for token in tokens for part in forms.contracted.get(token, (token,))]


class _Clause:
    """A sentence read for what a question asks to be so."""

    def __init__(self, asked: AskedClause, stems: Stems, forms: VerdictForms) -> None:
        self._asked = asked
        self._stems = stems
        self._forms = forms
        permitted = asked.auxiliary in forms.permitting and asked.words[0] in forms.speakers
        self._tenses = forms.permitting if permitted else forms.tenses.get(asked.auxiliary, frozenset())
        self._auxiliaries: list[str] = []
        self._changed: list[str] = []
        self._turned = 0

    def read(self, sentence: str) -> VerdictKind | None:
        opening = self._forms.opening.find(sentence)
        tokens = _tokens(sentence[opening.end() if opening else 0 :], self._forms)
        end = self._end(tokens)
        if end is None or self._turned > 1 or not self._has_tense() or not self._ends(tokens, end):
            return None
        return "contradicts" if self._turned else "supports"

    def _end(self, tokens: Sequence[str]) -> int | None:
        """Where the clause ends that has all words of the question in order; None where other words are among them."""
        met = 0
        for at, token in enumerate(tokens):
            wanted = self._asked.words[met]
            if self._is_same(wanted, token):
                if token != wanted:
                    self._changed.append(token)
                met += 1
            elif self._is_contrary(wanted, token):
                self._changed.append(token)
                self._turned += 1
                met += 1
            elif not self._is_between(token, tokens[at + 1 : at + 3], wanted, met):
                return None
            if met == len(self._asked.words):
                return at + 1
        return None

    def _is_between(self, token: str, after: Sequence[str], wanted: str, met: int) -> bool:
        """Whether a word between two of the question's may stand there. "no" denies what it stands right before."""
        forms = self._forms
        if token in forms.deniers and met:
            self._turned += 1
            return True
        if token == forms.none and after and (after[0] == forms.longer or self._is_same(wanted, after[0])):
            self._turned += 1
            return True
        if token in forms.tenses:
            self._auxiliaries.append(token)
            return met > 0
        return token in forms.light or token == forms.longer

    def _is_same(self, wanted: str, token: str) -> bool:
        if wanted == token or (wanted in self._forms.speakers and token in self._forms.speakers):
            return True
        if wanted in self._forms.allowed and token in self._forms.allowed:
            return True
        if not token[0].isalnum() or token.endswith("'s") != wanted.endswith("'s"):
            return False
        return not self._keys(wanted).isdisjoint(self._keys(token))

    def _keys(self, word: str) -> frozenset[str]:
        base = _base(word)
        return frozenset((base, *self._stems(word), *self._stems(base)))

    def _is_contrary(self, wanted: str, token: str) -> bool:
        others = _contraries()
        return token in others.get(wanted, ()) or _base(token) in others.get(_base(wanted), ())

    def _has_tense(self) -> bool:
        """Whether the clause is of the time, and of the mood, that is asked for."""
        if self._auxiliaries:
            return self._tenses.issuperset(self._auxiliaries)
        if self._asked.auxiliary in self._forms.needed or not self._tenses:
            return False
        past = any(_is_past(word) for word in self._changed)
        auxiliary = self._asked.auxiliary
        return auxiliary in self._forms.doing and past == (auxiliary in self._forms.finished)

    def _ends(self, tokens: Sequence[str], end: int) -> bool:
        """Whether what follows the clause leaves it as it is: a denial holds as far as it goes, and no further."""
        after = tokens[end] if end < len(tokens) else "."
        if after in _ENDS or self._turned:
            return after in _ENDS
        if self._asked.auxiliary in self._forms.finished:
            return after in self._forms.going_on
        determined = end > 1 and any(token in self._forms.indefinite for token in tokens[max(0, end - 3) : end - 1])
        return determined and after in self._forms.describing


def _base(word: str) -> str:
    form = finite(word)
    return form.base if form is not None else word


def _is_past(word: str) -> bool:
    """Whether it can be a verb's past: one that is known, or by its ending."""
    form = finite(word)
    return form.tense == "past" if form is not None else word.endswith("ed")


@lru_cache(maxsize=1)
def _contraries() -> dict[str, frozenset[str]]:
    others: dict[str, set[str]] = {}
    for left, right in EXCLUSIVE:
        others.setdefault(left, set()).add(right)
        others.setdefault(right, set()).add(left)
    return {word: frozenset(found) for word, found in others.items()}
