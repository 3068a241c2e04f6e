"""What the first load of each page costs, as it is sent. Timings are measured elsewhere: tests/bench/page_load.py."""

import pytest
from playwright.sync_api import Browser, Response

from tests.proofs.served import Served

pytestmark = pytest.mark.proof

BYTES = 70_000
# With those of the API, and the icon twice. /sources asks for documents, their state, who may change them, and filters.
REQUESTS = {"/": 16, "/sources": 9, "/gaps": 8}


@pytest.mark.parametrize("path", REQUESTS)
def test_a_page_is_small(browser: Browser, served: Served, path: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{served.url}{path}")
    page.wait_for_load_state("networkidle")
    assets = [each for each in responses if "/api/" not in each.url]
    # Each once: what is not ready yet is asked for again, the more often the slower the machine.
    answers = {each.url for each in responses if "/api/" in each.url}
    sent = sum(each.request.sizes()["responseBodySize"] for each in assets)
    # The icon is asked for by the page and once more for the tab.
    text = [each for each in assets if not each.url.endswith(".svg")]
    plain = [each.url for each in text if each.header_value("content-encoding") != "gzip"]
    statuses = {each.status for each in assets}
    context.close()
    assert statuses == {200}
    assert plain == []
    assert 1000 < sent < BYTES
    assert len(assets) + len(answers) <= REQUESTS[path]
    assert len({each.url for each in text}) == len(text), "something is asked for twice"
