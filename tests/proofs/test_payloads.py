"""The payloads can do harm and the canary tells it: on careless pages, nearly all of them run."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.proofs.canary import Canary
from tests.proofs.payloads import make_payloads

pytestmark = pytest.mark.proof

PAYLOADS = make_payloads()
AT_ONCE = 150

FRAMES = """(pages) => document.body.replaceChildren(...pages.map((page) => {
  const frame = document.createElement("iframe");
  frame.srcdoc = page;
  return frame;
}))"""


def test_a_thousand_payloads_run_where_nobody_takes_care(browser: Browser) -> None:
    assert len({payload.text for payload in PAYLOADS}) == len(PAYLOADS) >= 1000
    context = browser.new_context()
    canary = Canary(context, watched=False)
    page = context.new_page()
    page.goto("about:blank")
    for start in range(0, len(PAYLOADS), AT_ONCE):
        some = PAYLOADS[start : start + AT_ONCE]
        page.evaluate(FRAMES, [payload.careless for payload in some])
        _wait(page, lambda: {payload.number for payload in some} <= canary.ran)  # noqa: B023
    context.close()
    dead = [payload.text for payload in PAYLOADS if payload.number not in canary.ran]
    assert dead == []


def test_what_becomes_markup_is_told(browser: Browser) -> None:
    context = browser.new_context()
    canary = Canary(context)
    page = context.new_page()
    page.goto("about:blank")
    page.set_content("<p><a href='java\tscript:canary(1)'>x</a><img src=x><b onclick=x></b><iframe></iframe></p>")
    page.evaluate("document.querySelector('p').setAttribute('onclick', 'canary(2)')")
    became = {"href", "img", "iframe", "onclick"}
    _wait(page, lambda: became <= _told(canary))
    context.close()
    assert became <= _told(canary)


def _told(canary: Canary) -> set[str]:
    return {each.split(" in ")[0] for each in canary.became}


def _wait(page: Page, holds: Callable[[], bool]) -> None:
    """Until it holds, or a minute, while what the page says is listened to."""
    for _ in range(1200):
        if holds():
            return
        page.wait_for_timeout(50)
