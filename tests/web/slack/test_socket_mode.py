"""Socket Mode over a real websocket: acknowledged only once it is in the inbox, and no connection is the last one."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_socket import FakeSocket
from tests.web.slack.fake_world import APP_TOKEN
from tests.web.slack.payloads import action, command, event
from web.slack.inbox import FILE_NAME, KINDS, Inbox
from web.slack.intake import Intake
from web.slack.socket_mode import Rhythm, SocketMode

MENTION = {"type": "app_mention", "channel": "C0001", "ts": "1.2", "text": "who?"}


class Line(Struct, frozen=True):
    """What a test of a connection needs."""

    fake: FakeSlack
    socket: FakeSocket
    inbox: Inbox

    def while_connected(self, test: Callable[[], None], token: str = APP_TOKEN, heartbeat: float = 10.0) -> None:
        """Run a test on a thread while there is Socket Mode."""

        async def work() -> None:
            client = AsyncWebClient(base_url=self.fake.api_url)
            rhythm = Rhythm(heartbeat=heartbeat, first=0.01, longest=0.02)
            async with SocketMode(token, client, Intake(self.inbox, lambda: None), rhythm).running():
                await asyncio.to_thread(test)

        asyncio.run(work())

    def keys(self) -> list[str]:
        return [item.key for kind in KINDS for item in self.inbox.due(kind, 1e12, 99, set())]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with FakeSlack().running() as fake, FakeSocket().running() as socket, Inbox.open(tmp_path / FILE_NAME) as inbox:
        fake.socket_url = socket.url
        yield Line(fake, socket, inbox)


def test_events_commands_and_clicks_are_acknowledged_once_they_are_kept(line: Line) -> None:
    said = line.fake.say("C0001", "who?")
    click = action(line.fake, said, {"type": "button", "action_id": "helpful"})
    told = {"events_api": event(MENTION), "slash_commands": command(line.fake, "who?", "C0001"), "interactive": click}

    def test() -> None:
        line.socket.wait_for(lambda: line.socket.connections)
        for kind, payload in told.items():
            envelope_id = line.socket.send(kind, payload)
            line.socket.wait_for(lambda: envelope_id in line.socket.acknowledged)  # noqa: B023
        assert len(line.keys()) == 3

    line.while_connected(test)
    bodies = [line.inbox.due(kind, 1e12, 9, set())[0].body for kind in KINDS]
    assert bodies == list(told.values())


def test_what_cannot_be_kept_is_not_acknowledged_and_comes_again(line: Line) -> None:
    payload = event(MENTION)

    def test() -> None:
        line.socket.wait_for(lambda: line.socket.connections)
        line.inbox.database.query("PRAGMA query_only = ON")
        line.socket.send("events_api", payload)
        line.socket.wait_for(lambda: line.socket.connections > 1)  # it hung up, and called again
        assert line.socket.acknowledged == []
        line.inbox.database.query("PRAGMA query_only = OFF")
        line.socket.wait_for(lambda: line.socket.acknowledged)

    line.while_connected(test)
    assert line.keys() == [f"event:{payload['event_id']}"]


def test_a_repetition_is_acknowledged_and_kept_once(line: Line) -> None:
    payload = event(MENTION)

    def test() -> None:
        line.socket.wait_for(lambda: line.socket.connections)
        for _ in range(3):
            line.socket.send("events_api", payload)
        line.socket.wait_for(lambda: len(line.socket.acknowledged) == 3)

    line.while_connected(test)
    assert len(line.keys()) == 1


@pytest.mark.parametrize("end", [FakeSocket.disconnect, FakeSocket.hang_up])
def test_it_connects_again_and_misses_nothing(line: Line, end: Callable[[FakeSocket], None]) -> None:
    def test() -> None:
        for number in range(1, 4):
            line.socket.wait_for(lambda: line.socket.connections == number)  # noqa: B023
            end(line.socket)
            line.socket.send("events_api", event(MENTION))
            line.socket.wait_for(lambda: len(line.socket.acknowledged) >= number)  # noqa: B023

    line.while_connected(test)
    assert line.inbox.depth() == 3


def test_it_waits_for_slack_as_long_as_it_takes(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    line.fake.break_down("apps.connections.open", 2)
    line.fake.refuse("apps.connections.open", "internal_error")
    line.fake.limit("apps.connections.open", 1)

    def test() -> None:
        line.socket.wait_for(lambda: line.socket.connections)

    line.while_connected(test)
    opened = line.fake.called("apps.connections.open")
    assert [each.status for each in opened] == [500, 500, 200, 429, 200]
    assert opened[-1].at - opened[-2].at >= 1
    assert APP_TOKEN not in caplog.text


def test_a_token_that_slack_does_not_know_is_told_without_showing_it(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    def test() -> None:
        line.fake.wait_for(lambda: len(line.fake.calls) > 1)

    with caplog.at_level(logging.WARNING):
        line.while_connected(test, "xapp-hush")
    assert "invalid_auth" in caplog.text
    assert "xapp-hush" not in caplog.text


@pytest.mark.parametrize(
    "message",
    ["", "no JSON", "[]", '{"type": 1}', '{"envelope_id": "e"}', '{"type": "new_thing"}', "[" * 10_000],
)
def test_what_is_no_envelope_is_left_alone(line: Line, message: str) -> None:
    def test() -> None:
        line.socket.wait_for(lambda: line.socket.connections)
        line.socket.say(message)
        line.socket.send("events_api", event(MENTION))
        line.socket.wait_for(lambda: line.socket.acknowledged)

    line.while_connected(test)
    assert line.socket.connections == 1


def test_an_envelope_that_nobody_can_answer_is_acknowledged_so_that_it_does_not_come_for_ever(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    def test() -> None:
        line.socket.wait_for(lambda: line.socket.connections)
        line.socket.send("events_api", {"type": "event_callback"})
        line.socket.send("new_kind", {})
        line.socket.wait_for(lambda: len(line.socket.acknowledged) == 2)

    line.while_connected(test)
    assert caplog.text.count("left alone") == 2
    assert line.keys() == []
