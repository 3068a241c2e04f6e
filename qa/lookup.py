"""Questions that are looked up: interpret -> retrieve -> read -> decide, or a scan of all documents."""

import time
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from qa.choosing.recency import newest_first
from qa.choosing.steps import next_step
from qa.choosing.yes_or_no import deciding_first
from qa.cleaning import clean_question
from qa.confidence import Calibration
from qa.deciding import Decider, Decision
from qa.exhaustive.scan import ScanResult, exhaustive_scan
from qa.followups.interpretation import (
    Interpretation,
    InterpretationReading,
    choose_interpretation,
    interpretations,
    needs_a_question_before,
)
from qa.language.english import ENGLISH
from qa.language.query_expansion import normalise_query
from qa.language.question import Question, analyse
from qa.reading.reader import OpenPassage, Reader
from qa.retrieval import Retriever, shown_passages
from qa.types import (
    DEFAULT_OPTIONS,
    AskOptions,
    CleanQuestion,
    Event,
    Interpreted,
    Listener,
    PassagesFound,
    ReadingBegun,
    ReplyKind,
    RetrievedPassage,
    Turn,
)

READINGS_KEPT = 8  # a question of two parts needs six


class Answered(Struct, frozen=True):
    """What a reply is made of."""

    interpreted_as: str | None
    shown: tuple[RetrievedPassage, ...]
    decision: Decision
    kind: ReplyKind = "answer"
    message: str = ""
    following_up_on: str | None = None


class Clock:
    """Milliseconds by stage; a stage may come more than once."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """The stage ends now."""
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def total(self) -> dict[str, float]:
        """By stage, and in all until the last one's end."""
        laps = {**self._laps, "total": (self._last - self._began) * 1000}
        return {stage: round(milliseconds, 2) for stage, milliseconds in laps.items()}


