"""The best sentence on each of the things, or of each of the sources, that a question sets beside each other."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.sentences.context import read_text
from index.sentences.markup import joined_display, sentence_text
from index.types import Document
from qa.combining.comparisons import ComparedThing, ComparisonIntent, comparison_intent, sources_topic
from qa.combining.values import greater
from qa.composing.citations import cite, prove
from qa.composing.discourse import speaks_of
from qa.composing.selection import Quote, summarise
from qa.deciding import Decision
from qa.followups.interpretation import InterpretationReading
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import content_words
from qa.lookup import Answered, Lookup
from qa.reading.reader import Evidence, OpenPassage, with_first
from qa.retrieval import shown_passages
from qa.types import AskOptions, ContentBlock, RetrievedPassage

_LETTER = re.compile(r"(?<=[^\W_] )[A-Z](?![^\W_]|\.)")


class SideLimits(Struct, frozen=True):
    """margin: log-odds that the best sentence on a thing may lie below the best of all. read: passages of one question
    after sources. sentences: a quotation of one side, with what it leans on. By hand (2026-12-01)."""

    margin: float = 5.0
    read: int = 20
    sentences: int = 2


LIMITS = SideLimits()


class Found(Struct, frozen=True):
    """A sentence on a side, and how sure it is."""

    about: str
    quote: Quote
    opened: OpenPassage
    text: str
    confidence: float


class Sides:
    """Over one corpus. Methods raise what the corpus raises, and QuoteError (a defect of ours)."""

    def __init__(self, corpus: Corpus, lookup: Lookup, language: Language = ENGLISH) -> None:
        self._corpus = corpus
        self._lookup = lookup
        self._forms = language.combining

    def answered(self, asked: str, options: AskOptions) -> Answered | None:
        """What is set beside each other; None where the question does not ask for that, or nothing is found for it."""
        topic = sources_topic(asked)
        if topic is not None:
            return self._of_sources(topic, options)
        intent = comparison_intent(asked)
        return self._of_things(asked, intent, options) if intent else None

    def _of_things(self, asked: str, intent: ComparisonIntent, options: AskOptions) -> Answered | None:
        found = [self._best(side, asked, options) for side in intent.sides]
        told = [each for each in found if each is not None]
        names = [side.name for side in intent.sides]
        if len(told) == 2:
            return self._made(self._joined(told), self._conclusion(intent, told), options)
        missing = next(name for name, each in zip(names, found, strict=True) if each is None)
        if not told or intent.measure or self._speaks_of_both(asked, names, options) or self._is_read(missing, options):
            return None
        return self._made(told, self._forms.only.format(f"“{told[0].about}”", f"“{missing}”"), options)

    def _best(self, side: ComparedThing, asked: str, options: AskOptions) -> Found | None:
        """The surest sentence that speaks of a side: by the questions after it alone, then by the whole question."""
        for question in (*side.questions, asked):
            reading = self._lookup.read(question, options)
            if not reading.reading.evidence or not self._lookup.is_enough(reading.confidence):
                continue
            least = reading.reading.evidence[0].score - LIMITS.margin
            near = [each for each in reading.reading.evidence if each.score >= least]
            for with_context in (False, True):
                for each in near:
                    opened = reading.opened[each.passage_index]
                    if _speaks_of(side.name, _text(opened, each, with_context=with_context)):
                        return found_in(side.name, each, reading)
        return None

    def _speaks_of_both(self, asked: str, names: Sequence[str], options: AskOptions) -> bool:
        """Whether the best sentence on the whole question has both."""
        reading = self._lookup.read(asked, options)
        if not reading.reading.evidence:
            return False
        best = reading.reading.evidence[0]
        text = _text(reading.opened[best.passage_index], best, with_context=False)
        return all(_speaks_of(name, text) for name in names)

    def _is_read(self, name: str, options: AskOptions) -> bool:
        """Whether a passage has all words of a name: then it is not missing, though no sentence is sure to be on it."""
        opened = self._lookup.read(name, options).opened
        return any(_speaks_of(name, f"{each.document.title} {_whole_text(each)}") for each in opened)

    def _joined(self, told: Sequence[Found]) -> list[Found]:
        """One sentence on both is told once."""
        one, other = told
        if one.text == other.text and one.opened.document.document_id == other.opened.document.document_id:
            return [replace(one, about=self._forms.both.format(one.about, other.about))]
        return [one, other]

    def _conclusion(self, intent: ComparisonIntent, told: Sequence[Found]) -> str:
        """Which one has more, where the two sentences leave no doubt; else nothing."""
        one, other = told
        if intent.measure is None or one.text == other.text:
            return ""
        crossed = _speaks_of(other.about, one.text) or _speaks_of(one.about, other.text)
        sure = not crossed and all(_speaks_of(each.about, each.text) for each in told)
        first = greater(one.text, other.text, intent.measure) if sure else None
        return "" if first is None else self._forms.by_values.format(told[first].about, intent.more)

    def _of_sources(self, topic: str, options: AskOptions) -> Answered | None:
        """The best sentence of each source, the newest first where all are dated."""
        whole = self._forms.asks_whole.fits(topic)
        question = f"{topic[:1].upper()}{topic[1:]}?" if whole else self._forms.about.format(topic)
        reading = self._lookup.read(question, replace(options, top_k=max(options.top_k, LIMITS.read)))
        wanted = content_words(topic)
        best: dict[str, Found] = {}
        for each in reading.reading.evidence:
            opened = reading.opened[each.passage_index]
            text = _text(opened, each, with_context=True)
            said = sum(speaks_of(word, text) for word in wanted)
            if 2 * said > len(wanted) and opened.document.document_id not in best:
                about = opened.document.title or opened.document.source
                best[opened.document.document_id] = found_in(about, each, reading)
        found = list(best.values())[: options.max_sentences]
        if not found:
            return None
        found.sort(key=lambda each: _iso(each.opened.document), reverse=True)
        found = [replace(each, about=_dated(each)) for each in found]
        return self._made(found, self._forms.one_source if len(found) == 1 else "", options)

    def _made(self, found: Sequence[Found], message: str, options: AskOptions) -> Answered:
        content, shown = quoted(self._corpus, found, options)
        return Answered(None, shown, Decision(content, None, min(each.confidence for each in found)), "answer", message)


def quoted(
    corpus: Corpus, found: Sequence[Found], options: AskOptions
) -> tuple[tuple[ContentBlock, ...], tuple[RetrievedPassage, ...]]:
    """The sentences found as a reply has them, each with what it is on, and their passages. Raises QuoteError."""
    quotes = [
        replace(each.quote, evidence=replace(each.quote.evidence, passage_index=number), also=())
        for number, each in enumerate(found)
    ]
    content = labelled(cite(quotes, [each.opened for each in found]), [each.about for each in found])
    prove(corpus, content, None)
    opened = list({each.opened.passage.passage_id: each.opened for each in found}.values())
    return content, shown_passages(opened, [-float(rank) for rank in range(len(opened))], options.top_k)


def labelled(blocks: Sequence[ContentBlock], about: Sequence[str]) -> tuple[ContentBlock, ...]:
    """Each block with what of the question it is on."""
    return tuple(replace(block, about=each) for block, each in zip(blocks, about, strict=True))


def _speaks_of(name: str, text: str) -> bool:
    """Whether a text has all the words of a name; a capital letter by itself ("tower A") is a word."""
    letters = _LETTER.findall(name)
    wanted = [word for word in content_words(name) if len(word) > 1 or word.isdigit()]
    return (
        bool(wanted or letters)
        and all(speaks_of(word, text) for word in wanted)
        and all(letter in _LETTER.findall(text) for letter in letters)
    )


def _whole_text(opened: OpenPassage) -> str:
    return " ".join(read_text(opened.document, sentence) for sentence in opened.sentences)


def _text(opened: OpenPassage, evidence: Evidence, *, with_context: bool) -> str:
    if not with_context:
        return sentence_text(opened.document, evidence.sentence)
    return f"{opened.document.title} {read_text(opened.document, evidence.sentence)}"


def found_in(about: str, evidence: Evidence, read: InterpretationReading) -> Found:
    """With what the sentence cannot be read without."""
    opened = read.opened[evidence.passage_index]
    first = with_first(read.question, read.reading, evidence)
    quote = summarise(read.question, first, read.opened, LIMITS.sentences)[0]
    return Found(about, quote, opened, sentence_text(opened.document, evidence.sentence), read.confidence)


def _iso(document: Document) -> str:
    return document.metadata.date.value if document.metadata.date else ""


def _dated(found: Found) -> str:
    date = found.opened.document.metadata.date
    if date is None:
        return found.about
    stated = joined_display([found.opened.document.text[date.start : date.end]]) or date.value
    return f"{found.about} ({stated})"
