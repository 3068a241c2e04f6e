"""A turn that is there: asked again, edited, copied, linked to, replayed; and many of them."""

import re

from playwright.sync_api import Page, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched
from tests.web.page.fake_api import IMAI, QUESTION, FakeApi, wait_until

ARABIC = "من أرسلته اليابان إلى الصين؟"


def whole(page: Page, turns: int) -> None:
    expect(page.locator(".turn:not([aria-busy])")).to_have_count(turns)


def test_the_state_says_the_work(desk: Watched, fake: FakeApi) -> None:
    desk.ask("reading")
    state = desk.page.locator(".state")
    expect(state).to_have_text("Reading 6 passages in 1 document…")
    expect(desk.page.locator("#status")).to_have_text("Searching the documents")
    fake.release.set()
    whole(desk.page, 1)
    expect(state).to_have_count(0)
    expect(desk.page.locator("#status")).to_have_text("Answered")


def test_the_last_question_is_edited_in_its_place(desk: Watched, fake: FakeApi) -> None:
    desk.answered("weather")
    desk.answered(QUESTION)
    page = desk.page
    last = page.locator(".turn").last
    replaced = next(iter(fake.conversations.values()))[-1].id
    edit = last.get_by_role("button", name="Edit and ask again")
    edit.press("Enter")
    field = page.get_by_role("textbox", name="Edit the question")
    expect(field).to_be_focused()
    expect(field).to_have_value(QUESTION)
    page.keyboard.type("?")
    page.keyboard.press("Escape")
    expect(last.locator(".question")).to_have_text(QUESTION)
    expect(edit).to_be_focused()
    edit.click()
    field.fill("x" * 2001)
    expect(last.locator(".counter")).to_have_text("1 too many")
    page.keyboard.press("Enter")
    assert len(fake.asked) == 2
    field.fill("emoji 🎉")
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_text(["weather", "emoji 🎉"])
    whole(page, 2)
    expect(last.locator(".short p")).to_have_text("Kyōto")
    assert fake.asked[-1]["replaces"] == replaced
    expect(edit).to_be_focused()


def test_an_earlier_question_is_edited_as_a_new_one_at_the_end(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.answered("weather")
    page = desk.page
    first = page.locator(".turn").first
    first.get_by_role("button", name="Edit and ask again").click()
    page.get_by_role("textbox", name="Edit the question").fill("emoji")
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_text([QUESTION, "weather", "emoji"])
    expect(page.locator(".turn").last).to_be_focused()
    whole(page, 3)
    assert "replaces" not in fake.asked[-1]
    first.get_by_role("button", name="Ask again", exact=True).click()
    expect(page.locator(".question")).to_have_text([QUESTION, "weather", "emoji", QUESTION])
    whole(page, 4)
    page.locator(".turn").last.get_by_role("button", name="Ask again", exact=True).click()
    whole(page, 4)
    wait_until(lambda: len(fake.asked) == 5)
    assert fake.asked[-1]["replaces"] == "r4"


def test_while_it_answers_nothing_else_is_asked(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.ask("slow")
    page = desk.page
    again = page.locator(".turn").first.get_by_role("button", name="Ask again", exact=True)
    expect(again).to_have_attribute("aria-disabled", "true")
    again.press("Enter")
    expect(page.locator("#status")).to_have_text("Footnote is still answering. Stop it first, or wait.")
    fake.release.set()
    whole(page, 2)
    assert len(fake.asked) == 2
    expect(again).to_have_attribute("aria-disabled", "false")


def test_an_answer_that_is_not_replaced_after_all_stays(desk: Watched, fake: FakeApi) -> None:
    desk.answered("weather")
    page = desk.page
    page.get_by_role("button", name="Edit and ask again").click()
    page.get_by_role("textbox", name="Edit the question").fill("slow")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".outcome")).to_contain_text("The answer above is the one that was there before.")
    expect(page.locator(".question")).to_have_text("weather")
    expect(page.locator(".abstained")).to_be_visible()
    fake.release.set()
    page.locator(".outcome").get_by_role("button", name="Ask again").click()
    expect(page.locator(".question")).to_have_text("slow")
    expect(page.locator(".sentence")).to_have_count(3)


def test_a_copy_has_numbered_references(desk: Watched, fake: FakeApi) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.answered(QUESTION)
    page = desk.page
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator("#status")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"Takaya Imai\n\n{IMAI} [1]\n")
    citation = fake.cite("seed0", IMAI, 1)
    assert f"\n\n[1] {citation.document_title}, {citation.source}. {desk.url}{citation.url}\n[2] " in text
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()


def test_a_copy_of_sides_that_differ_names_them_all(desk: Watched) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.answered("How much did the quay cost?")
    desk.page.get_by_role("button", name="Copy", exact=True).click()
    desk.page.get_by_role("button", name="Copied").wait_for()
    text = desk.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Sources differ: 4.2 million euros [1][2]; 5.1 million euros [3]\n\n")
    assert " [1] (also [2])\n" in text


