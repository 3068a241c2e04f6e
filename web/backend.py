"""Holds the answer side for the surfaces, and opens it while the port is already open."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Literal, Protocol, Self, TypeVar

from msgspec import Struct

from index.errors import FootnoteError, UnavailableError
from qa.cleaning import clean_question
from qa.types import AskOptions, Listener, Reply, Requester, Turn
from qa.use_cases import UseCases
from web.queueing import Worker

T = TypeVar("T")
State = Literal["starting", "warming", "ready", "failed"]
_log = logging.getLogger(__name__)


class Inquiry(Struct, frozen=True):
    """A question as a surface takes it. turns: see `qa.pipeline.Answerer.answer`."""

    question: str
    surface: str
    conversation_id: str | None = None
    options: AskOptions = AskOptions()
    turns: tuple[Turn, ...] | None = None


# Hears how a question ended, on the thread where it ends: after how many seconds, and its reply or what it failed of.
Ended = Callable[[float, Reply | BaseException], None]


class Observer(Protocol):
    """Hears of every question, those that are refused too (web/observability/observing.py)."""

    def begun(self, inquiry: Inquiry, requester: Requester) -> Ended:
        """It has come. What is given back is called once."""
        ...


class Unobserved:
    """An observer that does not look."""

    def begun(self, inquiry: Inquiry, requester: Requester) -> Ended:  # noqa: ARG002
        """Nobody is told of its end."""
        return lambda seconds, outcome: None  # noqa: ARG005


class Admission(Protocol):
    """Who may ask now (web/queueing.py)."""

    def admit(self, requester: Requester) -> None:
        """Count one question of theirs. Raises RateError."""
        ...

    def give_back(self, requester: Requester) -> None:
        """Let one that was counted not count: it could not be asked."""
        ...


class EverybodyAdmitted:
    """No rates."""

    def admit(self, requester: Requester) -> None: ...

    def give_back(self, requester: Requester) -> None: ...


class Opening:
    """Opens the service and loads its models on the worker's thread.

    Look-ups wait for the opening only; questions stand in the worker's queue, behind the loading of the models.
    """

    def __init__(self, open_service: Callable[[], UseCases], worker: Worker) -> None:
        self.worker = worker
        self.opened = worker.submit(open_service, counted=False)
        self._warmed = worker.submit(lambda: self.opened.result().warm(), counted=False)
        for step in (self.opened, self._warmed):
            step.add_done_callback(_log_failure)

    @property
    def state(self) -> State:
        """ready once the models have answered for the first time; failed if that can no longer be."""
        for step, name in ((self.opened, "starting"), (self._warmed, "warming")):
            if not step.done():
                return name  # type: ignore[return-value]
            if step.cancelled() or step.exception() is not None:
                return "failed"
        return "ready"

    def close(self) -> None:
        """Close the service, if it was ever open."""
        if not self.opened.cancelled() and self.opened.exception() is None:
            self.opened.result().close()


class Backend:
    """Hands the requests of one requester to the use cases: look-ups at once, questions by the queue. Made cheaply for
    each requester, over the same models and queue."""

    def __init__(self, opening: Opening, observer: Observer, admission: Admission, requester: Requester) -> None:
        self._opening = opening
        self._worker = opening.worker
        self._observer = observer
        self._admission = admission
        self._requester = requester

    @classmethod
    def open(
        cls,
        open_service: Callable[[], UseCases],
        worker: Worker,
        observer: Observer | None = None,
        admission: Admission | None = None,
    ) -> Self:
        """The operator's, whose service opens on the worker's thread from now on."""
        opening = Opening(open_service, worker)
        return cls(opening, observer or Unobserved(), admission or EverybodyAdmitted(), Requester())

    def for_requester(self, requester: Requester) -> "Backend":
        """The same for another requester."""
        return Backend(self._opening, self._observer, self._admission, requester)

    @property
    def requester(self) -> Requester:
        """Whose requests these are."""
        return self._requester

    @property
    def state(self) -> State:
        """See `Opening.state`."""
        return self._opening.state

    @property
    def waiting(self) -> int:
        """Questions in the queue, whoever asked them."""
        return self._worker.waiting

    def close(self) -> None:
        """Finish the question that is being answered, drop the others, close the service."""
        self._worker.stop()
        self._opening.close()

    async def service(self) -> UseCases:
        """The service as the requester sees it, once it is open. Raises what opening it raised."""
        opened = await asyncio.shield(asyncio.wrap_future(self._opening.opened))
        return await asyncio.to_thread(opened.for_requester, self._requester)

    async def read(self, look_up: Callable[[UseCases], T]) -> T:
        """A look-up, on a thread that is not the model's. Raises what it raises."""
        service = await asyncio.shield(asyncio.wrap_future(self._opening.opened))
        return await asyncio.to_thread(lambda: look_up(service.for_requester(self._requester)))

    def ask(self, inquiry: Inquiry, listener: Listener | None = None) -> Future[Reply]:
        """Queue a question. Raises QuestionError, RateError when the requester has asked too much, BusyError when the
        queue is full; the future raises what `Answerer.answer` does."""
        began = time.monotonic()
        ended = self._observer.begun(inquiry, self._requester)
        try:
            work = self._queue(inquiry, listener)
        except FootnoteError as error:
            ended(time.monotonic() - began, error)
            raise
        work.add_done_callback(lambda done: ended(time.monotonic() - began, _outcome(done)))
        return work

    def _queue(self, inquiry: Inquiry, listener: Listener | None) -> Future[Reply]:
        question = clean_question(inquiry.question)
        self._admission.admit(self._requester)
        try:
            return self.submit(
                lambda service: service.ask(question, inquiry.conversation_id, inquiry.options, listener, inquiry.turns)
            )
        except UnavailableError:
            self._admission.give_back(self._requester)
            raise

    def admit(self) -> None:
        """Count work that costs the requester what a question does, though it is none. Raises RateError."""
        self._admission.admit(self._requester)

    def submit(self, job: Callable[[UseCases], T]) -> Future[T]:
        """Queue work for the model thread. Raises BusyError when the queue is full."""
        return self._worker.submit(lambda: job(self._now()))

    def submit_own(self, job: Callable[[UseCases], T]) -> Future[T]:
        """Queue work of the server's own, which takes no room from questions."""
        return self._worker.submit(lambda: job(self._now()), counted=False)

    def _now(self) -> UseCases:
        """On the model thread, where opening has come before."""
        return self._opening.opened.result().for_requester(self._requester)


def _outcome(done: Future[Reply]) -> Reply | BaseException:
    if done.cancelled():
        return asyncio.CancelledError()
    return done.exception() or done.result()


def _log_failure(step: "Future[UseCases] | Future[None]") -> None:
    if step.cancelled() or step.exception() is None:
        return
    error = step.exception()
    if isinstance(error, FootnoteError):
        _log.error("Cannot answer questions: %s", error)
    else:
        _log.error("Cannot answer questions", exc_info=error)
