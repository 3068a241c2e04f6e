"""Looks for questions to suggest while nobody asks one: a candidate at a time, on the thread of the models."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from index.errors import FootnoteError
from qa.suggestions.suggester import SuggestionSearch
from web.backend import Backend

PAUSE_SECONDS = 0.2  # between two looks at whether somebody waits
_log = logging.getLogger(__name__)


class SuggestionSearches:
    """The searches that are wanted, the newest first. All but `running` is for the event loop's thread."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._wanted: list[SuggestionSearch] = []
        self._changed = asyncio.Condition()

    @classmethod
    @asynccontextmanager
    async def running(cls, backend: Backend) -> AsyncIterator[Self]:
        """Within it, the searches that are wanted go on; where nobody asks for suggestions, none are looked for."""
        searches = cls(backend)
        task = asyncio.create_task(searches._run())
        try:
            yield searches
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def want(self, search: SuggestionSearch) -> None:
        """Have it go on before all others, unless it is complete."""
        async with self._changed:
            if search in self._wanted:
                self._wanted.remove(search)
            if not search.known.complete:
                self._wanted.append(search)
            self._changed.notify_all()

    async def completed(self, search: SuggestionSearch, seconds: float) -> None:
        """Have it go on, and wait until it is complete, but no longer than that."""
        await self.want(search)
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: search not in self._wanted)
        except TimeoutError:
            return

    async def _run(self) -> None:
        try:
            await self._backend.service()
            while True:
                await self._step()
        except FootnoteError as error:  # the index cannot be opened or a model not loaded: questions say so themselves
            _log.warning("No questions are suggested: %s", error)
            async with self._changed:
                self._wanted.clear()
                self._changed.notify_all()

    async def _step(self) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._wanted)
            search = self._wanted[-1]
        if self._backend.waiting:
            await asyncio.sleep(PAUSE_SECONDS)
            return
        await asyncio.wrap_future(self._backend.submit_own(lambda _: search.step()))
        if search.known.complete:
            await self.want(search)
