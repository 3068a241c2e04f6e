"""The pipeline: question -> interpret -> retrieve -> read -> decide -> summarise -> cite -> prove -> reply."""

import logging
import time
from collections.abc import Callable, Sequence
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import InputError, NotFoundError, QuestionError, UnavailableError
from index.sentences.markup import visible
from index.types import Indexing
from qa.choosing.recency import newest_first
from qa.choosing.steps import next_step
from qa.collection.within import WithinIntent, globs_of, named_in, within_named
from qa.confidence import Calibration, label
from qa.conversations.history import History
from qa.courtesies import courtesy_kind
from qa.deciding import Decider, Decision
from qa.exhaustive.scan import ScanResult, exhaustive_scan
from qa.followups.interpretation import (
    Interpretation,
    InterpretationReading,
    choose_interpretation,
    interpretations,
)
from qa.language.asking import missing_words
from qa.language.query_expansion import normalise_query
from qa.language.question import Question, analyse
from qa.left_out import left_out_matches
from qa.overviews import Overview, Overviews, sources_of
from qa.reading.reader import OpenPassage, Reader
from qa.retrieval import Retriever, shown_passages
from qa.types import (
    DEFAULT_OPTIONS,
    AskOptions,
    CleanQuestion,
    DocumentSummary,
    Event,
    Interpreted,
    Listener,
    PassagesFound,
    ReadingBegun,
    Reply,
    ReplyKind,
    RetrievedPassage,
    SentenceProven,
    ShortAnswerFound,
    Turn,
)
from qa.unread import unread_matches

LONGEST_QUESTION = 2_000  # characters
LONGEST_RAW_QUESTION = 65_536  # characters before cleaning; as many as fit into a body of the API
_TURNS_REMEMBERED = 4
_log = logging.getLogger(__name__)


def _not_indexing() -> None:
    """Nothing is being read."""


