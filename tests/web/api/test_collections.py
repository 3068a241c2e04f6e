"""Folders and saved filters over HTTP, on a real server: listed, saved, asked within, and for a key its part alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers import serving
from tests.waiting import PATIENCE
from web.access.keys import FILE_NAME, Keys
from web.app import create_app
from web.bootstrap import open_answers, sync_corpus
from web.settings.settings import Settings

TEXTS = {
    "handbook/harbour.txt": "The harbour team\n\nThe harbour master is Ana Lima. The team has six pilots.\n",
    "handbook/policies/leave.md": "# Leave\n\nDate: 2024-05-02\n\nEvery employee has 28 days of annual leave.\n",
    "notes [old] */harbour.txt": "Notes of 2019\n\nThe harbour master is Bruno Dias. The quay is closed on Mondays.\n",
    "secret/plans.txt": "Plans\n\nThe new quay is built by Zephirine Works in March.\n",
}
QUESTION = "Who is the harbour master?"
LATER = "handbook/later.txt"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("collections")
    for path, text in TEXTS.items():
        (folder / "corpus" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "corpus" / path).write_text(text, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", data=folder / "data")
    sync_corpus(settings)
    return settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[httpx.Client]:
    with (
        serving(create_app(settings, lambda: open_answers(settings))) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture
def saved(client: httpx.Client) -> Iterator[dict[str, Any]]:
    """A filter for the test."""
    body = {"name": "Harbour *", "rule": {"sources": ["*harbour.txt"], "folders": ["handbook"]}}
    made: dict[str, Any] = client.post("/api/collections", json=body).json()
    yield made
    client.delete(f"/api/collections/{made['filter_id']}")


def ask(client: httpx.Client, **fields: Any) -> Any:
    response = client.post("/api/ask", json={"question": QUESTION, **fields})
    assert response.status_code == 200, response.text
    return response.json()


def cited(reply: Any) -> set[str]:
    return {each["source"] for block in reply["content"] for each in block["citations"]}


def test_folders_are_a_tree_with_what_is_in_them(client: httpx.Client) -> None:
    listed = client.get("/api/collections").json()
    assert [(each["path"], each["parent"], each["documents"], each["own_documents"]) for each in listed["folders"]] == [
        ("handbook/", None, 2, 1),
        ("handbook/policies/", "handbook/", 1, 1),
        ("notes [old] */", None, 1, 1),
        ("secret/", None, 1, 1),
    ]
    assert listed["folders"][0]["characters"] == sum(len(text) for path, text in TEXTS.items() if "handbook" in path)
    assert listed["folders"][0]["newest"] == "2024-05-02"
    assert listed["whole"]["documents"] == len(TEXTS)
    assert listed["filters"] == []


@pytest.mark.parametrize(
    ("name", "answer", "shown"),
    [
        ("handbook", "Ana Lima", {"name": "handbook/", "kind": "folder", "documents": 2}),
        ("notes [old] *", "Bruno Dias", {"name": "notes [old] */", "kind": "folder", "documents": 1}),
    ],
)
def test_a_folder_answers_alone(client: httpx.Client, name: str, answer: str, shown: dict[str, Any]) -> None:
    reply = ask(client, **{"in": name})
    assert (reply["answer"]["text"], reply["within"]) == (answer, shown)
    assert {each["source"].startswith(shown["name"]) for each in reply["passages"]} == {True}
    by_address = client.get("/api/ask", params={"q": QUESTION, "in": name}).json()
    assert (by_address["content"], by_address["within"]) == (reply["content"], reply["within"])
    assert client.get(f"/api/answers/{reply['id']}").json()["reply"]["within"] == shown, "it is kept"


def test_all_documents_are_asked_where_nothing_is_named(client: httpx.Client) -> None:
    for reply in (ask(client), ask(client, **{"in": "/"}), ask(client, **{"in": None})):
        assert reply["disagreement"]
        assert reply["within"] is None


def test_an_abstention_says_that_others_were_not_asked(client: httpx.Client) -> None:
    fields = {"question": "Who builds the new quay?", "in": "handbook/policies"}
    reply = ask(client, **fields)
    assert not reply["answered"]
    text = client.post("/api/ask", json=fields, headers={"Accept": "text/plain"}).text
    assert "(Asked within handbook/policies/, 1 document.)" in text
    assert "Only handbook/policies/ was asked (1 document): ask all documents to look further." in text


def test_counts_and_summaries_keep_within_it(client: httpx.Client) -> None:
    count = ask(client, question="Which documents mention the harbour master?", **{"in": "handbook"})["count"]
    assert (count["documents"], count["documents_scanned"]) == (1, 2)
    told = ask(client, question="which documents do you have?", **{"in": "handbook"})
    assert told["message"].startswith("There are 2 documents")


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions"])
def test_an_unknown_name_is_told_with_those_near_it(client: httpx.Client, path: str) -> None:
    chat = {"model": "footnote", "messages": [{"role": "user", "content": QUESTION}]}
    body = {"question": QUESTION} if path == "/api/ask" else chat
    response = client.post(path, json={**body, "in": "handbok"})
    assert response.status_code == 400
    assert "Near it: “handbook/”" in response.text
    told = response.json()
    assert told["errors"][0]["field"] == "in" if path == "/api/ask" else told["error"]["param"] == "in"
    asked = client.get("/api/ask", params={"q": QUESTION, "in": "handbok"})
    assert (asked.status_code, asked.json()["errors"][0]["field"]) == (400, "in")
    stream = client.post("/api/ask", json={"question": QUESTION, "in": "handbok", "stream": True})
    assert "Near it" in stream.text
    assert client.get("/api/suggestions", params={"in": "handbok"}).status_code == 400


def test_chat_completions_are_asked_within(client: httpx.Client) -> None:
    messages = [{"role": "user", "content": QUESTION}]
    body = {"model": "footnote", "messages": messages, "in": "handbook"}
    completion = client.post("/v1/chat/completions", json=body).json()
    content = completion["choices"][0]["message"]["content"]
    assert content.startswith("Asked within handbook/, 2 documents.\n\n**Ana Lima**")
    assert completion["footnote"]["within"]["name"] == "handbook/"


def test_a_saved_filter_is_asked_renamed_and_deleted(client: httpx.Client, saved: dict[str, Any]) -> None:
    assert ask(client, **{"in": "harbour *"})["within"] == {"name": "Harbour *", "kind": "filter", "documents": 1}
    assert cited(ask(client, **{"in": "harbour *"})) == {"handbook/harbour.txt"}
    (listed,) = client.get("/api/collections").json()["filters"]
    assert (listed["name"], listed["rule"], listed["documents"]) == ("Harbour *", saved["rule"], 1)
    address = f"/api/collections/{saved['filter_id']}"
    body = {"name": "Dated", "rule": {"since": "2024-05"}}
    assert client.put(address, json=body).json()["name"] == "Dated"
    assert ask(client, question="How many days of annual leave are there?", **{"in": "Dated"})["answered"]
    taken = client.post("/api/collections", json={**body, "name": "DATED"})
    assert (taken.status_code, taken.headers["content-type"]) == (409, "application/problem+json")
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert client.put(address, json=body).status_code == 404
    assert client.post("/api/ask", json={"question": QUESTION, "in": "Dated"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "rule": {"since": "2024"}},
        {"name": "a/b", "rule": {"since": "2024"}},
        {"name": "a" * 81, "rule": {"since": "2024"}},
        {"name": "a", "rule": {}},
        {"name": "a", "rule": {"since": "soon"}},
        {"name": "a", "rule": {"folder": ["x"]}},
        {"name": "a"},
    ],
)
def test_what_cannot_be_saved_is_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    refused = client.post("/api/collections", json=body)
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert client.get("/api/collections").json()["filters"] == []


def test_documents_that_come_later_are_in_it(client: httpx.Client, settings: Settings) -> None:
    body = {"name": "All of it", "rule": {"folders": ["handbook"]}}
    made = client.post("/api/collections", json=body).json()
    later = Path(settings.corpus, LATER)
    try:
        assert ask(client, **{"in": "All of it"})["within"]["documents"] == 2
        later.write_text("Later\n\nThe lighthouse keeper is Carla Nunes.\n")
        sync_corpus(settings)
        reply = ask(client, question="Who is the lighthouse keeper?", **{"in": "All of it"})
        assert (cited(reply), reply["within"]["documents"]) == ({LATER}, 3)
    finally:
        later.unlink(missing_ok=True)
        sync_corpus(settings)
        client.delete(f"/api/collections/{made['filter_id']}")


def test_a_key_sees_its_part_alone(client: httpx.Client, settings: Settings, saved: dict[str, Any]) -> None:
    client.post("/api/collections", json={"name": "Hidden", "rule": {"folders": ["secret"]}})
    with Keys.open(settings.data_folder / FILE_NAME) as keys:
        _, key = keys.add("crew", "ask", ("handbook/*",))
        _, admin = keys.add("ops", "admin")
    crew, ops = ({"Authorization": f"Bearer {each}"} for each in (key, admin))
    try:
        listed = client.get("/api/collections", headers=crew)
        assert [each["path"] for each in listed.json()["folders"]] == ["handbook/", "handbook/policies/"]
        assert [(each["name"], each["rule"]) for each in listed.json()["filters"]] == [("Harbour *", None)]
        assert "secret" not in listed.text.lower()
        assert "hidden" not in listed.text.lower()
        for name in ("Hidden", "secret", "Nothing ever"):
            refused = client.post("/api/ask", json={"question": QUESTION, "in": name}, headers=crew)
            assert refused.status_code == 400
            assert "secret/" not in refused.text
            assert "No document is in" not in refused.text
        asked = client.post("/api/ask", json={"question": QUESTION, "in": "harbour *"}, headers=crew)
        assert asked.json()["within"]["documents"] == 1
        body = {"name": "Mine", "rule": {"formats": ["text"]}}
        address = f"/api/collections/{saved['filter_id']}"
        for refused in (
            client.post("/api/collections", json=body, headers=crew),
            client.put(address, json=body, headers=crew),
            client.delete(address, headers=crew),
        ):
            assert refused.status_code == 403
        assert client.get("/api/collections").status_code == 401
        names = [each["name"] for each in client.get("/api/collections", headers=ops).json()["filters"]]
        assert names == ["Harbour *", "Hidden"]
        assert client.put(address, json=body, headers=ops).status_code == 200
    finally:
        (settings.data_folder / FILE_NAME).unlink()
