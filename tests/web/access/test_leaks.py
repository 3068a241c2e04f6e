"""Two keys over a corpus of two groups, on a real server: what one group has does not exist for the other.

A word of the other group's in any reply fails, unless the requester typed it; and what is asked for by an id of the
other group's is answered as what is asked for by an id that nothing ever had.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import Struct, json

from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.access.keys import FILE_NAME, Keys
from web.app import create_app
from web.bootstrap import open_answers, sync_corpus
from web.settings.settings import Settings

TEXTS = {
    "tides/marrowby.md": "# The Marrowby Tables\n\nBy Halvard Sunderly\n\n"
    "The Marrowby Tide Commission (MTC) measures the sea at Marrowby every hour. "
    "Halvard Sunderly founded the Marrowby Tide Commission in 1904.\n",
    "tides/notes.txt": "Notes\n\nThe old gauge of the Zephirine pier was lost in a storm in 1911.\n",
    "forges/quennick.md": "# The Quennick Ledger\n\nBy Ottalie Brandvoss\n\n"
    "The Quennick Forge Authority (QFA) counts the anvils of Quennick every year. "
    "Ottalie Brandvoss founded the Quennick Forge Authority in 1911.\n",
    "forges/notes.txt": "Notes\n\nThe great hammer of the Tolvarine works broke in 1923.\n",
    "common/house.md": "# Rules of the House\n\nThe reading room is open from nine to five. "
    "The house was built by Perrin Oakwell in 1899.\n",
}
WORDS = {
    "tides": ("marrowby", "halvard", "sunderly", "mtc", "zephirine", "gauge", "1904"),
    "forges": ("quennick", "ottalie", "brandvoss", "qfa", "tolvarine", "anvil", "1923"),
}
OTHER = {"tides": "forges", "forges": "tides"}
OWN_QUESTION = {
    "tides": "Who founded the Marrowby Tide Commission?",
    "forges": "Who founded the Quennick Forge Authority?",
}
HOUSE_QUESTION = "Who built the house?"
# Asked by those who may not know: outright, misspelt, by abbreviation, counted, by title, by the other's path.
PROBES = {
    "forges": (
        "Who founded the Marrowby Tide Commission?",
        "Who was Halvrd Sundrly?",
        "What does the MTC measure?",
        "How many documents mention Marrowby?",
        "Which documents mention 1911?",
        "How many documents are there?",
        "What is measured every hour?",
        "What was lost in a storm?",
    ),
    "tides": (
        "Who founded the Quennick Forge Authority?",
        "Who was Otalie Brandvos?",
        "What does the QFA count?",
        "How many documents mention Quennick?",
        "Which documents mention 1911?",
        "How many documents are there?",
        "What is counted every year?",
        "What broke in the works?",
    ),
}
PROBED = [(name, question) for name, questions in PROBES.items() for question in questions]
NO_ID = "0123456789abcdef0123456789abcdef"
MCP_HEADERS = {"Accept": "application/json, text/event-stream"}
# What chance or the clock writes: confidences and timings, ids and hashes, seconds since 1970. "1923" there is no word.
_MADE_NUMBER = re.compile(r"\d+\.\d+(?:e[+-]?\d+)?|(?:(?<![0-9a-z])|(?<=\\n))[0-9a-f]{8,}(?![0-9a-z])")
parties = pytest.mark.parametrize("name", list(OTHER))


class Group(Struct):
    """A key's holder, and what is its own: the ids of what it asked, said and may read."""

    client: httpx.Client
    reply: dict[str, Any]
    feedback_id: str
    documents: tuple[str, ...]
    passages: tuple[int, ...]


class World(Struct):
    """The groups by their names, and the operator."""

    groups: dict[str, Group]
    admin: httpx.Client


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    base = tmp_path_factory.mktemp("groups")
    for path, text in TEXTS.items():
        (base / "texts" / path).parent.mkdir(parents=True, exist_ok=True)
        (base / "texts" / path).write_text(text, encoding="utf-8")
    settings = Settings(corpus=base / "texts", data=base / "data", queue=64)
    sync_corpus(settings)
    keys = _keys(base / "data")
    with serving(create_app(settings, lambda: open_answers(settings))) as url:
        clients = {name: _client(url, key) for name, key in keys.items()}
        yield World({name: _group(name, clients[name]) for name in OTHER}, clients["ops"])
        for client in clients.values():
            client.close()


