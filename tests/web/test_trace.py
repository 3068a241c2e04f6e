"""How many of our modules a question crosses, from `POST /api/ask` to its reply. Run with -s, it prints them."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import httpx
import pytest

from tests.house import PACKAGES
from tests.paths import ROOT
from tests.replies import ENVOY
from tests.servers import serving
from web.app import create_app
from web.bootstrap import open_answers
from web.settings.settings import Settings

MOST = 105  # the aim is 45; values and choosing crossed 15 more, no look-up another 25, sides and steps 7, talks 3


class Trace:
    """Notes the modules of ours in which a Python function is called, on every thread begun within `running`."""

    def __init__(self) -> None:
        self.modules: set[str] = set()

    @contextmanager
    def running(self) -> Iterator[None]:
        before = threading.getprofile()
        threading.setprofile(self._note)
        try:
            yield
        finally:
            threading.setprofile(before)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self.modules.add(frame.f_code.co_filename)

    def ours(self) -> list[str]:
        inside = (name.removeprefix(f"{ROOT}/") for name in self.modules if name.startswith(f"{ROOT}/"))
        return sorted(name for name in inside if name.split("/")[0] in PACKAGES)


def test_a_question_crosses_few_modules(seeds_settings: Settings) -> None:
    trace = Trace()
    with (
        trace.running(),
        serving(create_app(seeds_settings, lambda: open_answers(seeds_settings))) as url,
        httpx.Client(base_url=url, timeout=300) as client,
    ):
        for _ in range(2):  # what is loaded and remembered the first time is no part of a question's way
            client.post("/api/ask", json={"question": ENVOY})
        trace.modules.clear()
        reply = client.post("/api/ask", json={"question": ENVOY})
        crossed = trace.ours()
    assert reply.json()["answered"]
    sys.stdout.write("".join(f"{name}\n" for name in crossed) + f"{len(crossed)} modules\n")
    assert {"web/api/answers.py", "qa/pipeline.py", "index/corpus.py"} <= set(crossed), "every thread is traced"
    assert len(crossed) <= MOST


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_are_where_they_are_looked_for(name: str) -> None:
    assert (ROOT / name / "__init__.py").is_file()
