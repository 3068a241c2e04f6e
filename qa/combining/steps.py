"""Questions in two steps: "Where was the author of the Weir Chronicle born?" asks who that is first, and then for more.

Both steps are looked up, and both are cited; the first alone answers nothing.
"""

from msgspec import Struct

from index.corpus import Corpus
from index.language.names import name_texts
from index.sentences.markup import joined_display, sentence_text
from qa.combining.sides import Found, found_in, quoted
from qa.composing.citations import prove, short_answer
from qa.composing.discourse import speaks_of
from qa.deciding import Decision
from qa.followups.interpretation import InterpretationReading
from qa.language.combining import CombiningForms
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import content_words, words
from qa.language.verbs import finite, is_participle
from qa.lookup import Answered, Lookup, in_order
from qa.types import AskOptions


class TwoSteps(Struct, frozen=True):
    """inner: the thing that is to be found first; first: the question after it. ask, tail: of the question what stands
    before and after it."""

    inner: str
    first: str
    ask: str
    tail: str

    def second(self, name: str) -> str:
        """The question, with what was found in the place of the thing."""
        return " ".join(f"{self.ask} {name} {self.tail}".split()) + "?"


def two_steps(question: str, language: Language = ENGLISH) -> TwoSteps | None:
    """The steps of a question that tells a thing by what it is of or does; None of others."""
    asked, forms = " ".join(question.split()), language.combining
    for form in forms.steps:
        match = form.find(asked)
        if match is None:
            continue
        groups = match.groupdict()
        tail, outer = groups.get("tail") or "", groups.get("outer") or ""
        plain = match["aux"].casefold() in language.verdicts.doing
        if tail and not (tail[0].islower() and (plain or is_participle(tail.split()[0]))):
            continue
        first = _first(match["inner"], match["aux"].casefold(), forms, plain=plain)
        if first and not forms.pronoun.fits(f"{match['inner']} {outer}"):
            ask = f"{match['ask']} {outer} of" if outer else match["ask"]
            return TwoSteps(match["inner"], first, ask, tail)
    return None


def _first(inner: str, auxiliary: str, forms: CombiningForms, *, plain: bool) -> str:
    of, does = (form.find(inner) for form in forms.inner)
    if of and of["role"].split()[-1].islower():  # else it is a name, as the Bank of Weir
        being = ENGLISH.verdicts.being if plain else auxiliary
        return (forms.who if forms.person.fits(of["role"]) else forms.what).format(being, inner)
    if does:
        return (forms.who_does if forms.person.fits(does["kind"]) else forms.which_does).format(
            does["kind"], does["does"]
        )
    return ""


class StepSureness(Struct, frozen=True):
    """sure: from this probability a sentence may answer a step in other words than the question's. By hand
    (2026-12-01), on folders of our own."""

    sure: float = 0.75


LIMITS = StepSureness()


class Steps:
    """Over one corpus. Methods raise what the corpus raises, and QuoteError (a defect of ours)."""

    def __init__(self, corpus: Corpus, lookup: Lookup, language: Language = ENGLISH) -> None:
        self._corpus = corpus
        self._lookup = lookup
        self._forms = language.combining

    def answered(self, asked: str, options: AskOptions) -> Answered | None:
        """What both steps come to; None where there are no two, or the question is better looked up as it is."""
        steps = two_steps(asked)
        if steps is None:
            return None
        plain, inner = self._lookup.read(asked, options), self._lookup.read(steps.first, options)
        name = self._name(inner)
        if not name or self._says_all(plain, steps):
            return None
        second = steps.second(name)
        outer = self._lookup.read(second, options)
        found = [found_in(steps.inner, inner.reading.evidence[0], inner)]
        last = self._outer(steps, name, outer)
        confidence = round(inner.confidence * outer.confidence, 4)
        if last is not None and last.text != found[0].text and self._lookup.is_enough(confidence):
            return self._made(steps, name, second, [*found, last], outer, confidence, options)
        return self._unanswered(steps, name, second, plain, inner, options)

    def _made(
        self,
        steps: TwoSteps,
        name: str,
        second: str,
        found: list[Found],
        outer: InterpretationReading,
        confidence: float,
        options: AskOptions,
    ) -> Answered:
        content, shown = quoted(self._corpus, found, options)
        answer = short_answer(outer.reading.span, content, found[1].opened.document.document_id)
        prove(self._corpus, content, answer)
        message = self._forms.two_steps.format(steps.inner, name)
        return Answered(second, shown, Decision(content, answer, confidence), "answer", message)

    def _unanswered(
        self,
        steps: TwoSteps,
        name: str,
        second: str,
        plain: InterpretationReading,
        inner: InterpretationReading,
        options: AskOptions,
    ) -> Answered | None:
        """An abstention, where the question as it is would be answered by the first step alone."""
        if not plain.reading.evidence or not self._lookup.is_enough(plain.confidence):
            return None
        text = _best_text(plain)
        is_first = text == _best_text(inner) and not _says(steps.tail, text)
        is_other = not speaks_of(words(name)[-1], f"{_title(plain)} {text}")
        if _short(plain) != name and not ((is_first or is_other) and plain.confidence < LIMITS.sure):
            return None
        message = self._forms.one_step.format(steps.inner[:1].upper() + steps.inner[1:], name, second)
        return Answered(None, in_order(inner.opened, options.top_k), Decision((), None, 0.0), "answer", message)

    def _name(self, inner: InterpretationReading) -> str:
        """What the first step found, if that is a name and sure enough."""
        short = _short(inner) if self._lookup.is_enough(inner.confidence) else ""
        names = name_texts(short)
        return short if names and names[0] == short else ""

    def _says_all(self, plain: InterpretationReading, steps: TwoSteps) -> bool:
        """Whether the best sentence on the question as it is has all that it is about."""
        if not plain.reading.evidence or not self._lookup.is_enough(plain.confidence):
            return False
        text = _best_text(plain)
        return all(speaks_of(word, text) for word in content_words(f"{steps.inner} {steps.ask} {steps.tail}"))

    def _outer(self, steps: TwoSteps, name: str, outer: InterpretationReading) -> Found | None:
        """The best sentence of the second step, if it speaks of what the first one found and of what is asked."""
        if not outer.reading.evidence:
            return None
        found = found_in(name, outer.reading.evidence[0], outer)
        document = found.opened.document
        text = " ".join(sentence_text(document, each) for each in found.quote.sentences)
        told = not steps.tail or _says(steps.tail, text) or outer.confidence >= LIMITS.sure
        return found if told and speaks_of(words(name)[-1], f"{document.title} {text}") else None


def _says(tail: str, text: str) -> bool:
    """Whether a text has a verb in whatever form."""
    if not tail:
        return False
    verb = tail.split()[0].casefold()
    base = _base(verb)
    return any(_base(word) == base for word in words(text)) or speaks_of(verb, text)


def _base(word: str) -> str:
    form = finite(word)
    return form.base if form is not None else word


def _best_text(reading: InterpretationReading) -> str:
    best = reading.reading.evidence[0]
    return sentence_text(reading.opened[best.passage_index].document, best.sentence)


def _title(reading: InterpretationReading) -> str:
    return reading.opened[reading.reading.evidence[0].passage_index].document.title


def _short(reading: InterpretationReading) -> str:
    span = reading.reading.span
    if span is None:
        return ""
    document = reading.opened[reading.reading.evidence[span.evidence_index].passage_index].document
    return joined_display([document.text[span.start : span.end]])
