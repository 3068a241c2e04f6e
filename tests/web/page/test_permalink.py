"""An answer and a conversation by their addresses, also where they are gone."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.fake_api import QUESTION, FakeApi
from tests.web.page.fake_history import FakeHistory


def gone(route: Route) -> None:
    route.fulfill(status=404, content_type="application/problem+json", body='{"detail": "There is none."}')


def test_an_answer_is_shown_as_it_was_given(history: FakeHistory, desk: Watched) -> None:
    reply = history.hold("one", QUESTION)
    page = desk.page
    page.goto(f"{desk.url}/answers/{reply.id}")
    expect(page.locator(".question")).to_have_text(QUESTION)
    expect(page.locator(".sentence")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("The documents have not changed since.")
    expect(page).to_have_title(f"{QUESTION} – Footnote")
    expect(page.locator(".past a")).to_have_attribute("aria-current", "page")
    desk.open_citation(1)
    assert history.fake.asked == []
    page.get_by_role("link", name="Open the conversation").click()
    page.wait_for_url(f"{desk.url}/conversations/one")
    expect(page.locator(".question")).to_have_text(QUESTION)


def test_it_is_asked_again_in_a_new_conversation(history: FakeHistory, desk: Watched) -> None:
    reply = history.hold("one", QUESTION)
    page = desk.page
    page.goto(f"{desk.url}/answers/{reply.id}")
    page.get_by_role("button", name="Ask again now").click()
    page.locator(".turn:not([aria-busy]) .confidence").wait_for()
    assert [asked["question"] for asked in history.fake.asked] == [QUESTION]
    assert "conversation_id" not in history.fake.asked[0]
    expect(page.get_by_role("button", name="Ask again now")).to_have_count(0)
    assert page.url == f"{desk.url}/conversations/c1"
    page.go_back()
    expect(page.get_by_role("button", name="Ask again now")).to_be_visible()


def test_a_follow_up_goes_on_with_its_conversation(history: FakeHistory, desk: Watched) -> None:
    reply = history.hold("one", QUESTION)
    page = desk.page
    page.goto(f"{desk.url}/answers/{reply.id}")
    page.locator(".confidence").wait_for()
    desk.ask("weather")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".abstained")).to_be_visible()
    assert history.fake.asked[0]["conversation_id"] == "one"
    assert page.url == f"{desk.url}/conversations/one"


@pytest.mark.parametrize("kind", ["conversation", "answer"])
def test_what_is_gone_is_said_and_leads_on(browser: Browser, url: str, history: FakeHistory, kind: str) -> None:
    history.hold("other", QUESTION)
    with visiting(browser, url) as visit:
        page = visit.page
        page.route("**/api/answers/*", gone)
        page.goto(f"{url}/{kind}s/%E0%A4%A")
        heading = page.get_by_role("heading", name=f"This {kind} is not here")
        expect(heading).to_be_focused()
        expect(page.locator("#welcome")).to_be_hidden()
        for check in (LOW_CONTRAST, NAMELESS, SMALL_TARGETS):
            assert page.evaluate(check) == []
        page.get_by_role("button", name="Find a conversation", exact=True).click()
        expect(page.locator("#history-find")).to_be_focused()
        page.get_by_role("button", name="Ask something new").click()
        expect(heading).to_have_count(0)
        expect(page.locator("#welcome")).to_be_visible()
        assert page.url == f"{url}/"


def test_a_question_can_be_asked_where_nothing_is(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    page.goto(f"{desk.url}/conversations/none")
    page.get_by_role("heading", name="This conversation is not here").wait_for()
    desk.answered(QUESTION)
    expect(page.get_by_role("heading", name="This conversation is not here")).to_have_count(0)
    assert "conversation_id" not in fake.asked[0]
    assert page.url == f"{desk.url}/conversations/{next(iter(fake.conversations))}"


def test_a_conversation_that_cannot_be_read_is_tried_again(history: FakeHistory, desk: Watched) -> None:
    history.hold("one", QUESTION)
    page = desk.page
    page.route("**/api/conversations/one", lambda route: route.fulfill(status=500, body="{}"))
    page.goto(f"{desk.url}/conversations/one")
    expect(page.locator("#place-head [role=alert]")).to_contain_text("Something went wrong")
    page.unroute("**/api/conversations/one")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".question")).to_have_text(QUESTION)
    expect(page.locator("#place-head")).to_be_empty()


def test_the_start_is_the_conversation_the_tab_was_at(history: FakeHistory, desk: Watched) -> None:
    history.hold("one", QUESTION)
    page = desk.page
    page.goto(f"{desk.url}/conversations/one")
    page.locator(".confidence").wait_for()
    page.goto(f"{desk.url}/")
    expect(page.locator(".question")).to_have_text(QUESTION)
    assert page.url == f"{desk.url}/conversations/one"
