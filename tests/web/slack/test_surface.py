"""The whole server with Slack: what comes in over either way is answered, and the door leads past the key."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.fakes import FakeService
from tests.servers import serving
from tests.waiting import PATIENCE
from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_socket import FakeSocket
from tests.web.slack.fake_world import APP_TOKEN, BOT_TOKEN, DIRECT, GENERAL
from tests.web.slack.payloads import Json, as_body, command, mention, message, signed
from web.app import create_app
from web.settings.settings import Settings
from web.settings.slack import SlackSettings
from web.slack.events import PATH
from web.slack.inbox import FILE_NAME, Inbox

SECRET = "8f742231b10e8888abcd99bcdef85a50"


@contextmanager
def served(
    fake: FakeSlack, folder: Path, signing_secret: str | None = None, app_token: str | None = None
) -> Iterator[str]:
    slack = SlackSettings(BOT_TOKEN, signing_secret, app_token, fake.api_url)
    settings = Settings(data=folder, api_key="key", public_url="https://page.example", slack=slack)
    with serving(create_app(settings, FakeService)) as url:
        yield url


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack().running() as running:
        yield running


def post(url: str, payload: Json) -> httpx.Response:
    body, kind = as_body(payload)
    return httpx.post(
        url + PATH,
        content=body,
        headers=signed(body, kind, SECRET) | {"host": "footnote.example"},
        timeout=PATIENCE,
    )


def wait_for_replies(fake: FakeSlack, count: int) -> None:
    fake.wait_for(lambda: len(fake.posted()) >= count)


def test_mentions_direct_messages_and_commands_are_answered(fake: FakeSlack, tmp_path: Path) -> None:
    with served(fake, tmp_path, signing_secret=SECRET) as url:
        asked = fake.say(GENERAL, "<@UFOOTNOTE> Where?")
        direct = fake.say(DIRECT, "Where?")
        for payload in (mention(asked), message(direct), command(fake, "Where?", GENERAL), mention(asked)):
            assert post(url, payload).status_code == 200
        wait_for_replies(fake, 3)
    assert {(each.channel, each.thread_ts) for each in fake.posted() if each.only_for is None} == {
        (GENERAL, asked.ts),
        (DIRECT, direct.ts),
    }


def test_socket_mode_has_the_same_answers(fake: FakeSlack, tmp_path: Path) -> None:
    with FakeSocket().running() as socket:
        fake.socket_url = socket.url
        with served(fake, tmp_path, app_token=APP_TOKEN) as url:
            socket.wait_for(lambda: socket.connections)
            asked = fake.say(GENERAL, "<@UFOOTNOTE> Where?")
            socket.send("events_api", mention(asked))
            socket.send("slash_commands", command(fake, "Where?", GENERAL))
            wait_for_replies(fake, 2)
            # Nothing is to come over HTTP: the address is as any other that is not there, behind the key.
            assert httpx.post(url + PATH, headers={"Authorization": "Bearer key"}, timeout=PATIENCE).status_code == 404
    assert {each.only_for is None for each in fake.posted()} == {True, False}


def test_the_endpoint_needs_no_key_and_the_rest_still_does(fake: FakeSlack, tmp_path: Path) -> None:
    with served(fake, tmp_path, signing_secret=SECRET) as url:
        assert post(url, mention(fake.say(GENERAL, "<@UFOOTNOTE> Where?"))).status_code == 200
        assert httpx.post(url + PATH, content=b"{}", headers={"X-API-Key": "key"}, timeout=PATIENCE).status_code == 401
        assert httpx.get(f"{url}/api/sources", timeout=PATIENCE).status_code == 401
        assert httpx.get(f"{url}{PATH}/", timeout=PATIENCE).status_code == 401
        assert (
            "footnote_slack_inbox" in httpx.get(f"{url}/metrics", headers={"X-API-Key": "key"}, timeout=PATIENCE).text
        )


def test_what_was_taken_in_is_answered_by_the_next_server(fake: FakeSlack, tmp_path: Path) -> None:
    fake.limit("chat.postMessage", 60)
    asked = mention(fake.say(GENERAL, "<@UFOOTNOTE> Where?"))
    with served(fake, tmp_path, signing_secret=SECRET) as url:
        assert post(url, asked).status_code == 200
        fake.wait_for(lambda: fake.called("chat.postMessage"))
    assert fake.posted() == []
    with Inbox.open(tmp_path / FILE_NAME) as inbox:  # it waits for a minute, as Slack said: not so long in a test
        assert inbox.depth() == 1
        inbox.database.query("UPDATE inbox SET due_at = ?", (time.time(),))
    with served(fake, tmp_path, signing_secret=SECRET) as url:
        wait_for_replies(fake, 1)
        assert post(url, asked).status_code == 200  # a repetition, once it is answered
    with Inbox.open(tmp_path / FILE_NAME) as inbox:
        assert inbox.depth() == 0
    assert len(fake.posted()) == 1


def test_no_secret_is_in_the_log(fake: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fake.refuse("auth.test", "invalid_auth", 2)
    with caplog.at_level(logging.DEBUG), served(fake, tmp_path, signing_secret=SECRET) as url:
        post(url, mention(fake.say(GENERAL, "<@UFOOTNOTE> Where?")))
        httpx.post(url + PATH, content=b"{}", headers=signed(b"[]", "application/json", SECRET), timeout=PATIENCE)
        wait_for_replies(fake, 1)
    assert SECRET not in caplog.text
    assert BOT_TOKEN not in caplog.text
