"""What is noted of questions, on a server over a fake service: metrics, the log's line, spans."""

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families

from index.errors import (
    BusyError,
    ModelError,
    NotFoundError,
    QuestionError,
    QuoteError,
    RateError,
    ReadOnlyError,
)
from qa.types import Reply, Requester
from qa.use_cases import IndexState
from tests import fakes
from tests.fakes import FakeService
from tests.otlp import attributes, collecting
from tests.paths import ROOT
from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.backend import Backend, Inquiry
from web.observability.logs import JsonLines
from web.observability.observing import Metrics, Observing, Served, ServedCorpus, outcome_of, stages_of
from web.queueing import Worker
from web.settings.settings import Settings

SECRET = "zebra crossing"
SERVED = Served(is_ready=True, waiting=0, index=None)


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with (
        serving(create_app(Settings(), FakeService)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        until_ready(client)
        yield client


def until_ready(client: httpx.Client) -> None:
    until(lambda: client.get("/health/ready").status_code == 200)


def samples(client: httpx.Client) -> dict[tuple[str, ...], float]:
    """Each sample by its name and its labels' values, in the order of the labels' names."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(response.text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def test_questions_are_counted_by_surface_and_outcome(client: httpx.Client) -> None:
    for question in ("Why?", "Why not?", "defect"):
        client.post("/api/ask", json={"question": question})
    found = samples(client)
    assert found["footnote_questions_total", "abstained", "api"] == 2
    assert found["footnote_questions_total", "failed", "api"] == 1
    assert found["footnote_questions_unfinished",] == 0
    assert found["footnote_question_duration_seconds_count", "api"] == 2
    assert found["footnote_stage_duration_seconds_count", "wait"] == 2
    assert found["footnote_reply_confidence_count",] == 2


def test_what_is_served_is_told(client: httpx.Client) -> None:
    found = samples(client)
    assert found["footnote_ready",] == 1
    assert found["footnote_queue_waiting",] == 0
    assert found["footnote_index_info", "v1"] == 1
    assert found["footnote_index_documents",] == 0
    assert found["footnote_index_passages",] == 0
    assert found["process_resident_memory_bytes",] > 0


def test_a_server_that_cannot_answer_is_not_ready_and_still_tells() -> None:
    failing = FakeService(ModelError("The weights are foreign."))
    with (
        serving(create_app(Settings(), lambda: failing)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        until(lambda: "log" in client.get("/health/ready").json()["detail"])
        found = samples(client)
    assert found["footnote_ready",] == 0
    assert ("footnote_index_info", "v1") not in found


def test_each_server_counts_by_itself(client: httpx.Client) -> None:
    client.post("/api/ask", json={"question": "Why?"})
    with (
        serving(create_app(Settings(), FakeService)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as other,
    ):
        assert ("footnote_questions_total", "abstained", "api") not in samples(other)


def test_a_gauge_of_another_part_is_read_when_it_is_asked_for() -> None:
    metrics, depths = Metrics(), iter((3.0, 5.0))
    metrics.watch("slack_inbox_waiting", "Events that wait for an answer.", lambda: next(depths))
    assert b"footnote_slack_inbox_waiting 3.0" in metrics.text(SERVED)
    assert b"footnote_slack_inbox_waiting 5.0" in metrics.text(SERVED)


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (fakes.reply("Why?"), "abstained"),
        (replace(fakes.reply("Why?"), answered=True), "answered"),
        (asyncio.CancelledError(), "cancelled"),
        (RateError("Enough for now."), "limited"),
        (BusyError("Too many wait."), "busy"),
        (ReadOnlyError("No."), "unavailable"),
        (QuestionError("Empty."), "invalid"),
        (NotFoundError("No such reply."), "invalid"),
        (QuoteError("It does not stand there."), "failed"),
        (ZeroDivisionError(), "failed"),
    ],
)
def test_an_end_has_one_word(end: Reply | BaseException, outcome: str) -> None:
    assert outcome_of(end) == outcome


def test_what_no_stage_took_was_waiting() -> None:
    timed = replace(fakes.reply("Why?"), timings_ms={"interpret": 10.0, "read": 200.0, "total": 215.0})
    assert stages_of(timed, 1.0) == {"wait": pytest.approx(0.79), "interpret": 0.01, "read": 0.2}
    assert stages_of(timed, 0.1)["wait"] == 0


def test_one_line_a_question_and_the_question_is_not_in_it(caplog: pytest.LogCaptureFixture) -> None:
    metrics = Metrics()
    with caplog.at_level(logging.INFO, logger="web"):
        ask(Observing(metrics), f"Why the {SECRET}?", f"A defect of the {SECRET}?", "?")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert [(each["outcome"], each["level"]) for each in lines] == [
        ("abstained", "info"),
        ("failed", "warning"),
        ("invalid", "info"),
    ]
    first = lines[0]
    assert {first["message"], first["surface"], first["asker"], first["id"]} == {"question", "slack", "anna", "r1"}
    assert (first["confidence"], first["index_version"]) == (0, "v1")
    assert 0 <= first["wait_ms"] <= first["seconds"] * 1000 + 1  # rounded to the millisecond
    assert [each.get("error") for each in lines] == [None, "ZeroDivisionError", "QuestionError"]
    assert SECRET not in caplog.text
    assert SECRET not in str(lines)
    assert SECRET not in metrics.text(SERVED).decode()
    assert "anna" not in metrics.text(SERVED).decode(), "names of keys have no end"


def test_a_setting_puts_the_question_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="web"):
        ask(Observing(Metrics(), logs_questions=True), f"Why the {SECRET}?")
    (record,) = caplog.records
    assert json.loads(JsonLines().format(record))["question"] == f"Why the {SECRET}?"


def ask(observer: Observing, *questions: str) -> None:
    """Ask each of a fake service by Slack, and wait for its end."""
    backend = Backend.open(FakeService, Worker(4), observer).for_requester(Requester("anna"))
    for question in questions:
        with suppress(QuestionError, ZeroDivisionError):
            backend.ask(Inquiry(question, "slack")).result(30)
    backend.close()


def test_who_gives_up_waiting_is_counted_so() -> None:
    service, metrics = FakeService(), Metrics()
    backend = Backend.open(lambda: service, Worker(4), Observing(metrics))
    first = backend.ask(Inquiry("wait", "api"))
    assert service.fake_answerer.began.wait(30)
    second = backend.ask(Inquiry("never mind", "api"))
    assert b"footnote_questions_unfinished 2.0" in metrics.text(SERVED)
    assert second.cancel()
    service.fake_answerer.release.set()
    first.result(30)
    backend.close()
    text = metrics.text(SERVED)
    assert b'footnote_questions_total{outcome="cancelled",surface="api"} 1.0' in text
    assert b"footnote_questions_unfinished 0.0" in text


def test_a_span_a_question_under_the_callers_trace() -> None:
    trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    with collecting() as collector:
        settings = Settings(otlp_endpoint=collector.url)
        with (
            serving(create_app(settings, FakeService)) as url,
            httpx.Client(base_url=url, timeout=PATIENCE) as client,
        ):
            client.post("/api/ask", json={"question": SECRET}, headers={"traceparent": f"00-{trace}-{parent}-01"})
            client.post("/api/ask", json={"question": f"defect {SECRET}"})
            client.post("/api/ask", json={"question": "Why?"}, headers={"traceparent": "nonsense"})
    spans = [span for span in collector.spans if span.name == "question"]
    assert [attributes(span)["footnote.outcome"] for span in spans] == ["abstained", "failed", "abstained"]
    assert (spans[0].trace_id.hex(), spans[0].parent_span_id.hex()) == (trace, parent)
    assert not spans[1].parent_span_id
    assert attributes(spans[1])["error.type"] == "ZeroDivisionError"
    assert len({span.trace_id for span in spans}) == 3
    assert SECRET.encode() not in collector.raw


def test_the_page_for_operators_tells_every_metric_and_outcome_and_no_other() -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    metrics = Metrics()
    metrics.watch("slack_inbox", "As web/slack/surface.py has it.", lambda: 0)
    metrics.of_corpora(["handbook"])
    index = IndexState("v1", 5, 86)
    alone = metrics.text(Served(is_ready=True, waiting=0, index=index))
    several = metrics.text(Served(is_ready=True, waiting=0, index=None), [ServedCorpus("handbook", True, index)])
    text = (alone + several).decode()
    exported = set(re.findall(r"^# TYPE (footnote_\w+)", text, re.MULTILINE))
    assert set(re.findall(r"`(footnote_\w+)`", page)) == exported
    used = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"footnote_\w+", page)}
    assert used - exported == set()
    told = set(re.findall(r"^\| `(\w+)` \|", page.partition("### Outcomes")[2].partition("## Logs")[0], re.MULTILINE))
    assert told == {"answered", "abstained", "busy", "limited", "cancelled", "invalid", "unavailable", "failed"}
