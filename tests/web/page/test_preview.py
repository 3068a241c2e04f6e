"""What a chip cites, shown before it is opened (WCAG 2.2, 1.4.13)."""

from playwright.sync_api import Locator, expect

from tests.web.page.browser import LOW_CONTRAST, Watched
from tests.web.page.fake_api import HOSTILE_SENTENCES, IMAI, QUESTION, SCHEME


def preview(visit: Watched) -> Locator:
    return visit.page.locator(".preview")


def test_it_shows_the_quote_its_title_and_place(desk: Watched) -> None:
    desk.answered(QUESTION)
    expect(preview(desk)).to_be_hidden()
    for number, words in ((1, IMAI), (2, SCHEME)):
        chip = desk.page.locator(f".chip[data-number='{number}']")
        chip.hover()
        expect(preview(desk).locator(".preview-quote")).to_have_text(words)
        expect(chip).to_have_attribute("aria-describedby", "preview")
    expect(preview(desk)).to_contain_text("trade-off for constitutional revision")
    expect(preview(desk)).to_contain_text("000_70440dd45b37daba.txt")
    assert desk.page.evaluate(LOW_CONTRAST) == []


def test_the_pointer_may_enter_it_and_leaving_hides_it(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.page.locator(".chip").first.hover()
    expect(preview(desk)).to_be_visible()
    preview(desk).hover()
    desk.page.wait_for_timeout(500)
    expect(preview(desk)).to_be_visible()
    desk.page.mouse.move(2, 2)
    expect(preview(desk)).to_be_hidden()
    expect(desk.page.locator(".chip[aria-describedby]")).to_have_count(0)


def test_escape_dismisses_it_and_only_it(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(3)
    desk.page.locator(".chip[data-number='1']").hover()
    expect(preview(desk)).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(preview(desk)).to_be_hidden()
    expect(desk.page.locator("#panel")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("#panel")).to_be_hidden()


def test_the_keyboards_focus_shows_it_and_opening_closes_it(desk: Watched) -> None:
    desk.answered(QUESTION)
    page = desk.page
    page.locator(".chip[data-number='2']").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".chip[data-number='1']")).to_be_focused()
    expect(preview(desk)).to_contain_text(IMAI[:40])
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(preview(desk)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".chip[data-number='1']")).to_be_focused()
    page.wait_for_timeout(600)
    expect(preview(desk)).to_be_hidden()  # the focus came back; nobody asked


def test_it_never_covers_its_chip_and_stays_in_the_window(desk: Watched) -> None:
    desk.answered(QUESTION)
    page = desk.page
    for width, height in ((1440, 900), (700, 500), (400, 420)):
        page.set_viewport_size({"width": width, "height": height})
        for chip in page.locator(".chip").all():
            page.mouse.move(1, 1)
            expect(preview(desk)).to_be_hidden()
            chip.scroll_into_view_if_needed()
            chip.hover()
            expect(preview(desk)).to_be_visible()
            card, under = preview(desk).bounding_box(), chip.bounding_box()
            assert card
            assert under
            assert card["x"] >= 0
            assert card["x"] + card["width"] <= width
            assert card["y"] >= 0
            assert card["y"] + card["height"] <= height
            apart = card["y"] + card["height"] <= under["y"] or under["y"] + under["height"] <= card["y"]
            assert apart, (width, card, under)


def test_a_finger_opens_the_source_and_sees_no_card(phone: Watched) -> None:
    phone.answered(QUESTION)
    phone.page.locator(".chip").first.tap()
    phone.page.locator("#panel mark.main").first.wait_for()
    phone.page.wait_for_timeout(600)
    expect(preview(phone)).to_be_hidden()


def test_what_a_document_says_stays_text(desk: Watched) -> None:
    desk.answered("hostile")
    desk.page.locator(".chip").first.hover()
    expect(preview(desk).locator(".preview-quote")).to_have_text(HOSTILE_SENTENCES[0])
    assert desk.page.locator(".preview img, .preview script, .preview a").count() == 0
    assert desk.page.evaluate("window.hacked") is None
