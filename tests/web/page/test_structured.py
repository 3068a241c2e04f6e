"""Lists, tables, records, code and links of an answer, as the page shows them."""

import pytest
from playwright.sync_api import Page, expect

from tests import structured
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched
from tests.web.page.fake_api import wait_until

KINDS = ["steps", "items", "rows", "wide", "records", "code", "struck", "mixed", "address"]


def chips(page: Page) -> list[str]:
    return page.locator(".prose .chip").all_inner_texts()


def test_a_list_keeps_its_numbers_and_depth(desk: Watched) -> None:
    desk.answered("show steps")
    prose = desk.page.locator(".prose")
    expect(prose.locator(".structured > p")).to_contain_text("To install it, follow these steps:")
    numbered = prose.locator(".listed > ol > li")
    assert [each.get_attribute("value") for each in numbered.all()] == ["3", "4", "7"]
    expect(numbered.nth(1).locator("> ul > li")).to_have_count(2)
    deepest = numbered.nth(1).locator("ul ul > li")
    assert deepest.inner_text().replace("\u2060", "").split() == ["a)", "open", "the", "explorer", "6"]
    assert chips(desk.page) == [str(n) for n in range(1, 8)]
    desk.open_citation(3)
    assert desk.marked() == "Unpack it. Keep `its` name."


def test_items_of_one_list_are_one_list(desk: Watched) -> None:
    desk.answered("show items")
    expect(desk.page.locator(".structured")).to_have_count(1)
    expect(desk.page.locator(".structured ol > li")).to_have_count(2)
    assert chips(desk.page) == ["1", "2", "3", "4"]


def test_rows_of_a_table_stand_under_its_header(desk: Watched) -> None:
    desk.answered("show rows")
    page = desk.page
    expect(page.locator(".prose table")).to_have_count(1)
    assert page.locator("thead th bdi").all_inner_texts() == ["Port", "Used by", "Open"]
    rows = [
        [each.inner_text() for each in row.locator("td:not(.cites)").all()] for row in page.locator("tbody tr").all()
    ]
    assert rows == [["8080", "http", "yes"], ["9090", "", "a|b"]]
    expect(page.get_by_role("columnheader", name="Citations")).to_have_count(1)
    assert chips(page) == ["1", "2", "3", "4", "5", "6"]


def test_records_are_names_and_values(desk: Watched) -> None:
    desk.answered("show records")
    page = desk.page
    assert page.locator(".prose dt").all_inner_texts() == ["Name", "Phone"]
    assert page.locator(".prose dd bdi").all_inner_texts() == ["Ada Kowalska", "+48 555"]
    assert chips(page) == ["1", "2"]


def test_code_is_copied_with_the_keyboard_as_it_is_written(desk: Watched) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.answered("show code")
    page = desk.page
    code = structured.code().content[0].citations[-1].cited_text
    assert page.locator(".prose pre code").text_content() == code
    button = page.get_by_role("button", name="Copy code")
    page.locator(".prose pre").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".code .chip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("The code is copied")
    assert page.evaluate("navigator.clipboard.readText()") == code
    expect(page.get_by_role("button", name="Copy code")).to_be_visible()


def test_prose_and_what_is_structured_stand_in_their_order(desk: Watched) -> None:
    desk.answered("show mixed")
    parts = desk.page.locator(".prose > *")
    classes = [each.get_attribute("class") for each in parts.all()]
    assert classes == [None, "structured of-list", "structured of-row", "structured of-code", None]
    assert chips(desk.page) == [str(n) for n in range(1, 18)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_wide_table_scrolls_by_itself_and_its_chips_stay(desk: Watched, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.answered("show wide")
    page = desk.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.get_by_role("region", name="Table")
    assert table.evaluate("each => each.scrollWidth > each.clientWidth")
    last = page.locator(".prose .chip").last
    expect(last).to_be_in_viewport()
    inner, outer = last.bounding_box(), table.bounding_box()
    assert inner
    assert outer
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
    table.focus()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: bool(table.evaluate("each => each.scrollLeft > 0")))
    assert page.evaluate("window.hacked") is None


def test_struck_words_are_struck(desk: Watched) -> None:
    desk.answered("show struck")
    assert desk.page.locator(".prose s").all_inner_texts() == ["A ticket costs 5 euros.", "not"]
    assert "~~" not in desk.page.locator(".prose").inner_text()


def test_an_answer_that_is_an_address_is_a_link_that_knows_nothing_of_this_page(desk: Watched) -> None:
    desk.answered("show address")
    link = desk.page.locator(".short a")
    expect(link).to_have_text("https://example.org/a_b?c=d")
    assert link.get_attribute("href") == "https://example.org/a_b?c=d"
    assert link.get_attribute("target") == "_blank"
    assert {"noopener", "noreferrer"} <= set((link.get_attribute("rel") or "").split())
    desk.answered("show script")
    last = desk.page.locator(".turn").last
    expect(last.locator(".short p")).to_have_text("javascript:window.hacked=9//https://a.b")
    expect(last.locator(".short a")).to_have_count(0)


def test_a_copy_has_markers_tabs_and_code(desk: Watched) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.answered("show mixed")
    desk.page.get_by_role("button", name="Copy", exact=True).click()
    expect(desk.page.locator("#status")).to_have_text("Copied")
    text = desk.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(
        "Restart it with: [1]\n"
        "To install it, follow these steps: [2]\n3. Download the archive. [3]\n4. Unpack it. Keep its name. [4]\n"
        "  - On Linux use tar. [5]\n  - On Windows: [6]\n    a) open the explorer [7]\n7. Start the service. [8]\n"
        "The ports are: [9]\nPort\tUsed by\tOpen\n8080\thttp\tyes\t[10][11]\n9090\t\ta|b\t[12][13][14]\n"
        'Restart it with: [15]\nsudo restart <b>\n  echo "```done```" # [x](y)\n[16]\n'
        "Restart it with: [17]\n\n[1] "
    )


@pytest.mark.parametrize("kind", KINDS)
def test_all_of_it_can_be_read_named_and_touched(phone: Watched, kind: str) -> None:
    phone.answered(f"show {kind}")
    page = phone.page
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("window.hacked") is None
