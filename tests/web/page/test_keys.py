"""The pages behind a key for asking, which the browser sends by itself, on a server with a fake answer side."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.fakes import FakeService
from tests.servers import serving
from tests.web.page.browser import Watched
from web.access.keys import FILE_NAME, Keys
from web.app import create_app
from web.settings.settings import Settings


@pytest.fixture
def seller(browser: Browser, tmp_path: Path) -> Iterator[Watched]:
    """Who gave the key, once, when the browser asked for it; it may ask one question a minute."""
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask", (), 1)
    with ExitStack() as stack:
        url = stack.enter_context(serving(create_app(Settings(data=tmp_path), FakeService)))
        context = stack.enter_context(browser.new_context(http_credentials={"username": "me", "password": key}))
        yield Watched(context, url)


def test_a_key_for_asking_opens_the_chat(seller: Watched) -> None:
    page = seller.page
    page.goto(seller.url)
    seller.answered("Who was sent?")  # or the second question would come while the first is being answered
    expect(page.get_by_text("Who was sent?").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    seller.ask("And when?")
    expect(page.get_by_text("This key may ask 1 question a minute")).to_be_visible()
    assert seller.complaints == []


def test_what_it_may_not_see_is_told_in_plain_words(seller: Watched) -> None:
    page = seller.page
    page.goto(f"{seller.url}/gaps")
    expect(page.get_by_role("alert")).to_have_text(
        "This key is for asking questions; only the operator's key (scope admin) may do this."
    )
    assert seller.complaints == []
