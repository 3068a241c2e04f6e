"""How long the chat page takes until it can be used: python -m tests.bench.page_load URL [LOADS]

URL is where `footnote serve` listens. Each load is in a fresh browser profile, so nothing is cached. Prints the median,
the quartiles, the least and the most, in milliseconds from the start of the navigation:

- first paint: something is seen (Paint Timing)
- usable: the question box is shown and takes the question (the page's module has run, and the box has the focus)
- documents: the list of documents is there, which needs the API
"""

import statistics
import sys

from playwright.sync_api import Browser

from tests.web.page.browser import started

LOADS = 20

# Looked at in every frame from the start, so that no poll from outside is measured.
_WATCH = """() => {
  window.times = {};
  const look = () => {
    const box = document.getElementById("question");
    if (!window.times.usable && box?.checkVisibility() && document.activeElement === box) window.times.usable = performance.now();
    if (!window.times.documents && document.querySelector("#library a, #welcome-library a")) window.times.documents = performance.now();
    if (!window.times.usable || !window.times.documents) requestAnimationFrame(look);
  };
  look();
}"""  # noqa: E501
_DONE = "() => window.times.usable && window.times.documents"
_READ = """() => ({
  "first paint": performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
  usable: window.times.usable,
  documents: window.times.documents,
})"""


def load(browser: Browser, url: str) -> dict[str, float]:
    """One load; milliseconds by name."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(f"({_WATCH})()")
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(_DONE)
    times: dict[str, float] = page.evaluate(_READ)
    context.close()
    return times


def main(url: str, loads: int) -> None:
    """Measure and print. The first load, which warms browser and server, is not counted."""
    with started() as browser:
        load(browser, url)
        measured = [load(browser, url) for _ in range(loads)]
    for name in measured[0]:
        values = sorted(times[name] for times in measured)
        low, median, high = statistics.quantiles(values, n=4)
        line = f"median {median:.0f} ms, quartiles {low:.0f} and {high:.0f}, from {values[0]:.0f} to {values[-1]:.0f}"
        sys.stdout.write(f"{name}: {line} ({loads} loads)\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else LOADS)
