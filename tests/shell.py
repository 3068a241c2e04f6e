"""Runs the command line, in this process or in one of its own."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.paths import ROOT
from web.cli import run
from web.observability.logs import OWN_LOGGERS
from web.settings.settings import Settings

SEEDS = ROOT / "seeds"
# A job in the background has SIGINT ignored, and what it starts would, too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
QUESTION = "Who was sent to China by the Japanese government in May?"


class Shell:
    """Runs `footnote` in this process, on the index of the seeds."""

    def __init__(self, capture: pytest.CaptureFixture[str], settings: Settings) -> None:
        self._capture = capture
        self._folders = ["--corpus", str(settings.corpus), "--data", str(settings.data_folder)]

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._capture.readouterr()
        with _own_log():
            code = run(arguments)
        out, err = self._capture.readouterr()
        return code, out, err

    def here(self, command: str, *arguments: str) -> tuple[int, str, str]:
        return self(command, *self._folders, *arguments)


@contextmanager
def _own_log() -> Iterator[None]:
    """Takes back what a command sets up for its process: it would write to a stderr that is gone after the test."""
    root = logging.getLogger()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in ("", *OWN_LOGGERS)}
    try:
        yield
    finally:
        root.handlers[:] = handlers
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@contextmanager
def started(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`footnote` in a process of its own, its stderr to read."""
    command = [sys.executable, "-m", "web", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
                          cwd=ROOT, env=environment()) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def is_one_line(err: str) -> bool:
    return err.startswith("footnote: ") and err.count("\n") == 1
