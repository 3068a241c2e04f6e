"""What is noted of each question, on whatever surface: metrics, a line in the log, a span.

The question itself stands in none of them, unless the setting `log_questions` puts it into the log.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct

from index.errors import BusyError, InputError, NotFoundError, RateError, UnavailableError
from qa.types import Reply, Requester
from web.backend import Ended, Inquiry
from web.observability.logs import with_fields
from web.observability.metrics import Metrics
from web.observability.telemetry import Tracing, Value

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
            return "answered" if ended.answered else "abstained"
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
    """The observer of a server's Backend. tracing: None where nothing is traced."""

    metrics: Metrics
    tracing: Tracing | None = None
    logs_questions: bool = False

    def begun(self, inquiry: Inquiry, requester: Requester) -> Ended:
        """See `web.backend.Observer`."""
        self.metrics.begun()
        span = self.tracing.begin() if self.tracing else None

        def ended(seconds: float, end: Reply | BaseException) -> None:
            outcome = outcome_of(end)
            stages = stages_of(end, seconds) if isinstance(end, Reply) else {}
            self.metrics.ended(inquiry.surface, outcome)
            if isinstance(end, Reply):
                self.metrics.replied(inquiry.surface, seconds, stages, end)
            facts = _facts(inquiry, requester, outcome, end)
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
