"""An answer side without model and index, for the surfaces' own behaviour. What it does is in the question's words."""

import threading
from collections.abc import Sequence

import numpy as np

from index.corpus import Corpus
from index.errors import FootnoteError, QuoteError
from index.types import Matrix, SourceSummary
from qa.bootstrap import Service
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, Weights
from qa.suggestions.suggester import Suggester
from qa.types import AskOptions, Interpreted, Listener, Reply, ShortAnswerFound, Turn

_DEFAULT = AskOptions()


class FakeAnswerer(Answerer):
    """Answers nothing, at once. "wait": only after `release` is set. "defect", "quote": fails so, after an event."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.options: list[AskOptions] = []
        self.turns: list[Sequence[Turn] | None] = []
        self.began = threading.Event()
        self.release = threading.Event()

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        options: AskOptions = _DEFAULT,
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
    """No documents. `failure` is raised when the models are loaded."""

    def __init__(self, failure: FootnoteError | None = None) -> None:
        self._failure = failure
        self.closed = False

    @property
    def version(self) -> str:
        return "v1"

    @property
    def size(self) -> int:
        return 0

    def refresh(self) -> bool:
        return False

    def sources(self) -> tuple[SourceSummary, ...]:
        return ()

    def embed(self, texts: Sequence[str]) -> Matrix:
        if self._failure is not None:
            raise self._failure
        return np.zeros((len(texts), 1), dtype=np.float32)

    def close(self) -> None:
        self.closed = True


class FakeService(Service):
    """Service over the two fakes, without a history."""

    def __init__(self, failure: FootnoteError | None = None) -> None:
        self.fake_answerer = FakeAnswerer()
        self.fake_corpus = FakeCorpus(failure)
        self.answerer = self.fake_answerer
        self.corpus = self.fake_corpus
        self.reader = FeatureReader(self.fake_corpus, Weights({}))
        self.suggester = Suggester(self.fake_corpus, self.fake_answerer.preview)
        self._records = None


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
