"""What a follow-up was read as: shown, edited, undone and brought back, each with one click."""

import pytest
from playwright.sync_api import Locator, expect

from tests.web.page.browser import Watched
from tests.web.page.fake_api import QUESTION, FakeApi

FOLLOW_UP = "When did he go there?"
READING = "Who was sent to China by <b>Japan</b>?"
UNDO = "Undo: take the question as it is"
BACK = "Bring it back: interpret the question again"


@pytest.fixture
def line(desk: Watched) -> Locator:
    """The line under a follow-up that was interpreted."""
    desk.answered(QUESTION)
    desk.answered(FOLLOW_UP)
    return desk.page.locator(".turn:last-child .interpreted")


def whole(desk: Watched) -> None:
    desk.page.locator(".turn:last-child:not([aria-busy])").wait_for()


def test_a_question_that_stands_alone_has_no_such_line(desk: Watched) -> None:
    desk.answered(QUESTION)
    expect(desk.page.locator(".interpreted")).to_be_hidden()


def test_one_click_undoes_it_and_one_brings_it_back(desk: Watched, fake: FakeApi, line: Locator) -> None:
    first = next(iter(fake.conversations.values()))[-1].id
    expect(line.locator("p")).to_have_text(f"Interpreted as: {READING}")
    line.get_by_role("button", name=UNDO).click()
    expect(line.locator("p")).to_have_text(f"Taken as it was asked, and not as: {READING}")
    whole(desk)
    told = {key: fake.asked[-1][key] for key in ("question", "interpreted_as", "replaces")}
    assert told == {"question": FOLLOW_UP, "interpreted_as": FOLLOW_UP, "replaces": first}
    expect(desk.page.locator("#status")).to_have_text(f"Answered. Taken as it was asked, and not as: {READING}")
    expect(line.get_by_role("button", name=BACK)).to_be_focused()
    expect(line.get_by_role("button", name="Edit the interpretation")).to_be_hidden()
    desk.page.keyboard.press("Enter")
    expect(line.locator("p")).to_have_text(f"Interpreted as: {READING}")
    whole(desk)
    assert fake.asked[-1]["interpreted_as"] == READING
    expect(line.get_by_role("button", name=UNDO)).to_be_focused()
    expect(desk.page.locator(".turn")).to_have_count(2)
    assert len(next(iter(fake.conversations.values()))) == 2


def test_it_is_edited_in_place_by_keyboard(desk: Watched, fake: FakeApi, line: Locator) -> None:
    page = desk.page
    edit = line.get_by_role("button", name="Edit the interpretation")
    edit.press("Enter")
    field = page.get_by_role("textbox", name="Edit how the question is understood")
    expect(field).to_be_focused()
    expect(field).to_have_value(READING)
    page.keyboard.type(" Really?")
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    assert len(fake.asked) == 2
    edit.click()
    field.fill("  When was Imai in <i>Beijing</i>? ")
    page.keyboard.press("Enter")
    expect(line.locator("p")).to_have_text("Interpreted as: When was Imai in <i>Beijing</i>?")
    whole(desk)
    assert fake.asked[-1]["interpreted_as"] == "When was Imai in <i>Beijing</i>?"
    expect(page.locator(".turn:last-child .question")).to_have_text(FOLLOW_UP)
    expect(edit).to_be_focused()


def test_what_was_undone_is_known_after_a_reload(desk: Watched, line: Locator) -> None:
    line.get_by_role("button", name=UNDO).click()
    expect(desk.page.locator("#status")).to_contain_text("Answered. Taken as it was asked")
    desk.page.reload()
    expect(line.locator("p")).to_have_text(f"Taken as it was asked, and not as: {READING}")
    line.get_by_role("button", name=BACK).click()
    expect(line.locator("p")).to_have_text(f"Interpreted as: {READING}")


def test_when_that_fails_the_answer_stays_as_it_was(desk: Watched, fake: FakeApi, line: Locator) -> None:
    page = desk.page
    before = page.locator(".turn:last-child .prose").inner_text()
    desk.context.set_offline(True)
    line.get_by_role("button", name=UNDO).click()
    expect(page.locator(".turn:last-child .failed p")).to_contain_text("cannot be reached")
    expect(line.locator("p")).to_have_text(f"Interpreted as: {READING}")
    assert page.locator(".turn:last-child .prose").inner_text() == before
    desk.context.set_offline(False)
    page.locator(".turn:last-child").get_by_role("button", name="Try again").click()
    expect(line.locator("p")).to_have_text(f"Taken as it was asked, and not as: {READING}")
    expect(page.locator(".failed")).to_have_count(0)
    whole(desk)
    assert fake.asked[-1]["interpreted_as"] == FOLLOW_UP


def test_an_interpretation_in_mid_conversation_is_changed_where_it_stands(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.answered(FOLLOW_UP)
    desk.answered("weather")
    middle = desk.page.locator(".turn").nth(1)
    middle.get_by_role("button", name=UNDO).click()
    expect(middle.locator(".interpreted p")).to_contain_text("Taken as it was asked")
    expect(desk.page.locator(".turn:not([aria-busy])")).to_have_count(3)
    questions = [turn.question for turn in next(iter(fake.conversations.values()))]
    assert questions == desk.page.locator(".question").all_text_contents() == [QUESTION, FOLLOW_UP, "weather"]
