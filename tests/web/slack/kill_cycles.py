"""The server with its Slack app, killed again and again as by kill -9 while events come in: is every one that was
acknowledged answered, and once?

What is not acknowledged is sent again to the next server, as Slack does, and some that were are sent again, too.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx
import uvicorn
from msgspec import Struct

from tests.fakes import FakeService
from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_world import BOT_TOKEN, DIRECT, GENERAL, Said
from tests.web.slack.payloads import Json, as_body, mention, message, signed
from web.app import create_app
from web.settings.settings import Settings
from web.settings.slack import SlackSettings
from web.slack.events import PATH
from web.slack.inbox import FILE_NAME, Inbox

SECRET = "8f742231b10e8888abcd99bcdef85a50"
_REPEATED = 0.1
_MOMENT_SECONDS = 0.03
_PATIENCE_SECONDS = 120.0


class Outcome(Struct, frozen=True):
    """Counts of events. acknowledged: with a 200; of these lost (no reply), apologies, and those answered twice."""

    cycles: int
    acknowledged: int
    answered: int
    lost: int
    twice: int
    apologies: int


class _Sent(Struct, frozen=True):
    said: Said
    payload: Json


def run(folder: Path, cycles: int, events: int, longest: float, seed: int = 1) -> Outcome:
    """events: new ones that come in each cycle. A server is killed a moment after some number of calls to Slack, by
    chance from none to all that it will make, or after `longest` seconds."""
    folder.mkdir(exist_ok=True)
    chance = random.Random(seed)
    acknowledged: dict[str, _Sent] = {}
    unacknowledged: list[_Sent] = []
    with FakeSlack().running() as fake, httpx.Client(timeout=60) as client, ThreadPoolExecutor(4) as senders:
        for _ in range(cycles):
            sent = [*unacknowledged, *(_said(fake, chance, n) for n in range(events))]
            sent += [each for each in list(acknowledged.values())[-events:] if chance.random() < _REPEATED]
            with _serving(folder, fake) as (process, url):
                outcomes = [senders.submit(_send, client, url, each) for each in sent]
                unanswered = len(sent) + len(acknowledged) - len(fake.posted())
                _wait_for_calls(fake, chance.randrange(max(1, 2 * unanswered)), longest)
                time.sleep(chance.random() * _MOMENT_SECONDS)
                process.kill()
                heard = [each for each, outcome in zip(sent, outcomes, strict=True) if outcome.result()]
            acknowledged |= {each.said.ts: each for each in heard}
            unacknowledged = [each for each in sent if each.said.ts not in acknowledged]
        with _serving(folder, fake) as (process, url):
            for each in unacknowledged:
                assert _send(client, url, each)
                acknowledged[each.said.ts] = each
            _wait_until_empty(folder)
            process.terminate()
        return _counted(fake, cycles, acknowledged)


def _said(fake: FakeSlack, chance: random.Random, number: int) -> _Sent:
    if chance.random() < 0.3:
        said = fake.say(DIRECT, f"What is number {number}?")
        return _Sent(said, message(said))
    said = fake.say(GENERAL, f"<@UFOOTNOTE> What is number {number}?")
    return _Sent(said, mention(said))


def _send(client: httpx.Client, url: str, sent: _Sent) -> bool:
    """Whether it was acknowledged."""
    body, kind = as_body(sent.payload)
    try:
        return client.post(url + PATH, content=body, headers=signed(body, kind, SECRET)).status_code == 200
    except httpx.TransportError:
        return False


def _wait_for_calls(fake: FakeSlack, calls: int, longest: float) -> None:
    before = len(fake.calls)
    with suppress(TimeoutError):
        fake.wait_for(lambda: len(fake.calls) >= before + calls, longest)


@contextmanager
def _serving(folder: Path, fake: FakeSlack) -> Iterator[tuple[BaseProcess, str]]:
    context = multiprocessing.get_context("forkserver")  # so that the imports are made once
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(folder, fake.api_url, there))
    process.start()
    there.close()
    try:
        yield process, str(here.recv())
    finally:
        process.kill()
        process.join()
        here.close()


def _serve(folder: Path, api_url: str, ready: Connection) -> None:
    slack = SlackSettings(bot_token=BOT_TOKEN, signing_secret=SECRET, api_url=api_url)
    app = create_app(Settings(data=folder, slack=slack, public_url="https://page.example"), FakeService)

    class Server(uvicorn.Server):
        async def startup(self, sockets: object = None) -> None:
            await super().startup(sockets)  # type: ignore[arg-type]
            port = self.servers[0].sockets[0].getsockname()[1]
            ready.send(f"http://127.0.0.1:{port}")

    Server(uvicorn.Config(app, port=0, http="h11", ws="none", lifespan="on", log_config=None)).run()


def _wait_until_empty(folder: Path) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    with Inbox.open(folder / FILE_NAME) as inbox:
        while inbox.depth() and time.monotonic() < until:
            time.sleep(0.05)


def _counted(fake: FakeSlack, cycles: int, acknowledged: dict[str, _Sent]) -> Outcome:
    said = Counter(each.thread_ts for each in fake.posted())
    sorry = sum("could not answer" in each.text for each in fake.posted())
    replies = [said[ts] for ts in acknowledged]
    return Outcome(
        cycles, len(acknowledged), sum(map(bool, replies)), replies.count(0), sum(n > 1 for n in replies), sorry
    )
