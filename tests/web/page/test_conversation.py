"""Asking, answers, failures: the page over a scripted service."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.page.browser import Watched, visiting
from tests.web.page.fake_api import IMAI, QUESTION, SCHEME, SPEECH, FakeApi, make_app, serving
from web.rendering.labels import meanings


def test_first_visit_says_what_is_here(desk: Watched, fake: FakeApi) -> None:
    expect(desk.page.locator("#library h2")).to_have_text(f"{len(fake.documents)} documents")
    titles = desk.page.locator("#library .documents a").all_text_contents()
    assert titles == [document.title for document in fake.documents.values()]
    expect(desk.page.locator("#welcome-library")).to_be_hidden()
    expect(desk.page.locator("#question")).to_be_focused()
    expect(desk.page.locator("#send")).to_be_disabled()
    expect(desk.page.locator("#new-chat")).to_be_hidden()


def test_a_question_is_answered_and_cited(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    page = desk.page
    expect(page.locator(".question")).to_have_text(QUESTION)
    expect(page.locator(".short p")).to_have_text("Takaya Imai")
    assert page.locator(".sentence bdi").all_text_contents() == [IMAI, SCHEME, SPEECH]
    # Two that follow each other in one document read as one paragraph.
    assert page.locator(".prose p").count() == 2
    expect(page.locator(".confidence summary")).to_have_text("Confident")
    expect(page.locator(".confidence > p")).to_be_hidden()
    page.locator(".confidence summary").click()
    expect(page.locator(".confidence > p")).to_contain_text(meanings()["HIGH"].meaning)
    expect(page.locator(".confidence > p")).to_contain_text("For this answer: 90 in 100.")
    assert page.locator(".sources .about").all_text_contents() == [
        f"{fake.documents['seed0'].source} · 2 citations",
        f"{fake.documents['seed1'].source} · 1 citation",
    ]
    assert fake.asked == [{"question": QUESTION, "stream": True}]


def test_an_abstention_shows_what_came_nearest(desk: Watched, fake: FakeApi) -> None:
    desk.answered("weather")
    page = desk.page
    expect(page.locator(".abstained")).to_have_text("The documents do not seem to hold the answer.")
    expect(page.locator(".nearest")).to_contain_text("were not found to say what you asked")
    assert page.locator(".chip").count() == 0
    assert page.locator(".passage").count() == 3
    page.get_by_role("button", name="Show 3 more").click()
    assert page.locator(".passage").count() == 6
    first = page.locator(".passage").first
    expect(first.locator(".passage-about")).to_have_text(f"{fake.documents['seed1'].source} · A heading")
    clamped = first.locator(".excerpt").bounding_box()
    first.get_by_role("button", name="Show more").click()
    whole = first.locator(".excerpt").bounding_box()
    assert clamped
    assert whole
    assert whole["height"] > clamped["height"]
    first.get_by_role("link", name="Open the source").click()
    page.locator("mark.main").first.wait_for()
    passage = fake.reply("weather", "").passages[0]
    assert desk.marked().split() == passage.text.split()
    page.keyboard.press("Escape")
    expect(first.get_by_role("link", name="Open the source")).to_be_focused()


def test_sentences_appear_as_they_are_proven(desk: Watched, fake: FakeApi) -> None:
    desk.ask("slow")
    page = desk.page
    expect(page.locator(".sentence")).to_have_count(1)
    expect(page.locator(".state")).to_have_text("Choosing sentences…")
    expect(page.locator(".turn")).to_have_attribute("aria-busy", "true")
    desk.open_citation(1)
    assert desk.marked() == IMAI
    fake.release.set()
    expect(page.locator(".sentence")).to_have_count(3)
    page.locator(".confidence").wait_for()
    expect(page.locator(".state")).to_have_count(0)
    assert page.get_attribute(".turn", "aria-busy") is None


def test_stop_ends_the_work_and_keeps_what_is_proven(desk: Watched, fake: FakeApi) -> None:
    desk.ask("slow")
    page = desk.page
    expect(page.locator(".sentence")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".outcome")).to_contain_text("Stopped. What is above is proven")
    expect(page.locator(".sentence")).to_have_count(1)
    expect(page.locator("#question")).to_be_focused()
    fake.release.set()
    page.get_by_role("button", name="Ask again", exact=True).click()
    expect(page.locator(".sentence")).to_have_count(3)
    expect(page.locator(".outcome")).to_have_count(0)


def test_follow_ups_stay_in_the_conversation(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.answered("When did he go there?")
    assert fake.asked[1]["conversation_id"] == next(iter(fake.conversations))
    expect(desk.page.locator(".interpreted p").last).to_have_text(
        "Interpreted as: Who was sent to China by <b>Japan</b>?"
    )
    question = desk.page.locator(".question").last.bounding_box()
    assert question
    assert 0 < question["y"] < 120


def test_a_reload_brings_the_conversation_back(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.answered("weather")
    page = desk.page
    before = page.locator(".reply").all_text_contents()
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    assert page.locator(".reply").all_text_contents() == before
    expect(page.locator("#welcome")).to_be_hidden()
    page.locator(".chip").first.click()
    expect(page.locator("mark.main")).to_have_text(IMAI)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    page.reload()
    expect(page.locator("#welcome")).to_be_visible()
    desk.answered(QUESTION)
    assert "conversation_id" not in fake.asked[-1]


def test_a_conversation_that_is_gone_is_forgotten(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    fake.conversations.clear()
    desk.page.goto(desk.url)
    expect(desk.page.locator("#welcome")).to_be_visible()
    expect(desk.page.locator(".outcome")).to_have_count(0)


def test_busy_is_waited_for(desk: Watched, fake: FakeApi) -> None:
    fake.busy = 1
    desk.ask(QUESTION)
    expect(desk.page.locator(".state")).to_have_text("Footnote is busy. Trying again in 1 s…")
    desk.page.locator(".confidence").wait_for()
    assert len(fake.asked) == 2


@pytest.mark.parametrize(
    ("question", "words"),
    [("broken", "A <b>defect</b> was logged."), ("cut", "The answer broke off before it was complete.")],
)
def test_failures_speak_plainly_and_can_be_tried_again(desk: Watched, fake: FakeApi, question: str, words: str) -> None:
    desk.ask(question)
    page = desk.page
    expect(page.locator(".failed p")).to_have_text(words)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".failed p")).to_have_text(words)
    assert len(fake.asked) == 2
    desk.answered(QUESTION)
    expect(page.locator(".confidence")).to_have_count(1)


def test_a_server_that_is_gone_and_back(desk: Watched) -> None:
    page = desk.page
    page.locator("#library a").first.wait_for()
    desk.context.set_offline(True)
    desk.ask(QUESTION)
    expect(page.locator(".failed p")).to_have_text("Footnote cannot be reached. Is it still running?")
    desk.context.set_offline(False)
    page.locator("#log").get_by_role("button", name="Try again").click()
    page.locator(".confidence").wait_for()
    desk.context.set_offline(True)
    page.locator(".chip").first.click()
    expect(page.locator("#panel .notice")).to_contain_text("cannot be reached")
    desk.context.set_offline(False)
    page.locator("#panel").get_by_role("button", name="Try again").click()
    expect(page.locator("mark.main")).to_have_text(IMAI)


def test_the_limit_counts_code_points(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    for length, words, can_send in (
        (1799, "", True),
        (1990, "10 left", True),
        (2000, "0 left", True),
        (2001, "1 too many", False),
    ):
        page.fill("#question", "🦊" * length)
        expect(page.locator("#counter")).to_have_text(words)
        assert page.locator("#send").is_enabled() == can_send
    page.press("#question", "Enter")
    page.fill("#question", "  \n ")
    expect(page.locator("#send")).to_be_disabled()
    page.press("#question", "Enter")
    assert page.locator(".turn").count() == 0
    assert fake.asked == []


def test_a_key_is_asked_for_and_kept_in_the_tab(browser: Browser) -> None:
    fake = FakeApi(key="s3cret")
    with serving(make_app(fake)) as url, visiting(browser, url) as visit:
        page = visit.page
        dialog = page.get_by_role("dialog", name="Access key")
        expect(dialog).to_be_visible()
        page.get_by_label("Key", exact=True).fill("wrong")
        page.keyboard.press("Enter")
        expect(dialog).to_contain_text("That key was not accepted")
        page.get_by_label("Key", exact=True).fill("s3cret")
        page.keyboard.press("Enter")
        page.locator("#library a").first.wait_for()
        visit.answered(QUESTION)
        page.reload()
        page.locator("#library a").first.wait_for()
        assert page.get_by_role("dialog").count() == 0
        assert page.evaluate("localStorage.length") == 0


def test_no_key_is_no_dead_end(browser: Browser) -> None:
    with serving(make_app(FakeApi(key="s3cret"))) as url, visiting(browser, url) as visit:
        visit.page.get_by_role("button", name="Cancel").click()
        expect(visit.page.locator("#library .failed")).to_contain_text("A key is needed.")


def test_the_page_works_where_storage_is_denied(browser: Browser, url: str) -> None:
    with visiting(browser, url) as visit:
        visit.page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied'); } })"
        )
        visit.page.reload()
        visit.answered(QUESTION)
        visit.answered("weather")


def test_a_key_pressed_in_composition_sends_nothing(desk: Watched, fake: FakeApi) -> None:
    desk.page.fill("#question", "東京")
    desk.page.evaluate(
        """document.getElementById("question").dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(desk.page.locator("#question")).to_have_value("東京")
    assert fake.asked == []
