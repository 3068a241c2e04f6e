"""A server beside a folder that changes: what it answers follows, and it says how far it is."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.sync.lock import indexing
from tests.servers import serving
from tests.waiting import until
from web.app import create_app
from web.bootstrap import Answers
from web.settings.settings import Settings

MILL = "The mill at Aulnay was built in 1402 by Marie Tournel. It grinds oats.\n"
BRIDGE = "The bridge of Sainte-Barbe was opened in May 1731. It has nine arches.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@contextmanager
def server(settings: Settings) -> Iterator[httpx.Client]:
    answers = Answers(settings)
    answers.prepare()
    app = create_app(settings, answers.open, indexer=answers.indexer)
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def settings_of(folder: Path, **more: Any) -> Settings:
    return Settings(corpus=folder, reader="features", **more)


def sources(client: httpx.Client) -> dict[str, str]:
    return {each["source"]: each["document_id"] for each in client.get("/api/sources").json()["sources"]}


def idle(client: httpx.Client) -> bool:
    status = client.get("/api/sync").json()
    return status["state"] == "idle" and status["finished_at"] is not None


def answer(client: httpx.Client, question: str) -> dict[str, Any]:
    reply: dict[str, Any] = client.post("/api/ask", json={"question": question}).json()
    return reply


def test_an_edit_a_rename_and_a_deletion_are_followed(folder: Path) -> None:
    (folder / "mill.txt").write_text(MILL)
    (folder / "oats.txt").write_text("Oats are eaten by horses.\n")
    with server(settings_of(folder)) as client:
        until(lambda: sources(client).keys() == {"mill.txt", "oats.txt"})
        assert "1402" in str(answer(client, "When was the mill at Aulnay built?")["content"])
        (folder / "bridge.txt").write_text(BRIDGE)
        until(lambda: "bridge.txt" in sources(client))
        assert "1731" in str(answer(client, "When was the bridge of Sainte-Barbe opened?")["content"])
        before = sources(client)
        (folder / "mill.txt").rename(folder / "old_mill.txt")
        until(lambda: sources(client).get("old_mill.txt") == before["mill.txt"])
        (folder / "old_mill.txt").write_text(MILL.replace("1402", "1509"))
        until(lambda: "1509" in str(answer(client, "When was the mill at Aulnay built?")["content"]))
        (folder / "bridge.txt").unlink()
        until(lambda: sources(client).keys() == {"old_mill.txt", "oats.txt"})
        assert "1731" not in str(answer(client, "When was the bridge of Sainte-Barbe opened?")["content"])


def test_who_asks_all_the_time_always_gets_one_state_whole(folder: Path) -> None:
    (folder / "mill.txt").write_text(MILL)
    (folder / "oats.txt").write_text("Oats are eaten by horses.\n")
    with server(settings_of(folder)) as client:
        until(lambda: len(sources(client)) == 2 and idle(client))
        seen = [1402]
        for year in (1509, 1611, 1713):
            (folder / "mill.txt").write_text(MILL.replace("1402", str(year)))
            while seen[-1] != year:
                response = client.post("/api/ask", json={"question": "When was the mill at Aulnay built?"})
                assert response.status_code == 200, response.text
                assert response.json()["answer"], response.text
                seen.append(int(response.json()["answer"]["text"]))
        assert seen == sorted(seen)


def test_a_folder_that_goes_away_empties_nothing(folder: Path) -> None:
    (folder / "mill.txt").write_text(MILL)
    with server(settings_of(folder)) as client:
        until(lambda: "mill.txt" in sources(client))
        folder.rename(folder.with_name("elsewhere"))
        until(lambda: "does not exist" in client.get("/api/sync").json()["error"])
        assert "1402" in str(answer(client, "When was the mill at Aulnay built?")["content"])
        folder.mkdir()
        until(lambda: client.get("/api/sync").json()["warnings"])
        assert "1 of 1 documents are not in the folder any more" in client.get("/api/sync").json()["warnings"][0]
        assert sources(client).keys() == {"mill.txt"}
        folder.rmdir()
        folder.with_name("elsewhere").rename(folder)
        until(lambda: idle(client) and not client.get("/api/sync").json()["warnings"])
        client.post("/api/sources/sync", json={"remove_all": True}).raise_for_status()
        shutil.rmtree(folder)
        folder.mkdir()
        until(lambda: client.get("/api/sync").json()["warnings"])
        client.post("/api/sources/sync", json={"remove_all": True}).raise_for_status()
        until(lambda: not sources(client))


def test_what_waits_for_another_process_is_said_and_not_denied(folder: Path) -> None:
    (folder / "mill.txt").write_text(MILL)
    (folder / "2019-report.pdf").write_bytes(b"\x00\x01 no such thing")
    settings = settings_of(folder, watch=False)
    settings.data_folder.mkdir()
    with indexing(settings.data_folder), server(settings) as client:
        until(lambda: client.get("/api/sync").json()["state"] == "waiting")
        until(lambda: client.get("/health/ready").status_code == 200)
        assert client.get("/health/ready").json()["indexing"] == {"done": 0, "total": 0}
        reply = answer(client, "When was the mill at Aulnay built?")
        assert (reply["answered"], reply["indexing"]) == (False, {"done": 0, "total": 0})
        text = client.post("/api/ask", json={"question": "Which mill?"}, headers={"Accept": "text/plain"}).text
        assert "still being read" in text
        assert "do not seem to hold" not in text
    with server(settings) as client:
        until(lambda: idle(client))
        assert "indexing" not in client.get("/health/ready").json()
        assert answer(client, "When was the mill at Aulnay built?")["indexing"] is None
        listed = client.get("/api/sources").json()
        assert (listed["files"], [group["format"] for group in listed["unread"]]) == (2, ["PDF"])
        assert [file["source"] for file in client.get("/api/sources/unread").json()["unread"]] == ["2019-report.pdf"]
        reply = answer(client, "What does the report of 2019 say of turnips?")
        assert [file["source"] for file in reply["unread"]] == ["2019-report.pdf"]
        (folder / "bridge.txt").write_text(BRIDGE)
        client.post("/api/sources/sync").raise_for_status()
        until(lambda: "bridge.txt" in sources(client))


def test_only_the_operator_may_start_it_and_a_part_is_told_no_names(folder: Path) -> None:
    (folder / "mill.txt").write_text(MILL)
    os.utime(folder / "mill.txt", (1, 1))
    with server(settings_of(folder, watch=False, api_key="correct-horse")) as client:
        assert client.post("/api/sources/sync").status_code == 401
        assert client.get("/api/sync").status_code == 401
        client.headers["X-API-Key"] = "correct-horse"
        assert client.post("/api/sources/sync").status_code == 202
        assert client.post("/api/sources/sync", json={"all": True}).status_code == 400


def test_a_citation_is_held_against_the_file_too(folder: Path) -> None:
    (folder / "mill.txt").write_text(MILL)
    (folder / "bridge.txt").write_text(BRIDGE)
    with server(settings_of(folder, watch=False)) as client:
        until(lambda: len(sources(client)) == 2 and idle(client))
        cited = answer(client, "When was the mill at Aulnay built?")["content"][0]["citations"][0]
        claim = {name: cited[name] for name in ("document_id", "start_char_index", "end_char_index", "cited_text")}

        def verdict() -> tuple[str, str]:
            checked = client.post("/api/verify", json=claim).json()
            assert checked["indexed_at"]
            return checked["status"], checked["on_disk"]

        assert verdict() == ("exact", "same")
        (folder / "mill.txt").write_text(MILL + "It was mended in 1977.\n")
        assert verdict() == ("exact", "changed")
        (folder / "mill.txt").unlink()
        assert verdict() == ("gone", "gone")
        folder.rename(folder.with_name("elsewhere"))
        assert verdict() == ("exact", "unknown")
