"""Which documents are asked: chosen by name, said above the box, sent as globs that fit them and no others."""

from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.documents import make_document
from tests.web.page.fake_api import QUESTION, FakeApi

AWKWARD = "a[1]*.txt"
GLOBS = "async ([chosen, all]) => (await import('/static/globs.js')).globsOf(chosen, all)"


def globs_of(page: Page, chosen: list[str], every: list[str]) -> list[str] | None:
    globs: list[str] | None = page.evaluate(GLOBS, [chosen, every])
    return globs


def fitting(globs: list[str], every: list[str]) -> list[str]:
    """As the server reads them: none means all."""
    return [path for path in every if not globs or any(fnmatchcase(path, glob) for glob in globs)]


paths = st.text(st.sampled_from("ab[]*?!-/é🦊𠮷"), min_size=1, max_size=6)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(every=st.lists(paths, unique=True, min_size=1, max_size=50), data=st.data())
def test_globs_fit_what_is_chosen_and_nothing_else(desk: Watched, every: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True, min_size=1))
    globs = globs_of(desk.page, chosen, every)
    if globs is None:
        assert len(chosen) > 20
        return
    assert len(globs) <= 20
    assert sorted(fitting(globs, every)) == sorted(chosen)


def test_many_are_said_by_what_they_begin_with(desk: Watched) -> None:
    reports = [f"reports/{n}.txt" for n in range(300)]
    every = [*reports, "audit.txt", "paper.txt"]
    assert globs_of(desk.page, reports, every) == ["r*"]
    assert globs_of(desk.page, every, every) == []
    # Every second one has no beginning to itself.
    assert globs_of(desk.page, reports[::2], every) is None
    long = ["x" * 300 + "1", "x" * 300 + "2", "y" * 300]
    assert globs_of(desk.page, long[2:], long) == ["y*"]
    assert globs_of(desk.page, long[:1], long) is None


def rows(fake: FakeApi, *sources: str) -> None:
    for source in sources:
        words = f"A document of its own that is found by the name {source}."
        fake.documents[sha256(source.encode()).hexdigest()[:8]] = make_document(source, words, words)


def pick(page: Page, *names: str) -> None:
    """Only these, by the dialog."""
    page.get_by_role("button", name="Choose which documents to ask").click()
    page.get_by_role("button", name="None").click()
    for name in names:
        page.get_by_label("Find a document").fill(name)
        page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Ask", exact=False).last.click()


def sent(fake: FakeApi) -> Any:
    return fake.asked[-1].get("sources")


def test_a_path_that_looks_like_a_pattern_is_taken_as_it_is(fake: FakeApi, browser: Browser, url: str) -> None:
    rows(fake, AWKWARD, "a1b.txt", "a1.txt")
    with visiting(browser, url) as visit:
        pick(visit.page, AWKWARD)
        expect(visit.page.locator("#asking")).to_contain_text("Asking only")
        visit.answered(QUESTION)
        assert sent(fake) == ["a[[]1][*].txt"]
        assert fitting(sent(fake), [d.source for d in fake.documents.values()]) == [AWKWARD]


