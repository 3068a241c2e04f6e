"""The app over the shipped documents, and over an answer side that knows nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.service import Service
from tests.fakes import FakeService
from tests.web.slack.talk import Talk
from web.backend import Backend
from web.queueing import Worker


@pytest.fixture(scope="session")
def seeds_backend(service: Service) -> Iterator[Backend]:
    """Over the shipped documents. Not closed: the service is the session's."""
    worker = Worker(64)
    yield Backend.open(lambda: service, worker)
    worker.stop()


@pytest.fixture
def fake_backend() -> Iterator[Backend]:
    """Over an answer side that answers nothing, at once."""
    backend = Backend.open(FakeService, Worker(64))
    yield backend
    backend.close()


@pytest.fixture
def talk(seeds_backend: Backend, tmp_path: Path) -> Iterator[Talk]:
    with Talk.over(seeds_backend, tmp_path) as talk:
        yield talk


@pytest.fixture
def dull_talk(fake_backend: Backend, tmp_path: Path) -> Iterator[Talk]:
    """It abstains from everything."""
    with Talk.over(fake_backend, tmp_path) as talk:
        yield talk
