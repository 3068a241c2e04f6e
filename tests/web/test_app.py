"""The application over a socket and a fake service: what it refuses, and how it behaves when the service cannot."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse
from msgspec import json

from index.errors import ModelError
from tests.fakes import FakeService
from tests.servers import hanging_up, serving
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.settings.settings import Settings

QUESTION = "Who was sent to China by the Japanese government in May?"


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def fake_client(fake: FakeService) -> Iterator[httpx.Client]:
    """A client of a server over `fake`, where one question may wait."""
    with ExitStack() as stack:
        url = stack.enter_context(serving(create_app(Settings(queue=1), lambda: fake)))
        stack.callback(fake.fake_answerer.release.set)
        yield stack.enter_context(httpx.Client(base_url=url, timeout=PATIENCE))


def _problem(response: httpx.Response, status: int) -> dict[str, Any]:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    found: dict[str, Any] = response.json()
    assert found["status"] == status
    assert {"type", "title", "detail"} <= set(found)
    assert "Traceback" not in response.text
    return found


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": " \t\n\u00a0\u200b"}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": None}, "question"),
        ({"question": ["a"]}, "question"),
        ({"question": "a", "colour": "red"}, "colour"),
        ({"question": "a", "top_k": 0}, "top_k"),
        ({"question": "a", "top_k": 21}, "top_k"),
        ({"question": "a", "top_k": "3"}, "top_k"),
        ({"question": "a", "top_k": True}, "top_k"),
        ({"question": "a", "max_sentences": 0}, "max_sentences"),
        ({"question": "a", "max_sentences": 6}, "max_sentences"),
        ({"question": "a", "sources": "*.txt"}, "sources"),
        ({"question": "a", "sources": ["*"] * 21}, "sources"),
        ({"question": "a", "sources": ["x" * 201]}, "sources[0]"),
        ({"question": "a", "conversation_id": "../x"}, "conversation_id"),
        ({"question": "a", "stream": "true"}, "stream"),
        ({"question": "a", "stream": 1}, "stream"),
        ([], "body"),
        (None, "body"),
        ("a", "body"),
    ],
)
def test_a_field_that_is_not_right_is_named(fake_client: httpx.Client, body: object, field: str) -> None:
    problem = _problem(fake_client.post("/api/ask", json=body), 400)
    assert [each["field"] for each in problem["errors"]] == [field]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=" + "x" * 2001, "q"),
        ("q=a&q=b", "q"),
        ("q=a&colour=red", "colour"),
        ("q=a&top_k=0", "top_k"),
        ("q=a&top_k=x", "top_k"),
        ("q=a&top_k=1&top_k=2", "top_k"),
        ("q=a&sources=", "sources[0]"),
        ("q=a&stream=maybe", "stream"),
    ],
)
def test_a_parameter_that_is_not_right_is_named(fake_client: httpx.Client, query: str, field: str) -> None:
    problem = _problem(fake_client.get(f"/api/ask?{query}"), 400)
    assert [each["field"] for each in problem["errors"]] == [field]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nonsense", b'{"question": "\xff"}', b"\xff\xfe", b'{"question": "\\ud800"}', b"[" * 60_000]
)
def test_what_is_no_json_is_refused(fake_client: httpx.Client, body: bytes) -> None:
    _problem(fake_client.post("/api/ask", content=body, headers={"content-type": "application/json"}), 400)


def test_limits_hold_over_a_socket(fake_client: httpx.Client) -> None:
    kind = {"content-type": "application/json"}
    _problem(fake_client.post("/api/ask", content=b"x" * 1_000_000, headers=kind), 413)
    _problem(fake_client.post("/api/ask", content=(b"x" * 1000 for _ in range(1000)), headers=kind), 413)
    _problem(fake_client.post("/api/ask", content=b"{}", headers={"content-type": "text/plain"}), 415)
    _problem(fake_client.get("/api/sources", headers={"host": "evil.example"}), 421)
    _problem(fake_client.get("/api/sources", headers={"origin": "https://evil.example"}), 403)
    assert fake_client.post("/api/ask", json={"question": "x" * 2000}).status_code == 200


def test_null_is_the_same_as_nothing(fake_client: httpx.Client, fake: FakeService) -> None:
    nothing = dict.fromkeys(("conversation_id", "top_k", "max_sentences", "sources", "stream"))
    assert fake_client.post("/api/ask", json={"question": "Why?", **nothing}).status_code == 200
    assert fake_client.post("/api/ask", json={"question": "Why?"}).status_code == 200
    first, second = fake.fake_answerer.options
    assert first == second


@pytest.mark.parametrize("path", ["/nothing", "/api", "/api/nothing", "/api/passages/x", "/api/passages/0x1", "/%ff"])
def test_what_is_not_there_is_404(fake_client: httpx.Client, path: str) -> None:
    _problem(fake_client.get(path), 404)


def test_a_wrong_method_is_told_the_right_ones(fake_client: httpx.Client) -> None:
    response = fake_client.put("/api/ask", json={})
    assert "POST" in response.headers["allow"]
    assert "POST" in _problem(response, 405)["detail"]
    _problem(fake_client.delete("/api/sources"), 405)


def test_head_answers_like_get(fake_client: httpx.Client) -> None:
    for path in ("/", "/api/sources", "/health/live", "/schema", "/schema/openapi.json"):
        head = fake_client.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        assert head.headers["content-type"] == fake_client.get(path).headers["content-type"]
    assert fake_client.head("/api/ask?q=a").status_code == 405


def test_a_defect_is_told_by_its_number_only(fake_client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="web.http.problems"):
        problems = [
            _problem(fake_client.post("/api/ask", json={"question": word}), 500) for word in ("defect", "quote")
        ]
        with connect_sse(fake_client, "GET", "/api/ask", params={"q": "defect", "stream": "true"}) as source:
            *_, last = source.iter_sse()
    assert last.event == "error"
    for problem in (*problems, json.decode(last.data)):
        assert problem["status"] == 500
        assert "secret" not in str(problem)
        assert problem["id"] in caplog.text
    assert "a secret of the server" in caplog.text


def _in_background(client: httpx.Client, question: str) -> tuple[threading.Thread, list[int]]:
    statuses: list[int] = []
    thread = threading.Thread(
        target=lambda: statuses.append(client.post("/api/ask", json={"question": question}).status_code)
    )
    thread.start()
    return thread, statuses


def _until_waiting(client: httpx.Client, number: int) -> None:
    until(lambda: client.get("/health/ready").json().get("waiting", 0) == number)


def test_a_full_queue_says_503_and_when_to_come_back(fake_client: httpx.Client, fake: FakeService) -> None:
    first = _in_background(fake_client, "wait 1")
    assert fake.fake_answerer.began.wait(30)
    second = _in_background(fake_client, "wait 2")
    _until_waiting(fake_client, 1)
    for extra in ({}, {"stream": True}):
        response = fake_client.post("/api/ask", json={"question": "one too many", **extra})
        _problem(response, 503)
        assert int(response.headers["retry-after"]) >= 1
    fake.fake_answerer.release.set()
    for thread, _ in (first, second):
        thread.join(30)
    assert first[1] + second[1] == [200, 200]
    assert "one too many" not in fake.fake_answerer.asked


@pytest.mark.parametrize("stream", [False, True])
def test_who_hangs_up_while_waiting_is_not_answered(fake_client: httpx.Client, fake: FakeService, stream: bool) -> None:
    thread, _ = _in_background(fake_client, "wait 1")
    assert fake.fake_answerer.began.wait(30)
    with hanging_up(f"{fake_client.base_url}/api/ask", {"question": "never mind", "stream": stream}):
        _until_waiting(fake_client, 1)
    _until_waiting(fake_client, 0)
    fake.fake_answerer.release.set()
    thread.join(30)
    assert fake_client.post("/api/ask", json={"question": "next"}).status_code == 200
    assert fake.fake_answerer.asked == ["wait 1", "next"]


def test_live_at_once_and_ready_when_warm() -> None:
    service, may_open = FakeService(), threading.Event()

    def open_service() -> FakeService:
        assert may_open.wait(30)
        return service

    with ExitStack() as stack:
        url = stack.enter_context(serving(create_app(Settings(), open_service)))
        stack.callback(may_open.set)
        assert httpx.get(f"{url}/health/live", timeout=PATIENCE).json() == {"status": "live"}
        response = httpx.get(f"{url}/health/ready", timeout=PATIENCE)
        assert "retry-after" in response.headers
        _problem(response, 503)
        may_open.set()
        until(lambda: httpx.get(f"{url}/health/ready", timeout=PATIENCE).status_code == 200)
        assert httpx.get(f"{url}/health/ready", timeout=PATIENCE).json()["status"] == "ready"
    assert service.closed


def test_a_model_that_cannot_be_loaded_is_never_ready(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.ERROR, logger="web.backend"),
        serving(create_app(Settings(), lambda: FakeService(ModelError("The weights are foreign.")))) as url,
    ):
        until(lambda: "log" in _problem(httpx.get(f"{url}/health/ready", timeout=PATIENCE), 503)["detail"])
    assert "The weights are foreign." in caplog.text


def test_a_key_is_asked_of_everything_but_health() -> None:
    with (
        serving(create_app(Settings(api_key="correct-horse"), FakeService)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        for path in ("/", "/api/sources", "/schema", "/schema/openapi.json", "/static/app.js", "/nothing"):
            assert "www-authenticate" in client.get(path).headers
            _problem(client.get(path), 401)
        assert client.get("/health/live").status_code == 200
        assert client.get("/api/sources", headers={"x-api-key": "correct-horse"}).json()["sources"] == []
        assert client.get("/", auth=("anybody", "correct-horse")).status_code == 200
