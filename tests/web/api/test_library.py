"""Documents added, renamed, deleted and restored over HTTP, on real servers."""

import hashlib
import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.fakes import FakeService
from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.access.keys import FILE_NAME, Keys
from web.app import create_app
from web.bootstrap import Answers
from web.settings.settings import Settings

TEXT = b"The harbour master of Aldwick is Ana Lima. She has held the post since 2019.\n"
QUESTION = "Who is the harbour master of Aldwick?"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(corpus: Path) -> Settings:
    return Settings(corpus=corpus, upload_megabytes=1)


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    """Of a server that answers nothing and indexes nothing, over a real folder."""
    with serving(create_app(settings, FakeService)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as client:
        yield client


def upload(client: httpx.Client, *files: tuple[str, bytes], **fields: str) -> list[dict[str, Any]]:
    response = client.post("/api/sources", files=[("file", each) for each in files], data=fields)
    assert response.status_code == 200, response.text
    report: list[dict[str, Any]] = response.json()["files"]
    return report


def held(corpus: Path) -> dict[str, bytes]:
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in corpus.rglob("*") if path.is_file()}


def problem(response: httpx.Response, status: int) -> str:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    return str(response.json()["detail"])


def test_an_upload_becomes_an_answer_and_goes_again(corpus: Path) -> None:
    settings = Settings(corpus=corpus)
    answers = Answers(settings)
    answers.prepare()
    with (
        serving(create_app(settings, answers.open, indexer=answers.indexer)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):

        def listed() -> dict[str, str]:
            return {each["source"]: each["document_id"] for each in client.get("/api/sources").json()["sources"]}

        assert upload(client, ("who.txt", TEXT), folder="ports")[0]["source"] == "ports/who.txt"
        until(lambda: "ports/who.txt" in listed())
        document_id = listed()["ports/who.txt"]
        reply = client.post("/api/ask", json={"question": QUESTION}).json()
        assert reply["answer"]["text"] == "Ana Lima"
        assert reply["content"][0]["citations"][0]["document_id"] == document_id
        again = upload(client, ("other.txt", TEXT))[0]
        assert (again["status"], again["source"], again["document_id"]) == ("duplicate", "ports/who.txt", document_id)

        moved = client.patch(f"/api/sources/{document_id}", json={"source": "harbours/master.txt"})
        assert moved.json() == {"document_id": document_id, "source": "harbours/master.txt"}
        until(lambda: listed() == {"harbours/master.txt": document_id})
        gone = client.delete(f"/api/sources/{document_id}").json()
        assert gone["source"] == "harbours/master.txt"
        until(lambda: not listed())
        assert not client.post("/api/ask", json={"question": QUESTION}).json()["answered"]
        assert client.get("/api/trash").json() == {"trash": [gone]}
        restored = client.post(f"/api/trash/{gone['trash_id']}/restore").json()
        assert restored == {"source": "harbours/master.txt"}
        until(lambda: "harbours/master.txt" in listed())
        problem(client.delete(f"/api/sources/{'0' * 16}"), 404)


def test_each_file_is_told_what_became_of_it(client: httpx.Client, corpus: Path) -> None:
    report = upload(
        client,
        ("a.txt", TEXT),
        ("b.txt", TEXT),
        ("a.txt", b"Other words."),
        ("empty.txt", b""),
        ("picture.png", b"\x89PNG\r\n\x1a\n..."),
        ("long.txt", b"x" * 1_000_001),
        ("../../last.md", b"# Last\n"),
    )
    assert [(each["status"], each["source"]) for each in report] == [
        ("added", "a.txt"),
        ("duplicate", "a.txt"),
        ("added", "a (2).txt"),
        ("refused", ""),
        ("refused", ""),
        ("refused", ""),
        ("added", "last.md"),
    ]
    reasons = [each["reason"] for each in report if each["reason"]]
    assert reasons[0] == "It is empty."
    assert "a PNG image" in reasons[1]
    assert reasons[2] == "It has more than 1,000,000 bytes."
    assert held(corpus) == {"a.txt": TEXT, "a (2).txt": b"Other words.", "last.md": b"# Last\n"}
    assert upload(client, ("a.txt", b"New words."), replace="true")[0]["status"] == "replaced"
    assert held(corpus)["a.txt"] == b"New words."


def test_a_long_file_arrives_whole_in_pieces(client: httpx.Client, corpus: Path) -> None:
    content = b"".join(b"%06d is a number.\r\n--x\r\n" % n for n in range(36_000))[:1_000_000]
    assert upload(client, ("long.txt", content))[0]["status"] == "added"
    assert hashlib.sha256((corpus / "long.txt").read_bytes()).digest() == hashlib.sha256(content).digest()


@pytest.mark.parametrize(
    ("content", "headers", "status", "said"),
    [
        (b"{}", {"Content-Type": "application/json"}, 415, "multipart/form-data"),
        (b"x", {}, 415, "unknown type"),
        (b"x", {"Content-Type": "multipart/form-data"}, 400, "boundary"),
        (b"nonsense" * 9, {"Content-Type": "multipart/form-data; boundary=b"}, 400, "no multipart"),
        (b"--b\r\nContent-Dispos", {"Content-Type": "multipart/form-data; boundary=b"}, 400, "no multipart"),
        (b"--b--\r\n", {"Content-Type": "multipart/form-data; boundary=b"}, 400, "At least one file"),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n',
            {"Content-Type": "multipart/form-data; boundary=b"},
            400,
            "needs a filename",
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf a f',
            {"Content-Type": "multipart/form-data; boundary=b"},
            400,
            "no multipart",
        ),
    ],
)
def test_what_is_no_form_is_refused_and_leaves_nothing(
    client: httpx.Client, corpus: Path, content: bytes, headers: dict[str, str], status: int, said: str
) -> None:
    assert said in problem(client.post("/api/sources", content=content, headers=headers), status)
    assert held(corpus) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"colour": "red"}, "colour"), ({"replace": "maybe"}, "replace"), ({"folder": "x" * 4001}, "folder")],
)
def test_a_field_that_is_wrong_is_named(client: httpx.Client, corpus: Path, fields: dict[str, str], field: str) -> None:
    response = client.post("/api/sources", files=[("file", ("a.txt", TEXT))], data=fields)
    problem(response, 400)
    assert response.json()["errors"][0]["field"] == field
    assert held(corpus) == {}


