"""What tests of several modules share: the shipped documents, indexed once, and a server over them."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings

from qa.bootstrap import Service
from tests.paths import SEEDS
from tests.servers import serving
from tests.shell import Shell
from tests.waiting import PATIENCE
from web.app import create_app
from web.service import open_answers, sync_corpus
from web.settings.settings import Settings

# "same" draws the same examples every time, and shows the first that fails as it was drawn. "random" draws others with
# each seed (`make test-random`), and looks for the smallest that fails. No clock decides in either.
_ANY_PACE = settings(
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("random", _ANY_PACE)
settings.register_profile("same", _ANY_PACE, derandomize=True, phases=[Phase.explicit, Phase.generate])
settings.load_profile("same")


@pytest.fixture(scope="session")
def seeds_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data folder holds the index of the seeds."""
    settings = Settings(corpus=SEEDS, data=tmp_path_factory.mktemp("seeds"))
    sync_corpus(settings)
    return settings


@pytest.fixture(scope="session")
def service(seeds_settings: Settings) -> Iterator[Service]:
    """The answer side over the seeds, in this process."""
    with open_answers(seeds_settings) as opened:
        yield opened


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
