"""What speaks for and against the first sentence of a reading: the signals that confidence is a model over."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.types import Sentence
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.opposites import attributes
from qa.language.question import AnswerType, Question, content_words, words
from qa.reading.features import NAMES, QuestionTerms, recall
from qa.reading.known import BY_ITSELF, KnownSentences
from qa.reading.near_misses import Contraries, absent_names, adds_nothing, named_things
from qa.reading.reader import Evidence, OpenPassage
from qa.reading.stems import Stemmer, heads
from qa.reading.wording import AskedValue, asked_values, missing, value_share, worded

_ALIKE = 5  # characters of a term that decide whether a name is there
_MAYBE = 0.5
# What the question itself says cannot be what it asks for; "which" may choose among what it names.
_SAID_ANEW = frozenset({AnswerType.PERSON, AnswerType.DATE, AnswerType.NUMBER})
_POOR_FORM = 0.15  # a best form below this, as a number that is part of a date, is none


class _Place(Struct, frozen=True):
    """Where a reading's first sentence stands. near: the terms of it, of the one before and of what they stand under;
    beside: of all of its passage too."""

    opened: OpenPassage
    sentence: Sentence
    near: frozenset[str]
    beside: frozenset[str]


class Signals:
    """Tells the signals of readings of one corpus; safe for one thread at a time."""

    def __init__(self, stemmer: Stemmer, sentences: KnownSentences, language: Language = ENGLISH) -> None:
        self._stemmer = stemmer
        self._sentences = sentences
        self._contraries = Contraries(stemmer.stems)
        self._reasons = language.questions.reasons

    def of(
        self,
        question: Question,
        terms: QuestionTerms,
        passages: Sequence[OpenPassage],
        evidence: Sequence[Evidence],
        row: Sequence[float],
    ) -> dict[str, float]:
        """The signals by name. evidence: best first, at least one. row: the features `NAMES` of the first.

        Those of near misses are 1 where there is a sign of one, else 0: `contrary`, `name_absent` (half where it is in
        doubt), `says_nothing_new` and `no_reason`.
        """
        best = evidence[0]
        place = self._place(passages[best.passage_index], best.sentence)
        values = dict(zip(NAMES, row, strict=True))
        asked = asked_values(question.text)
        share = value_share(terms, self._stemmer.stems, asked, question.text)
        question, terms, numbers = self._worded(question, terms, asked, place, values)
        read = frozenset(t for o in passages for s in o.sentences for t in self._sentences.known(o.document, s).terms)
        names = self._missing(named_things(question), place.near)
        return {
            "score": best.score,
            "lead": best.score - (evidence[1].score if len(evidence) > 1 else best.score),
            "similarity": values["similarity"],
            "passage_similarity": values["passage_similarity"],
            "best_similarity": max(o.hit.similarity for o in passages),
            "recall": values["recall"],
            "near_recall": recall(terms, place.near),
            "read_recall": recall(terms, read),
            "pair_recall": values["pair_recall"],
            "no_form": float(question.asks_form and values["form"] < _POOR_FORM),
            "no_count": float(question.asks_count and values["form"] < _POOR_FORM),
            "names_missing": names,
            "numbers_missing": max(self._missing(numbers, place.beside), self._values_missing(asked, place, values)),
            "value_share": values["values"] * share,
            "states_field": values["states_field"],
            "contrary": float(question.answer_type is not AnswerType.YES_NO and self._gainsays(question, place)),
            "name_absent": self._lacks_name(question, place, passages) if names else 0.0,
            "says_nothing_new": float(question.answer_type in _SAID_ANEW and self._repeats(question, place)),
            "no_reason": float(question.answer_type is AnswerType.REASON and not self._gives_reason(place)),
        }

    def _place(self, opened: OpenPassage, sentence: Sentence) -> _Place:
        at = [opened.before, *opened.sentences] if opened.before else opened.sentences
        beside = [s for s in at if 0 <= sentence.ordinal - s.ordinal <= 1]
        titles = self._stemmer.title_terms(opened)
        near = titles.union(*(self._sentences.known(opened.document, s).terms for s in beside))
        every = near.union(*(self._sentences.known(opened.document, s).terms for s in opened.sentences))
        return _Place(opened, sentence, near, every)

    def _worded(
        self,
        question: Question,
        terms: QuestionTerms,
        asked: Sequence[AskedValue],
        place: _Place,
        values: Mapping[str, float],
    ) -> tuple[Question, QuestionTerms, tuple[str, ...]]:
        """The question as the sentence writes its values, its terms, and its numbers that are not told as values."""
        if not asked:
            return question, terms, question.numbers
        known = self._sentences.known(place.opened.document, place.sentence)
        here = self._sentences.worded(question, place.opened, asked)
        meant = worded(here, asked_values(here.text), known.read, known.values)
        had = asked_values(meant.text) if values["values"] else ()  # as a whole, not digit by digit
        told = {word for value in had if value.telling for word in words(meant.text[value.start : value.end])}
        numbers = tuple(number for number in meant.numbers if number not in told)
        return meant, self._stemmer.question_terms(meant), numbers

    def _values_missing(self, asked: Sequence[AskedValue], place: _Place, row: Mapping[str, float]) -> float:
        """The share of the question's telling values that are not where the sentence stands: of a row or record its own
        and what is over it, else its passage."""
        if row["values_against"] or row["values"]:
            return float(row["values_against"])
        opened, alone = place.opened, place.sentence.kind in BY_ITSELF
        beside = (place.sentence,) if alone else opened.sentences
        terms = {term for each in beside for term in self._sentences.known(opened.document, each).value_terms}
        return missing(asked, terms | (self._sentences.values_over(opened, whole=not alone) if asked else frozenset()))

    def _missing(self, words: Sequence[str], near: frozenset[str]) -> float:
        """The share of words, 0 to 1, whose terms are not all there; 0 of no words.

        Long terms count as there if they begin alike, as a country and its adjective do.
        """
        begun = {term[:_ALIKE] for term in near}
        gone = [word for word in words if any(term[:_ALIKE] not in begun for term in self._stemmer.stems(word))]
        return len(gone) / (len(words) or 1)

    def _gainsays(self, question: Question, place: _Place) -> bool:
        """Whether the sentence says the contrary of a word of the question, which nothing near it says."""
        own = self._sentences.known(place.opened.document, place.sentence).terms
        acts = [word for word in question.content if word not in attributes(question.text)]
        return self._contraries.said(acts, frozenset(own), place.near)

    def _lacks_name(self, question: Question, place: _Place, passages: Sequence[OpenPassage]) -> float:
        """1 where a name of the question is in nothing that was read, half where it is in other documents than that
        which would answer: they may tell what else it is called."""
        opened = place.opened
        near = self._all_of(opened)
        if not absent_names(question, near, (opened.document.source, opened.document.text)):
            return 0.0
        others = (self._all_of(each) for each in passages if each.document is not opened.document)
        return 1.0 if absent_names(question, near, others) else _MAYBE

    def _all_of(self, opened: OpenPassage) -> str:
        """A passage with what it stands under."""
        return " ".join((*heads(opened), *(self._text(opened, s) for s in opened.sentences)))

    def _repeats(self, question: Question, place: _Place) -> bool:
        said = content_words(self._text(place.opened, place.sentence))
        stems = frozenset(stem for word in said for stem in self._stemmer.stems(word))
        return adds_nothing(frozenset(self._stemmer.stems(question.text)), stems)

    def _gives_reason(self, place: _Place) -> bool:
        """Whether the sentence, or one beside it, is of a form that gives reasons."""
        around = [s for s in place.opened.sentences if abs(s.ordinal - place.sentence.ordinal) <= 1]
        return any(self._reasons.fits(self._text(place.opened, s)) for s in around)

    def _text(self, opened: OpenPassage, sentence: Sentence) -> str:
        return self._sentences.known(opened.document, sentence).read
