"""What tests of several modules share: the shipped documents, indexed once, and a server over them."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings

from index.store.database import Database
from qa.bootstrap import Parts, open_engines, open_records
from qa.conversations.history import History
from qa.insights.regression import RegressionQuestions
from qa.service import Engines, Service
from tests.paths import SEEDS
from tests.servers import serving
from tests.shell import Shell
from tests.waiting import PATIENCE
from web.app import create_app
from web.bootstrap import open_answers, service_settings, sync_corpus
from web.settings.settings import Settings

# "same" draws the same examples every time, and shows the first that fails as it was drawn. "random" draws others with
# each seed (`make test-random`), more of them, and looks for the smallest that fails. No clock decides in either.
_ANY_PACE = settings(
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("random", _ANY_PACE)
settings.register_profile("same", _ANY_PACE, derandomize=True, max_examples=60, phases=[Phase.explicit, Phase.generate])
settings.load_profile("same")


@pytest.fixture(scope="session")
def seeds_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data folder holds the index of the seeds."""
    settings = Settings(corpus=SEEDS, data=tmp_path_factory.mktemp("seeds"))
    sync_corpus(settings)
    return settings


@pytest.fixture(scope="session")
def opened_seeds(seeds_settings: Settings) -> Iterator[tuple[Engines, Database]]:
    """What answers from the seeds, in this process, and the database of what it was asked."""
    engines = open_engines(service_settings(seeds_settings))
    database = open_records(seeds_settings.data_folder)
    assert database is not None
    with engines.whole.corpus, database:
        yield engines, database


@pytest.fixture(scope="session")
def service(opened_seeds: tuple[Engines, Database], seeds_settings: Settings) -> Service:
    """The use cases over the seeds. Not to be closed."""
    return Service(*opened_seeds, RegressionQuestions(seeds_settings.data_folder))


@pytest.fixture(scope="session")
def parts(opened_seeds: tuple[Engines, Database]) -> Parts:
    """What is behind `service`: the same corpus, models and history."""
    engine, history = opened_seeds[0].whole, History(opened_seeds[1])
    return Parts(engine.corpus, engine.reader, engine.answerer(history), history)


@pytest.fixture(scope="session")
def server(seeds_settings: Settings) -> Iterator[str]:
    """The base URL of the real service over the seeds."""
    with serving(create_app(seeds_settings, lambda: open_answers(seeds_settings))) as url:
        yield url


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A client of `server`, patient enough for the first question, for which the models are loaded."""
    with httpx.Client(base_url=server, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], seeds_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.chdir(tmp_path)  # no footnote.toml of the one who runs the tests
    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        monkeypatch.delenv(name)
    return Shell(capsys, seeds_settings)
