"""How long Slack waits for an acknowledgement while the real server answers many questions with the real models."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
from msgspec import Struct

from tests.paths import ROOT
from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_world import BOT_TOKEN, GENERAL, OTHER
from tests.web.slack.payloads import Json, as_body, mention, message, signed
from web.slack.events import PATH

SECRET = "8f742231b10e8888abcd99bcdef85a50"
_PER_SECOND = 20.0
_PATIENCE_SECONDS = 300.0


class Waits(Struct, frozen=True):
    """Milliseconds until a 200. beside: acknowledgements while the questions were in flight, theirs not counted.

    seconds: until the last question was answered.
    """

    questions: int
    beside: int
    refused: int
    median: float
    p99: float
    longest: float
    seconds: float


def run(corpus: Path, data: Path, questions: int) -> Waits:
    """So many mentions at once, each in a thread of its own, then the talk of people in the channel until the last of
    them is answered."""
    with FakeSlack().running() as fake, _serving(corpus, data, fake.api_url) as url:
        asked = [mention(fake.say(GENERAL, f"<@UFOOTNOTE> {each}")) for each in _questions(url, questions)]
        began = time.monotonic()
        with ThreadPoolExecutor(questions) as senders, httpx.Client(base_url=url, timeout=30) as client:
            heard = list(senders.map(lambda payload: _acknowledged(client, payload), asked))
            beside = list(_talk(client, fake, questions))
        seconds = time.monotonic() - began
    waits = sorted(wait * 1000 for wait, status in [*heard, *beside] if status == 200)
    refused = len(heard) + len(beside) - len(waits)
    p99 = statistics.quantiles(waits, n=100, method="inclusive")[98]
    return Waits(questions, len(beside), refused, statistics.median(waits), p99, waits[-1], seconds)


def _questions(url: str, count: int) -> list[str]:
    titles = [each["title"] for each in httpx.get(f"{url}/api/sources", timeout=60).json()["sources"]]
    return [f"What is said about {titles[n % len(titles)]}, in {1900 + n}?" for n in range(count)]


def _talk(client: httpx.Client, fake: FakeSlack, questions: int) -> Iterator[tuple[float, int]]:
    until = time.monotonic() + _PATIENCE_SECONDS
    while len(fake.posted(GENERAL)) < questions and time.monotonic() < until:
        yield _acknowledged(client, message(fake.say(GENERAL, "People talk.", OTHER)))
        time.sleep(1 / _PER_SECOND)


def _acknowledged(client: httpx.Client, payload: Json) -> tuple[float, int]:
    body, kind = as_body(payload)
    began = time.monotonic()
    status = client.post(PATH, content=body, headers=signed(body, kind, SECRET)).status_code
    return time.monotonic() - began, status


@contextmanager
def _serving(corpus: Path, data: Path, api_url: str) -> Iterator[str]:
    """`footnote serve` in a process of its own, once its models are loaded."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    environment |= {
        "FOOTNOTE_DATA": str(data),
        "FOOTNOTE_SLACK_BOT_TOKEN": BOT_TOKEN,
        "FOOTNOTE_SLACK_SIGNING_SECRET": SECRET,
        "FOOTNOTE_SLACK_API_URL": api_url,
    }
    command = [sys.executable, "-m", "web", "serve", "--port", "0", "--corpus", str(corpus)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield _ready(process)
        finally:
            process.terminate()
            process.communicate()


def _ready(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    url = next(word for line in process.stderr for word in line.split() if word.startswith("http://"))
    while httpx.get(f"{url}/health/ready", timeout=60).status_code != 200:
        time.sleep(0.1)
    return url
