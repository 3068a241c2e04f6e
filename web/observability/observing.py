"""What is noted of each question, on whatever surface: metrics, a line in the log, a span.

The question itself stands in none of them, unless the setting `log_questions` puts it into the log. No label of a
metric holds a question, a document's path or a key's name: their number has no limit.
"""

import asyncio
import logging
import platform
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric

from index.errors import BusyError, InputError, NotFoundError, RateError, UnavailableError
from qa.types import Reply, Requester
from qa.use_cases import IndexState
from web import __version__
from web.backend import Ended, Inquiry
from web.observability.logs import with_fields
from web.observability.telemetry import Tracing, Value

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_CONFIDENCES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 1)


class Served(Struct, frozen=True):
    """What is served at the moment. index: None while it is not open."""

    is_ready: bool
    waiting: int
    index: IndexState | None


class ServedCorpus(Struct, frozen=True):
    """One of several corpora at the moment. is_ready: its questions can be answered, and nothing is in the way of its
    following its folder. index: None while it is not open."""

    name: str
    is_ready: bool
    index: IndexState | None


class Metrics:
    """Counts of one app since it started. Safe to use from any thread."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._questions = Counter(
            "footnote_questions",
            "Questions that came to an end, by the surface they came by and how they ended.",
            ("surface", "outcome"),
            registry=self._registry,
        )
        self._unfinished = Gauge(
            "footnote_questions_unfinished", "Questions that wait or are being answered.", registry=self._registry
        )
        self._duration = Histogram(
            "footnote_question_duration_seconds",
            "Time from a question's coming to its reply, waiting included.",
            ("surface",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._stages = Histogram(
            "footnote_stage_duration_seconds",
            "Time that a replied question spent in a stage; wait: in the queue.",
            ("stage",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._confidence = Histogram(
            "footnote_reply_confidence",
            "Confidence of the replies, abstentions included.",
            buckets=_CONFIDENCES,
            registry=self._registry,
        )
        self._by_corpus: Counter | None = None

    def of_corpora(self, names: Iterable[str]) -> None:
        """Count by corpus, too: there are several, of these names."""
        self._by_corpus = Counter(
            "footnote_corpus_questions",
            "Questions that came to an end, by the corpus they were about and how they ended.",
            ("corpus", "outcome"),
            registry=self._registry,
        )
        for name in names:
            self._by_corpus.labels(name, "answered")

    def begun(self) -> None:
        """A question has come."""
        self._unfinished.inc()

    def ended(self, surface: str, outcome: str, corpus: str = "") -> None:
        """A question has come to an end, with a reply or without. corpus: "" where there is but one."""
        self._unfinished.dec()
        self._questions.labels(surface, outcome).inc()
        if self._by_corpus is not None and corpus:
            self._by_corpus.labels(corpus, outcome).inc()

    def replied(self, surface: str, seconds: float, stages: dict[str, float], reply: Reply) -> None:
        """A question has its reply. seconds: since it came. stages: seconds by stage."""
        self._duration.labels(surface).observe(seconds)
        for stage, spent in stages.items():
            self._stages.labels(stage).observe(spent)
        self._confidence.observe(reply.confidence)

    def watch(self, name: str, description: str, read: Callable[[], float]) -> None:
        """A gauge `footnote_<name>` that is read each time it is asked for, on a thread that may wait."""
        Gauge(f"footnote_{name}", description, registry=self._registry).set_function(read)

    def text(self, served: Served, corpora: Sequence[ServedCorpus] = ()) -> bytes:
        """All of it, as MEDIA_TYPE. corpora: where there are several, in place of `served.index`."""
        return generate_latest(_Now(self._registry, served, corpora))


class _Now:
    """The registry and what is served: what `generate_latest` collects from."""

    def __init__(self, registry: CollectorRegistry, served: Served, corpora: Sequence[ServedCorpus]) -> None:
        self._registry = registry
        self._served = served
        self._corpora = corpora

    def collect(self) -> Iterable[Metric]:
        yield from self._of_server()
        for metric in self._registry.collect():
            # When a series began is no use to anybody here, and doubles the page.
            metric.samples = [sample for sample in metric.samples if not sample.name.endswith("_created")]
            yield metric

    def _of_server(self) -> Iterable[Metric]:
        about = {"version": __version__, "python": platform.python_version()}
        yield InfoMetricFamily("footnote_build", "The version of Footnote.", about)
        yield _gauge("ready", "1 once questions can be answered, else 0.", int(self._served.is_ready))
        yield _gauge("queue_waiting", "Questions that wait for their turn.", self._served.waiting)
        if self._corpora:
            yield from self._of_corpora()
        elif (index := self._served.index) is not None:
            version = {"version": index.version}
            yield InfoMetricFamily("footnote_index", "The index that questions are answered from.", version)
            yield _gauge("index_documents", "Documents in the index.", index.documents)
            yield _gauge("index_passages", "Passages in the index.", index.passages)

    def _of_corpora(self) -> Iterable[Metric]:
        ready = _by_corpus("ready", "1 while a corpus is served as its folder is.")
        documents = _by_corpus("documents", "Documents in its index.")
        passages = _by_corpus("passages", "Passages in its index.")
        for each in self._corpora:
            ready.add_metric([each.name], int(each.is_ready))
            if each.index is not None:
                documents.add_metric([each.name], each.index.documents)
                passages.add_metric([each.name], each.index.passages)
        return (ready, documents, passages)


def _gauge(name: str, description: str, value: float) -> Metric:
    return GaugeMetricFamily(f"footnote_{name}", description, value)


def _by_corpus(name: str, description: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"footnote_corpus_{name}", description, labels=["corpus"])


_log = logging.getLogger(__name__)


@asynccontextmanager
async def observing(otlp_endpoint: str | None = None, *, logs_questions: bool = False) -> AsyncIterator["Observing"]:
    """The observer of one server. On leaving, the spans that are left are sent."""
    tracing = Tracing(otlp_endpoint) if otlp_endpoint else None
    try:
        yield Observing(Metrics(), tracing, logs_questions)
    finally:
        if tracing is not None:
            await asyncio.to_thread(tracing.close)


def outcome_of(ended: Reply | BaseException) -> str:
    """How a question ended, in one word; docs/operating.md tells them."""
    match ended:
        case Reply():
            return "answered" if ended.answered or ended.kind != "answer" else "abstained"
        case asyncio.CancelledError():
            return "cancelled"
        case RateError():
            return "limited"
        case BusyError():
            return "busy"
        case UnavailableError():
            return "unavailable"
        case InputError() | NotFoundError():
            return "invalid"
        case _:
            return "failed"


def stages_of(reply: Reply, seconds: float) -> dict[str, float]:
    """Seconds by stage, in order; wait: of the `seconds` since it came, those before its turn."""
    stages = {stage: spent / 1000 for stage, spent in reply.timings_ms.items() if stage != "total"}
    return {"wait": max(0.0, seconds - sum(stages.values())), **stages}


class Observing(Struct, frozen=True):
    """The observer of a server's Backend. tracing: None where nothing is traced. corpus: which the Backend is of, ""
    where there is but one."""

    metrics: Metrics
    tracing: Tracing | None = None
    logs_questions: bool = False
    corpus: str = ""

    def about(self, corpus: str) -> "Observing":
        """The same for the Backend of that corpus."""
        return replace(self, corpus=corpus)

    def begun(self, inquiry: Inquiry, requester: Requester) -> Ended:
        """See `web.backend.Observer`."""
        self.metrics.begun()
        span = self.tracing.begin() if self.tracing else None

        def ended(seconds: float, end: Reply | BaseException) -> None:
            outcome = outcome_of(end)
            stages = stages_of(end, seconds) if isinstance(end, Reply) else {}
            self.metrics.ended(inquiry.surface, outcome, self.corpus)
            if isinstance(end, Reply):
                self.metrics.replied(inquiry.surface, seconds, stages, end)
            facts = _facts(inquiry, requester, outcome, end)
            facts |= {"corpus": self.corpus} if self.corpus else {}
            self._log(inquiry, facts, seconds, stages)
            if self.tracing and span:
                named = {f"footnote.{name}": value for name, value in facts.items()}
                self.tracing.end(span, stages, named, type(end).__name__ if outcome == "failed" else None)

        return ended

    def _log(self, inquiry: Inquiry, facts: dict[str, Value], seconds: float, stages: dict[str, float]) -> None:
        fields = {**facts, "seconds": round(seconds, 3)}
        fields |= {f"{stage}_ms": round(spent * 1000, 1) for stage, spent in stages.items()}
        if self.logs_questions:
            fields["question"] = inquiry.question
        level = logging.WARNING if facts["outcome"] == "failed" else logging.INFO
        _log.log(level, "question", extra=with_fields(fields))


def _facts(inquiry: Inquiry, requester: Requester, outcome: str, end: Reply | BaseException) -> dict[str, Value]:
    """What may be told of a question without telling it."""
    facts: dict[str, Value] = {"surface": inquiry.surface, "outcome": outcome}
    if requester.name:
        facts["asker"] = requester.name
    if isinstance(end, Reply):
        return {**facts, "id": end.id, "confidence": round(end.confidence, 3), "index_version": end.index_version}
    return {**facts, "error": type(end).__name__}
