"""Scenes of the page: what a visitor does, and, at each `yield`, the name of the state that is then looked at."""

import json
from collections.abc import Callable, Iterator

from playwright.sync_api import Route, expect

from tests.proofs.stage import ANSWER_MS, Stage

WHO = "Who was sent to China by the Japanese government in May?"
COST = "How much did the new quay of Norhaven cost?"
ALL = "Which documents mention Abe?"
NOWHERE = "How do I reset my VPN password?"
MANY = (
    WHO,
    "Who proposed the Belt and Road Initiative?",
    "When did Abe visit Beijing?",
    NOWHERE,
    "Why did ties between Tokyo and Beijing improve?",
    "What is the Belt and Road Initiative?",
    COST,
    "Which metals were taxed in March?",
)

Scene = Callable[[Stage], Iterator[str]]


def first_visit(stage: Stage) -> Iterator[str]:
    """Before anything is asked; the keys; the choice of documents."""
    stage.open()
    stage.page.locator("#welcome").wait_for()
    yield "first-visit"


def answering(stage: Stage) -> Iterator[str]:
    """An answer while it is read for, while its sentences come, whole, and with its source beside it."""
    page = stage.page
    stage.open()
    stage.served.relay.hold_before(b"event: passages")
    stage.ask(WHO)
    expect(page.locator(".state")).to_contain_text("Reading", timeout=ANSWER_MS)
    yield "reading"
    stage.served.relay.release()
    stage.wait_for_answer()
    yield "answered"
    stage.open_citation(1)
    expect(page.locator("mark.main").first).to_be_in_viewport()
    yield "source-open"
    page.get_by_role("button", name="Close the source").click()
    stage.served.relay.hold_before(b"event: answer")
    stage.ask("Who proposed the Belt and Road Initiative?")
    page.locator(".turn[aria-busy] .sentence").first.wait_for(timeout=ANSWER_MS)
    yield "streaming"
    stage.served.relay.release()
    stage.wait_for_answer()


def abstaining(stage: Stage) -> Iterator[str]:
    """A question that no document answers."""
    stage.open()
    stage.answered(NOWHERE)
    expect(stage.page.locator(".abstained")).to_be_visible()
    yield "abstained"


def differing(stage: Stage) -> Iterator[str]:
    """Documents that contradict each other."""
    stage.open()
    stage.answered(COST)
    expect(stage.page.get_by_role("region", name="Sources differ")).to_be_visible()
    yield "differing"


def counting(stage: Stage) -> Iterator[str]:
    """A question about all documents."""
    stage.open()
    stage.answered(ALL)
    expect(stage.page.locator(".tally")).to_be_visible()
    yield "exhaustive"


def whole_source(stage: Stage) -> Iterator[str]:
    """A document on a page of its own, at the place that an answer cites."""
    stage.open()
    stage.answered(WHO)
    stage.open_citation(1)
    address = stage.page.get_by_role("link", name="Full page").get_attribute("href") or ""
    stage.open(address)
    expect(stage.page.locator("mark.main").first).to_be_in_viewport()
    yield "source-page"


def failing(stage: Stage) -> Iterator[str]:
    """A defect of the server, and a server that has too much to do."""
    page = stage.page

    def fail(status: int, detail: str) -> Callable[[Route], None]:
        body = json.dumps({"type": "about:blank", "title": "Problem", "status": status, "detail": detail})
        return lambda route: route.fulfill(status=status, body=body, content_type="application/problem+json")

    stage.open()
    page.route("**/api/ask", fail(500, "Something went wrong here; it is in the server's log as 0123456789ab."))
    stage.answered(WHO)
    expect(page.locator(".turn [role=alert]")).to_be_visible()
    yield "error-500"
    page.unroute("**/api/ask")
    page.route("**/api/ask", fail(503, "Too many questions are waiting."))
    page.locator("#log").get_by_role("button", name="Try again").click()
    expect(page.locator(".turn [role=alert]")).to_contain_text("Too many")
    yield "error-503"
    page.unroute("**/api/ask")
    page.locator("#log").get_by_role("button", name="Try again").click()
    stage.wait_for_answer()
    expect(page.locator(".turn .sentence").first).to_be_visible()


def gone_and_back(stage: Stage) -> Iterator[str]:
    """The server is stopped in the middle of a conversation, and started again."""
    page = stage.page
    stage.open()
    stage.answered(WHO)
    stage.served.stop()
    stage.answered(COST)
    expect(page.locator(".turn:last-child [role=alert]")).to_be_visible()
    yield "server-gone"
    stage.served.start()
    page.locator("#log").get_by_role("button", name="Try again").last.click()
    stage.wait_for_answer()
    expect(page.locator(".turn:last-child .sentence").first).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator(".turn")).to_have_count(2)
    yield "server-back"


def long_conversation(stage: Stage) -> Iterator[str]:
    """Eight questions, then the page anew."""
    stage.open()
    for question in MANY:
        stage.answered(question)
    stage.page.reload()
    expect(stage.page.locator(".turn")).to_have_count(len(MANY))
    stage.page.wait_for_load_state("networkidle")
    yield "long"


SCENES: tuple[Scene, ...] = (
    first_visit,
    answering,
    abstaining,
    differing,
    counting,
    whole_source,
    failing,
    long_conversation,
    gone_and_back,
)
BREAKING = frozenset({failing, gone_and_back})  # in which requests fail, which the browser itself logs
