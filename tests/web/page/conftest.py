"""One browser and one scripted service for the page's tests, each test with a visit of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.page.browser import Watched, started, visiting
from tests.web.page.fake_api import FakeApi, make_app, serving
from tests.web.page.fake_history import FakeHistory, handlers


# Package scope and not session: while Playwright is open, its event loop is the thread's, and others need one, too.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture(scope="package")
def served(browser: Browser) -> Iterator[tuple[FakeHistory, str]]:  # noqa: ARG001 (no server where there is no browser)
    history = FakeHistory(FakeApi())
    with serving(make_app(history.fake, *handlers(history))) as url:
        yield history, url


@pytest.fixture
def history(served: tuple[FakeHistory, str]) -> Iterator[FakeHistory]:
    history, _ = served
    history.fake.reset()
    history.reset()
    yield history
    history.fake.release.set()


@pytest.fixture
def fake(history: FakeHistory) -> FakeApi:
    return history.fake


@pytest.fixture
def url(served: tuple[FakeHistory, str], history: FakeHistory) -> str:  # noqa: ARG001 (a fresh start for each test)
    return served[1]


@pytest.fixture
def desk(browser: Browser, url: str) -> Iterator[Watched]:
    with visiting(browser, url) as visit:
        yield visit


@pytest.fixture
def phone(browser: Browser, url: str) -> Iterator[Watched]:
    with visiting(browser, url, phone=True) as visit:
        yield visit
