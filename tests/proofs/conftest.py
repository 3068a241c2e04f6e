"""One browser for the proofs, and the service over the shipped documents and some that contradict each other."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.paths import ROOT
from tests.proofs.served import Served, serving
from tests.web.page.browser import started

DOCUMENTS = (ROOT / "seeds", ROOT / "tests" / "documents" / "harbour")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture(scope="package")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001 (none, no server)
    folder = tmp_path_factory.mktemp("proofs")
    corpus = folder / "corpus"
    corpus.mkdir()
    for file in sorted(file for documents in DOCUMENTS for file in documents.glob("*.txt")):
        shutil.copy(file, corpus)
    with serving(corpus, folder) as served:
        yield served
