"""Takes the README's pictures from the real page over the shipped documents: python -m tests.bench.screenshots URL

URL is where `footnote serve --corpus seeds` listens. Needs `chromium`. Writes docs/images.
"""

import sys

from tests.paths import ROOT
from tests.web.page.browser import Watched, started, visiting

FOLDER = ROOT / "docs" / "images"
ANSWERED = "Who was sent to China by the Japanese government in May?"
UNANSWERED = "How do I reset my VPN password?"


def take(visit: Watched, name: str) -> None:
    """Write the window as it is."""
    FOLDER.mkdir(exist_ok=True)
    visit.page.mouse.move(0, 0)
    visit.page.screenshot(path=FOLDER / name)


def ask(visit: Watched, question: str) -> None:
    """Have one question answered in a window of the pictures' size."""
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    visit.answered(question)


def main(url: str) -> None:
    """Take them all."""
    with started() as browser:
        with visiting(browser, url) as visit:
            ask(visit, ANSWERED)
            visit.open_citation(1)
            take(visit, "answer.png")
        with visiting(browser, url) as visit:
            ask(visit, UNANSWERED)
            take(visit, "abstention.png")


if __name__ == "__main__":
    main(sys.argv[1])
