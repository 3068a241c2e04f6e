"""Traces, as a collector on loopback receives them."""

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from tests.otlp import attributes, collecting
from web.observability.telemetry import Tracing


def _one(spans: list[Span], name: str) -> Span:
    (found,) = [span for span in spans if span.name == name]
    return found


def test_a_question_is_a_span_and_its_stages_are_within_it_one_after_another() -> None:
    with collecting() as collector:
        tracing = Tracing(collector.url + "/")
        span = tracing.begin()
        tracing.end(span, {"wait": 0.25, "read": 1.5}, {"footnote.surface": "api", "footnote.confidence": 0.5})
        tracing.close()
    assert collector.paths == {"/v1/traces"}
    assert collector.resource["service.name"] == "footnote"
    question, wait, read = (_one(collector.spans, name) for name in ("question", "wait", "read"))
    assert attributes(question) == {"footnote.surface": "api", "footnote.confidence": 0.5}
    assert {wait.parent_span_id, read.parent_span_id} == {question.span_id}
    assert {wait.trace_id, read.trace_id} == {question.trace_id}
    assert read.end_time_unix_nano - read.start_time_unix_nano == 1_500_000_000
    assert wait.end_time_unix_nano == read.start_time_unix_nano
    assert read.end_time_unix_nano == question.end_time_unix_nano
    assert question.status.code == Status.STATUS_CODE_UNSET


def test_a_failure_is_an_error_with_its_name() -> None:
    with collecting() as collector:
        tracing = Tracing(collector.url)
        tracing.end(tracing.begin(), {}, {}, "QuoteError")
        tracing.close()
    (span,) = collector.spans
    assert (span.status.code, attributes(span)) == (Status.STATUS_CODE_ERROR, {"error.type": "QuoteError"})


def test_the_operator_may_name_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "handbook")
    with collecting() as collector:
        tracing = Tracing(collector.url)
        tracing.end(tracing.begin(), {}, {})
        tracing.close()
    assert collector.resource["service.name"] == "handbook"
