"""Traces by OpenTelemetry: a span for each question, sent to a collector by OTLP over HTTP (protobuf).

The spans' names and attributes are ours. No attribute holds a question or anything of a document.
"""

import time
from collections.abc import Mapping

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from opentelemetry.context import Context, attach, detach
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from web import __version__

_EXPORT_SECONDS = 5  # for a batch, trying again included; so a collector that is away holds up the end no longer
_PATH = "/v1/traces"  # OTLP specification, "OTLP/HTTP request"
_PROPAGATOR = TraceContextTextMapPropagator()

Value = str | bool | int | float


class Tracing:
    """Sends spans in the background; one that cannot be sent is dropped with a warning in the log.

    endpoint: of the collector, without /v1/traces. OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES,
    OTEL_EXPORTER_OTLP_HEADERS and the like are honoured by the library.
    """

    def __init__(self, endpoint: str) -> None:
        ours = Resource({"service.name": "footnote", "service.version": __version__})
        self._provider = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()), shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + _PATH, timeout=_EXPORT_SECONDS)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("footnote", __version__)

    def begin(self) -> Span:
        """A question's span, under the caller's where the request named one (`Traced`)."""
        return self._tracer.start_span("question", kind=SpanKind.SERVER)

    def end(
        self, span: Span, stages: Mapping[str, float], attributes: Mapping[str, Value], error: str | None = None
    ) -> None:
        """End it now. stages: seconds that each took, in order, up to now. error: the name of what it failed of."""
        now = time.time_ns()
        at = now - sum(map(_nanoseconds, stages.values()))
        for stage, seconds in stages.items():
            child = self._tracer.start_span(stage, context=set_span_in_context(span, Context()), start_time=at)
            at += _nanoseconds(seconds)
            child.end(at)
        span.set_attributes(attributes)
        if error is not None:
            span.set_attribute("error.type", error)
            span.set_status(Status(StatusCode.ERROR))
        span.end(now)

    def close(self) -> None:
        """Send what is left; at most a few seconds."""
        self._provider.shutdown()


class Traced:
    """Takes up the trace that a request's `traceparent` names (W3C Trace Context). Plain ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        token = attach(_PROPAGATOR.extract(headers))
        try:
            await self._app(scope, receive, send)
        finally:
            detach(token)


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1e9)