def test_the_choice_is_said_kept_for_the_tab_and_cleared_with_one_press(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    total = len(fake.documents)
    expect(page.locator("#asking")).to_be_hidden()
    pick(page, "emoji", "audit")
    expect(page.locator("#asking")).to_have_text(f"Asking 2 of {total} documents")
    desk.answered(QUESTION)
    assert sorted(sent(fake)) == ["audit.txt", "emoji.txt"]
    page.reload()
    expect(page.locator("#asking")).to_have_text(f"Asking 2 of {total} documents")
    desk.answered(QUESTION)
    assert sorted(sent(fake)) == ["audit.txt", "emoji.txt"]
    page.get_by_role("button", name="Ask all documents").click()
    expect(page.locator("#asking")).to_be_hidden()
    expect(page.get_by_role("button", name="Choose which documents to ask")).to_be_focused()
    desk.answered(QUESTION)
    assert sent(fake) is None
    assert page.evaluate("sessionStorage.getItem('footnote.filter')") is None


def test_a_document_that_is_gone_is_chosen_no_longer(desk: Watched, fake: FakeApi) -> None:
    pick(desk.page, "emoji", "audit")
    expect(desk.page.locator("#asking")).to_be_visible()
    del fake.documents["emoji"]
    desk.page.reload()
    expect(desk.page.locator("#asking")).to_contain_text("Asking only")
    del fake.documents["audit"]
    desk.page.reload()
    desk.page.locator("#library a").first.wait_for()
    expect(desk.page.locator("#asking")).to_be_hidden()


def test_nothing_and_too_many_are_told(fake: FakeApi, browser: Browser, url: str) -> None:
    rows(fake, *(f"{n}.txt" for n in range(100, 180)))
    with visiting(browser, url) as visit:
        page = visit.page
        page.get_by_role("button", name="Choose which documents to ask").click()
        dialog = page.get_by_role("dialog", name="Which documents to ask")
        dialog.get_by_role("button", name="None").click()
        expect(dialog.get_by_role("status")).to_have_text("Choose at least one.")
        submit = dialog.locator("[type=submit]")
        expect(submit).to_be_disabled()
        for n in range(100, 148, 2):
            page.get_by_label("Find a document").fill(f"name {n}.txt")
            dialog.get_by_role("checkbox").check()
        expect(dialog.get_by_role("status")).to_have_text("These cannot be asked together: choose at most 20, or all.")
        expect(submit).to_be_disabled()
        page.get_by_label("Find a document").fill("")
        dialog.get_by_role("button", name="All", exact=True).click()
        expect(dialog.get_by_role("status")).to_be_empty()
        expect(submit).to_have_text("Ask all")
        submit.click()
        expect(page.locator("#asking")).to_be_hidden()


def test_leaving_the_dialog_changes_nothing(desk: Watched) -> None:
    page = desk.page
    page.get_by_role("button", name="Choose which documents to ask").click()
    page.get_by_role("button", name="None").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#asking")).to_be_hidden()
    expect(page.get_by_role("button", name="Choose which documents to ask")).to_be_focused()


def test_the_dialog_on_a_phone(phone: Watched) -> None:
    page = phone.page
    page.get_by_role("button", name="Choose which documents to ask").tap()
    dialog = page.get_by_role("dialog", name="Which documents to ask")
    expect(dialog.get_by_role("checkbox").first).to_be_checked()
    # A box is as large as the label around it.
    small = [html for html in page.evaluate(SMALL_TARGETS) if 'type="checkbox"' not in html]
    assert small == []
    heights = page.evaluate("[...document.querySelectorAll('.checks label')].map((e) => e.offsetHeight)")
    assert min(heights) >= 40
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate(NAMELESS) == []
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 740


def test_suggestions_are_of_the_documents_that_are_asked(fake: FakeApi, browser: Browser, url: str) -> None:
    suggested = fake.turns.suggested
    suggested[:] = ["<b>Who</b> was sent to China?", "When was the speech held?"]
    with visiting(browser, url) as visit:
        page = visit.page
        buttons = page.locator(".suggestion")
        expect(buttons).to_have_text(suggested)
        with page.expect_request(lambda request: "sources=emoji.txt" in request.url):
            pick(page, "emoji")
        expect(buttons).to_have_count(2)
        buttons.first.click()
        expect(page.locator(".question")).to_have_text(suggested[0])
        assert fake.asked[0]["question"] == suggested[0]


def test_suggestions_that_are_being_found_are_waited_for(fake: FakeApi, browser: Browser, url: str) -> None:
    fake.turns.suggested[:] = ["Who opened the lock?"]
    fake.turns.suggested_later = 1
    with visiting(browser, url) as visit:
        expect(visit.page.locator(".suggestion")).to_have_text(fake.turns.suggested)
    assert len(fake.turns.suggestions_asked) == 2


def test_no_suggestions_are_no_gap(fake: FakeApi, browser: Browser, url: str) -> None:
    fake.turns.failing.add("suggestions")
    with visiting(browser, url) as visit:
        visit.page.locator("#library a").first.wait_for()
        expect(visit.page.locator("#suggestions")).to_be_empty()
