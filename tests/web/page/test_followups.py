"""Questions that may come next: under the last answer only, and never in the way."""

import pytest
from playwright.sync_api import expect

from tests.web.page.browser import Watched
from tests.web.page.fake_api import IMAI, QUESTION, FakeApi, wait_until

NEXT = ["When was the forum?", "<script>window.hacked = 7</script> 🦊?", "لماذا ذهب إلى الصين؟", "One too many?"]


def test_at_most_three_stand_under_the_last_answer_and_ask(desk: Watched, fake: FakeApi) -> None:
    fake.turns.suggested = NEXT
    desk.answered(QUESTION)
    page = desk.page
    buttons = page.get_by_role("region", name="Questions that may come next").get_by_role("button")
    expect(buttons).to_have_text(NEXT[:3])
    reply = next(iter(fake.conversations.values()))[0].id
    assert [asked for asked in fake.turns.suggestions_asked if "reply_id" in asked] == [
        {"reply_id": [reply], "limit": ["3"]}
    ]
    buttons.nth(1).click()
    expect(page.locator(".question")).to_have_text([QUESTION, NEXT[1]])
    # The focus goes to the new turn, not back to the top of the page.
    expect(page.locator(".turn:last-child")).to_be_focused()
    expect(page.locator(".turn:first-child .followup")).to_have_count(0)
    expect(page.locator(".turn:last-child .followup")).to_have_count(3)
    assert page.evaluate("window.hacked") is None


def test_they_are_there_after_a_reload(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.answered("weather")
    fake.turns.suggested = NEXT[:1]
    desk.page.reload()
    expect(desk.page.locator(".followup")).to_have_text(NEXT[:1])
    expect(desk.page.locator(".turn:last-child .followup")).to_have_count(1)


@pytest.mark.parametrize("failing", [set(), {"suggestions"}])
def test_where_there_are_none_nothing_shows(desk: Watched, fake: FakeApi, failing: set[str]) -> None:
    fake.turns.failing = failing
    desk.answered(QUESTION)
    wait_until(lambda: any("reply_id" in asked for asked in fake.turns.suggestions_asked))
    desk.page.wait_for_load_state("networkidle")
    expect(desk.page.locator(".followup, .turn [role=alert]")).to_have_count(0)


def test_a_new_question_calls_them_off(desk: Watched, fake: FakeApi) -> None:
    fake.turns.suggested = NEXT[:2]
    held: list[object] = []
    desk.page.route("**/api/suggestions?reply_id=*", lambda route: held.append(route))
    ended: list[str] = []
    desk.page.on("requestfailed", lambda request: ended.append(request.url))
    desk.answered(QUESTION)
    wait_until(lambda: bool(desk.page.evaluate("1")) and bool(held))
    desk.ask("slow")
    expect(desk.page.locator(".sentence >> text=" + IMAI[:20]).last).to_be_visible()
    wait_until(lambda: bool(desk.page.evaluate("1")) and any("suggestions" in url for url in ended))
    expect(desk.page.locator(".followup")).to_have_count(0)
