"""Old conversations are forgotten while the server runs, and only there where that was asked for."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from qa.conversations.history import FILE_NAME, History, open_database
from tests.fakes import FakeService
from tests.qa.conversations.test_history import reply
from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.backend import Backend
from web.background.retention import forgetting
from web.queueing import Worker
from web.settings.settings import Settings


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Conversations `old` (ten days) and `new`."""
    with open_database(tmp_path / FILE_NAME) as database:
        opened = History(database)
        opened.add(reply(0, "old"))
        opened.add(reply(1, "new"))
        age(tmp_path, "old")
        yield opened


def age(folder: Path, conversation_id: str) -> None:
    """Make it ten days old, as another process would see it."""
    date = (datetime.now(UTC) - timedelta(days=10)).isoformat(timespec="seconds")
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None, timeout=PATIENCE)) as raw:
        raw.execute("UPDATE conversations SET last_asked_at = ? WHERE conversation_id = ?", (date, conversation_id))


def ids(history: History) -> set[str]:
    return {each.conversation_id for each in history.conversations().conversations}


class Keeping(FakeService):
    """A service with a history, which it does not close."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self._kept = history

    def delete_older(self, before: datetime) -> int:
        return self._kept.prune(before)


def run(service: FakeService, days: int | None, within: Callable[[], None]) -> None:
    """`within`, on another thread, while conversations are forgotten every 20 ms."""

    async def main() -> None:
        backend = Backend.open(lambda: service, Worker(1))
        try:
            async with forgetting(backend, days, interval=0.02):
                await backend.service()
                await asyncio.to_thread(within)
        finally:
            await asyncio.to_thread(backend._worker.stop)

    asyncio.run(main())


def test_they_are_forgotten_at_once_and_again_and_again(tmp_path: Path, history: History) -> None:
    def within() -> None:
        until(lambda: ids(history) == {"new"})
        age(tmp_path, "new")
        until(lambda: ids(history) == set())

    run(Keeping(history), 9, within)


def test_it_ends_with_the_app(tmp_path: Path, history: History) -> None:
    run(Keeping(history), 9, lambda: until(lambda: ids(history) == {"new"}))
    age(tmp_path, "new")
    time.sleep(0.1)
    assert ids(history) == {"new"}


def test_what_prevents_it_is_logged_and_it_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="web.background.retention"):
        run(FakeService(), 9, lambda: until(lambda: len(caplog.records) >= 2))
    assert "Conversations are not kept" in caplog.text


@pytest.mark.parametrize(("days", "kept"), [(9, {"new"}), (11, {"old", "new"}), (None, {"old", "new"})])
def test_the_server_does_it_where_the_setting_says_so(history: History, days: int | None, kept: set[str]) -> None:
    with serving(create_app(Settings(conversation_days=days), lambda: Keeping(history))) as url:
        until(lambda: httpx.get(f"{url}/health/ready", timeout=PATIENCE).status_code == 200)
        until(lambda: ids(history) == kept)
        assert ids(history) == kept