def _keys(data: Path) -> dict[str, str]:
    with Keys.open(data / FILE_NAME) as keys:
        made = {name: keys.add(name, "ask", (f"{name}/*", "common/*"), 10_000)[1] for name in OTHER}
        return {**made, "ops": keys.add("ops", "admin")[1]}


def _client(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=PATIENCE, headers={"Authorization": f"Bearer {key}"})


def _group(name: str, client: httpx.Client) -> Group:
    reply = client.post("/api/ask", json={"question": OWN_QUESTION[name]}).json()
    assert reply["answered"], reply
    said = client.post("/api/feedback", json={"reply_id": reply["id"], "kind": "helpful", "comment": WORDS[name][0]})
    listed = client.get("/api/sources").json()["sources"]
    own = [each for each in listed if each["source"].startswith(name)]
    documents = tuple(each["document_id"] for each in own)
    read = [client.get(f"/api/sources/{document}").json() for document in documents]
    passages = tuple(passage["passage_id"] for source in read for passage in source["passages"])
    assert documents
    assert passages
    return Group(client, reply, said.json()["feedback_id"], documents, passages)


def _asked(group: Group, question: str, **more: Any) -> str:
    """The reply's text; the conversation is forgotten, so that the question is not found later."""
    response = group.client.post("/api/ask", json={"question": question, **more})
    if response.status_code == 200:
        group.client.delete(f"/api/conversations/{response.json()['conversation_id']}")
    return response.text


def _called(group: Group, method: str, **params: Any) -> str:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    response = group.client.post("/mcp", json=message, headers=MCP_HEADERS)
    assert response.status_code == 200, response.text
    return response.text


def _tool(group: Group, tool: str, **arguments: Any) -> str:
    told = _called(group, "tools/call", name=tool, arguments=arguments)
    found = json.decode(told)["result"].get("structuredContent") or {}
    group.client.delete(f"/api/conversations/{found.get('conversation_id', NO_ID)}")
    return told


def _chat(group: Group, question: str) -> str:
    response = group.client.post(
        "/v1/chat/completions", json={"model": "footnote", "messages": [{"role": "user", "content": question}]}
    )
    assert response.status_code == 200, response.text
    for each in group.client.get("/api/conversations").json()["conversations"]:
        if each["title"] == question:
            group.client.delete(f"/api/conversations/{each['conversation_id']}")
    return response.text


def _leaked(name: str, text: str, typed: str = "") -> list[str]:
    """Words of the other group's that `name` should not have met."""
    searched = _MADE_NUMBER.sub("#", text.lower())
    return [word for word in WORDS[OTHER[name]] if word in searched and word not in typed.lower()]


def _lists(client: httpx.Client) -> Iterator[httpx.Response]:
    """Everything that can be had without knowing an id."""
    paths = [
        "/api/sources",
        "/api/collections",
        "/api/conversations",
        "/api/suggestions",
        "/v1/models",
        "/schema/openapi.json",
        "/",
    ]
    paths += ["/api/collections", "/api/gaps", "/metrics", "/gaps", "/sources", "/health/ready"]
    for path in paths:
        yield client.get(path)
    for word in [*WORDS["tides"], *WORDS["forges"], "1911", "e"]:
        yield client.get("/api/conversations", params={"q": word})
    for each in client.get("/api/sources").json()["sources"]:
        for part in ("", "/cited"):
            yield client.get(f"/api/sources/{each['document_id']}{part}")


@parties
def test_a_word_is_found_wherever_it_stands_and_not_in_what_chance_wrote(name: str) -> None:
    for word in WORDS[OTHER[name]]:
        for text in (
            word,
            f"It was {word.title()}.",
            f'{{"a":"un{word}s","id":"{NO_ID}"}}',
            f"/{word}.md",
            f"\\n{word}",
        ):
            assert _leaked(name, text) == [word]
        assert _leaked(name, f"It was {word}.", f"Was it {word.upper()}?") == []
    for number in ("1904", "1923"):
        head = NO_ID[:14]
        for made in (
            f"{head}{number}{head}",
            f"chatcmpl-{number}{head}",
            f"0.{number}",
            f"{number}.5",
            f"17{number}9000",
        ):
            assert _leaked(name, f'{{"id":"{made}","other":{made}}}') == []


