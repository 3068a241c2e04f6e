"""A visit whose every state is looked at: in light and dark, at desk and phone width, by axe-core and the camera."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

from tests.paths import ROOT
from tests.proofs.axe import Axe
from tests.proofs.served import Served
from tests.web.page.browser import Watched

SCREENSHOTS = ROOT / "build" / "screenshots"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {1280: 800, 320: 720}  # CSS pixels: width and height of the window
ANSWER_MS = 180_000  # the first question waits for the model

# A breach of the page's policy is told to the page itself; here it goes on to the console, where `_said` waits for it.
_LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""

# What stands over the right edge and is not in a box of its own that scrolls.
_BEYOND = """() => [...document.body.querySelectorAll("*")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.right <= innerWidth + 0.5 || !element.checkVisibility({ visibilityProperty: true })) return false;
  for (let at = element.parentElement; at; at = at.parentElement)
    if (getComputedStyle(at).overflowX !== "visible" && at !== document.body && at !== document.documentElement) return false;
  return true;
}).map((element) => element.outerHTML.slice(0, 120))"""  # noqa: E501

# A tall one from its start on, a small one in the middle, where nothing sticky lies over it.
_TO_SIGHT = """(element) =>
  element.scrollIntoView({ block: element.offsetHeight > innerHeight / 2 ? "start" : "center" })"""

_SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


class Stage(Watched):
    """A page over the service. found: what is wrong in the states that were looked at, each with where it was seen."""

    def __init__(self, context: BrowserContext, served: Served) -> None:
        self.served = served
        self.found: list[str] = []
        self.failed_loads: list[str] = []
        self.subject = ""  # selector of what a picture is of: kept in sight when the window's width changes
        self.narrow = ""  # name of the button that brings about the state where the window is narrow
        context.add_init_script(_LISTEN)
        super().__init__(context, served.url)
        self.page.set_default_timeout(60_000)
        self._axe = Axe(self.page)

    def open(self, path: str = "/") -> None:
        self.page.goto(f"{self.url}{path}")
        self.page.wait_for_load_state("networkidle")

    def wait_for_answer(self) -> None:
        """The newest turn is whole."""
        self.page.locator(".turn:last-child:not([aria-busy])").wait_for(timeout=ANSWER_MS)

    def answered(self, question: str) -> None:
        turns = self.page.locator(".turn").count()
        self.ask(question)
        self.page.locator(f".turn >> nth={turns}").wait_for()
        self.page.locator(".turn:not([aria-busy])").nth(turns).wait_for(timeout=ANSWER_MS)

    def look(self, state: str, hovered: str = "") -> None:
        """Judge the page as it is in each scheme and width, and leave it light and wide.

        hovered: selector of what the mouse rests on, at desk width only: a finger cannot.
        """
        for width in (1280,) if hovered else SIZES:
            self.page.set_viewport_size({"width": width, "height": SIZES[width]})
            self._arrange(hovered, is_narrow=width < 1280)
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)
                self.page.evaluate(_SETTLED)
                self.page.screenshot(path=SCREENSHOTS / f"{state}-{width}-{scheme}.png")
                self.found += [f"{state}, {width} px, {scheme}: {wrong}" for wrong in self._wrongs(width)]
        self.page.set_viewport_size({"width": 1280, "height": SIZES[1280]})
        self.page.emulate_media(color_scheme="light")

    def _arrange(self, hovered: str, *, is_narrow: bool) -> None:
        if is_narrow and self.narrow:
            self.page.get_by_role("button", name=self.narrow).click()
        if self.subject:
            self.page.locator(self.subject).first.evaluate(_TO_SIGHT)
        if hovered:
            self.page.locator(hovered).first.hover()
        else:
            self.page.mouse.move(0, 0)

    def _wrongs(self, width: int) -> list[str]:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        return [
            *self._axe.violations(),
            *([f"scrolls sideways, {wide} px wide"] if wide > width else []),
            *(f"over the edge: {element}" for element in self.page.evaluate(_BEYOND)),
        ]

    @property
    def faults(self) -> list[str]:
        """`found`, each fault once, with all the places it was seen at."""
        places: dict[str, list[str]] = {}
        for each in self.found:
            where, _, fault = each.partition(": ")
            places.setdefault(fault, []).append(where)
        return [f"{fault}\n    {'; '.join(seen)}" for fault, seen in places.items()]

    def _said(self, message: ConsoleMessage) -> None:
        if message.text.startswith("Failed to load resource"):
            self.failed_loads.append(f"{message.text} {message.location.get('url', '')}")
        else:
            super()._said(message)


@contextmanager
def staged(browser: Browser, served: Served) -> Iterator[Stage]:
    """A fresh visit, closed on leaving."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": 1280, "height": SIZES[1280]}, reduced_motion="reduce")
    try:
        yield Stage(context, served)
    finally:
        served.relay.release()
        context.close()
