"""What an answer can hold beside its sentences: sources that differ, words said twice, a count over all documents."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.fake_api import FakeApi
from tests.web.page.scenes import AUDIT, COST, COST_AGAIN, COST_AUDITED, PAPER, QUAYS, REPORT

DIFFER = "How much did the quay cost?"
COUNT = "Which documents mention quays?"
NOTHING = "Which documents mention a zeppelin?"


def test_sides_stand_together_each_with_its_places_and_dates(desk: Watched) -> None:
    desk.answered(DIFFER)
    panel = desk.page.get_by_role("region", name="Sources differ")
    assert panel.locator("ol > li > p").all_text_contents() == ["4.2 million euros", "5.1 million euros"]
    assert panel.locator(".entry > bdi").all_text_contents() == [REPORT, PAPER, AUDIT]
    assert panel.locator(".when").all_text_contents() == ["December 31, 2021", "no date", "March 9, 2023"]
    expect(desk.page.locator("#status")).to_have_text("Answered, and sources differ")
    for number, words in ((1, COST), (2, COST_AGAIN), (3, COST_AUDITED)):
        panel.locator(f".chip[data-number='{number}']").click()
        expect(desk.page.locator("mark.main")).to_have_text(words)
    # Both chips of a citation tell that it is open.
    assert desk.page.locator(".chip[aria-current]").count() == 2


def test_a_side_is_not_set_above_the_others(desk: Watched) -> None:
    desk.answered(DIFFER)
    expect(desk.page.locator(".sides")).to_be_visible()
    expect(desk.page.locator(".short p")).to_have_count(0)
    desk.answered(f"{DIFFER} slightly")
    expect(desk.page.locator(".short p").last).to_have_text("little less")
    expect(desk.page.locator(".sides")).to_have_count(2)


def test_what_is_said_again_has_chips_and_a_source(desk: Watched) -> None:
    desk.answered(DIFFER)
    page = desk.page
    expect(page.locator(".sentence").first.locator(".also")).to_contain_text("also said in")
    page.locator(".also .chip").click()
    expect(page.locator("mark.main")).to_have_text(COST_AGAIN)
    expect(page.locator(".panel-count")).to_have_text("Citation 2 of 3")
    page.keyboard.press("Escape")
    expect(page.locator(".also .chip")).to_be_focused()
    assert page.locator(".sources a").all_text_contents() == [REPORT, PAPER, AUDIT]


def test_a_count_leads_and_its_sentences_stand_by_document(desk: Watched, fake: FakeApi) -> None:
    desk.answered(COUNT)
    page = desk.page
    expect(page.locator(".tally p").first).to_have_text("3 of 9 documents mention “quay”")
    expect(page.locator(".tally .about")).to_have_text(
        "12 sentences, 10 of them quoted below · all documents were read"
    )
    expect(page.locator("#status")).to_have_text("3 of 9 documents mention “quay”")
    assert page.locator(".hits h3").all_text_contents() == [REPORT, AUDIT]
    expect(page.locator(".hits .about").first).to_have_text(f"{fake.documents['report'].source} · 8 quoted")
    assert page.locator(".hits .sentence bdi").all_text_contents() == [COST, *QUAYS[:3], COST_AUDITED]
    page.get_by_role("button", name="Show 4 more").click()
    expect(page.locator(".hits .chip:focus")).to_have_text("6")
    assert page.locator(".hits").first.locator("bdi").all_text_contents()[2:] == [COST, *QUAYS]
    # A document in which something is only said again has no sentence here, and so a list of sources is needed.
    assert page.locator(".sources a").all_text_contents() == [REPORT, AUDIT, PAPER]
    page.get_by_role("link", name=AUDIT).first.click()
    expect(page.locator("mark.main")).to_have_text(COST_AUDITED)


def test_a_count_of_nothing_says_so(desk: Watched) -> None:
    desk.answered(NOTHING)
    expect(desk.page.locator(".tally")).to_contain_text("None of the 9 documents mentions “zeppelin”")
    expect(desk.page.locator(".abstained, .confidence")).to_have_count(0)
    assert desk.page.locator(".passage").count() == 3


def test_a_reload_shows_them_again(desk: Watched) -> None:
    for question in (DIFFER, COUNT, NOTHING):
        desk.answered(question)
    before = desk.page.locator(".reply").all_text_contents()
    desk.page.reload()
    expect(desk.page.locator(".turn")).to_have_count(3)
    assert desk.page.locator(".reply").all_text_contents() == before


def test_another_try_shows_them_once(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    desk.ask(f"{DIFFER} slow")
    expect(page.locator(".sentence")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    fake.release.set()
    page.get_by_role("button", name="Ask again", exact=True).click()
    expect(page.locator(".sides")).to_have_count(1)
    expect(page.locator(".sentence")).to_have_count(2)
    expect(page.locator(".sources")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_can_be_read_and_reached_on_a_phone(browser: Browser, url: str, scheme: str) -> None:
    with visiting(browser, url, phone=True, scheme=scheme) as visit:
        for question in (DIFFER, COUNT, NOTHING):
            visit.answered(question)
            visit.page.locator(".confidence summary").last.click()
            for complaints in (LOW_CONTRAST, SMALL_TARGETS, NAMELESS):
                assert visit.page.evaluate(complaints) == [], question
            assert visit.page.evaluate("document.documentElement.scrollWidth") == 360, question


def test_the_last_word_is_never_left_without_its_chips(desk: Watched) -> None:
    desk.answered(DIFFER)
    parted = desk.page.evaluate(
        """() => {
          const sentence = document.querySelector(".sentence");
          const [text, chip] = [sentence.querySelector("bdi").firstChild, sentence.querySelector(".chip")];
          const last = document.createRange();
          last.setStart(text, text.length - 1);
          last.setEnd(text, text.length);
          const parted = [];
          for (let width = 200; width < 620; width += 3) {
            sentence.parentElement.style.width = `${width}px`;
            if (chip.getBoundingClientRect().top > last.getBoundingClientRect().bottom) parted.push(width);
          }
          return parted;
        }"""
    )
    assert parted == []
