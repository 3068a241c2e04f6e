"""The list of conversations: by day, found, opened, renamed, saved and deleted; and the addresses they have."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.fake_api import IMAI, QUESTION, FakeApi, make_app, serving, wait_until
from tests.web.page.fake_history import FakeHistory, handlers

QUAY = "What did the quay cost?"
WEATHER = "What is the weather like?"


@pytest.fixture
def held(history: FakeHistory) -> FakeHistory:
    """Three conversations, of today, yesterday and last month."""
    midnight = datetime.now(UTC).astimezone().replace(hour=0, minute=0, second=1)
    history.hold("today", QUESTION, midnight)
    history.hold("yesterday", QUAY, midnight - timedelta(hours=3))
    history.hold("earlier", WEATHER, midnight - timedelta(days=40))
    return history


def titles(page: Page) -> list[str]:
    return page.locator(".past-title").all_text_contents()


def entry(page: Page, title: str) -> Locator:
    return page.locator(".past", has_text=title)


def choose(page: Page, title: str, choice: str) -> None:
    """What the menu of a conversation offers."""
    entry(page, title).hover()
    entry(page, title).get_by_role("button").click()
    page.get_by_role("menuitem", name=choice).click()


def test_the_newest_come_first_by_day(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    page.clock.set_fixed_time(held.at["today"] + timedelta(hours=12))  # or midnight may come between
    page.reload()
    expect(page.locator(".past")).to_have_count(3)
    assert titles(page) == [QUESTION, QUAY, WEATHER]
    assert page.locator("#history h3").all_text_contents() == ["Today", "Yesterday", "Earlier"]
    assert len(held.fake.conversations) == 3


def test_a_conversation_opens_and_back_and_forward_work(held: FakeHistory, desk: Watched) -> None:  # noqa: ARG001
    page = desk.page
    entry(page, QUESTION).locator("a").click()
    expect(page.locator(".question")).to_have_text(QUESTION)
    assert page.url == f"{desk.url}/conversations/today"
    expect(page).to_have_title(f"{QUESTION} – Footnote")
    expect(entry(page, QUESTION).locator("a")).to_have_attribute("aria-current", "page")
    # What is restored can be seen from its question on.
    expect(page.locator(".question")).to_be_in_viewport()
    entry(page, WEATHER).locator("a").click()
    expect(page.locator(".question")).to_have_text(WEATHER)
    page.go_back()
    expect(page.locator(".question")).to_have_text(QUESTION)
    expect(page).to_have_title(f"{QUESTION} – Footnote")
    page.go_back()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page).to_have_title("Footnote")
    page.go_forward()
    expect(page.locator(".question")).to_have_text(QUESTION)
    page.reload()
    expect(page.locator(".question")).to_have_text(QUESTION)
    assert page.url == f"{desk.url}/conversations/today"


def test_a_new_conversation_gets_its_address_and_a_place_in_the_list(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    expect(page.locator(".nothing")).to_have_text("What you ask is kept here.")
    desk.answered(QUESTION)
    assert page.url == f"{desk.url}/conversations/{next(iter(fake.conversations))}"
    expect(page.locator(".past-title")).to_have_text(QUESTION)
    expect(page.locator(".past a")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="New chat").click()
    assert page.url == f"{desk.url}/"
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator(".past a[aria-current]")).to_have_count(0)
    desk.answered("weather")
    expect(page.locator(".past")).to_have_count(2)
    assert len(fake.conversations) == 2


def test_conversations_are_found_by_what_was_said(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    expect(page.locator(".past")).to_have_count(3)
    page.keyboard.press("Control+k")
    expect(page.locator("#history-find")).to_be_focused()
    # As typed, but as fast as can be: a slow machine must not look for half of it.
    page.evaluate(
        """() => {
          const field = document.getElementById("history-find");
          for (let end = 1; end <= 6; end += 1) {
            field.value = "takaya".slice(0, end);
            field.dispatchEvent(new Event("input"));
          }
        }"""
    )
    expect(page.locator(".past")).to_have_count(1)
    expect(page.locator(".found mark")).to_have_text("Takaya")
    expect(page.locator("#status")).to_have_text("1 conversation found")
    assert [q for q in held.looked_for if q] == ["takaya"]
    page.fill("#history-find", "<b>zeppelin")
    expect(page.locator(".nothing")).to_have_text("Nothing found for “<b>zeppelin”.")
    page.press("#history-find", "Escape")
    expect(page.locator(".past")).to_have_count(3)
    page.press("#history-find", "ArrowDown")
    expect(entry(page, QUESTION).locator("a")).to_be_focused()


def test_a_conversation_is_renamed_in_place(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    entry(page, QUESTION).locator("a").click()
    choose(page, QUESTION, "Rename")
    field = page.get_by_role("textbox", name="Title of the conversation")
    expect(field).to_be_focused()
    expect(field).to_have_value(QUESTION)
    page.keyboard.type("  Imai’s <i>journey</i> ")
    page.keyboard.press("Enter")
    new = entry(page, "Imai’s <i>journey</i>")
    expect(new.locator("a")).to_be_focused()
    expect(page).to_have_title("Imai’s <i>journey</i> – Footnote")
    wait_until(lambda: held.titles == {"today": "Imai’s <i>journey</i>"})
    choose(page, "journey", "Rename")
    page.keyboard.type("Not this")
    page.keyboard.press("Escape")
    expect(new).to_have_count(1)
    held.failing.add("rename")
    choose(page, "journey", "Rename")
    page.keyboard.type("Nor this")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("It could not be renamed.")
    expect(new).to_have_count(1)


def test_a_deleted_conversation_can_be_had_back(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    entry(page, QUESTION).locator("a").click()
    expect(page.locator(".question")).to_have_text(QUESTION)
    choose(page, QUESTION, "Delete")
    expect(page.locator(".past")).to_have_count(2)
    expect(page.locator("#welcome")).to_be_visible()
    expect(entry(page, QUAY).locator("a")).to_be_focused()
    expect(page.locator("#toast")).to_contain_text(f"Deleted “{QUESTION}”")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".past")).to_have_count(3)
    expect(page.locator(".question")).to_have_text(QUESTION)
    assert held.deleted == []


def test_deleting_is_done_when_another_follows_and_when_the_page_goes(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    for title in (QUESTION, QUAY):
        choose(page, title, "Delete")
    wait_until(lambda: held.deleted == ["today"])
    page.goto("about:blank")
    wait_until(lambda: held.deleted == ["today", "yesterday"])
    assert list(held.fake.conversations) == ["earlier"]


def test_a_conversation_that_cannot_be_deleted_comes_back(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    held.failing.add("delete")
    for title in (QUESTION, QUAY):
        choose(page, title, "Delete")
    expect(page.locator("#toast")).to_contain_text("It could not be deleted.")
    expect(entry(page, QUESTION)).to_be_visible()


def test_all_are_deleted_only_if_meant(held: FakeHistory, desk: Watched) -> None:
    page = desk.page
    entry(page, QUESTION).locator("a").click()
    delete_all = page.get_by_role("button", name="Delete all…")
    delete_all.click()
    dialog = page.get_by_role("alertdialog", name="Delete all 3 conversations?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    assert held.deleted == []
    delete_all.click()
    dialog.get_by_role("button", name="Delete all").click()
    expect(page.locator("#history")).to_have_text("What you ask is kept here.")
    expect(page.locator("#welcome")).to_be_visible()
    assert page.url == f"{desk.url}/"
    assert held.fake.conversations == {}


@pytest.mark.parametrize(("choice", "name"), [("Save as Markdown", "today.md"), ("Save as JSON", "today.json")])
def test_a_conversation_can_be_saved(held: FakeHistory, desk: Watched, choice: str, name: str) -> None:  # noqa: ARG001
    with desk.page.expect_download() as download:
        choose(desk.page, QUESTION, choice)
    assert download.value.suggested_filename == name
    expect(desk.page.locator("#welcome")).to_be_visible()


def test_a_conversation_can_be_saved_where_a_key_is_asked_for(browser: Browser) -> None:
    history = FakeHistory(FakeApi(key="s3cret"))
    history.hold("one", QUESTION)
    with serving(make_app(history.fake, *handlers(history))) as url, visiting(browser, url) as visit:
        page = visit.page
        page.get_by_label("Key", exact=True).fill("s3cret")
        page.keyboard.press("Enter")
        with page.expect_download() as download:
            choose(page, QUESTION, "Save as Markdown")
        assert download.value.suggested_filename == "one.md"
        assert download.value.path().read_text() == "saved"


def test_the_menu_by_keyboard(held: FakeHistory, desk: Watched) -> None:  # noqa: ARG001
    page = desk.page
    entry(page, QUAY).locator("a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Rename")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(entry(page, QUAY).get_by_role("button")).to_be_focused()
    expect(entry(page, QUAY).get_by_role("button")).to_have_attribute("aria-expanded", "false")


def test_older_ones_are_brought_by_the_page(history: FakeHistory, browser: Browser, url: str) -> None:
    now = datetime.now(UTC)
    for n in range(60):
        history.hold(f"c{n}", f"Question number {n}", now - timedelta(days=n))
    with visiting(browser, url) as visit:
        expect(visit.page.locator(".past")).to_have_count(50)
        visit.page.get_by_role("button", name="Show older").click()
        expect(visit.page.locator(".past")).to_have_count(60)
        expect(visit.page.locator(".past a").nth(50)).to_be_focused()
        expect(visit.page.get_by_role("button", name="Show older")).to_have_count(0)


def test_a_list_that_fails_can_be_tried_again(history: FakeHistory, desk: Watched) -> None:
    history.hold("one", QUESTION)
    history.failing.add("list")
    desk.page.reload()
    expect(desk.page.locator("#history")).to_contain_text("A <b>defect</b> was logged.")
    history.failing.clear()
    desk.page.locator("#history").get_by_role("button", name="Try again").click()
    expect(desk.page.locator(".past")).to_have_count(1)


def test_the_rail_is_put_away_and_that_is_remembered(held: FakeHistory, desk: Watched) -> None:  # noqa: ARG001
    page = desk.page
    page.get_by_role("button", name="Put the conversations away").click()
    expect(page.locator("#rail")).to_be_hidden()
    expect(page.get_by_role("button", name="Show the conversations")).to_be_focused()
    page.reload()
    expect(page.locator("#library a").first).to_be_visible()
    expect(page.locator("#rail")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#history-find")).to_be_focused()
    page.reload()
    expect(page.locator("#rail")).to_be_visible()


def test_on_a_phone_the_list_is_a_drawer(held: FakeHistory, phone: Watched) -> None:  # noqa: ARG001
    page = phone.page
    expect(page.locator("#rail")).to_be_hidden()
    opener = page.get_by_role("button", name="Show the conversations")
    opener.tap()
    expect(page.get_by_role("dialog", name="Conversations")).to_be_visible()
    assert page.evaluate("document.getElementById('chat').inert")
    expect(page.locator(".past")).to_have_count(3)
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.press("Escape")
    expect(page.locator("#rail")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.tap()
    page.locator("#rail-scrim").tap(position={"x": 340, "y": 400})
    expect(page.locator("#rail")).to_be_hidden()
    opener.tap()
    entry(page, QUESTION).locator("a").tap()
    expect(page.locator("#rail")).to_be_hidden()
    expect(page.locator(".sentence bdi").first).to_have_text(IMAI)
    assert not page.evaluate("document.getElementById('chat').inert")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_can_be_read(held: FakeHistory, browser: Browser, url: str, scheme: str) -> None:  # noqa: ARG001
    with visiting(browser, url, scheme=scheme) as visit:
        page = visit.page
        expect(page.locator(".past")).to_have_count(3)
        page.fill("#history-find", "quay")
        expect(page.locator(".past")).to_have_count(1)
        entry(page, QUAY).hover()
        entry(page, QUAY).get_by_role("button").click()
        assert page.evaluate(LOW_CONTRAST) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate(NAMELESS) == []
        page.get_by_role("menuitem", name="Delete").click()
        page.get_by_role("button", name="Undo").wait_for()
        assert page.evaluate(LOW_CONTRAST) == []


def test_titles_are_text(history: FakeHistory, browser: Browser, url: str) -> None:
    title = "<img src=x onerror=window.hacked=1>\u202eturned"
    history.hold("hostile", "weather")
    history.titles["hostile"] = title
    with visiting(browser, url) as visit:
        expect(visit.page.locator(".past-title")).to_have_text(title)
        visit.page.locator(".past a").click()
        expect(visit.page.locator("#title")).to_have_text(title)
        assert re.match(re.escape("<img"), visit.page.title())
        assert visit.page.evaluate("window.hacked") is None
