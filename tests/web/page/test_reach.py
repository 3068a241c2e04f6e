"""The page for every hand, eye and width."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.fake_api import IMAI, QUESTION


def test_everything_by_keyboard(desk: Watched) -> None:
    page = desk.page
    page.locator("#question").blur()
    page.keyboard.press("/")
    page.keyboard.type("Who was sent")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("to China?")
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_text("Who was sent\nto China?", use_inner_text=True)
    page.locator(".confidence").wait_for()
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.dataset.number") == "1":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("mark.main")).to_have_text(IMAI)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".chip[data-number='1']")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value("")


def test_the_skip_link_comes_first_and_the_focus_shows(desk: Watched) -> None:
    page = desk.page
    page.locator("#question").blur()
    page.evaluate("document.body.focus()")
    page.reload()
    page.locator("#library a").first.wait_for()
    page.locator("#question").blur()
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_on_a_phone_the_source_is_a_sheet(phone: Watched) -> None:
    page = phone.page
    expect(page.locator("#welcome-library a").first).to_be_visible()
    expect(page.locator("#library")).to_be_hidden()
    phone.answered(QUESTION)
    phone.answered("weather")
    page.locator(".turn").first.locator(".chip").first.scroll_into_view_if_needed()
    for state in ("conversation", "sheet"):
        assert page.evaluate("document.documentElement.scrollWidth") == 360, state
        assert page.evaluate(SMALL_TARGETS) == [], state
        if state == "conversation":
            page.locator(".chip").first.click()
            page.locator("mark.main").wait_for()
    box = page.locator("#panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    expect(page.locator("#panel")).to_have_attribute("aria-modal", "true")
    assert page.evaluate("document.getElementById('chat').inert")
    expect(page.locator("mark.main")).to_be_in_viewport()
    page.get_by_role("button", name="Close the source").click()
    assert not page.evaluate("document.getElementById('chat').inert")
    expect(page.locator(".chip").first).to_be_focused()


def test_no_width_scrolls_sideways(desk: Watched) -> None:
    page = desk.page
    desk.answered("hostile: " + "verylongword" * 60)
    page.locator(".chip").first.click()
    page.locator("mark.main").wait_for()
    for width in (320, 360, 768, 1087, 1088, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 740})
        for element in ("html", "#chat", "#panel", ".panel-body"):
            over = page.evaluate(
                "(e) => { const n = document.querySelector(e); return n.scrollWidth - n.clientWidth; }", element
            )
            assert over <= 0, (width, element)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_and_controls_have_names(browser: Browser, url: str, scheme: str) -> None:
    with visiting(browser, url, scheme=scheme) as visit:
        page = visit.page
        page.locator("#library a").first.wait_for()
        for question in ("", QUESTION, "changed", "weather there", "broken"):
            if question:
                visit.answered(question)
            assert page.evaluate(LOW_CONTRAST) == [], question
            assert page.evaluate(NAMELESS) == [], question
        page.locator(".turn").nth(1).locator(".chip").first.click()
        page.locator(".lost").wait_for()
        assert page.evaluate(LOW_CONTRAST) == []
        page.locator(".chip").first.click()
        page.locator("mark.main").wait_for()
        page.locator(".doc-fold summary").first.click()
        assert page.evaluate(LOW_CONTRAST) == []


def test_print_shows_the_answer_alone(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    desk.page.emulate_media(media="print")
    for hidden in ("#composer", ".bar", "#panel", "#library"):
        expect(desk.page.locator(hidden)).to_be_hidden()
    for shown in (".question", ".short p", ".chip >> nth=0", ".sources"):
        expect(desk.page.locator(shown)).to_be_visible()
