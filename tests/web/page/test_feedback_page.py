"""What somebody says of an answer, on the page: thanked for, undone, kept over a reload, never lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched
from tests.web.page.fake_api import QUESTION, FakeApi

HOSTILE_WORD = "<img src=x onerror=window.hacked=6> \u202e" + "verylongword" * 40


@pytest.fixture
def page(desk: Watched) -> Page:
    desk.answered(QUESTION)
    return desk.page


def said(fake: FakeApi) -> list[tuple[str, int | None, str | None]]:
    return [(entry["kind"], entry["citation"], entry["comment"]) for entry in fake.turns.given]


def pressed(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")


def test_helpful_and_not_helpful_exclude_each_other(page: Page, fake: FakeApi) -> None:
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.locator(".said p")).to_have_text("You marked this answer as helpful. Thank you.")
    expect(page.locator("#status")).to_have_text("You marked this answer as helpful. Thank you.")
    page.get_by_role("button", name="Not helpful", exact=True).click()
    expect(page.locator(".said p")).to_have_text("You marked this answer as not helpful. Thank you.")
    pressed(page, "Not helpful")
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "false")
    assert said(fake) == [("not_helpful", None, None)]


def test_a_word_can_be_added_changed_and_left(page: Page, fake: FakeApi) -> None:
    page.get_by_role("button", name="Helpful", exact=True).click()
    page.get_by_role("button", name="Add a word").click()
    field = page.get_by_role("textbox", name="What would you like to say?")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Add a word")).to_be_focused()
    page.keyboard.press("Enter")
    field.fill(HOSTILE_WORD)
    page.keyboard.press("Enter")
    expect(page.locator(".said q")).to_have_text(f"“{HOSTILE_WORD}”")
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_be_focused()
    assert said(fake) == [("helpful", None, HOSTILE_WORD)]
    page.get_by_role("button", name="Change the word").click()
    expect(field).to_have_value(HOSTILE_WORD)
    field.fill("x" * 2001)
    expect(page.locator(".said .counter")).to_have_text("1 too many")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    field.fill("Better")
    page.keyboard.press("Enter")
    expect(page.locator(".said q")).to_have_text("“Better”")
    assert page.evaluate("window.hacked") is None


def test_a_wrong_citation_is_chosen_by_its_number(page: Page, fake: FakeApi) -> None:
    flag = page.get_by_role("button", name="Wrong citation")
    flag.press("Enter")
    expect(flag).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Citation 1 is wrong")).to_be_focused()
    page.keyboard.press("Escape")
    expect(flag).to_be_focused()
    expect(flag).to_have_attribute("aria-expanded", "false")
    flag.click()
    for number in (3, 2):
        page.get_by_role("button", name=f"Citation {number} is wrong").click()
        pressed(page, f"Citation {number} is wrong")
    lines = ["You marked citation 3 as wrong. Thank you.", "You marked citation 2 as wrong. Thank you."]
    assert page.locator(".said p").all_text_contents() == lines
    page.get_by_role("button", name="Undo: You marked citation 3 as wrong.").click()
    expect(page.locator(".said")).to_have_count(1)
    expect(page.get_by_role("button", name="Citation 3 is wrong")).to_be_focused()
    expect(page.locator("#status")).to_have_text("Taken back")
    assert said(fake) == [("wrong_citation", 2, None)]


def test_pressed_again_it_is_taken_back(page: Page, fake: FakeApi) -> None:
    helpful = page.get_by_role("button", name="Helpful", exact=True)
    helpful.click()
    pressed(page, "Helpful")
    helpful.click()
    expect(helpful).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".said")).to_have_count(0)
    assert said(fake) == []


def test_it_is_there_after_a_reload_and_can_be_undone_then(page: Page, fake: FakeApi) -> None:
    page.get_by_role("button", name="Not helpful", exact=True).click()
    page.get_by_role("button", name="Add a word").click()
    page.keyboard.type("Too short")
    page.keyboard.press("Enter")
    page.locator(".said q").wait_for()
    page.reload()
    expect(page.locator(".said p")).to_have_text("You marked this answer as not helpful. “Too short”")
    pressed(page, "Not helpful")
    page.get_by_role("button", name="Undo: You marked this").click()
    expect(page.get_by_role("button", name="Not helpful", exact=True)).to_be_focused()
    assert said(fake) == []


def test_a_failure_is_said_and_nothing_typed_is_lost(page: Page, fake: FakeApi) -> None:
    fake.turns.failing = {"feedback"}
    page.get_by_role("button", name="Helpful", exact=True).click()
    alert = page.locator(".unsent [role=alert]")
    expect(alert).to_have_text("That was not sent. A <b>defect</b> was logged.")
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "false")
    fake.turns.failing = set()
    page.locator(".unsent").get_by_role("button", name="Try again").click()
    pressed(page, "Helpful")
    expect(alert).to_have_count(0)
    page.get_by_role("button", name="Add a word").click()
    field = page.get_by_role("textbox", name="What would you like to say?")
    field.fill("Kept")
    fake.turns.failing = {"feedback"}
    page.keyboard.press("Enter")
    expect(alert).to_contain_text("That was not sent.")
    expect(field).to_have_value("Kept")
    fake.turns.failing = {"withdrawing"}
    page.keyboard.press("Enter")
    expect(page.locator(".said q")).to_have_text("“Kept”")
    page.get_by_role("button", name="Undo: You marked this").click()
    expect(alert).to_contain_text("That was not taken back.")
    pressed(page, "Helpful")


def test_what_was_said_before_and_cannot_be_had_is_told(page: Page, fake: FakeApi) -> None:
    page.get_by_role("button", name="Helpful", exact=True).click()
    pressed(page, "Helpful")
    fake.turns.failing = {"feedback"}
    page.reload()
    expect(page.locator(".unsent [role=alert]")).to_contain_text("could not be loaded")
    fake.turns.failing = set()
    page.locator(".unsent").get_by_role("button", name="Try again").click()
    pressed(page, "Helpful")


def test_an_abstention_has_no_citation_to_be_wrong(desk: Watched, fake: FakeApi) -> None:
    desk.answered("weather")
    expect(desk.page.get_by_role("button", name="Wrong citation")).to_have_count(0)
    desk.page.get_by_role("button", name="Not helpful").click()
    expect(desk.page.locator(".said p")).to_contain_text("not helpful")
    assert said(fake) == [("not_helpful", None, None)]


def test_on_a_phone_all_of_it_can_be_read_and_hit(phone: Watched) -> None:
    phone.answered(QUESTION)
    page = phone.page
    page.get_by_role("button", name="Wrong citation").click()
    page.get_by_role("button", name="Citation 2 is wrong").click()
    page.get_by_role("button", name="Add a word").click()
    for complaints in (LOW_CONTRAST, SMALL_TARGETS, NAMELESS):
        assert page.evaluate(complaints) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
