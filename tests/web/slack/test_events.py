"""/slack/events over a socket: acknowledged only when it is in the inbox, and whatever else is sent gets a 4xx."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.servers import serving
from tests.waiting import PATIENCE
from tests.web.slack.payloads import as_body, event, signed
from tests.web.slack.served import lifespan
from web.slack.events import MAX_BODY_BYTES, PATH, EventsEndpoint
from web.slack.inbox import FILE_NAME, Inbox
from web.slack.intake import Intake
from web.slack.signature import sign

SECRET = "8f742231b10e8888abcd99bcdef85a50"
MENTION = {"type": "app_mention", "channel": "C1", "ts": "1.2", "text": "who?"}


class Served(Struct, frozen=True):
    """The endpoint, its inbox, and how often it said that something arrived."""

    client: httpx.Client
    inbox: Inbox
    arrivals: list[None]

    def post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        return self.client.post(PATH, content=body, headers=headers)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    arrivals: list[None] = []
    with Inbox.open(tmp_path_factory.mktemp("slack") / FILE_NAME) as inbox:
        endpoint = EventsEndpoint(SECRET, Intake(inbox, lambda: arrivals.append(None)), body_seconds=0.3)
        with serving(lifespan(endpoint)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as client:
            yield Served(client, inbox, arrivals)


def test_an_event_is_in_the_inbox_when_it_is_acknowledged_and_once(served: Served) -> None:
    payload = event(MENTION)
    body, kind = as_body(payload)
    depth, arrivals = served.inbox.depth(), len(served.arrivals)
    for _ in range(3):  # as Slack repeats it, with a header that says so
        reply = served.post(body, signed(body, kind, SECRET) | {"x-slack-retry-num": "1"})
        assert (reply.status_code, reply.content) == (200, b"")
        assert served.inbox.depth() == depth + 1
    assert len(served.arrivals) == arrivals + 1
    kept = served.inbox.due("event", time.time(), 100, set())[-1]
    assert (kept.key, kept.body) == (f"event:{payload['event_id']}", payload)


def test_a_command_is_acknowledged_without_a_word(served: Served) -> None:
    from_slack = {
        "command": "/ask",
        "text": "Wer war’s? & <b>",
        "trigger_id": "1.2",
        "response_url": "https://x.example",
    }
    body, kind = as_body(from_slack)
    reply = served.post(body, signed(body, kind, SECRET))
    assert (reply.status_code, reply.content) == (200, b"")
    (kept,) = served.inbox.due("command", time.time(), 100, set())
    assert kept.body == from_slack


def test_the_challenge_comes_back(served: Served) -> None:
    body = b'{"token": "t", "challenge": "3eZbrw1a", "type": "url_verification"}'
    reply = served.post(body, signed(body, "application/json", SECRET))
    assert reply.json() == {"challenge": "3eZbrw1a"}
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    unsigned = served.post(body, {"content-type": "application/json"})
    assert unsigned.status_code == 401
    assert b"3eZbrw1a" not in unsigned.content


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_post(served: Served, method: str) -> None:
    reply = served.client.request(method, PATH)
    assert reply.status_code == 405
    assert reply.headers["allow"] == "POST"


def test_a_body_that_is_too_long_is_not_read(served: Served) -> None:
    body = b" " * MAX_BODY_BYTES + b"{}"
    assert served.post(body, signed(body, "application/json", SECRET)).status_code == 413


def test_a_body_that_does_not_come_is_not_waited_for(served: Served) -> None:
    host, port = served.client.base_url.host, served.client.base_url.port
    assert port is not None
    with socket.create_connection((host, port)) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{{".encode())
        connection.settimeout(PATIENCE)
        assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_refusal_is_a_problem_and_says_what_to_mend(served: Served) -> None:
    reply = served.post(b"{}", signed(b"[]", "application/json", SECRET))
    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"
    assert "signing_secret" in reply.json()["detail"]


def test_what_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    body, kind = as_body(event(MENTION))
    inbox = Inbox.open(tmp_path / FILE_NAME)
    inbox.database.query("PRAGMA query_only = ON")  # as on a disk that cannot be written any more
    endpoint = EventsEndpoint(SECRET, Intake(inbox, lambda: None))
    with inbox, serving(lifespan(endpoint)) as url:
        reply = httpx.post(url + PATH, content=body, headers=signed(body, kind, SECRET), timeout=PATIENCE)
    assert reply.status_code == 503
    assert reply.headers["retry-after"]


MUTATIONS = st.sampled_from(["body", "signature", "timestamp", "secret", "old", "unsigned", "cut", "longer"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(how=MUTATIONS, at=st.integers(0), text=st.text())
def test_nothing_that_slack_did_not_sign_is_taken(served: Served, how: str, at: int, text: str) -> None:
    body = json.dumps(event({**MENTION, "text": text})).encode()
    headers = signed(body, "application/json", SECRET, time.time() - 301 if how == "old" else None)
    sent = bytearray(body)
    match how:
        case "body":
            sent[at % len(sent)] ^= 1 + at % 255
        case "cut":
            del sent[at % len(sent) :]
        case "longer":
            sent += b" "
        case "signature":
            digits = list(headers["x-slack-signature"])
            digits[3 + at % 64] = "0" if digits[3 + at % 64] != "0" else "1"
            headers["x-slack-signature"] = "".join(digits)
        case "timestamp":
            headers["x-slack-request-timestamp"] = str(int(headers["x-slack-request-timestamp"]) + 1 + at % 60)
        case "secret":
            headers = signed(body, "application/json", "0" * 32)
        case "unsigned":
            headers = {"content-type": "application/json"}
    depth = served.inbox.depth()
    assert served.post(bytes(sent), headers).status_code == 401
    assert served.inbox.depth() == depth


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200), kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "a"])
)
def test_what_is_signed_and_malformed_is_a_4xx(served: Served, body: bytes, kind: str) -> None:
    stamp = str(int(time.time()))
    headers = {"content-type": kind, "x-slack-request-timestamp": stamp}
    headers["x-slack-signature"] = sign(SECRET, stamp.encode(), body).decode()
    assert served.post(body, headers).status_code in (400, 415)
