"""Chromium for the page's tests: how it is started, what it must never do, and what is measured on a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

PATIENCE_MS = 60_000  # a machine may be busy
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def started() -> Iterator[Browser]:
    """A headless Chromium; skips the test where the machine has none."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("the page is not tested: there is no `chromium` on this machine (Debian: apt install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A page, and all it asked for and complained of."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = self.watch(context.new_page())

    def watch(self, page: Page) -> Page:
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", self._requested)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        # The browser logs each response of 400 and above and each lost connection; the page handles those itself.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    @property
    def strangers(self) -> list[str]:
        """Requests that left the origin."""
        own = urlsplit(self.url).netloc
        return [url for url in self.requests if urlsplit(url).scheme != "data" and urlsplit(url).netloc != own]

    def ask(self, question: str) -> None:
        self.page.fill("#question", question)
        self.page.press("#question", "Enter")

    def answered(self, question: str) -> None:
        """Asks and waits for the whole reply."""
        turns = self.page.locator(".turn").count()
        self.ask(question)
        self.page.locator(f".turn:nth-child({turns + 1}):not([aria-busy])").wait_for()

    def open_citation(self, number: int) -> None:
        self.page.locator(f".turn:last-child .chip[data-number='{number}']").first.click()
        self.page.locator("#panel mark.main").first.wait_for()

    def marked(self, kind: str = "main") -> str:
        return "".join(self.page.locator(f"mark.{kind}").all_text_contents())


@contextmanager
def visiting(browser: Browser, url: str, *, phone: bool = False, scheme: str = "light") -> Iterator[Watched]:
    """A fresh visit; afterwards, nothing must have left the origin and nothing been complained of."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740} if phone else {"width": 1440, "height": 900},
        has_touch=phone,
        is_mobile=phone,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    visit = Watched(context, url)
    visit.page.goto(url)
    yield visit
    context.close()
    assert visit.strangers == []
    assert visit.complaints == []


# Texts whose contrast is under WCAG 2.2 AA (4.5, or 3 for large text), as "contrast: text".
LOW_CONTRAST = """() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, noscript, :disabled, .unseen"))
      continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(parse(style.color)), luminance(ground(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < (isLarge ? 3 : 4.5)) low.push(`${contrast.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
  return low;
}"""  # noqa: E501

# What can be touched and is under 40 px in one direction. A link that fills its list item counts as large as the item.
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, summary, textarea, input")]
  .filter((element) => element.checkVisibility() && !element.closest(".skip, [inert]"))
  .filter((element) => {
    const fills = getComputedStyle(element, "::after").position === "absolute";
    const box = (fills ? element.closest("li") : element).getBoundingClientRect();
    return box.width < 39.5 || box.height < 39.5;
  })
  .map((element) => element.outerHTML.slice(0, 120))"""

# Buttons, links and fields without a name for assistive technology.
NAMELESS = """() => [...document.querySelectorAll("button, a, textarea, input, [role=dialog], dialog")]
  .filter((element) => element.checkVisibility())
  .filter((element) => !(element.textContent.trim() || element.getAttribute("aria-label") || element.labels?.length))
  .map((element) => element.outerHTML.slice(0, 120))"""
