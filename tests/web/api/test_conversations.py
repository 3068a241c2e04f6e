"""Conversations over the API: the real service on the shipped documents."""

from collections.abc import Iterator
from email.message import Message
from typing import Any
from uuid import uuid4

import httpx
import pytest
from markdown_it import MarkdownIt
from msgspec import convert

from qa.types import Conversation, Reply
from tests.paths import SEEDS
from tests.servers import serving
from tests.waiting import PATIENCE
from web.app import create_app
from web.bootstrap import open_answers, sync_corpus
from web.settings.settings import Settings

QUESTION = "Who was sent to China by the Japanese government in May?"
UNKNOWN = "/api/conversations/unknown"


@pytest.fixture
def asked(client: httpx.Client) -> Iterator[dict[str, Any]]:
    """A reply, alone in its conversation, which has a title nobody else has."""
    reply: dict[str, Any] = client.post("/api/ask", json={"question": QUESTION}).json()
    title = f"A title {uuid4().hex}"
    assert client.patch(address(reply), json={"title": title}).json()["title"] == title
    yield {**reply, "title": title}
    client.delete(address(reply))


def address(reply: dict[str, Any]) -> str:
    return f"/api/conversations/{reply['conversation_id']}"


def problem(response: httpx.Response, status: int, field: str | None = None) -> None:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert field is None or [each["field"] for each in response.json()["errors"]] == [field]


# Found again


def test_it_is_listed_newest_first_with_its_title(client: httpx.Client) -> None:
    first, second = (client.post("/api/ask", json={"question": QUESTION}).json() for _ in range(2))
    listed = client.get("/api/conversations").json()
    assert [each["conversation_id"] for each in listed["conversations"][:2]] == [
        second["conversation_id"],
        first["conversation_id"],
    ]
    entry = listed["conversations"][0]
    assert (entry["title"], entry["turns"], entry["found"]) == (QUESTION, 1, None)
    assert entry["began_at"] <= entry["last_asked_at"]
    page = client.get("/api/conversations", params={"limit": 1, "offset": 1}).json()
    assert [each["conversation_id"] for each in page["conversations"]] == [first["conversation_id"]]
    assert page["total"] == listed["total"] >= 2
    for each in (first, second):
        assert client.delete(address(each)).status_code == 204


def test_it_is_found_by_title_question_and_answer(client: httpx.Client, asked: dict[str, Any]) -> None:
    words = asked["content"][0]["text"][20:60]
    for sought, in_text in ((asked["title"].upper(), False), ("sent to CHINA by", True), (words.upper(), True)):
        found = client.get("/api/conversations", params={"q": sought, "limit": 100}).json()["conversations"]
        mine = [each for each in found if each["conversation_id"] == asked["conversation_id"]]
        assert [each["found"] is not None for each in mine] == [in_text], sought
    assert client.get("/api/conversations", params={"q": f"{asked['title']}%"}).json() == {
        "conversations": [],
        "total": 0,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        (f"q={'x' * 201}", "q"),
        ("q=a&q=b", "q"),
        ("colour=red", "colour"),
    ],
)
def test_a_parameter_that_is_not_right_is_named(client: httpx.Client, query: str, field: str) -> None:
    problem(client.get(f"/api/conversations?{query}"), 400, field)


# Renamed


def test_it_is_renamed(client: httpx.Client, asked: dict[str, Any]) -> None:
    renamed = client.patch(address(asked), json={"title": " Imai’s\u202e\ntrip\x00 "}).json()
    assert renamed["title"] == "Imai’s trip"
    assert set(renamed) == {"conversation_id", "title", "began_at", "last_asked_at", "turns", "found"}
    client.post("/api/ask", json={"question": "And when?", "conversation_id": asked["conversation_id"]})
    assert client.get(address(asked)).json()["title"] == "Imai’s trip"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " \u200b"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": 3}, "title"),
        ({"title": None}, "title"),
        ({}, "title"),
        ({"title": "a", "turns": 3}, "turns"),
    ],
)
def test_a_title_that_is_none_is_refused(
    client: httpx.Client, asked: dict[str, Any], body: dict[str, Any], field: str
) -> None:
    problem(client.patch(address(asked), json=body), 400, field)
    assert client.get(address(asked)).json()["title"] == asked["title"]


# Taken along