@parties
def test_what_is_listed_and_read_is_ones_own(world: World, name: str) -> None:
    group = world.groups[name]
    text = "".join(response.text for response in _lists(group.client))
    assert _leaked(name, text) == []
    assert all(word in text.lower() for word in WORDS[name]), "it looks where words are"
    sources = [each["source"] for each in group.client.get("/api/sources").json()["sources"]]
    assert sources == sorted(path for path in TEXTS if path.startswith((name, "common")))
    conversations = group.client.get("/api/conversations").json()
    assert (conversations["total"], len(conversations["conversations"])) == (1, 1)


@pytest.mark.parametrize(("name", "question"), PROBED)
def test_no_answer_tells_of_the_other_group(world: World, name: str, question: str) -> None:
    group = world.groups[name]
    for text in (
        _asked(group, question),
        _asked(group, question, sources=[f"{OTHER[name]}/*"]),
        _asked(group, question, sources=["*"], top_k=20),
        _chat(group, question),
        _tool(group, "ask", question=question),
        _tool(group, "search_passages", query=question, sources=["*"]),
    ):
        assert _leaked(name, text, question) == []
    reply = json.decode(_asked(group, question))
    if reply["count"]:
        own = [path for path in TEXTS if path.startswith((name, "common"))]
        assert reply["count"]["documents_scanned"] == len(own)


@parties
def test_no_suggestion_is_of_the_other_group(world: World, name: str) -> None:
    group = world.groups[name]
    for query in ({}, {"sources": f"{OTHER[name]}/*"}, {"sources": "*"}, {"reply_id": group.reply["id"]}):
        asked = {**query, "limit": 8}
        until(lambda: group.client.get("/api/suggestions", params=asked).json()["complete"])  # noqa: B023
        response = group.client.get("/api/suggestions", params=asked)
        assert _leaked(name, response.text) == []
        if query == {"sources": f"{OTHER[name]}/*"}:
            assert response.json()["questions"] == []


def _same(client: httpx.Client, method: str, path: str, known: object, body: Any = None) -> httpx.Response:
    """What is answered for an id of the other's, which is what is answered for one of nobody's."""
    unknown = NO_ID if isinstance(known, str) else 4_611_686_018_427_387_904
    responses = []
    for each in (known, unknown):
        content = json.encode(body).replace(b"ID", str(each).encode()) if body is not None else None
        headers = {"Content-Type": "application/json"} if content else {}
        found = client.request(method, path.replace("ID", str(each)), content=content, headers=headers)
        responses.append((found.status_code, found.text.replace(str(each), "ID"), found))
    assert responses[0][:2] == responses[1][:2]
    return responses[0][2]


@parties
def test_the_others_ids_are_like_nobodys(world: World, name: str) -> None:
    client, other = world.groups[name].client, world.groups[OTHER[name]]
    conversation, reply = other.reply["conversation_id"], other.reply["id"]
    for path in ("/api/conversations/ID", "/api/conversations/ID/export", "/api/conversations/ID/export?format=json"):
        assert _same(client, "GET", path, conversation).status_code == 404
    assert _same(client, "PATCH", "/api/conversations/ID", conversation, {"title": "mine"}).status_code == 404
    assert _same(client, "DELETE", "/api/conversations/ID", conversation).status_code == 404
    assert _same(client, "GET", "/api/answers/ID", reply).status_code == 404
    assert _same(client, "GET", "/api/suggestions?reply_id=ID", reply).status_code == 404
    _same(client, "GET", "/api/feedback?reply_id=ID", reply)
    _same(client, "GET", "/api/feedback?conversation_id=ID", conversation)
    assert _same(client, "POST", "/api/feedback", reply, {"reply_id": "ID", "kind": "helpful"}).status_code == 404
    assert _same(client, "DELETE", "/api/feedback/ID", other.feedback_id).status_code == 404
    replacing = {"question": HOUSE_QUESTION, "conversation_id": world.groups[name].reply["conversation_id"]}
    assert _same(client, "POST", "/api/ask", reply, {**replacing, "replaces": "ID"}).status_code == 404
    for document in other.documents:
        for path in ("/api/sources/ID", "/api/sources/ID/cited"):
            assert _same(client, "GET", path, document).status_code == 404
    for passage in other.passages:
        assert _same(client, "GET", "/api/passages/ID", passage).status_code == 404
    kept = other.client.get(f"/api/conversations/{conversation}").json()
    assert [turn["question"] for turn in kept["turns"]] == [OWN_QUESTION[OTHER[name]]]
    assert kept["title"] == OWN_QUESTION[OTHER[name]]
    said = other.client.get("/api/feedback", params={"reply_id": reply}).json()["feedback"]
    assert [each["feedback_id"] for each in said] == [other.feedback_id]