class Answerer:
    """Answers questions on one corpus. One question at a time: callers queue (web/queueing.py).

    indexing: how far the files of the corpus are being read, None where they are not.
    """

    def __init__(
        self,
        corpus: Corpus,
        reader: Reader,
        calibration: Calibration,
        history: History | None,
        indexing: Callable[[], Indexing | None] = _not_indexing,
    ) -> None:
        self._corpus = corpus
        self._reader = reader
        self._decider = Decider(corpus, calibration)
        self._history = history
        self._indexing = indexing
        self._retriever = Retriever(corpus)
        self._overviews = Overviews(corpus)

    def ask(self, question: str, conversation_id: str | None = None, options: AskOptions = DEFAULT_OPTIONS) -> Reply:
        """Answer, or abstain. Raises what `answer` does, and QuestionError (empty or too long)."""
        return self.answer(clean_question(question), conversation_id, options)

    def answer(
        self,
        question: CleanQuestion,
        conversation_id: str | None = None,
        options: AskOptions = DEFAULT_OPTIONS,
        listener: Listener | None = None,
        turns: Sequence[Turn] | None = None,
    ) -> Reply:
        """Answer, or abstain. `listener` hears of each stage as it is done. turns: what was said before (oldest first),
        where the caller knows it better than the conversation that is stored.

        Raises QuestionError (`options.interpreted_as` is empty or too long), NotFoundError (`options.replaces` is no
        reply of the conversation), InputError (nor is there a conversation), QuoteError (a defect of ours) and what the
        index raises.
        """
        self._corpus.refresh()
        if turns is None:
            turns = self._turns(conversation_id, options.replaces)
        reply = self._answer(question, conversation_id or uuid4().hex, turns, options, listener or _nobody)
        self._remember(reply, options.replaces)
        return reply

    def preview(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> Reply:
        """The reply to a question outside any conversation; nothing is remembered. Raises what `ask` raises."""
        return self._answer(clean_question(question), "", (), options, _nobody)

    def search(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:
        """The same as `find`. Raises what it does, and QuestionError."""
        return self.find(clean_question(question), options)

    def find(self, question: CleanQuestion, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:
        """The passages nearest to a question, best first, unread. similarity is not what they are ordered by: words
        count too. Raises what the index raises."""
        self._corpus.refresh()
        opened = self._retriever.retrieve(analyse(normalise_query(question, self._corpus)), options)
        return _in_order(opened, options.top_k)

    def summarise(self, document_id: str, most: int) -> DocumentSummary:
        """A document summed up in at most `most` of its sentences. Raises NotFoundError."""
        self._corpus.refresh()
        document = self._corpus.document(document_id)
        told = self._overviews.of_document(document_id, most)
        return DocumentSummary(
            document_id, document.source, document.title, told.decision.content, self._corpus.version, told.message
        )

    def interpret(self, question: str, turns: Sequence[Turn]) -> Interpretation:
        """What a question after `turns` (oldest first) is taken to mean: decided by reading."""
        return choose_interpretation(
            self._meanings(question, turns, DEFAULT_OPTIONS),
            lambda meant: self._read_for(meant, DEFAULT_OPTIONS, _nobody, _Clock()),
        ).interpretation

    def prepare(self, question: str) -> tuple[Question, tuple[OpenPassage, ...]]:
        """A question of no conversation as it is understood, and what is read for it: for fitting."""
        meant = self._meanings(question, (), DEFAULT_OPTIONS)[0]
        analysed = analyse(meant.question, meant.carried)
        return analysed, self._retriever.retrieve(analysed, DEFAULT_OPTIONS)

    def _answer(
        self, asked: str, conversation_id: str, turns: Sequence[Turn], options: AskOptions, tell: Listener
    ) -> Reply:
        clock = _Clock()
        indexing = self._indexing()  # before it is searched: what comes in meanwhile is not seen
        answered = self._answered(asked, turns, options, tell, clock)
        clock.lap("answer")
        decision = answered.decision
        _tell_of(decision, tell)
        abstains = not decision.content and answered.kind == "answer"
        meant = answered.interpreted_as or asked
        return Reply(
            id=uuid4().hex,
            conversation_id=conversation_id,
            question=asked,
            interpreted_as=answered.interpreted_as,
            answered=bool(decision.content),
            answer=decision.answer,
            content=decision.content,
            passages=answered.shown,
            confidence=decision.confidence,
            confidence_label=label(decision.confidence),
            index_version=self._corpus.version,
            timings_ms=clock.total(),
            disagreement=bool(decision.groups),
            groups=decision.groups,
            coverage=decision.coverage,
            count=decision.count,
            missing=self._missing(meant, answered.shown) if abstains else (),
            left_out=left_out_matches(meant, self._corpus, options.sources, answered.shown) if abstains else (),
            unread=unread_matches(meant, self._corpus, options.sources) if abstains else (),
            indexing=indexing,
            kind=answered.kind,
            message=answered.message,
        )

    def _answered(
        self, asked: str, turns: Sequence[Turn], options: AskOptions, tell: Listener, clock: "_Clock"
    ) -> "_Answered":
        """By whom it is answered: documents that it names, no reading, a scan of all, or the best passages."""
        if options.interpreted_as != asked:
            meant = options.interpreted_as or asked
            overview = self._overviews.overview(meant, turns, options)
            if overview is not None:
                return _overviewed(overview, asked, tell)
            within = within_named(meant, sources_of(self._corpus, options))
            if within is not None:
                return self._within(within, asked, turns, options, tell, clock)
        return self._looked_up(asked, turns, options, tell, clock)

    def _within(
        self,
        within: WithinIntent,
        asked: str,
        turns: Sequence[Turn],
        options: AskOptions,
        tell: Listener,
        clock: "_Clock",
    ) -> "_Answered":
        """What the documents say that the question names."""
        own = replace(options, sources=globs_of(within.sources), interpreted_as=None)
        overview = self._overviews.overview(within.question, turns, own)
        if overview is not None:
            return _overviewed(overview, asked, tell)

        def tell_named(event: Event) -> None:
            if isinstance(event, Interpreted):
                event = Interpreted(asked, named_in(event.interpreted_as or within.question, within.sources))
            tell(event)

        answered = self._looked_up(within.question, turns, own, tell_named, clock)
        meant = named_in(answered.interpreted_as or within.question, within.sources)
        return replace(answered, interpreted_as=meant)

    def _looked_up(
        self, asked: str, turns: Sequence[Turn], options: AskOptions, tell: Listener, clock: "_Clock"
    ) -> "_Answered":
        meanings = self._meanings(asked, turns, options)
        found = exhaustive_scan(self._corpus, meanings[0], options)
        clock.lap("interpret")
        if found is not None and (found.quotes or found.literal):
            return self._scanned(found, meanings[0], options, tell)
        return self._read(found, meanings, options, clock, tell)

    def _missing(self, question: str, shown: Sequence[RetrievedPassage]) -> tuple[str, ...]:
        texts = [part for each in shown for part in (each.document_title, each.heading or "", each.text)]
        return missing_words(question, texts, self._corpus)

    def _turns(self, conversation_id: str | None, replaces: str | None) -> tuple[Turn, ...]:
        """What was said before."""
        if replaces is not None and conversation_id is None:
            raise InputError("replaces names an answer of a conversation: send its conversation_id as well.")
        if conversation_id is None or self._history is None:
            return ()
        before = self._history.turns_before(conversation_id, replaces, _TURNS_REMEMBERED)
        return tuple(each for each in before if courtesy_kind(each.question) is None)

    def _meanings(self, asked: str, turns: Sequence[Turn], options: AskOptions) -> tuple[Interpretation, ...]:
        """Likeliest first; the one that the options give, if they give one."""
        if options.interpreted_as is not None:
            chosen = clean_question(options.interpreted_as)
            return (Interpretation(asked, chosen if chosen != asked else normalise_query(asked, self._corpus)),)
        return interpretations(asked, normalise_query(asked, self._corpus), turns)

    def _scanned(self, found: ScanResult, meant: Interpretation, options: AskOptions, tell: Listener) -> "_Answered":
        """What every document has of what was sought."""
        as_put = found.question == meant.asked and not meant.carried
        interpreted_as = None if as_put else meant.interpreted_as
        tell(Interpreted(meant.asked, interpreted_as))
        opened = found.passages
        if not found.quotes:
            opened = self._retriever.retrieve(analyse(meant.question, meant.carried), options)
        shown = _in_order(opened, options.top_k)
        tell(PassagesFound(shown))
        return _Answered(interpreted_as, shown, self._decider.on_scan(found))

    def _read(
        self,
        found: ScanResult | None,
        meanings: Sequence[Interpretation],
        options: AskOptions,
        clock: "_Clock",
        tell: Listener,
    ) -> "_Answered":
        """What the best passages say. found: a scan that came to nothing and may be said in other words."""
        if len(meanings) == 1:
            tell(Interpreted(meanings[0].asked, meanings[0].interpreted_as))
        chosen = choose_interpretation(
            meanings, lambda meant: self._read_for(meant, options, tell if len(meanings) == 1 else _nobody, clock)
        )
        interpreted_as = chosen.interpretation.interpreted_as
        if len(meanings) > 1:
            tell(Interpreted(chosen.interpretation.asked, interpreted_as))
            tell(_reading(chosen.opened))
        shown = shown_passages(chosen.opened, chosen.reading.relevance, options.top_k)
        tell(PassagesFound(shown))
        decision = self._decider.on_reading(chosen.question, chosen.reading, chosen.opened, options.max_sentences)
        if found and not decision.content:
            decision = self._decider.on_scan(found)
        return _Answered(interpreted_as, shown, decision)

    def _read_for(
        self, meant: Interpretation, options: AskOptions, tell: Listener, clock: "_Clock"
    ) -> InterpretationReading:
        question = analyse(meant.question, meant.carried)
        opened = self._retriever.retrieve(question, options)
        clock.lap("retrieve")
        tell(_reading(opened))
        reading = next_step(question, newest_first(question, self._reader.read(question, opened), opened), opened)
        clock.lap("read")
        return InterpretationReading(meant, question, opened, reading, self._decider.confidence(reading))

    def _remember(self, reply: Reply, replaces: str | None) -> None:
        if self._history is None:
            return
        try:
            self._history.add(reply, replaces)
        except (NotFoundError, UnavailableError) as error:  # deleted meanwhile; read-only, a full disk, another process
            _log.warning("This turn is not remembered: %s", error)


def _in_order(opened: Sequence[OpenPassage], most: int) -> tuple[RetrievedPassage, ...]:
    """The first, as they were found."""
    return shown_passages(opened, [-float(rank) for rank in range(len(opened))], most)


class _Answered(Struct, frozen=True):
    """What a reply is made of."""

    interpreted_as: str | None
    shown: tuple[RetrievedPassage, ...]
    decision: Decision
    kind: ReplyKind = "answer"
    message: str = ""


def _overviewed(overview: Overview, asked: str, tell: Listener) -> _Answered:
    tell(Interpreted(asked, overview.interpreted_as))
    tell(PassagesFound(overview.shown))
    return _Answered(overview.interpreted_as, overview.shown, overview.decision, overview.kind, overview.message)


class _Clock:
    """Milliseconds by stage; a stage may come more than once."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def total(self) -> dict[str, float]:
        laps = {**self._laps, "total": (self._last - self._began) * 1000}
        return {stage: round(milliseconds, 2) for stage, milliseconds in laps.items()}


def _tell_of(decision: Decision, tell: Listener) -> None:
    for block in decision.content:
        tell(SentenceProven(block))
    tell(ShortAnswerFound(decision.answer))


def _reading(opened: Sequence[OpenPassage]) -> ReadingBegun:
    return ReadingBegun(len(opened), len({each.document.document_id for each in opened}))


def _nobody(event: Event) -> None:
    """A listener that does not listen."""


def clean_question(question: str) -> CleanQuestion:
    """The question without control and formatting characters (NUL, bidi overrides) and outer space, spaces folded.

    Raises QuestionError if nothing is left or it is longer than LONGEST_QUESTION characters.
    """
    if len(question) > LONGEST_RAW_QUESTION:
        raise _too_long(len(question))
    clean = visible(question)
    if not any(c.isalnum() for c in clean):
        raise QuestionError("The question is empty: write what you would like to know.")
    if len(clean) > LONGEST_QUESTION:
        raise _too_long(len(clean))
    return CleanQuestion(clean)


def _too_long(characters: int) -> QuestionError:
    return QuestionError(
        f"The question has {characters:,} characters, and {LONGEST_QUESTION:,} are allowed: shorten it."
    )
