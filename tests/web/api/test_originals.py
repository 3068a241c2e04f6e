"""The files behind documents over HTTP: saved as they are, drawn by pages, and only while they are what was read."""

import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from index.errors import NotFoundError
from index.readers import read
from index.types import Document
from qa.types import Requester
from qa.use_cases import UseCases
from tests.fakes import FakeService
from tests.pdfs import WIDTH, paragraph, pdf
from tests.servers import serving
from tests.waiting import PATIENCE
from web.app import create_app
from web.settings.settings import Settings

NAME = 'The "harbour" – ä.pdf'
LINES = ["The harbour of Linford was built in the spring of 1911,", "when the old pier had burned down."]


class _Library(FakeService):
    """Holds one document; a requester with a name may not see it."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.hidden = False

    def document(self, document_id: str) -> Document:
        if self.hidden or document_id != self._document.document_id:
            raise NotFoundError(f"There is no document {document_id!r}.")
        return self._document

    def for_requester(self, requester: Requester) -> UseCases:  # noqa: ARG002
        return self


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / NAME).write_bytes(pdf([paragraph(60, 100, LINES), paragraph(60, 100, LINES[1:])]))
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> _Library:
    return _Library(read((folder / NAME).read_bytes(), NAME, "d1"))


@pytest.fixture(scope="module")
def client(folder: Path, library: _Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), corpus=folder)
    with (
        serving(create_app(settings, lambda: library)) as url,
        httpx.Client(base_url=f"{url}/api/sources/", timeout=PATIENCE) as client,
    ):
        yield client


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def test_a_page_is_a_picture_of_the_width_that_is_asked_for(client: httpx.Client, library: _Library) -> None:
    sha = library.document("d1").content_sha256
    response = client.get("d1/pages/2.png", params={"width": 300})
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "private, no-cache"
    width, height = _size(response.content)
    assert width == pytest.approx(300, abs=1)
    assert height == pytest.approx(300 * 842 / 595, abs=2)
    kept = client.get("d1/pages/2.png", params={"width": 300, "sha256": sha})
    assert (kept.content, kept.headers["cache-control"]) == (response.content, "private, max-age=86400")
    assert client.get("d1/pages/2.png", params={"sha256": "0" * 64}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("d1/pages/3.png", 404),
        ("d1/pages/0.png", 404),
        ("d1/pages/../1.png", 404),
        ("d1/pages/one.png", 404),
        ("nothing/pages/1.png", 404),
        ("nothing/original", 404),
        ("d1/pages/1.png?width=99", 400),
        ("d1/pages/1.png?width=2401", 400),
        ("d1/pages/1.png?height=3", 400),
        ("d1/place?start=4&end=4", 400),
    ],
)
def test_what_is_not_there_or_too_large_is_a_problem(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_pages_have_sizes_and_ranges_have_places(client: httpx.Client, library: _Library) -> None:
    sizes = client.get("d1/pages").json()["pages"]
    assert [(size["number"], size["width"], size["height"]) for size in sizes] == [(1, 595, 842), (2, 595, 842)]
    text = library.document("d1").text
    start = text.rindex(LINES[1])
    place = client.get("d1/place", params={"start": start, "end": start + 5}).json()
    assert (place["page"], place["place"], len(place["boxes"])) == (2, "page 2", 1)
    assert place["boxes"][0]["left"] == pytest.approx(60 / WIDTH, abs=0.002)


def test_the_file_is_saved_and_cannot_act(client: httpx.Client, folder: Path) -> None:
    response = client.get("d1/original")
    assert response.content == (folder / NAME).read_bytes()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(NAME, safe='')}"
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_who_may_not_see_a_document_gets_none_of_its_file(client: httpx.Client, library: _Library) -> None:
    library.hidden = True
    try:
        for path in ("d1/original", "d1/pages", "d1/pages/1.png", "d1/place?start=0&end=4"):
            assert client.get(path).status_code == 404
    finally:
        library.hidden = False


def test_a_file_that_has_changed_is_not_shown(client: httpx.Client, folder: Path) -> None:
    kept = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(pdf([paragraph(60, 100, ["Something else."])]))
    try:
        for path in ("d1/original", "d1/pages", "d1/pages/1.png?width=700"):
            response = client.get(path)
            assert (response.status_code, "has changed" in response.json()["detail"]) == (404, True)
    finally:
        (folder / NAME).write_bytes(kept)
