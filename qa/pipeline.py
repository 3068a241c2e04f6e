"""The pipeline: question -> interpret -> retrieve -> read -> decide -> summarise -> cite -> prove -> reply."""

import logging
from collections.abc import Callable, Sequence
from uuid import uuid4

from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import InputError, IntegrityError, NotFoundError, UnavailableError
from index.types import Indexing
from qa.cleaning import clean_question as clean_question
from qa.collection.choosing import asked_within
from qa.collection.filters import SavedFilter
from qa.collection.within import WithinIntent, globs_of, named_in, within_named
from qa.combining.sides import Sides
from qa.combining.steps import Steps
from qa.confidence import Calibration, label
from qa.conversations.history import History
from qa.courtesies import courtesy_kind
from qa.deciding import Decision
from qa.followups.interpretation import Interpretation
from qa.helping.abstention import Help, KnownQuestions, help_for, nothing_known, readable
from qa.helping.tongues import ForeignQuestion, foreign_question
from qa.language.question import Question
from qa.left_out import left_out_matches
from qa.lookup import Answered, Clock, Lookup, nobody
from qa.overviews import Overview, Overviews, sources_of
from qa.reading.reader import OpenPassage, Reader
from qa.types import (
    DEFAULT_OPTIONS,
    AskedWithin,
    AskOptions,
    CleanQuestion,
    DocumentSummary,
    Event,
    Interpreted,
    Listener,
    PassagesFound,
    Reply,
    RetrievedPassage,
    SentenceProven,
    ShortAnswerFound,
    Turn,
)
from qa.unread import unread_matches

_TURNS_REMEMBERED = 4
_log = logging.getLogger(__name__)


def _not_indexing() -> None:
    """Nothing is being read."""


def _no_filters() -> tuple[SavedFilter, ...]:
    """None was saved."""
    return ()