class Lookup:
    """Looks questions up in one corpus. Methods raise what the index raises, and QuoteError (a defect of ours)."""

    def __init__(self, corpus: Corpus, reader: Reader, calibration: Calibration) -> None:
        self._corpus = corpus
        self._reader = reader
        self._decider = Decider(corpus, calibration)
        self._readings: dict[tuple[str, ...], InterpretationReading] = {}  # the last ones
        self._retriever = Retriever(corpus)

    def find(self, question: CleanQuestion, options: AskOptions) -> tuple[RetrievedPassage, ...]:
        """The passages nearest to a question, best first, unread."""
        opened = self._retriever.retrieve(analyse(normalise_query(question, self._corpus)), options)
        return in_order(opened, options.top_k)

    def interpret(self, question: str, turns: Sequence[Turn]) -> Interpretation:
        """What a question after `turns` (oldest first) is taken to mean: decided by reading."""
        return choose_interpretation(
            self._meanings(question, turns, DEFAULT_OPTIONS),
            lambda meant: self._read_for(meant, DEFAULT_OPTIONS, nobody, Clock()),
            self._decider.threshold,
        ).interpretation

    def prepare(self, question: str) -> tuple[Question, tuple[OpenPassage, ...]]:
        """A question of no conversation as it is understood, and what is read for it: for fitting."""
        meant = self._meanings(question, (), DEFAULT_OPTIONS)[0]
        analysed = analyse(meant.question, meant.carried)
        return analysed, self._retriever.retrieve(analysed, DEFAULT_OPTIONS)

    def read(self, question: str, options: AskOptions) -> InterpretationReading:
        """What the best passages hold for a question of no conversation."""
        return self._read_for(Interpretation(question, question), options, nobody, Clock())

    def is_enough(self, confidence: float) -> bool:
        """Whether an answer of that confidence is given."""
        return self._decider.is_enough(confidence)

    def looked_up(
        self, asked: str, turns: Sequence[Turn], options: AskOptions, tell: Listener, clock: Clock
    ) -> Answered:
        """What the documents say to a question, by a scan of all of them or by the best passages. turns: what was said
        before, oldest first. Raises QuestionError (`options.interpreted_as` is empty or too long)."""
        if not turns and options.interpreted_as is None and needs_a_question_before(asked):
            return _unasked(asked, tell)
        meanings = self._meanings(asked, turns, options)
        found = exhaustive_scan(self._corpus, meanings[0], options)
        clock.lap("interpret")
        if found is not None and (found.quotes or found.literal):
            return self._scanned(found, meanings[0], options, tell)
        return self._read(found, meanings, options, clock, tell)

    def _meanings(self, asked: str, turns: Sequence[Turn], options: AskOptions) -> tuple[Interpretation, ...]:
        """Likeliest first; the one that the options give, if they give one."""
        if options.interpreted_as is not None:
            chosen = clean_question(options.interpreted_as)
            return (Interpretation(asked, chosen if chosen != asked else normalise_query(asked, self._corpus)),)
        return interpretations(asked, normalise_query(asked, self._corpus), turns)

    def _scanned(self, found: ScanResult, meant: Interpretation, options: AskOptions, tell: Listener) -> Answered:
        """What every document has of what was sought."""
        as_put = found.question == meant.asked and not meant.carried
        interpreted_as = None if as_put else meant.interpreted_as
        tell(Interpreted(meant.asked, interpreted_as))
        opened = found.passages
        if not found.quotes:
            opened = self._retriever.retrieve(analyse(meant.question, meant.carried), options)
        shown = in_order(opened, options.top_k)
        tell(PassagesFound(shown))
        return Answered(interpreted_as, shown, self._decider.on_scan(found))

    def _read(
        self,
        found: ScanResult | None,
        meanings: Sequence[Interpretation],
        options: AskOptions,
        clock: Clock,
        tell: Listener,
    ) -> Answered:
        """What the best passages say. found: a scan that came to nothing and may be said in other words."""
        if len(meanings) == 1:
            tell(Interpreted(meanings[0].asked, meanings[0].interpreted_as, meanings[0].following_up_on))
        chosen = choose_interpretation(
            meanings,
            lambda meant: self._read_for(meant, options, tell if len(meanings) == 1 else nobody, clock),
            self._decider.threshold,
        )
        interpreted_as, follows = chosen.interpretation.interpreted_as, chosen.interpretation.following_up_on
        if len(meanings) > 1:
            tell(Interpreted(chosen.interpretation.asked, interpreted_as, follows))
            tell(_reading(chosen.opened))
        shown = shown_passages(chosen.opened, chosen.reading.relevance, options.top_k)
        tell(PassagesFound(shown))
        decision = self._decider.on_reading(chosen.question, chosen.reading, chosen.opened, options.max_sentences)
        if found and not decision.content:
            decision = self._decider.on_scan(found)
        return Answered(interpreted_as, shown, decision, following_up_on=follows)

    def _read_for(
        self, meant: Interpretation, options: AskOptions, tell: Listener, clock: Clock
    ) -> InterpretationReading:
        """What was read for the same words just now is not read again: questions of several parts share some."""
        key = (self._corpus.version, meant.question, meant.carried, str(options.top_k), *options.sources)
        if key in self._readings:
            clock.lap("retrieve")
            tell(_reading(self._readings[key].opened))
            clock.lap("read")
            return replace(self._readings[key], interpretation=meant)
        if len(self._readings) >= READINGS_KEPT:
            self._readings.clear()
        question = analyse(meant.question, meant.carried)
        opened = self._retriever.retrieve(question, options)
        clock.lap("retrieve")
        tell(_reading(opened))
        reading = next_step(question, newest_first(question, self._reader.read(question, opened), opened), opened)
        reading = deciding_first(question, reading, opened, self._corpus.terms)
        clock.lap("read")
        made = InterpretationReading(meant, question, opened, reading, self._decider.confidence(reading))
        self._readings[key] = made
        return made


def in_order(opened: Sequence[OpenPassage], most: int) -> tuple[RetrievedPassage, ...]:
    """The first, as they were found."""
    return shown_passages(opened, [-float(rank) for rank in range(len(opened))], most)


def _unasked(asked: str, tell: Listener) -> Answered:
    """To a follow-up that follows nothing: what it would need."""
    tell(Interpreted(asked, None))
    tell(PassagesFound(()))
    return Answered(None, (), Decision((), None, 0.0), message=ENGLISH.follow_ups.follows_nothing)


def _reading(opened: Sequence[OpenPassage]) -> ReadingBegun:
    return ReadingBegun(len(opened), len({each.document.document_id for each in opened}))


def nobody(event: Event) -> None:
    """A listener that does not listen."""
