"""The keys, the dialog that lists them, and what is written while the server is gone."""

import re

import pytest
from playwright.sync_api import expect

from tests.paths import ROOT
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, Watched
from tests.web.page.fake_api import QUESTION, FakeApi
from tests.web.page.fake_history import FakeHistory

DOCS = ROOT / "docs" / "chat.md"


def test_the_keys_are_listed_on_the_page_and_in_the_docs(desk: Watched) -> None:
    page = desk.page
    page.locator("#question").blur()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate(NAMELESS) == []
    told = [" ".join(row.locator("kbd").all_text_contents()) for row in dialog.locator("dl > div").all()]
    section = DOCS.read_text(encoding="utf-8").partition("## Keys")[2]
    written = re.findall(r"^\| (.+?) \|", section, re.MULTILINE)[1:]
    assert [re.sub(r"[`+]|, or `Cmd.*", "", keys).split() for keys in written] == [keys.split() for keys in told]
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.locator("#rail .keys-open").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("#rail .keys-open")).to_be_focused()


def test_no_key_takes_a_letter_from_who_writes(desk: Watched, history: FakeHistory) -> None:
    history.hold("one", QUESTION)
    page = desk.page
    page.reload()
    page.locator("#question").focus()
    page.keyboard.type("n/?[]")
    expect(page.locator("#question")).to_have_value("n/?[]")
    page.locator("#history-find").focus()
    page.keyboard.type("n/?[]")
    expect(page.locator("#history-find")).to_have_value("n/?[]")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#question").fill("")
    page.locator("#question").blur()
    # Nor are the browser's own keys taken.
    taken = page.evaluate(
        """["n", "/", "?"].map((key) => !document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true, cancelable: true })))"""
    )
    assert taken == [False, False, False]


def test_keys_do_what_they_say(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    desk.answered(QUESTION)
    page.locator("#question").focus()
    page.keyboard.press("ArrowUp")
    field = page.locator(".asked textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value(QUESTION)
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    desk.open_citation(1)
    page.keyboard.press("]")
    expect(page.locator(".panel-count")).to_have_text("Citation 2 of 3")
    page.keyboard.press("[")
    expect(page.locator(".panel-count")).to_have_text("Citation 1 of 3")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#history-find")).to_be_focused()
    page.locator("#history-find").blur()
    page.keyboard.press("n")
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value("")
    page.locator("#question").blur()
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    assert len(fake.asked) == 1


@pytest.mark.parametrize("written", ["half a ques", "two\nlines 🦊"])
def test_what_is_written_survives_a_reload(desk: Watched, written: str) -> None:
    desk.page.fill("#question", written)
    desk.page.reload()
    expect(desk.page.locator("#question")).to_have_value(written)
    expect(desk.page.locator("#send")).to_be_enabled()
    desk.page.fill("#question", "")
    desk.page.reload()
    desk.page.locator("#library a").first.wait_for()
    expect(desk.page.locator("#question")).to_have_value("")


def test_a_question_that_found_no_server_is_not_lost(desk: Watched, history: FakeHistory) -> None:
    history.hold("one", "weather")
    page = desk.page
    page.reload()
    page.locator(".past").wait_for()
    for path in ("**/api/**", "**/health/ready"):
        page.route(path, lambda route: route.abort("connectionrefused"))
    desk.ask(QUESTION)
    expect(page.locator("#reach")).to_contain_text("Footnote cannot be reached.")
    expect(page.locator(".past")).to_have_count(1)
    assert page.evaluate(LOW_CONTRAST) == []
    page.reload()
    expect(page.locator("#question")).to_have_value(QUESTION)
    page.unroute("**/api/**")
    page.keyboard.press("Enter")
    page.locator(".confidence").wait_for()
    # Answered, it is not put back.
    page.reload()
    page.locator(".confidence").wait_for()
    expect(page.locator("#question")).to_have_value("")


def test_the_line_goes_by_itself_when_the_server_is_back(desk: Watched) -> None:
    page = desk.page
    page.locator("#library a").first.wait_for()
    states = ["gone"]

    def answer(route: object) -> None:
        state = states[-1]
        if state == "gone":
            route.abort("connectionrefused")  # type: ignore[attr-defined]
        elif state == "starting":
            route.fulfill(status=503, body="{}")  # type: ignore[attr-defined]
        else:
            route.fulfill(status=200, body="{}")  # type: ignore[attr-defined]

    page.route("**/health/ready", answer)
    page.route("**/api/conversations?*", lambda route: route.abort("connectionrefused"))
    page.fill("#history-find", "quay")
    expect(page.locator("#reach")).to_contain_text("Footnote cannot be reached.")
    states.append("starting")
    expect(page.locator("#reach")).to_contain_text("Footnote is starting.")
    page.unroute("**/api/conversations?*")
    states.append("back")
    expect(page.locator("#reach")).to_be_hidden()
    expect(page.locator("#history")).to_have_text("Nothing found for “quay”.")
    # While it answers, nobody asks whether it does.
    asked = sum("health" in url for url in desk.requests)
    page.reload()
    page.locator("#library a").first.wait_for()
    assert sum("health" in url for url in desk.requests) == asked