@parties
def test_no_citation_of_the_others_is_borne_out(world: World, name: str) -> None:
    group, other = world.groups[name], world.groups[OTHER[name]]
    cited = other.reply["content"][0]["citations"][0]
    fields = ("start_char_index", "end_char_index", "cited_text", "content_sha256")
    claim = {**{field: cited[field] for field in fields}, "document_id": "ID"}
    verdict = _same(group.client, "POST", "/api/verify", cited["document_id"], claim).json()
    assert verdict["status"] == "gone"
    assert other.client.post("/api/verify", json={**claim, "document_id": cited["document_id"]}).json()["status"] == (
        "exact"
    )
    given = {field: cited[field] for field in fields[:3]}
    for source in (cited["source"], cited["document_id"]):
        assert '"gone"' in _tool(group, "verify_citation", source=source, **given)
        assert '"exact"' in _tool(other, "verify_citation", source=source, **given)


@parties
def test_a_conversation_of_the_others_is_not_gone_on_with(world: World, name: str) -> None:
    group, other = world.groups[name], world.groups[OTHER[name]]
    conversation = other.reply["conversation_id"]
    question = "When was it founded?"
    for text in (
        group.client.post("/api/ask", json={"question": question, "conversation_id": conversation}).text,
        _called(group, "tools/call", name="ask", arguments={"question": question, "conversation_id": conversation}),
    ):
        assert _leaked(name, text) == []
    assert len(other.client.get(f"/api/conversations/{conversation}").json()["turns"]) == 1


@parties
def test_the_model_contexts_resources_are_ones_own(world: World, name: str) -> None:
    group, other = world.groups[name], world.groups[OTHER[name]]
    listed = _called(group, "resources/list")
    assert _leaked(name, listed) == []
    assert WORDS[name][0] in listed.lower()
    for document in other.documents:
        assert "There is no document" in _called(group, "resources/read", uri=f"footnote://sources/{document}")
        assert "There is no document" in _tool(group, "read_source", source=document)
    for path in TEXTS:
        told = _tool(group, "read_source", source=path)
        assert ("There is no document" in told) == path.startswith(OTHER[name])
        assert _leaked(name, told, path) == []


@parties
def test_what_both_may_read_does_not_tell_who_reads_it(world: World, name: str) -> None:
    group, other = world.groups[name], world.groups[OTHER[name]]
    (house,) = [each for each in group.client.get("/api/sources").json()["sources"] if "common" in each["source"]]
    asked = other.client.post("/api/ask", json={"question": HOUSE_QUESTION}).json()
    assert asked["answered"]
    seen = {
        each: client.get(f"/api/sources/{house['document_id']}/cited").json()["cited"]
        for each, client in (("group", group.client), ("other", other.client), ("admin", world.admin))
    }
    other.client.delete(f"/api/conversations/{asked['conversation_id']}")
    assert seen["group"] == []
    assert len(seen["other"]) == len(seen["admin"]) == 1


def test_the_index_version_is_of_what_one_sees(world: World) -> None:
    versions = {group.reply["index_version"] for group in world.groups.values()}
    assert len(versions) == 2


@parties
def test_what_is_the_operators_is_refused_in_plain_words(world: World, name: str) -> None:
    group = world.groups[name]
    for method, path in (
        ("GET", "/api/gaps"),
        ("GET", "/metrics"),
        ("POST", f"/api/feedback/{group.feedback_id}/keep"),
        ("POST", f"/api/feedback/{NO_ID}/keep"),
    ):
        response = group.client.request(method, path)
        assert (response.status_code, response.headers["content-type"]) == (403, "application/problem+json")
        assert "operator" in response.json()["detail"]
    assert group.client.get("/").status_code == group.client.get("/gaps").status_code == 200, "the pages hold no data"


def test_the_operator_sees_all(world: World) -> None:
    told = "".join(world.admin.get(path).text for path in ("/api/sources", "/api/gaps")).lower()
    for name, group in world.groups.items():
        assert all(word in told for word in (WORDS[name][0], name))
        assert world.admin.get(f"/api/answers/{group.reply['id']}").json()["reply"]["id"] == group.reply["id"]
    assert world.admin.get("/metrics").status_code == 200
