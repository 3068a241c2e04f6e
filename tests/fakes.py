"""An answer side without model and index, for the surfaces' own behaviour. What it does is in the question's words."""

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

import numpy as np

from index.corpus import Corpus
from index.errors import FootnoteError, NotFoundError, QuoteError, UnavailableError
from index.sync.options import Exclusively, run
from index.types import Document, Matrix, Passage, SourceSummary
from index.unread import UnreadFile
from qa.collection.choosing import (
    CollectionList,
    DocumentCollection,
    asked_within,
    collection_list,
    find_collection,
)
from qa.collection.filters import FilterRule, SavedFilter
from qa.conversations.entries import CitedRange, ConversationEntry, ConversationList, PastReply
from qa.conversations.feedback import FeedbackKind, Opinion
from qa.insights.gaps import GapsReport
from qa.insights.regression import RegressionQuestion
from qa.pipeline import Answerer, clean_question
from qa.suggestions.suggester import SuggestionSearch
from qa.types import (
    DEFAULT_OPTIONS,
    AskOptions,
    Claim,
    CleanQuestion,
    Conversation,
    DocumentSummary,
    Interpreted,
    Listener,
    Reply,
    Requester,
    RetrievedPassage,
    ShortAnswerFound,
    Turn,
    Verdict,
)
from qa.use_cases import IndexState, UseCases


