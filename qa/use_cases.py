"""What surfaces ask of the answer side, as protocols: `qa.service.Service` does it, and so do the fakes of the tests.

Each is of one requester: what a requester may not see does not exist for it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from index.types import Document, Passage, SourceSummary
from index.unread import UnreadFile
from qa.collection.choosing import CollectionList, DocumentCollection
from qa.collection.filters import FilterRule, SavedFilter
from qa.conversations.entries import CitedRange, ConversationEntry, ConversationList, PastReply
from qa.conversations.feedback import FeedbackKind, Opinion
from qa.insights.gaps import GapsReport
from qa.insights.regression import RegressionQuestion
from qa.suggestions.suggester import SuggestionSearch
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


class IndexState(Struct, frozen=True):
    """The version that questions are answered from, and its size."""

    version: str
    documents: int
    passages: int


class AnswersQuestions(Protocol):
    """Questions and their answers. For the thread of the models."""

    def ask(
        self,
        question: CleanQuestion,
        conversation_id: str | None = None,
        options: AskOptions = DEFAULT_OPTIONS,
        listener: Listener | None = None,
        turns: Sequence[Turn] | None = None,
    ) -> Reply:
        """See `qa.pipeline.Answerer.answer`."""
        ...

    def preview(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> Reply:
        """The reply to a question outside any conversation; nothing is remembered. Raises what `ask` raises."""
        ...

    def search(self, question: CleanQuestion, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:
        """The passages nearest to a question, best first, unread. Raises what the index raises."""
        ...

    def summarise(self, document_id: str, most: int) -> DocumentSummary:
        """A document summed up in at most `most` of its sentences. Raises NotFoundError."""
        ...

    def gaps(self) -> GapsReport:
        """What the documents lack, by what was asked. Raises UnavailableError where conversations are not kept."""
        ...


class ReadsDocuments(Protocol):
    """The documents as they are indexed. `refreshed` first where another process may have indexed meanwhile."""

    def index_state(self) -> IndexState:
        """Of what is served. Costs nothing."""
        ...

    def refreshed(self) -> IndexState:
        """The same once the newest state is served. Raises what `index.corpus.Corpus.refresh` does."""
        ...

    def sources(self) -> tuple[SourceSummary, ...]:
        """All documents, ordered by path."""
        ...

    def unread(self) -> tuple[UnreadFile, ...]:
        """The files of the folder that were not read when it was looked through last, by path."""
        ...

    def find_source(self, name: str) -> SourceSummary | None:
        """The document of that id or path."""
        ...

    def document(self, document_id: str) -> Document:
        """Raises NotFoundError."""
        ...

    def document_passages(self, document_id: str) -> tuple[Passage, ...]:
        """The document's passages in order. Raises NotFoundError."""
        ...

    def passage(self, passage_id: int) -> Passage:
        """Raises NotFoundError."""
        ...

    def verify(self, claim: Claim) -> Verdict:
        """Whether a citation still stands: exact, moved (found once elsewhere), changed or gone."""
        ...

    def times_cited(self) -> dict[str, int]:
        """How many kept answers cite each document, by its id; those never cited are not in it."""
        ...

    def cited(self, document_id: str, content_sha256: str) -> tuple[CitedRange, ...]:
        """The ranges that kept answers cite of this state of a document, in its order; they may overlap. Raises
        UnavailableError where conversations are not kept."""
        ...


class KeepsCollections(Protocol):
    """Folders and saved filters, which can be asked within. Of what the requester may see."""

    def collections(self) -> CollectionList:
        """All of them."""
        ...

    def collection(self, name: str) -> DocumentCollection:
        """What a name means. Raises CollectionError."""
        ...

    def globs_within(self, name: str, sources: Sequence[str] = ()) -> tuple[str, ...]:
        """Globs that the documents of a folder or saved filter fit which fit one of `sources`, too (none means all of
        them). Raises CollectionError."""
        ...

    def save_filter(self, name: str, rule: FilterRule) -> SavedFilter:
        """See `qa.collection.saved.SavedFilters.add`."""
        ...

    def change_filter(self, filter_id: str, name: str, rule: FilterRule) -> SavedFilter:
        """See `qa.collection.saved.SavedFilters.change`."""
        ...

    def delete_filter(self, filter_id: str) -> None:
        """Forget it. Raises NotFoundError."""
        ...


class KeepsConversations(Protocol):
    """What was asked and answered. Everything raises UnavailableError where conversations are not kept, and
    NotFoundError for an id that is unknown or another requester's."""

    def conversations(self, sought: str = "", limit: int = 50, offset: int = 0) -> ConversationList:
        """The requester's own that hold the words `sought`, all if it is empty; the one last asked in first."""
        ...

    def conversation(self, conversation_id: str) -> Conversation:
        """The whole conversation."""
        ...

    def turns(self, conversation_id: str, last: int | None = None) -> tuple[Turn, ...]:
        """Its turns, oldest first; only the `last` ones if a number is given. None of an unknown conversation."""
        ...

    def past_reply(self, reply_id: str) -> PastReply:
        """A reply as it was given, also one that was replaced."""
        ...

    def rename_conversation(self, conversation_id: str, title: str) -> ConversationEntry:
        """Give it a title. Raises InputError for one that is empty or too long."""
        ...

    def delete_conversation(self, conversation_id: str) -> None:
        """Forget it."""
        ...

    def delete_conversations(self) -> None:
        """Forget all the requester's own."""
        ...

    def delete_older(self, before: datetime) -> int:
        """Forget conversations, whoever's, last asked in before that time (with a time zone); returns how many."""
        ...


class TakesFeedback(Protocol):
    """What people say of replies. Everything raises UnavailableError where conversations are not kept."""

    def give_feedback(
        self,
        reply_id: str,
        kind: FeedbackKind,
        citation: int | None = None,
        comment: str | None = None,
        surface: str = "web",
    ) -> Opinion:
        """See `qa.conversations.feedback.Feedback.give`."""
        ...

    def feedback_on_reply(self, reply_id: str) -> tuple[Opinion, ...]:
        """Oldest first. None of an unknown reply."""
        ...

    def feedback_in_conversation(self, conversation_id: str) -> tuple[Opinion, ...]:
        """Oldest first. None of an unknown conversation."""
        ...

    def delete_feedback(self, feedback_id: str) -> None:
        """Take it back. Raises NotFoundError."""
        ...

    def keep_question(self, feedback_id: str) -> RegressionQuestion:
        """Keep the question of a helpful reply as a regression question. Raises what
        `qa.insights.regression.keep` does."""
        ...


class SuggestsQuestions(Protocol):
    """Questions worth asking. A search goes on by `Search.step`, on the thread of the models."""

    def first_questions(self, sources: Sequence[str] = ()) -> SuggestionSearch:
        """To begin with, of the documents whose path matches one of the globs `sources` (none means all)."""
        ...

    def following_questions(self, reply: Reply, sources: Sequence[str] = ()) -> SuggestionSearch:
        """To go on with after a kept reply. Raises UnavailableError where conversations are not kept."""
        ...


class UseCases(
    AnswersQuestions, ReadsDocuments, KeepsCollections, KeepsConversations, TakesFeedback, SuggestsQuestions, Protocol
):
    """All of them, as one requester may use them."""

    def for_requester(self, requester: Requester) -> "UseCases":
        """The same for another requester; not to be closed. The first time for a part of the documents, indexes are
        made of it in memory. Raises what `index.corpus.Corpus.limited` does."""
        ...

    def warm(self) -> None:
        """Load the models, on the thread that answers. Raises ModelError."""
        ...

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        ...
