"""The page over the service itself, from `footnote serve` to the mark in the source."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.paths import SEEDS
from tests.waiting import PATIENCE
from tests.web.page.browser import Watched, visiting
from tests.web.page.documents import HOSTILE
from tests.web.page.fake_api import EMOJI, wait_until

HOSTILE_NAME = "<img src=x onerror=window.hacked=4>.txt"


@pytest.fixture(scope="module")
def service(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """The seeds and two documents of our own, served by the command line on a free port."""
    folder = tmp_path_factory.mktemp("service")
    corpus = folder / "corpus"
    corpus.mkdir()
    for seed in SEEDS.glob("*.txt"):
        (corpus / seed.name).write_bytes(seed.read_bytes())
    (corpus / "emoji.txt").write_text(EMOJI, encoding="utf-8")
    (corpus / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    places = ["--corpus", str(corpus), "--data", str(folder / "data")]
    command = [sys.executable, "-m", "web", "serve", "--port", "0", *places]
    log = folder / "log.txt"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FOOTNOTE_")}
    environment["PYTHONPATH"] = str(SEEDS.parent)
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env=environment)
    try:
        yield address_of(process, log)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def address_of(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Where the server says that it listens, once it can answer."""

    def find() -> str | None:
        assert process.poll() is None, log.read_text()
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        return found.group() if found else None

    wait_until(lambda: find() is not None)
    address = find()
    assert address
    wait_until(lambda: httpx.get(f"{address}/health/ready", timeout=PATIENCE).status_code == 200)
    # It answers before all is read.
    wait_until(lambda: httpx.get(f"{address}/api/sync", timeout=PATIENCE).json()["finished_at"] is not None)
    return address


@pytest.fixture
def visit(browser: Browser, service: str) -> Iterator[Watched]:
    with visiting(browser, service) as visit:
        yield visit


def answer(visit: Watched, question: str) -> list[dict[str, object]]:
    """Asks on the page; the citations of the reply as the service keeps it."""
    visit.answered(question)
    conversation = visit.page.evaluate("sessionStorage.getItem('footnote.conversation')")
    reply = httpx.get(f"{visit.url}/api/conversations/{conversation}", timeout=PATIENCE).json()["turns"][-1]["reply"]
    return [citation for block in reply["content"] for citation in block["citations"]]


@pytest.mark.parametrize(
    "question", ["Who was sent to China by the Japanese government in May?", "Where was the party 🎉 of 𠮷野 held?"]
)
def test_every_chip_opens_the_very_words_it_cites(visit: Watched, question: str) -> None:
    citations = answer(visit, question)
    assert citations
    for citation in citations:
        visit.open_citation(int(str(citation["number"])))
        assert visit.marked() == citation["cited_text"]
        expect(visit.page.locator("mark.main").first).to_be_in_viewport()
        expect(visit.page.locator("#panel .notice")).to_have_count(0)
    visit.page.goto(f"{visit.url}{citations[0]['url']}")
    expect(visit.page.locator("mark.main").first).to_be_in_viewport()
    assert visit.marked() == citations[0]["cited_text"]


def test_a_hostile_document_stays_text(visit: Watched) -> None:
    answer(visit, "Which sentence is turned around by an override that nothing ends?")
    visit.page.get_by_role("link", name="<").last.click()
    visit.page.locator(".doc-body").wait_for()
    assert HOSTILE.split("\n\n")[1] in (visit.page.locator(".doc-body").text_content() or "")
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("main img, main script").count() == 0


def test_a_conversation_survives_a_reload(visit: Watched) -> None:
    answer(visit, "Who was sent to China by the Japanese government in May?")
    before = visit.page.locator(".reply").inner_text()
    visit.page.reload()
    expect(visit.page.locator(".reply")).to_have_text(before, use_inner_text=True)
