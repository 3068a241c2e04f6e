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
    page = stage.page
    page.locator("#welcome").wait_for()
    yield "first-visit"
    page.get_by_role("button", name="Choose which documents to ask").click()
    page.get_by_role("dialog").wait_for()
    yield "filter-open"
    page.get_by_role("button", name="None").click()
    page.get_by_role("dialog").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Ask 1 of").click()
    expect(page.locator("#asking")).to_be_visible()
    yield "filtered"
    page.get_by_role("button", name="Ask all documents").click()
    page.locator("#question").blur()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    yield "help-open"


def answering(stage: Stage) -> Iterator[str]:
    """An answer while it is read for, while its sentences come, whole, and with its source beside it."""
    page = stage.page
    stage.open()
    stage.subject = ".turn:last-child"
    stage.served.relay.hold_before(b"event: passages")
    stage.ask(WHO)
    expect(page.locator(".state")).to_contain_text("Reading", timeout=ANSWER_MS)
    yield "reading"
    stage.served.relay.release()
    stage.wait_for_answer()
    yield "answered"
    page.locator(".turn .chip").first.hover()
    page.get_by_role("tooltip").wait_for()
    stage.look("preview", hovered=".turn .chip")
    stage.open_citation(1)
    expect(page.locator("mark.main").first).to_be_in_viewport()
    yield "source-open"
    page.get_by_role("button", name="Close the source").click()
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_role("button", name="Add a word").click()
    page.get_by_role("textbox", name="What would you like to say?").wait_for()
    stage.subject = ".feedback textarea"
    yield "feedback"
    stage.subject = ".turn:last-child"
    stage.served.relay.hold_before(b"event: answer")
    stage.ask("Who proposed the Belt and Road Initiative?")
    page.locator(".turn[aria-busy] .sentence").first.wait_for(timeout=ANSWER_MS)
    yield "streaming"
    stage.served.relay.release()
    stage.wait_for_answer()


def following_up(stage: Stage) -> Iterator[str]:
    """A question that leans on the one before, and the same taken as it stands."""
    page = stage.page
    stage.open()
    stage.answered(WHO)
    stage.subject = ".turn:last-child"
    stage.answered("When did he go there?")
    newest = page.locator(".turn:last-child")
    expect(newest.locator(".interpreted")).to_contain_text("Interpreted as")
    yield "follow-up"
    newest.get_by_role("button", name="Undo: take the question as it is").click()
    expect(newest.locator(".interpreted")).to_contain_text("Taken as it was asked", timeout=ANSWER_MS)
    stage.wait_for_answer()
    expect(page.locator(".turn")).to_have_count(2)
    yield "undone"


def conversations(stage: Stage) -> Iterator[str]:
    """What was asked before, found again."""
    page = stage.page
    for question in (NOWHERE, COST):
        stage.open()
        stage.answered(question)
        page.evaluate("sessionStorage.clear()")
    stage.open()
    page.locator("#history li").first.wait_for()
    stage.narrow = "Show the conversations"
    yield "conversations"
    stage.narrow = ""
    page.get_by_role("searchbox", name="Find a conversation").fill("quay")
    expect(page.locator("#history li").first).to_contain_text("quay")
    yield "conversations-found"
    page.locator("#history li a").first.click()
    expect(page.locator(".turn")).to_have_count(1)


def permalink(stage: Stage) -> Iterator[str]:
    """An answer at its own address, and an address of an answer that there is not."""
    page = stage.page
    stage.open()
    stage.answered(WHO)
    address = page.locator(".turn a[href^='/answers/']").first.get_attribute("href") or ""
    stage.open(address)
    expect(page.locator(".turn .sentence").first).to_be_visible()
    yield "permalink"


def nowhere(stage: Stage) -> Iterator[str]:
    """Addresses that lead to nothing."""
    for path in ("answers", "conversations", "sources"):
        stage.open(f"/{path}/0123456789abcdef0123456789abcdef")
        expect(stage.page.get_by_text("not here").or_(stage.page.get_by_text("no such document")).first).to_be_visible()
        yield f"nothing-at-{path}"


def overviews(stage: Stage) -> Iterator[str]:
    """All documents, and what was not found in them."""
    stage.open("/sources")
    stage.page.get_by_role("link", name="The Belt and Road Initiative: Responding").first.wait_for()
    yield "sources"
    stage.open()
    stage.answered(NOWHERE)
    stage.open("/gaps")
    stage.page.get_by_text("VPN").first.wait_for()
    yield "gaps"


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
    stage.subject = "mark.main"
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
    stage.subject = ".turn:last-child"
    yield "long"


SCENES: tuple[Scene, ...] = (
    first_visit,
    answering,
    following_up,
    abstaining,
    differing,
    counting,
    whole_source,
    overviews,
    conversations,
    permalink,
    failing,
    nowhere,
    long_conversation,
    gone_and_back,
)
BREAKING = frozenset({failing, nowhere, gone_and_back})  # in which requests fail, which the browser itself logs
