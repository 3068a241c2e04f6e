"""`footnote serve` as its users run it: a process of its own over a folder of documents."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.paths import ROOT
from tests.proofs.relay import Relay, relaying
from tests.waiting import PATIENCE
from tests.web.page.fake_api import wait_until

_START_SECONDS = 300
_STOP_SECONDS = 30


class Served:
    """The service over `corpus`, at one address however often it is stopped and started."""

    def __init__(self, corpus: Path, data: Path, relay: Relay) -> None:
        self.relay = relay
        self._log = data.parent / "log.txt"
        self._command = [sys.executable, "-m", "web", "serve", "--port", "0"]
        self._command += ["--corpus", str(corpus), "--data", str(data)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.relay.url

    def start(self) -> None:
        """Until the first question can be answered."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("FOOTNOTE_")}
        environment["PYTHONPATH"] = str(ROOT)
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                self._command, cwd=self._log.parent, stdout=output, stderr=subprocess.STDOUT, env=environment
            )
        wait_until(lambda: self._port() is not None, _START_SECONDS)
        self.relay.lead_to(self._port() or 0)
        wait_until(self._is_ready, _START_SECONDS)
        wait_until(self._has_read_all, _START_SECONDS)

    def _has_read_all(self) -> bool:
        """Whether it has been through the folder once: it answers before that, from what it has read."""
        return httpx.get(f"{self.url}/api/sync", timeout=PATIENCE).json()["finished_at"] is not None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _port(self) -> int | None:
        assert self._process is not None
        said = self._log.read_text(encoding="utf-8")
        assert self._process.poll() is None, said
        found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        return int(found[1]) if found else None

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=PATIENCE).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def serving(corpus: Path, folder: Path) -> Iterator[Served]:
    """Serves the documents in `corpus`; index and conversations go into `folder`."""
    with relaying() as relay:
        served = Served(corpus, folder / "data", relay)
        try:
            served.start()
            yield served
        finally:
            served.stop()
