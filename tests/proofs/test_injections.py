"""A thousand payloads in every place that foreign text comes from; none runs, and none becomes markup."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.proofs.canary import Canary
from tests.proofs.hostile import (
    LONGEST_COMMENT,
    LONGEST_TITLE,
    bare,
    deal,
    packed,
    questions,
    write_corpus,
)
from tests.proofs.payloads import Payload, make_payloads, rendered
from tests.proofs.served import serving
from tests.proofs.stage import ANSWER_MS
from tests.waiting import PATIENCE

pytestmark = pytest.mark.proof

HOSTILE = deal(make_payloads())


@dataclass
class Hostage:
    """A page over the hostile documents. seen: all that it showed, without white space."""

    page: Page
    canary: Canary
    api: httpx.Client
    requested: list[Request] = field(default_factory=list)
    visited: int = 0
    seen: list[str] = field(default_factory=list)

    def visit(self, path: str) -> None:
        if self.visited:
            self.page.evaluate("sessionStorage.clear()")  # the page would go on with the conversation it was at
        self.page.goto(f"{self.api.base_url}".rstrip("/") + path)
        self.page.wait_for_load_state("networkidle")
        self.visited += 1
        self.read()

    def read(self) -> None:
        self.seen.append(bare(self.page.evaluate("document.body.textContent") or ""))

    def unseen(self, payloads: tuple[Payload, ...]) -> list[str]:
        """Payloads that never came to the page."""
        return [each.text for each in payloads if not any(bare(each.text) in text for text in self.seen)]

    @property
    def strays(self) -> list[str]:
        """Requests that no page of ours makes."""
        own = urlsplit(str(self.api.base_url)).netloc
        return [
            each.url
            for each in self.requested
            if urlsplit(each.url).netloc != own
            or not (each.resource_type == "document" or urlsplit(each.url).path.startswith(("/static/", "/api/")))
        ]


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("hostile")
    write_corpus(HOSTILE, folder / "corpus")
    with serving(folder / "corpus", folder) as served:
        yield served.url


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="module")
def hostage(context: BrowserContext, address: str) -> Iterator[Hostage]:
    canary = Canary(context)
    with httpx.Client(base_url=address, timeout=PATIENCE) as api:
        hostage = Hostage(context.new_page(), canary, api)
        hostage.page.on("request", lambda request: hostage.requested.append(request))
        yield hostage


@pytest.fixture
def unharmed(hostage: Hostage) -> Iterator[Hostage]:
    """The page, of which nothing must have come when the test is over."""
    yield hostage
    hostage.page.wait_for_timeout(100)
    assert hostage.canary.harm == []
    assert hostage.strays == []
    assert sum(each.is_navigation_request() for each in hostage.requested) == hostage.visited


def test_questions_and_answers(unharmed: Hostage) -> None:
    for question in questions(HOSTILE):
        unharmed.visit("/")
        unharmed.page.fill("#question", question)
        unharmed.page.press("#question", "Enter")
        unharmed.page.locator(".turn:not([aria-busy])").wait_for(timeout=ANSWER_MS)
        for folded in unharmed.page.locator(".turn details:not([open]) > summary").all():
            folded.click()
        opener = unharmed.page.locator(".turn .chip").or_(unharmed.page.get_by_role("link", name="Open the source"))
        opener.first.hover()
        opener.first.click()
        unharmed.page.locator("#panel mark").first.wait_for()
        unharmed.read()
    assert unharmed.unseen(HOSTILE.questions) == []


def test_documents(unharmed: Hostage) -> None:
    sources = unharmed.api.get("/api/sources").json()["sources"]
    for source in sources:
        unharmed.visit(f"/sources/{source['document_id']}")
        unharmed.page.locator(".doc-body").wait_for()
        unharmed.read()
    unharmed.visit("/sources")
    assert unharmed.unseen(HOSTILE.text) == []
    assert unharmed.unseen(HOSTILE.titles) == []
    assert unharmed.unseen(HOSTILE.names) == []


def test_comments_and_conversation_titles(unharmed: Hostage) -> None:
    api = unharmed.api
    conversations = [each["conversation_id"] for each in listed(api)]
    comments = packed(HOSTILE.comments, LONGEST_COMMENT)
    assert len(comments) <= len(conversations), "more comments than answers"
    for conversation, comment in zip(conversations, comments, strict=False):
        turn = api.get(f"/api/conversations/{conversation}").json()["turns"][-1]
        said = {"reply_id": turn["reply"]["id"], "kind": "not_helpful", "comment": comment}
        assert api.post("/api/feedback", json=said).status_code == 201
        unharmed.visit(f"/conversations/{conversation}")
        unharmed.visit(f"/answers/{turn['reply']['id']}")
    titles = packed([each for each in HOSTILE.conversations if len(each.text) <= LONGEST_TITLE], LONGEST_TITLE)
    for start in range(0, len(titles), len(conversations)):
        for conversation, title in zip(conversations, titles[start : start + len(conversations)], strict=False):
            assert api.patch(f"/api/conversations/{conversation}", json={"title": title}).status_code == 200
        unharmed.visit("/")
        show_conversations(unharmed.page)
        unharmed.read()
    unharmed.visit("/gaps")
    assert unharmed.unseen(HOSTILE.comments) == []
    assert unharmed.unseen(tuple(each for each in HOSTILE.conversations if len(each.text) <= LONGEST_TITLE)) == []


def listed(api: httpx.Client) -> list[dict[str, str]]:
    conversations: list[dict[str, str]] = api.get("/api/conversations?limit=100").json()["conversations"]
    return conversations


def show_conversations(page: Page) -> None:
    opener = page.get_by_role("button", name="Show the conversations")
    if opener.is_visible():
        opener.click()
    page.locator("#history li").first.wait_for()


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_exports(browser: Browser, hostage: Hostage, form: str) -> None:
    """A browser saves them and does not show them; as Markdown they hold no HTML that a reader would let through."""
    context = browser.new_context()
    canary = Canary(context)
    page = context.new_page()
    page.goto("about:blank")
    for conversation in listed(hostage.api):
        response = hostage.api.get(
            f"/api/conversations/{conversation['conversation_id']}/export", params={"format": form}
        )
        assert response.status_code == 200
        assert response.headers["content-disposition"].startswith("attachment")
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "html" not in response.headers["content-type"]
        if form == "markdown":
            page.set_content(rendered(response.text))
    page.wait_for_timeout(200)
    context.close()
    assert canary.harm == []


def test_no_answer_of_the_api_is_a_page(hostage: Hostage) -> None:
    for path in ("/api/ask?q=", "/api/conversations?q=", "/api/conversations/", "/api/answers/", "/nothing/"):
        response = hostage.api.get(path + quote("<script>canary(1)</script>", safe=""))
        assert response.headers["content-type"].startswith(("application/json", "application/problem+json")), path
