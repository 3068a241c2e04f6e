"""The use cases (qa/use_cases.py) over one corpus and what is kept of past questions, for one requester."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import UnavailableError
from index.models.embedding import Embedder
from index.store.database import Closing, Database
from index.sync.options import Exclusively, run
from index.types import Document, Indexing, Passage, SourceSummary
from index.unread import UnreadFile
from qa.collection.choosing import (
    CollectionList,
    DocumentCollection,
    asked_within,
    collection_list,
    find_collection,
)
from qa.collection.filters import FilterRule, SavedFilter
from qa.collection.saved import SavedFilters
from qa.composing.citations import verify
from qa.confidence import Calibration
from qa.conversations.entries import CitedRange, ConversationEntry, ConversationList, PastReply
from qa.conversations.feedback import Feedback, FeedbackKind, Opinion
from qa.conversations.history import History
from qa.conversations.query_log import AskedLog
from qa.insights.clustering import Clustering
from qa.insights.gaps import GapsReport, gaps
from qa.insights.regression import RegressionQuestion, RegressionQuestions, keep
from qa.on_disk import DiskCheck
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader
from qa.reading.neural import TrainedReader
from qa.suggestions.suggester import Suggester, SuggestionSearch
from qa.types import (
    DEFAULT_OPTIONS,
    AskOptions,
    Claim,
    CleanQuestion,
    Conversation,
    DocumentSummary,
    Listener,
    Reply,
    Requester,
    RetrievedPassage,
    Turn,
    Verdict,
)
from qa.use_cases import IndexState, UseCases

MOST_PARTS = 16  # parts of the documents whose indexes stay in memory, each for the keys that may see just that part


class Engine:
    """What answers from one corpus, whoever asks: it remembers no conversation."""

    def __init__(
        self,
        corpus: Corpus,
        reader: FeatureReader | TrainedReader,
        calibration: Calibration,
        indexing: Callable[[], Indexing | None] = lambda: None,
        filters: Callable[[], Sequence[SavedFilter]] = tuple,
    ) -> None:
        self.corpus = corpus
        self.reader = reader
        self.calibration = calibration
        self.indexing = indexing
        self.filters = filters
        self.clustering = Clustering(corpus)
        self.suggester = Suggester(corpus, self.answerer(None).preview)

    def answerer(self, history: History | None) -> Answerer:
        """An answerer that goes by that history and adds to it. Costs nothing."""
        return Answerer(
            self.corpus,
            self.reader,
            self.calibration,
            history,
            self.indexing,
            self.filters,
            lambda sources: self.suggester.known(sources),  # which is made with an answerer
        )


class Engines:
    """The engine of all documents, and those of parts of them, made when they are first asked for; the ones not used
    for longest are dropped. Safe to share between threads. limited: makes one of globs over paths. filters: those that
    are saved of these documents.
    """

    def __init__(self, whole: Engine, limited: Callable[[tuple[str, ...]], Engine], filters: SavedFilters) -> None:
        self.whole = whole
        self.filters = filters
        self.disk = DiskCheck()
        self._limited = limited
        self._parts: OrderedDict[tuple[str, ...], Engine] = OrderedDict()
        self._lock = threading.Lock()

    def engine(self, sources: Sequence[str]) -> Engine:
        """That of the documents whose path matches one of `sources`, in whatever order; none means all. Raises what
        `index.corpus.Corpus.limited` does."""
        if not sources:
            return self.whole
        key = tuple(sorted(set(sources)))
        with self._lock:
            if key not in self._parts:
                self._parts[key] = self._limited(key)
            self._parts.move_to_end(key)
            while len(self._parts) > MOST_PARTS:
                self._parts.popitem(last=False)
            return self._parts[key]

    def forget_parts(self) -> None:
        """Make those of parts anew when they are asked for next."""
        with self._lock:
            self._parts.clear()


class Service(Closing, UseCases):
    """The use cases for one requester, cheap to make for another. database: of past questions, None where none can be
    kept. regression_questions: those it keeps.
    """

    def __init__(
        self,
        engines: Engines,
        database: Database | None,
        regression_questions: RegressionQuestions,
        requester: Requester = Requester(),  # noqa: B008 (frozen)
    ) -> None:
        self._engines = engines
        self._database = database
        self._regression_questions = regression_questions
        self._engine = engines.engine(requester.sources)
        self._corpus = self._engine.corpus
        self._requester = requester
        self._answerer = self._engine.answerer(None if database is None else History(database, requester))

    def for_requester(self, requester: Requester) -> "Service":
        return Service(self._engines, self._database, self._regression_questions, requester)

    def warm(self) -> None:
        self._engine.reader.warm()

    def close(self) -> None:
        self._engines.whole.corpus.close()
        if self._database is not None:
            self._database.close()

    # What is indexed in the background tells, of all documents (index.sync.indexer.Serving)

    def hold(self, document_ids: Sequence[str]) -> None:
        """See `index.corpus.Corpus.hold`."""
        self._engines.whole.corpus.hold(document_ids)

    def refresh(self, *, while_indexing: bool = False, exclusively: Exclusively = run) -> bool:
        """See `index.corpus.Corpus.refresh`."""
        return self._engines.whole.corpus.refresh(while_indexing=while_indexing, exclusively=exclusively)

    @property
    def model_id(self) -> str:
        """Of the embedding model that answers."""
        return self._engines.whole.corpus.model_id

    def switch(self, embedder: Embedder) -> None:
        """See `index.corpus.Corpus.switch`."""
        self._engines.whole.corpus.switch(embedder)
        self._engines.forget_parts()

    # Questions

    def ask(
        self,
        question: CleanQuestion,
        conversation_id: str | None = None,
        options: AskOptions = DEFAULT_OPTIONS,
        listener: Listener | None = None,
        turns: Sequence[Turn] | None = None,
    ) -> Reply:
        return self._answerer.answer(question, conversation_id, options, listener, turns)

    def preview(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> Reply:
        return self._answerer.preview(question, options)

    def search(self, question: CleanQuestion, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:
        return self._answerer.find(question, options)

    def summarise(self, document_id: str, most: int) -> DocumentSummary:
        return self._answerer.summarise(document_id, most)

    def gaps(self) -> GapsReport:
        log = AskedLog(self._records)
        return gaps(self._history, log, self._feedback, self._corpus, self._engine.clustering)

    # Documents

    def index_state(self) -> IndexState:
        return IndexState(self._corpus.version, len(self._corpus.sources()), self._corpus.size)

    def refreshed(self) -> IndexState:
        self._corpus.refresh()
        return self.index_state()

    def sources(self) -> tuple[SourceSummary, ...]:
        return self._corpus.sources()

    def unread(self) -> tuple[UnreadFile, ...]:
        return self._corpus.unread()

    def find_source(self, name: str) -> SourceSummary | None:
        return next((each for each in self._corpus.sources() if name in (each.document_id, each.source)), None)

    # Folders and saved filters

    def collections(self) -> CollectionList:
        return collection_list(self._corpus.sources(), self._engines.filters.all(), is_part=self._corpus.is_part)

    def collection(self, name: str) -> DocumentCollection:
        filters = self._engines.filters.all()
        return find_collection(name, self._corpus.sources(), filters, is_part=self._corpus.is_part)

    def globs_within(self, name: str, sources: Sequence[str] = ()) -> tuple[str, ...]:
        filters, options = self._engines.filters.all(), AskOptions(sources=tuple(sources), within=name)
        return asked_within(options, self._corpus.sources(), filters, is_part=self._corpus.is_part)[0].sources

    def save_filter(self, name: str, rule: FilterRule) -> SavedFilter:
        return self._engines.filters.add(name, rule)

    def change_filter(self, filter_id: str, name: str, rule: FilterRule) -> SavedFilter:
        return self._engines.filters.change(filter_id, name, rule)

    def delete_filter(self, filter_id: str) -> None:
        self._engines.filters.delete(filter_id)

    # Documents one by one

    def document(self, document_id: str) -> Document:
        return self._corpus.document(document_id)

    def document_passages(self, document_id: str) -> tuple[Passage, ...]:
        return self._corpus.document_passages(document_id)

    def passage(self, passage_id: int) -> Passage:
        return self._corpus.passage(passage_id)

    def verify(self, claim: Claim) -> Verdict:
        verdict = verify(self._corpus, claim)
        summary = self.find_source(claim.document_id)
        if verdict.status == "gone" or verdict.source is None or summary is None:
            return verdict
        on_disk = self._engines.disk.state(self._corpus.folder(), verdict.source, summary.content_sha256)
        verdict = replace(verdict, on_disk=on_disk, indexed_at=summary.indexed_at)
        if on_disk != "gone":
            return verdict
        return replace(verdict, status="gone", start_char_index=None, end_char_index=None)

    def times_cited(self) -> dict[str, int]:
        with suppress(UnavailableError):
            return self._history.times_cited()
        return {}

    def cited(self, document_id: str, content_sha256: str) -> tuple[CitedRange, ...]:
        return self._history.cited(document_id, content_sha256)

    # Conversations

    def conversations(self, sought: str = "", limit: int = 50, offset: int = 0) -> ConversationList:
        return self._history.conversations(sought, limit, offset)

    def conversation(self, conversation_id: str) -> Conversation:
        return self._history.conversation(conversation_id)

    def turns(self, conversation_id: str, last: int | None = None) -> tuple[Turn, ...]:
        return self._history.turns(conversation_id, last)

    def past_reply(self, reply_id: str) -> PastReply:
        return self._history.answer(reply_id)

    def rename_conversation(self, conversation_id: str, title: str) -> ConversationEntry:
        return self._history.rename(conversation_id, title)

    def delete_conversation(self, conversation_id: str) -> None:
        self._history.delete(conversation_id)

    def delete_conversations(self) -> None:
        self._history.delete_all()

    def delete_older(self, before: datetime) -> int:
        return self._history.prune(before)

    # Feedback

    def give_feedback(
        self,
        reply_id: str,
        kind: FeedbackKind,
        citation: int | None = None,
        comment: str | None = None,
        surface: str = "web",
    ) -> Opinion:
        return self._feedback.give(reply_id, kind, citation, comment, surface)

    def feedback_on_reply(self, reply_id: str) -> tuple[Opinion, ...]:
        return self._feedback.on_reply(reply_id)

    def feedback_in_conversation(self, conversation_id: str) -> tuple[Opinion, ...]:
        return self._feedback.in_conversation(conversation_id)

    def delete_feedback(self, feedback_id: str) -> None:
        self._feedback.delete(feedback_id)

    def keep_question(self, feedback_id: str) -> RegressionQuestion:
        return keep(feedback_id, self._feedback, self._history, self._corpus, self._regression_questions)

    # Suggestions

    def first_questions(self, sources: Sequence[str] = ()) -> SuggestionSearch:
        return self._engine.suggester.first(sources)

    def following_questions(self, reply: Reply, sources: Sequence[str] = ()) -> SuggestionSearch:
        asked = [turn.question for turn in self._history.turns(reply.conversation_id)]
        return self._engine.suggester.following(reply, asked, sources)

    @property
    def _history(self) -> History:
        return History(self._records, self._requester)

    @property
    def _feedback(self) -> Feedback:
        return Feedback(self._records, self._requester)

    @property
    def _records(self) -> Database:
        if self._database is None:
            raise UnavailableError("Conversations are not kept: their file cannot be read or written.")
        return self._database
