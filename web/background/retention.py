"""Conversations are kept for so many days: the older ones are forgotten while the server runs."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from index.errors import FootnoteError
from web.backend import Backend

INTERVAL_SECONDS = 3600.0
_log = logging.getLogger(__name__)


@asynccontextmanager
async def forgetting(backend: Backend, days: int | None, interval: float = INTERVAL_SECONDS) -> AsyncIterator[None]:
    """Within it, conversations are forgotten `days` after their last question: at once, then every `interval` seconds.

    None: they are kept. What prevents it (a folder that cannot be written, another process) is logged, and it tries
    again the next time.
    """
    task = None if days is None else asyncio.create_task(_forget_regularly(backend, days, interval))
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _forget_regularly(backend: Backend, days: int, interval: float) -> None:
    while True:
        await _forget(backend, datetime.now(UTC) - timedelta(days=days))
        await asyncio.sleep(interval)


async def _forget(backend: Backend, before: datetime) -> None:
    try:
        gone = await backend.read(lambda service: service.delete_older(before))
    except FootnoteError as error:
        _log.warning("Old conversations could not be forgotten: %s", error)
    else:
        _log.info("Old conversations forgotten: %d", gone)