class Answerer:
    """Answers questions on one corpus. One question at a time: callers queue (web/queueing.py).

    indexing: how far the files of the corpus are being read, None where they are not. filters: those that are saved.
    known: questions that are known to be answered, for who gets no answer.
    """

    def __init__(
        self,
        corpus: Corpus,
        reader: Reader,
        calibration: Calibration,
        history: History | None,
        indexing: Callable[[], Indexing | None] = _not_indexing,
        filters: Callable[[], Sequence[SavedFilter]] = _no_filters,
        known: KnownQuestions = nothing_known,
    ) -> None:
        self._corpus = corpus
        self._history = history
        self._indexing = indexing
        self._filters = filters
        self._known = known
        self._lookup = Lookup(corpus, reader, calibration)
        self._overviews = Overviews(corpus)
        self._sides, self._steps = Sides(corpus, self._lookup), Steps(corpus, self._lookup)

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

        Raises QuestionError (`options.interpreted_as` is empty or too long), CollectionError (there is nothing of the
        name `options.within`), NotFoundError (`options.replaces` is no reply of the conversation), InputError (nor is
        there a conversation), QuoteError (a defect of ours) and what the index raises.
        """
        self._corpus.refresh()
        if turns is None:
            turns = self._turns(conversation_id, options.replaces)
        reply = self._answer(question, conversation_id or uuid4().hex, turns, options, listener or nobody)
        is_kept = options.remembers and self._is_remembered(reply, options.replaces)
        return reply if is_kept else replace(reply, stored=False)

    def preview(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> Reply:
        """The reply to a question outside any conversation; nothing is remembered. Raises what `ask` raises."""
        return self._answer(clean_question(question), "", (), options, nobody)

    def search(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:
        """The same as `find`. Raises what it does, and QuestionError."""
        return self.find(clean_question(question), options)

    def find(self, question: CleanQuestion, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:
        """The passages nearest to a question, best first, unread. similarity is not what they are ordered by: words
        count too. Raises what the index raises."""
        self._corpus.refresh()
        return self._lookup.find(question, self._chosen(options)[0])

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
        return self._lookup.interpret(question, turns)

    def prepare(self, question: str) -> tuple[Question, tuple[OpenPassage, ...]]:
        """A question of no conversation as it is understood, and what is read for it: for fitting."""
        return self._lookup.prepare(question)

    def _answer(
        self, asked: str, conversation_id: str, turns: Sequence[Turn], options: AskOptions, tell: Listener
    ) -> Reply:
        clock = Clock()
        options, within = self._chosen(options)
        indexing = self._indexing()  # before it is searched: what comes in meanwhile is not seen
        answered = self._answered(asked, turns, options, tell, clock)
        decision = answered.decision
        _tell_of(decision, tell)
        abstains = not decision.content and answered.kind == "answer"
        meant = answered.interpreted_as or asked
        foreign = self._foreign(asked, options) if answered.kind == "answer" else None
        helped = self._help(meant, answered.shown, options, foreign) if abstains else Help()
        clock.lap("answer")
        return Reply(
            id=uuid4().hex,
            conversation_id=conversation_id,
            question=asked,
            interpreted_as=answered.interpreted_as,
            answered=bool(decision.content),
            answer=decision.answer,
            content=decision.content,
            passages=readable(answered.shown, self._corpus) if abstains else answered.shown,
            confidence=decision.confidence,
            confidence_label=label(decision.confidence),
            index_version=self._corpus.version,
            timings_ms=clock.total(),
            disagreement=bool(decision.groups),
            groups=decision.groups,
            coverage=decision.coverage,
            count=decision.count,
            missing=helped.missing,
            unmentioned=helped.unmentioned,
            apart=helped.apart,
            related=helped.related,
            suggestions=helped.suggestions,
            language=foreign.code if foreign else None,
            left_out=left_out_matches(meant, self._corpus, options.sources, answered.shown) if abstains else (),
            unread=unread_matches(meant, self._corpus, options.sources) if abstains else (),
            indexing=indexing,
            kind=answered.kind,
            message=answered.message or (foreign.note if foreign else ""),
            following_up_on=answered.following_up_on,
            within=within,
            verdict=decision.verdict,
        )

    def _chosen(self, options: AskOptions) -> tuple[AskOptions, AskedWithin | None]:
        """See `asked_within`."""
        if options.within is None:
            return options, None
        return asked_within(options, self._corpus.sources(), self._filters(), is_part=self._corpus.is_part)

    def _answered(
        self, asked: str, turns: Sequence[Turn], options: AskOptions, tell: Listener, clock: Clock
    ) -> Answered:
        """By whom it is answered: documents that it names, no reading, a scan of all, or the best passages."""
        if options.interpreted_as != asked:
            meant = options.interpreted_as or asked
            overview = self._overviews.overview(meant, turns, options)
            if overview is not None:
                return _overviewed(overview, asked, tell)
            within = within_named(meant, lambda: sources_of(self._corpus, options))
            if within is not None:
                return self._within(within, asked, turns, options, tell, clock)
            sides = self._sides.answered(meant, options) or self._steps.answered(meant, options)
            if sides is not None:
                return _combined(sides, asked, tell)
        return self._lookup.looked_up(asked, turns, options, tell, clock)

    def _within(
        self,
        within: WithinIntent,
        asked: str,
        turns: Sequence[Turn],
        options: AskOptions,
        tell: Listener,
        clock: Clock,
    ) -> Answered:
        """What the documents say that the question names."""
        own = replace(options, sources=globs_of(within.sources), interpreted_as=None)
        overview = self._overviews.overview(within.question, turns, own)
        if overview is not None:
            return _overviewed(overview, asked, tell)
        sides = self._sides.answered(within.question, own)
        if sides is not None:
            named = named_in(within.question, within.sources)
            return _combined(replace(sides, interpreted_as=named), asked, tell)

        def tell_named(event: Event) -> None:
            if isinstance(event, Interpreted):
                event = Interpreted(asked, named_in(event.interpreted_as or within.question, within.sources))
            tell(event)

        answered = self._lookup.looked_up(within.question, turns, own, tell_named, clock)
        meant = named_in(answered.interpreted_as or within.question, within.sources)
        return replace(answered, interpreted_as=meant)

    def _foreign(self, asked: str, options: AskOptions) -> ForeignQuestion | None:
        return foreign_question(asked, self._corpus, lambda: sources_of(self._corpus, options))

    def _help(
        self, meant: str, shown: Sequence[RetrievedPassage], options: AskOptions, foreign: ForeignQuestion | None
    ) -> Help:
        helped = help_for(meant, shown, self._corpus, options.sources, self._known)
        if foreign is None:
            return helped
        return Help(suggestions=helped.suggestions, related=helped.related)  # its words are of another language

    def _turns(self, conversation_id: str | None, replaces: str | None) -> tuple[Turn, ...]:
        """What was said before."""
        if replaces is not None and conversation_id is None:
            raise InputError("replaces names an answer of a conversation: send its conversation_id as well.")
        if conversation_id is None or self._history is None:
            return ()
        try:
            before = self._history.turns_before(conversation_id, replaces, _TURNS_REMEMBERED)
        except (IntegrityError, UnavailableError) as error:  # an answer needs no history
            _log.warning("What was said before cannot be read: %s", error)
            return ()
        return tuple(each for each in before if courtesy_kind(each.question) is None)

    def _is_remembered(self, reply: Reply, replaces: str | None) -> bool:
        """Keep it in its conversation, if that can be done."""
        if self._history is None:
            return False
        try:
            self._history.add(reply, replaces)
        except (NotFoundError, UnavailableError, IntegrityError) as error:
            # deleted meanwhile; read-only, a full disk, another process; damaged
            _log.warning("This turn is not remembered: %s", error)
            return False
        return True


def _overviewed(overview: Overview, asked: str, tell: Listener) -> Answered:
    tell(Interpreted(asked, overview.interpreted_as))
    tell(PassagesFound(overview.shown))
    return Answered(overview.interpreted_as, overview.shown, overview.decision, overview.kind, overview.message)


def _combined(answered: Answered, asked: str, tell: Listener) -> Answered:
    tell(Interpreted(asked, answered.interpreted_as))
    tell(PassagesFound(answered.shown))
    return answered


def _tell_of(decision: Decision, tell: Listener) -> None:
    for block in decision.content:
        tell(SentenceProven(block))
    tell(ShortAnswerFound(decision.answer))
