"""Opening behind an open port: its states, its failures, and who waits for what."""

import asyncio
import logging
import threading

import pytest

from index.errors import BusyError, ModelError, RateError, UnavailableError
from qa.types import Requester
from qa.use_cases import UseCases
from tests.fakes import FakeService
from web.backend import Backend, Inquiry
from web.queueing import Rates, Worker


def test_it_opens_then_warms_then_is_ready() -> None:
    service, may_open = FakeService(), threading.Event()

    def open_service() -> UseCases:
        assert may_open.wait(30)
        return service

    backend = Backend.open(open_service, Worker(4))
    states = [backend.state]
    asked = backend.ask(Inquiry("Who?", "api"))  # waits its turn behind the opening
    may_open.set()
    assert asked.result(30).question == "Who?"
    states.append(backend.state)
    assert states == ["starting", "ready"]
    assert asyncio.run(backend.read(lambda opened: opened.index_state().version)) == "v1"
    backend.close()
    assert service.closed


def test_a_look_up_that_is_given_up_leaves_the_opening_alone() -> None:
    may_open = threading.Event()

    def open_service() -> UseCases:
        assert may_open.wait(30)
        return FakeService()

    backend = Backend.open(open_service, Worker(4))

    async def give_up_then_wait() -> str:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(backend.service(), 0.01)
        may_open.set()
        return (await backend.service()).index_state().version

    assert asyncio.run(give_up_then_wait()) == "v1"
    backend.close()


def test_it_says_in_the_log_why_it_cannot_open(caplog: pytest.LogCaptureFixture) -> None:
    def open_service() -> UseCases:
        raise UnavailableError("The disk is away.")

    with caplog.at_level(logging.ERROR, logger="web.backend"):
        backend = Backend.open(open_service, Worker(4))
        with pytest.raises(UnavailableError):
            asyncio.run(backend.service())
        with pytest.raises(UnavailableError):
            backend.submit(lambda service: service.index_state().version).result(30)
        backend.close()
    assert backend.state == "failed"
    assert "The disk is away." in caplog.text


def test_documents_can_be_read_where_the_models_cannot(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="web.backend"):
        backend = Backend.open(lambda: FakeService(ModelError("The weights are foreign.")), Worker(4))
        assert asyncio.run(backend.read(lambda service: service.sources())) == ()
        backend.submit(lambda _: None).result(30)
        assert backend.state == "failed"
        backend.close()
    assert "The weights are foreign." in caplog.text


def test_a_question_that_finds_the_queue_full_costs_none_of_the_requesters_rate() -> None:
    service, rates = FakeService(), Rates({"team": 2}.get)
    backend = Backend.open(lambda: service, Worker(1), admission=rates)
    first = backend.ask(Inquiry("wait", "api"))
    assert service.fake_answerer.began.wait(30)
    team = backend.for_requester(Requester("team"))
    waiting = team.ask(Inquiry("second", "api"))
    for _ in range(3):
        with pytest.raises(BusyError) as caught:
            team.ask(Inquiry("third", "api"))
        assert type(caught.value) is BusyError
    service.fake_answerer.release.set()
    assert first.result(30).question == "wait"
    assert waiting.result(30).question == "second"
    assert team.ask(Inquiry("third", "api")).result(30).question == "third"
    with pytest.raises(RateError):
        team.ask(Inquiry("fourth", "api"))
    backend.close()
