"""What Slack sends is told apart, and what it sends twice has the same key."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import Headers

from web.http.problems import RefusedError
from web.slack.arrivals import Greeting, parse_envelope, parse_request
from web.slack.inbox import Arrival

JSON, FORM = (
    Headers({"content-type": "application/json"}),
    Headers({"content-type": "application/x-www-form-urlencoded"}),
)
EVENT = {
    "type": "event_callback",
    "event_id": "Ev1",
    "team_id": "T1",
    "event": {"type": "app_mention", "channel": "C1", "ts": "1.2", "text": "hi"},
}
COMMAND = {"command": "/ask", "text": "Wer? & wo", "trigger_id": "1.2.3", "channel_id": "C1"}
CLICK = {"type": "block_actions", "trigger_id": "4.5.6", "actions": [{"action_id": "helpful"}]}


def arrival_of(headers: Headers, body: str | bytes) -> Arrival:
    arrival = parse_request(headers, body.encode() if isinstance(body, str) else body)
    assert isinstance(arrival, Arrival)
    return arrival


def test_an_event_is_known_by_its_id_and_belongs_to_a_thread() -> None:
    arrival = arrival_of(JSON, json.dumps(EVENT))
    assert arrival == Arrival("event:Ev1", "event", "T1:C1:1.2", EVENT)
    reply = {**EVENT, "event_id": "Ev2", "event": {**EVENT["event"], "ts": "9.9", "thread_ts": "1.2"}}  # type: ignore[dict-item]
    assert arrival_of(JSON, json.dumps(reply)).thread == arrival.thread
    bare = {**EVENT, "event": {"type": "app_home_opened"}}
    assert arrival_of(JSON, json.dumps(bare)).thread is None


def test_a_command_and_a_click_are_known_by_their_trigger() -> None:
    command = arrival_of(FORM, urlencode(COMMAND))
    assert (command.kind, command.body) == ("command", COMMAND)
    assert command.key == arrival_of(FORM, urlencode(dict(reversed(COMMAND.items())))).key
    assert command.key != arrival_of(FORM, urlencode({**COMMAND, "trigger_id": "7"})).key
    click = arrival_of(FORM, urlencode({"payload": json.dumps(CLICK)}))
    assert (click.kind, click.body) == ("interaction", CLICK)
    assert click.key != command.key


def test_what_has_no_trigger_is_known_by_all_that_it_says() -> None:
    one = {"type": "view_submission", "view": {"id": "V1", "state": {"a": 1}}}
    same = {"view": {"state": {"a": 1}, "id": "V1"}, "type": "view_submission"}
    other = {**one, "view": {"id": "V2", "state": {"a": 1}}}
    first, second, third = (arrival_of(FORM, urlencode({"payload": json.dumps(each)})) for each in (one, same, other))
    assert first.key == second.key
    assert first.key != third.key


def test_both_ways_in_give_the_same_arrival() -> None:
    assert parse_envelope("events_api", EVENT) == arrival_of(JSON, json.dumps(EVENT))
    assert parse_envelope("slash_commands", COMMAND) == arrival_of(FORM, urlencode(COMMAND))
    assert parse_envelope("interactive", CLICK) == arrival_of(FORM, urlencode({"payload": json.dumps(CLICK)}))


def test_what_only_wants_to_be_greeted() -> None:
    assert parse_request(JSON, b'{"type": "url_verification", "challenge": "abc"}') == Greeting("abc")
    assert parse_request(JSON, b'{"type": "app_rate_limited"}') == Greeting()
    assert parse_request(FORM, b"ssl_check=1&token=x") == Greeting()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (JSON, b""),
        (JSON, b"\xff"),
        (JSON, b"[]"),
        (JSON, b"null"),
        (JSON, b'{"type": "event_callback"}'),
        (JSON, b'{"type": "event_callback", "event_id": "", "event": {"type": "message"}}'),
        (JSON, b'{"type": "event_callback", "event_id": 7, "event": {"type": "message"}}'),
        (JSON, b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": []}}'),
        (JSON, b'{"type": "url_verification"}'),
        (JSON, b'{"type": ["event_callback"]}'),
        (JSON, b'{"a":' * 100_000),
        (FORM, b""),
        (FORM, b"no form"),
        (FORM, b"command=%ff"),
        (FORM, "command=ü".encode()),
        (FORM, b"command="),
        (FORM, b"text=a"),
        (FORM, b"command=a&command=b"),
        (FORM, b"&".join(b"a%d=1" % n for n in range(200))),
        (FORM, b"payload=%7B"),
        (FORM, b"payload=%5B%5D"),
        (FORM, b"payload=%7B%22type%22%3A1%7D"),
        (FORM, b"payload=" + b"%5B" * 100_000),
    ],
)
def test_what_is_malformed_is_a_400(headers: Headers, body: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_request(headers, body)
    assert caught.value.status == 400


@pytest.mark.parametrize("kind", ["", "text/plain", "application/xml", "multipart/form-data"])
def test_another_type_is_a_415(kind: str) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_request(Headers({"content-type": kind}), b"{}")
    assert caught.value.status == 415


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.sampled_from(["type", "event", "event_id", "payload", "command", "trigger_id", "team_id"])
ODD = st.dictionaries(NAMES, ANYTHING)


@given(headers=st.sampled_from([JSON, FORM]), body=st.binary() | ODD.map(lambda each: json.dumps(each).encode()))
def test_whatever_the_body_it_is_taken_or_refused(headers: Headers, body: bytes) -> None:
    assert status_of(lambda: parse_request(headers, body)) in (200, 400)


@given(kind=st.sampled_from(["events_api", "slash_commands", "interactive", "other"]), payload=ODD | ANYTHING)
def test_whatever_the_envelope_it_is_taken_or_refused(kind: str, payload: Any) -> None:
    assert status_of(lambda: parse_envelope(kind, payload)) in (200, 400)


def status_of(read: Callable[[], object]) -> int:
    try:
        read()
    except RefusedError as error:
        return error.status
    return 200