def test_it_is_exported_as_markdown(client: httpx.Client, asked: dict[str, Any]) -> None:
    response = client.get(f"{address(asked)}/export")
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    message = Message()
    message["Content-Disposition"] = response.headers["content-disposition"]
    assert (message.get_content_disposition(), message.get_filename()) == ("attachment", f"{asked['title']}.md")
    tokens = MarkdownIt("commonmark").parse(response.text)
    shown = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
    assert shown[:2] == [asked["title"], QUESTION]
    for block in asked["content"]:
        assert any(line.startswith(block["text"] + "[^") for line in shown)
    for number, citation in enumerate((each for block in asked["content"] for each in block["citations"]), 1):
        (note,) = [line for line in shown if line.startswith(f"[^{number}]: ")]
        assert f"characters {citation['start_char_index']}-{citation['end_char_index']}" in note
        assert citation["source"] in note


def test_it_is_exported_as_json(client: httpx.Client, asked: dict[str, Any]) -> None:
    response = client.get(f"{address(asked)}/export", params={"format": "json"})
    assert response.headers["content-type"] == "application/json"
    assert f'filename="{asked["title"]}.json"' in response.headers["content-disposition"]
    assert response.json() == client.get(address(asked)).json()
    convert(response.json(), Conversation)
    problem(client.get(f"{address(asked)}/export", params={"format": "pdf"}), 400, "format")
    problem(client.get(f"{address(asked)}/export", params={"fromat": "json"}), 400, "fromat")


# Read as it was given


def test_an_answer_is_read_as_it_was_given(client: httpx.Client, asked: dict[str, Any]) -> None:
    past = client.get(f"/api/answers/{asked['id']}").json()
    assert past["reply"] == {key: value for key, value in asked.items() if key != "title"}
    convert(past["reply"], Reply)
    assert (past["conversation_id"], past["replaced_by"]) == (asked["conversation_id"], None)
    assert (past["index_version"], past["index_changed"]) == (asked["index_version"], False)
    cited = [each for block in asked["content"] for each in (*block["citations"], *block["also"])]
    assert [each["number"] for each in past["verdicts"]] == [each["number"] for each in cited]
    assert {each["status"] for each in past["verdicts"]} == {"exact"}
    for verdict, citation in zip(past["verdicts"], cited, strict=True):
        assert verdict["start_char_index"] == citation["start_char_index"]
        assert verdict["source"] == citation["source"]


def test_an_answer_says_whether_the_index_has_changed_since(tmp_path_factory: pytest.TempPathFactory) -> None:
    corpus = tmp_path_factory.mktemp("corpus")
    for file in sorted(SEEDS.iterdir())[:2]:
        (corpus / file.name).write_bytes(file.read_bytes())
    settings = Settings(corpus=corpus, data=tmp_path_factory.mktemp("data"), reader="features", threshold=0.0)
    sync_corpus(settings)
    with (
        serving(create_app(settings, lambda: open_answers(settings))) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        reply = client.post("/api/ask", json={"question": QUESTION, "max_sentences": 1}).json()
        cited = corpus / reply["content"][0]["citations"][0]["source"]
        before = client.get(f"/api/answers/{reply['id']}").json()
        cited.write_bytes(b"A line before.\n\n" + cited.read_bytes())
        sync_corpus(settings)
        moved = client.get(f"/api/answers/{reply['id']}").json()
        cited.unlink()
        sync_corpus(settings)
        gone = client.get(f"/api/answers/{reply['id']}").json()
    assert [each["index_changed"] for each in (before, moved, gone)] == [False, True, True]
    assert [each["verdicts"][0]["status"] for each in (before, moved, gone)] == ["exact", "moved", "gone"]
    assert before["reply"] == moved["reply"] == gone["reply"] == reply


# Forgotten


def test_one_is_forgotten_and_the_others_stay(client: httpx.Client, asked: dict[str, Any]) -> None:
    other = client.post("/api/ask", json={"question": QUESTION}).json()
    assert client.delete(address(other)).status_code == 204
    problem(client.get(address(other)), 404)
    problem(client.get(f"/api/answers/{other['id']}"), 404)
    assert client.get(address(asked)).status_code == 200


def test_all_are_forgotten_but_only_when_all_are_meant(client: httpx.Client, asked: dict[str, Any]) -> None:
    problem(client.delete("/api/conversations", params={"q": "some"}), 400, "q")
    assert client.get(address(asked)).status_code == 200
    assert client.delete("/api/conversations").status_code == 204
    assert client.get("/api/conversations").json() == {"conversations": [], "total": 0}
    problem(client.get(address(asked)), 404)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", UNKNOWN),
        ("DELETE", UNKNOWN),
        ("PATCH", UNKNOWN),
        ("GET", f"{UNKNOWN}/export"),
        ("GET", "/api/answers/unknown"),
        ("GET", "/api/conversations/%00"),
    ],
)
def test_what_is_not_there_is_404(client: httpx.Client, method: str, path: str) -> None:
    problem(client.request(method, path, json={"title": "a"} if method == "PATCH" else None), 404)
