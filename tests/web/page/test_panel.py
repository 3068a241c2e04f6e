"""The side panel: where a citation leads, whether it still stands, and what can be taken along."""

import re

import pytest
from playwright.sync_api import Browser, expect

from qa.types import OnDisk
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.fake_api import IMAI, QUESTION, SCHEME, SPEECH, FakeApi


def test_a_citation_is_verified_when_it_is_opened(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    line = desk.page.locator(".verdict")
    expect(line).to_have_text("Verified: these words stand in the file")
    expect(line).to_have_attribute("role", "status")
    assert sum(url.endswith("/api/verify") for url in desk.requests) == 1
    assert desk.page.evaluate(LOW_CONTRAST) == []


def test_a_document_is_summed_up_from_its_panel(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    desk.page.get_by_role("button", name="Summarise").click()
    asked = desk.page.locator(".question")
    expect(asked).to_have_text([QUESTION, re.compile("Summarise .+[.]txt")])
    assert desk.page.evaluate(NAMELESS) == []


def test_what_changed_moved_or_went_is_said_plainly(desk: Watched, fake: FakeApi) -> None:
    desk.answered("changed")
    line = desk.page.locator(".verdict")
    desk.page.locator(".chip[data-number='1']").click()
    expect(line).to_have_text("Changed: these words no longer stand in the file")
    desk.open_citation(2)
    expect(line).to_have_text("Moved: the same words now stand elsewhere in the file")
    assert desk.page.evaluate(LOW_CONTRAST) == []
    del fake.documents["seed0"]
    desk.page.locator(".chip[data-number='1']").click()
    expect(line).to_have_text("Gone: the file is no longer among the documents")


@pytest.mark.parametrize(
    ("on_disk", "words"),
    [
        ("changed", "The file has changed since it was read: what is shown is from then"),
        ("gone", "Gone: the file is not there any more"),
        ("unknown", "These words stood in the file when it was read; it cannot be looked at now"),
    ],
)
def test_nothing_is_verified_of_a_file_that_is_another_now(
    desk: Watched, fake: FakeApi, on_disk: OnDisk, words: str
) -> None:
    desk.answered(QUESTION)
    fake.sources.on_disk = on_disk
    desk.open_citation(1)
    line = desk.page.locator(".verdict")
    expect(line).to_have_text(words)
    assert "Verified" not in line.inner_text()


def test_a_check_that_fails_is_no_verdict_and_can_be_had_again(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    fake.sources.broken.add("verify")
    desk.open_citation(1)
    line = desk.page.locator(".verdict")
    expect(line).to_contain_text("Not checked: The check <b>failed</b>.")
    assert "Verified" not in line.inner_text()
    fake.sources.broken.clear()
    desk.page.get_by_role("button", name="Check again").click()
    expect(line).to_have_text("Verified: these words stand in the file")


def test_brackets_go_through_the_citations(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    page = desk.page
    for key, words in (("]", SCHEME), ("]", SPEECH), ("]", SPEECH), ("[", SCHEME)):
        page.keyboard.press(key)
        expect(page.locator("#panel mark.main")).to_have_text(words)
    page.locator("#question").focus()
    page.keyboard.type("[1] ]")
    expect(page.locator("#question")).to_have_value("[1] ]")
    expect(page.locator("#panel mark.main")).to_have_text(SCHEME)


def test_its_head_says_where_whose_and_how_old(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    head = desk.page.locator(".panel-head")
    expect(head.locator(".panel-where")).to_contain_text(fake.documents["seed0"].source)
    expect(head.locator(".panel-about")).to_have_text(
        re.compile(r"plain text · indexed \d+ (hour|day|week|month|year)s? ago")
    )
    expect(head.locator("time")).to_have_attribute("datetime", "2026-01-01T00:00:00Z")
    expect(head.get_by_role("link", name="Full page")).to_have_attribute(
        "href", re.compile(r"^/sources/\w+#char=\d+,\d+$")
    )


def test_a_quote_is_copied_with_its_reference(browser: Browser, url: str, fake: FakeApi) -> None:
    with visiting(browser, url) as visit:
        visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.answered(QUESTION)
        visit.open_citation(1)
        visit.page.get_by_role("button", name="Copy as quote").click()
        expect(visit.page.locator(".copy")).to_contain_text("Copied")
        document = fake.documents["seed0"]
        start = document.text.index(IMAI)
        reference = f"“{IMAI}” — {document.title}, {document.source}, characters {start}–{start + len(IMAI)}"
        assert visit.page.evaluate("navigator.clipboard.readText()") == reference


def test_without_a_clipboard_api_the_selection_is_copied(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    desk.page.evaluate(
        """() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          document.addEventListener("copy", () => { window.copied = document.activeElement.value; });
        }"""
    )
    button = desk.page.get_by_role("button", name="Copy as quote")
    button.click()
    expect(desk.page.locator(".copy")).to_contain_text("Copied")
    assert desk.page.evaluate("window.copied").startswith(f"“{IMAI}” — ")
    expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_all_of_it_can_be_read_and_reached(browser: Browser, url: str, scheme: str) -> None:
    with visiting(browser, url, phone=True, scheme=scheme) as visit:
        visit.answered(QUESTION)
        visit.open_citation(1)
        expect(visit.page.locator(".verdict")).to_contain_text("Verified")
        for width in (320, 360):
            visit.page.set_viewport_size({"width": width, "height": 700})
            assert visit.page.evaluate(SMALL_TARGETS) == []
            assert visit.page.evaluate(NAMELESS) == []
            assert visit.page.evaluate(LOW_CONTRAST) == []
            assert visit.page.locator(".panel-head").evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0
            expect(visit.page.get_by_role("button", name="Copy as quote")).to_be_visible()