class FakeAnswerer(Answerer):
    """Answers nothing, at once. "wait": only after `release` is set. "defect", "quote": fails so, after an event."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.options: list[AskOptions] = []
        self.turns: list[Sequence[Turn] | None] = []
        self.began = threading.Event()
        self.release = threading.Event()

    def answer(
        self,
        question: CleanQuestion,
        conversation_id: str | None = None,
        options: AskOptions = DEFAULT_OPTIONS,
        listener: Listener | None = None,
        turns: Sequence[Turn] | None = None,
    ) -> Reply:
        self.asked.append(question)
        self.options.append(options)
        self.turns.append(turns)
        self.began.set()
        tell = listener or (lambda _: None)
        tell(Interpreted(question, None))
        if "wait" in question:
            self.release.wait(30)
        if "defect" in question:
            raise ZeroDivisionError("a secret of the server")
        if "quote" in question:
            raise QuoteError("a secret of the server")
        tell(ShortAnswerFound(None))
        return reply(question, conversation_id or "c1")


class FakeCorpus(Corpus):
    """No documents."""

    def __init__(self) -> None: ...

    @property
    def version(self) -> str:
        return "v1"

    def refresh(
        self,
        *,
        while_indexing: bool = False,  # noqa: ARG002
        exclusively: Exclusively = run,  # noqa: ARG002
    ) -> bool:
        return False

    def sources(self) -> tuple[SourceSummary, ...]:
        return ()

    def embed(self, texts: Sequence[str]) -> Matrix:
        return np.zeros((len(texts), 1), dtype=np.float32)


class FakeService(UseCases):
    """The use cases over `FakeAnswerer` and documents that are only named (`named`, by path). It keeps no
    conversations. `failure` is raised when the models are loaded."""

    def __init__(self, failure: FootnoteError | None = None) -> None:
        self.fake_answerer = FakeAnswerer()
        self.named: tuple[SourceSummary, ...] = ()
        self.left_unread: tuple[UnreadFile, ...] = ()
        self.closed = False
        self._failure = failure
        self._searches: dict[tuple[str, ...], SuggestionSearch] = {}

    def for_requester(self, requester: Requester) -> UseCases:  # noqa: ARG002
        return self

    def warm(self) -> None:
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        self.closed = True

    def ask(
        self,
        question: CleanQuestion,
        conversation_id: str | None = None,
        options: AskOptions = DEFAULT_OPTIONS,
        listener: Listener | None = None,
        turns: Sequence[Turn] | None = None,
    ) -> Reply:
        return self.fake_answerer.answer(question, conversation_id, options, listener, turns)

    def preview(self, question: str, options: AskOptions = DEFAULT_OPTIONS) -> Reply:  # noqa: ARG002
        return reply(clean_question(question), "")

    def search(self, question: CleanQuestion, options: AskOptions = DEFAULT_OPTIONS) -> tuple[RetrievedPassage, ...]:  # noqa: ARG002
        return ()

    def summarise(self, document_id: str, most: int) -> DocumentSummary:  # noqa: ARG002
        raise NotFoundError(f"There is no document {document_id}.")

    def gaps(self) -> GapsReport:
        not_kept()

    def index_state(self) -> IndexState:
        return IndexState("v1", len(self.named), 0)

    def refreshed(self) -> IndexState:
        return self.index_state()

    def sources(self) -> tuple[SourceSummary, ...]:
        return self.named

    def unread(self) -> tuple[UnreadFile, ...]:
        return self.left_unread

    def find_source(self, name: str) -> SourceSummary | None:
        return next((each for each in self.named if name in (each.document_id, each.source)), None)

    def collections(self) -> CollectionList:
        return collection_list(self.named, (), is_part=False)

    def collection(self, name: str) -> DocumentCollection:
        return find_collection(name, self.named, (), is_part=False)

    def globs_within(self, name: str, sources: Sequence[str] = ()) -> tuple[str, ...]:
        return asked_within(AskOptions(sources=tuple(sources), within=name), self.named, (), is_part=False)[0].sources

    def save_filter(self, name: str, rule: FilterRule) -> SavedFilter:
        return SavedFilter("f1", name, rule, "2026-01-01T00:00:00+00:00")

    def change_filter(self, filter_id: str, name: str, rule: FilterRule) -> SavedFilter:
        return SavedFilter(filter_id, name, rule, "2026-01-01T00:00:00+00:00")

    def delete_filter(self, filter_id: str) -> None:
        raise NotFoundError(f"There is no saved filter {filter_id}.")

    def document(self, document_id: str) -> Document:
        raise NotFoundError(f"There is no document {document_id}.")

    def document_passages(self, document_id: str) -> tuple[Passage, ...]:
        raise NotFoundError(f"There is no document {document_id}.")

    def passage(self, passage_id: int) -> Passage:
        raise NotFoundError(f"There is no passage {passage_id}.")

    def verify(self, claim: Claim) -> Verdict:
        return Verdict("gone", claim.document_id, None, None, None, None)

    def times_cited(self) -> dict[str, int]:
        return {}

    def cited(self, document_id: str, content_sha256: str) -> tuple[CitedRange, ...]:  # noqa: ARG002
        not_kept()

    def conversations(self, sought: str = "", limit: int = 50, offset: int = 0) -> ConversationList:  # noqa: ARG002
        not_kept()

    def conversation(self, conversation_id: str) -> Conversation:  # noqa: ARG002
        not_kept()

    def turns(self, conversation_id: str, last: int | None = None) -> tuple[Turn, ...]:  # noqa: ARG002
        not_kept()

    def past_reply(self, reply_id: str) -> PastReply:  # noqa: ARG002
        not_kept()

    def rename_conversation(self, conversation_id: str, title: str) -> ConversationEntry:  # noqa: ARG002
        not_kept()

    def delete_conversation(self, conversation_id: str) -> None:  # noqa: ARG002
        not_kept()

    def delete_conversations(self) -> None:
        not_kept()

    def delete_older(self, before: datetime) -> int:  # noqa: ARG002
        not_kept()

    def give_feedback(
        self,
        reply_id: str,  # noqa: ARG002
        kind: FeedbackKind,  # noqa: ARG002
        citation: int | None = None,  # noqa: ARG002
        comment: str | None = None,  # noqa: ARG002
        surface: str = "web",  # noqa: ARG002
    ) -> Opinion:
        not_kept()

    def feedback_on_reply(self, reply_id: str) -> tuple[Opinion, ...]:  # noqa: ARG002
        not_kept()

    def feedback_in_conversation(self, conversation_id: str) -> tuple[Opinion, ...]:  # noqa: ARG002
        not_kept()

    def delete_feedback(self, feedback_id: str) -> None:  # noqa: ARG002
        not_kept()

    def keep_question(self, feedback_id: str) -> RegressionQuestion:  # noqa: ARG002
        not_kept()

    def first_questions(self, sources: Sequence[str] = ()) -> SuggestionSearch:
        return self._searches.setdefault(tuple(sources), SuggestionSearch(iter(()), lambda _: False, enough=1, most=1))

    def following_questions(self, reply: Reply, sources: Sequence[str] = ()) -> SuggestionSearch:  # noqa: ARG002
        not_kept()


def not_kept() -> NoReturn:
    raise UnavailableError("Conversations are not kept: their file cannot be read or written.")


def reply(question: str, conversation_id: str = "c1") -> Reply:
    """An abstention without passages."""
    return Reply(
        id="r1",
        conversation_id=conversation_id,
        question=question,
        interpreted_as=None,
        answered=False,
        answer=None,
        content=(),
        passages=(),
        confidence=0.0,
        confidence_label="LOW",
        index_version="v1",
        timings_ms={"total": 1.0},
    )