def test_a_form_has_an_end(client: httpx.Client, corpus: Path) -> None:
    response = client.post("/api/sources", files=[("file", (f"{n}.txt", TEXT)) for n in range(21)])
    assert "At most 20 files" in problem(response, 400)
    assert held(corpus) == {}


def test_who_hangs_up_leaves_nothing(client: httpx.Client, corpus: Path, caplog: pytest.LogCaptureFixture) -> None:
    place = urlsplit(str(client.base_url))
    connection = http.client.HTTPConnection(place.netloc)
    connection.putrequest("POST", "/api/sources")
    connection.putheader("Content-Type", "multipart/form-data; boundary=b")
    connection.putheader("Content-Length", "100000")
    connection.endheaders(b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf a f')
    until(lambda: len(held(corpus)) == 1)
    connection.close()
    until(lambda: not held(corpus))
    assert "Error" not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_cannot_post_a_form(client: httpx.Client, corpus: Path, headers: dict[str, str]) -> None:
    problem(client.post("/api/sources", files=[("file", ("a.txt", TEXT))], headers=headers), 403)
    assert held(corpus) == {}


def test_only_the_operators_keys_change_documents(client: httpx.Client, corpus: Path, settings: Settings) -> None:
    settings.data_folder.mkdir()
    may = {"changeable": True, "reason": "", "most_file_bytes": 1_000_000, "trashed": 0, "saves_filters": True}
    assert client.get("/api/library").json() == may
    with Keys.open(settings.data_folder / FILE_NAME) as keys:
        ask, admin = ({"Authorization": f"Bearer {keys.add(scope, scope)[1]}"} for scope in ("ask", "admin"))
    files = [("file", ("a.txt", TEXT))]
    for headers, status in (({}, 401), (ask, 403)):
        problem(client.post("/api/sources", files=files, headers=headers), status)
        problem(client.patch("/api/sources/a", json={"source": "b.txt"}, headers=headers), status)
        problem(client.delete("/api/sources/a", headers=headers), status)
        problem(client.get("/api/trash", headers=headers), status)
        problem(client.delete("/api/trash", headers=headers), status)
        problem(client.post("/api/trash/x/restore", headers=headers), status)
    assert held(corpus) == {}
    library = client.get("/api/library", headers=ask).json()
    assert (library["changeable"], library["saves_filters"], library["trashed"]) == (False, False, 0)
    assert client.post("/api/sources", files=files, headers=admin).status_code == 200
    assert held(corpus) == {"a.txt": TEXT}


def test_the_setting_turns_it_off(corpus: Path) -> None:
    settings = Settings(corpus=corpus, uploads=False)
    with serving(create_app(settings, FakeService)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as client:
        assert "uploads" in problem(client.post("/api/sources", files=[("file", ("a.txt", TEXT))]), 403)
        assert "uploads" in problem(client.delete("/api/sources/a"), 403)
        assert client.get("/api/library").json()["changeable"] is False
    assert held(corpus) == {}