def test_where_copying_is_not_allowed_the_text_is_there(desk: Watched) -> None:
    page = desk.page
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
          document.execCommand = () => false;
        }"""
    )
    desk.answered(QUESTION)
    page.get_by_role("button", name="Copy", exact=True).click()
    box = page.get_by_role("textbox", name="The answer, to copy by hand")
    expect(box).to_be_focused()
    assert page.evaluate("document.activeElement.selectionEnd") == len(box.input_value())


def test_the_link_leads_to_the_answer_alone(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.answered("weather")
    fake.turns.changed = {2: "changed", 3: "moved"}
    page = desk.page
    page.get_by_role("link", name="Link").first.click()
    expect(page).to_have_url(re.compile("/answers/"))
    note = page.get_by_role("note")
    expect(note).to_contain_text("Answered on January 1, 2026. The documents have changed since.")
    expect(note).to_contain_text("2 of 3 citations, marked below, no longer stand as cited.")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".chip.stale")).to_have_text(["2", "3"])
    expect(page.locator(".chip.stale").first).to_have_attribute(
        "aria-label", re.compile(r"\(no longer stands in the document\)$")
    )
    # For reading only: nothing that would change the conversation.
    expect(page.locator(".turn").get_by_role("button", name=re.compile("[Aa]sk again|elpful|Undo"))).to_have_count(0)
    assert page.evaluate(LOW_CONTRAST) == []
    fake.turns.changed = {}
    page.reload()
    expect(note).to_contain_text("The documents have not changed since.")
    expect(page.locator(".chip.stale")).to_have_count(0)
    expect(note.get_by_role("link", name="Open the conversation")).to_be_visible()


def test_an_abstention_says_what_was_missing(desk: Watched) -> None:
    desk.answered("Was the weather in Samarkand <b>fine</b>?")
    page = desk.page
    nowhere, near = "Nothing here mentions “Samarkand”.", "None of the nearest passages has “weather”."
    expect(page.locator(".missing")).to_have_text([nowhere, near])
    expect(page.locator(".passage").first).not_to_be_visible()
    page.get_by_text("Show the nearest passages").click()
    expect(page.locator(".passage").first).to_be_visible()
    page.get_by_role("button", name="What is “<b>Trade</b>” about?").click()
    expect(page.locator(".question")).to_have_count(2)


def test_sides_stand_beside_each_other_where_there_is_room(desk: Watched) -> None:
    desk.answered("How much did the quay cost?")
    for width, beside in ((1440, True), (360, False)):
        desk.page.set_viewport_size({"width": width, "height": 800})
        tops = desk.page.evaluate("[...document.querySelectorAll('.sides ol > li')].map((e) => e.offsetTop)")
        assert (len(set(tops)) == 1) == beside, width


def test_a_right_to_left_question_and_a_long_word_keep_the_page_in_shape(phone: Watched) -> None:
    phone.answered(ARABIC)
    phone.answered("hostile " + "verylongword" * 30)
    page = phone.page
    question = page.locator(".question").first
    assert question.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    page.get_by_role("button", name="Edit and ask again").first.click()
    assert (
        page.get_by_role("textbox", name="Edit the question").evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for complaints in (LOW_CONTRAST, SMALL_TARGETS, NAMELESS):
        assert page.evaluate(complaints) == []


def test_a_long_conversation_opens_at_its_end_and_leads_back_there(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    turns = next(iter(fake.conversations.values()))
    turns *= 200
    page = desk.page
    page.reload()
    expect(page.locator(".turn")).to_have_count(200)
    expect(page.locator(".turn").last.locator(".question")).to_be_in_viewport()
    # What is out of sight is not laid out.
    assert (
        page.evaluate("document.querySelector('.turn .prose').checkVisibility({ contentVisibilityAuto: true })")
        is False
    )
    jump = page.get_by_role("button", name="Jump to the newest")
    page.locator(".turn").first.locator(".question").scroll_into_view_if_needed()
    expect(jump).to_be_visible()
    jump.click()
    expect(page.locator(".turn").last.locator(".turn-tools")).to_be_in_viewport()
    expect(page.locator(".turn").last).to_be_focused()
    expect(jump).to_be_hidden()


def test_somebody_who_scrolled_up_is_left_there(desk: Watched, fake: FakeApi) -> None:
    for question in (QUESTION, "weather", QUESTION):
        desk.answered(question)
    desk.ask("slow")
    page = desk.page
    expect(page.locator(".turn").last.locator(".sentence")).to_have_count(1)
    box = page.locator(".question").last.bounding_box()
    assert box
    assert 0 < box["y"] < 160
    first = page.locator(".question").first
    first.scroll_into_view_if_needed()
    before = first.bounding_box()
    fake.release.set()
    whole(page, 4)
    assert first.bounding_box() == before
