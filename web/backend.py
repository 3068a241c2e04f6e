"""Holds the answer side for the surfaces, and opens it while the port is already open."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Literal, TypeVar

from index.errors import FootnoteError
from qa.assembly import Service
from web.worker import Worker

T = TypeVar("T")
State = Literal["starting", "warming", "ready", "failed"]
_log = logging.getLogger(__name__)


class Backend:
    """Opens the service and loads its models on the worker thread, and hands requests to it.

    Look-ups wait for the opening only; questions stand in the worker's queue, behind the loading of the models.
    """

    def __init__(self, open_service: Callable[[], Service], worker: Worker) -> None:
        self._worker = worker
        self._opened = worker.submit(open_service, counted=False)
        self._warmed = worker.submit(self._warm, counted=False)
        for step in (self._opened, self._warmed):
            step.add_done_callback(_log_failure)

    @property
    def state(self) -> State:
        """ready once the models have answered for the first time; failed if that can no longer be."""
        for step, name in ((self._opened, "starting"), (self._warmed, "warming")):
            if not step.done():
                return name  # type: ignore[return-value]
            if step.cancelled() or step.exception() is not None:
                return "failed"
        return "ready"

    @property
    def waiting(self) -> int:
        """Questions in the queue."""
        return self._worker.waiting

    def close(self) -> None:
        """Finish the question that is being answered, drop the others, close the service."""
        self._worker.stop()
        if not self._opened.cancelled() and self._opened.exception() is None:
            self._opened.result().close()

    async def service(self) -> Service:
        """The service, once it is open. Raises what opening it raised."""
        return await asyncio.shield(asyncio.wrap_future(self._opened))

    async def read(self, look_up: Callable[[Service], T]) -> T:
        """A look-up, on a thread that is not the model's. Raises what it raises."""
        service = await self.service()
        return await asyncio.to_thread(look_up, service)

    def submit(self, job: Callable[[Service], T]) -> Future[T]:
        """Queue work for the model thread. Raises BusyError when the queue is full."""
        return self._worker.submit(lambda: job(self._opened.result()))  # opening stands before it in the queue

    def submit_own(self, job: Callable[[Service], T]) -> Future[T]:
        """Queue work of the server's own, which takes no room from questions."""
        return self._worker.submit(lambda: job(self._opened.result()), counted=False)

    def _warm(self) -> None:
        self._opened.result().reader.warm()


def _log_failure(step: "Future[Service] | Future[None]") -> None:
    if step.cancelled() or step.exception() is None:
        return
    error = step.exception()
    if isinstance(error, FootnoteError):
        _log.error("Cannot answer questions: %s", error)
    else:
        _log.error("Cannot answer questions", exc_info=error)
