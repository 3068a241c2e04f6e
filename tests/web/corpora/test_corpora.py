"""Several corpora in one server: each answers as if it were alone, and for a key of one no other exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute
from playwright.sync_api import HttpCredentials, expect

from tests.servers import serving
from tests.waiting import PATIENCE, until
from tests.web.corpora.two import ANSWERS, QUESTIONS, TEXTS, WORDS, Two, client, folders, served, two
from tests.web.page.browser import PATIENCE_MS, started
from web.access.keys import FILE_NAME, Keys
from web.api import api_router
from web.app import create_app
from web.bootstrap import open_answers, sync_corpus
from web.settings.corpora import CorpusSettings
from web.settings.settings import Settings

OTHER = {"tides": "forges", "forges": "tides"}
NEVER = "nevermet"
NO_ID = "0123456789abcdef0123456789abcdef"
MCP = {"Accept": "application/json, text/event-stream"}
each_corpus = pytest.mark.parametrize("name", list(OTHER))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with two(tmp_path_factory.mktemp("two")) as world:
        yield world


# Each as if it were alone

CASES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "/api/sources", None),
    ("GET", "/api/sources/{document}", None),
    ("GET", "/api/sources/{document}/summary", None),
    ("GET", "/api/sources/{document}/original", None),
    ("GET", "/api/sources/{document}/place?start=0&end=5", None),
    ("GET", "/api/sources/unread", None),
    ("GET", "/api/library", None),
    ("POST", "/api/ask", {"question": QUESTIONS["tides"]}),
    ("POST", "/api/ask", {"question": "Who built the moon?"}),
    ("POST", "/api/ask", {"question": ""}),
    ("GET", "/api/ask?q=Who+founded+the+Marrowby+Tide+Commission%3F&max_sentences=1", None),
    ("POST", "/api/verify", {"document_id": NO_ID, "start_char_index": 0, "end_char_index": 1, "cited_text": "x"}),
    ("GET", f"/api/conversations/{NO_ID}", None),
    ("GET", "/api/sources?colour=red", None),
    ("POST", "/v1/chat/completions", {"model": "footnote", "messages": [{"role": "user", "content": "How deep?"}]}),
    ("GET", "/", None),
]
CHANCE = re.compile(
    r'"(?:id|conversation_id|created|indexed_at|asked_at|timings_ms|times_cited|url)":(?:"[^"]*"|\d+|\{[^}]*\})'
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    base = tmp_path_factory.mktemp("alone")
    settings = Settings(corpus=folders(base)["tides"].folder, data=base / "data")
    sync_corpus(settings)
    with Keys.open(base / "data" / FILE_NAME) as keys:
        key = keys.add("tides", "ask", (), 10_000)[1]
    with serving(create_app(settings, lambda: open_answers(settings))) as url, client(url, key) as one:
        yield one


def _told(asker: httpx.Client, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, str]:
    (document,) = (
        each["document_id"] for each in asker.get("/api/sources").json()["sources"] if each["source"] == "house.md"
    )
    reply = asker.request(method, path.replace("{document}", document), json=body, follow_redirects=True)
    return reply.status_code, CHANCE.sub("#", reply.text)


@pytest.mark.parametrize(("method", "path", "body"), CASES)
def test_a_corpus_of_several_answers_as_if_it_were_alone(
    world: Two, alone: httpx.Client, method: str, path: str, body: dict[str, Any] | None
) -> None:
    expected = _told(alone, method, path, body)
    assert _told(world.clients["tides"], method, path, body) == expected
    assert _told(world.clients["both"], method, f"/corpora/tides{path}", body) == expected
    if path.startswith("/api/"):
        assert (
            _told(world.clients["both"], method, f"{path}{'&' if '?' in path else '?'}corpus=tides", body) == expected
        )
        if body is not None:
            assert _told(world.clients["both"], method, path, {**body, "corpus": "tides"}) == expected


# Choosing


@each_corpus
def test_a_question_is_about_the_corpus_that_it_names(world: Two, name: str) -> None:
    question = QUESTIONS[name]
    ask = world.ask
    replies = [
        ask("both", question, corpus=name),
        ask("both", question, f"/api/ask?corpus={name}"),
        ask("both", question, f"/corpora/{name}/api/ask"),
        ask("both", question, f"/corpora/{name}/api/ask", corpus=name),
        ask("both", question, f"/corpora/{name}/api/ask", corpus=None),
        ask(name, question),
        world.clients["both"].get("/api/ask", params={"q": question, "corpus": name}).json(),
    ]
    assert {reply["answer"]["text"] for reply in replies} == {ANSWERS[name]}
    told = world.clients["both"].post("/api/ask", json={"question": question, "corpus": name})
    assert told.headers["footnote-corpus"] == name
    streamed = world.clients["both"].post("/api/ask", json={"question": question, "corpus": name, "stream": True})
    assert ANSWERS[name] in streamed.text
    assert streamed.headers["footnote-corpus"] == name


def test_the_default_is_asked_where_none_is_named(world: Two) -> None:
    assert world.ask("both", QUESTIONS["tides"])["answered"]
    assert not world.ask("both", QUESTIONS["forges"])["answered"]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/api/ask", {"corpus": 3}, 400),
        ("/api/ask", {"corpus": ["tides"]}, 400),
        ("/api/ask?corpus=tides", {"corpus": "forges"}, 400),
        ("/corpora/tides/api/ask", {"corpus": "forges"}, 400),
        ("/api/ask?corpus=tides&corpus=forges", {}, 400),
        ("/api/ask", {"corpus": NEVER}, 404),
        ("/api/ask", {"corpus": ""}, 404),
        ("/corpora//api/ask", {}, 404),
        (f"/corpora/{NEVER}/api/ask", {}, 404),
    ],
)
def test_what_cannot_be_chosen_is_refused(world: Two, path: str, fields: dict[str, Any], status: int) -> None:
    reply = world.clients["both"].post(path, json={"question": "What?", **fields})
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert "corpus" in reply.json()["detail"]


def test_a_follow_up_stays_in_the_corpus_of_its_conversation(world: Two) -> None:
    first = world.ask("both", QUESTIONS["forges"], corpus="forges")
    follow = {"conversation_id": first["conversation_id"]}
    assert world.ask("both", "When?", **follow)["answered"]
    assert world.ask("both", "When?", **follow, corpus="forges")["answered"]
    refused = world.clients["both"].post("/api/ask", json={"question": "When?", **follow, "corpus": "tides"})
    assert (refused.status_code, "corpus 'forges'" in refused.text) == (400, True)
    for at in ("?corpus=tides", ""):
        assert world.clients["both"].get(f"/api/conversations/{first['conversation_id']}{at}").status_code == 404
    assert world.clients["both"].get(f"/api/conversations/{first['conversation_id']}?corpus=forges").status_code == 200
    # For a key that may not ask the corpus, it is an id like any other.
    hidden = world.ask("tides", "When?", **follow)
    assert hidden["interpreted_as"] is None


def test_what_is_asked_and_said_is_kept_with_the_corpus(world: Two) -> None:
    reply = world.ask("both", QUESTIONS["forges"], corpus="forges")
    both, feedback = world.clients["both"], {"reply_id": reply["id"], "kind": "helpful"}
    assert both.post("/api/feedback", json=feedback).status_code == 404
    assert both.post("/api/feedback", json={**feedback, "corpus": "forges"}).status_code == 201
    assert both.get("/api/feedback", params={"reply_id": reply["id"]}).json() == {"feedback": []}
    listed = {name: both.get(f"/corpora/{name}/api/conversations").text for name in OTHER}
    assert reply["conversation_id"] in listed["forges"]
    assert reply["conversation_id"] not in listed["tides"]
    for name in OTHER:
        below = world.settings.data_folder / "corpora" / name
        assert {"corpus.sqlite3", "history.sqlite3"} <= {path.name for path in below.iterdir()}
    assert not (world.settings.data_folder / "corpus.sqlite3").exists()


def test_a_document_of_the_same_path_is_each_corpus_own(world: Two) -> None:
    """Its id comes of its path, so it is the same in both."""
    both = world.clients["both"]
    listed = {name: both.get(f"/api/sources?corpus={name}").json()["sources"] for name in OTHER}
    ids = [next(each["document_id"] for each in sources if each["source"] == "house.md") for sources in listed.values()]
    assert ids[0] == ids[1]
    texts = {name: both.get(f"/corpora/{name}/api/sources/{ids[0]}").json()["text"] for name in OTHER}
    assert texts == {name: TEXTS[name]["house.md"] for name in OTHER}


# One key, one corpus

# What the addresses below take. An address with another parameter, or a body of its own, needs a line here.
PARAMETERS = {
    "document_id": NO_ID[:16],
    "conversation_id": NO_ID,
    "reply_id": NO_ID,
    "feedback_id": NO_ID,
    "trash_id": NO_ID,
    "passage_id": "1",
    "name": "1.png",
    "filter_id": NO_ID,
}
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/ask"): {"question": "What?"},
    ("POST", "/api/verify"): {
        "document_id": NO_ID,
        "start_char_index": 0,
        "end_char_index": 1,
        "cited_text": "x",
    },
    ("POST", "/api/feedback"): {"reply_id": NO_ID, "kind": "helpful"},
    ("PATCH", "/api/conversations/{conversation_id}"): {"title": "x"},
    ("PATCH", "/api/sources/{document_id}"): {"source": "x.txt"},
    ("POST", "/api/collections"): {"name": "x", "rule": {"sources": ["*"]}},
    ("PUT", "/api/collections/{filter_id}"): {"name": "x", "rule": {"sources": ["*"]}},
}
QUERIES = {
    ("GET", "/api/ask"): {"q": "What?"},
    ("GET", "/api/feedback"): {"reply_id": NO_ID},
    ("GET", "/api/sources/{document_id}/place"): {"start": "0", "end": "1"},
}
OF_THE_SERVER = {"/api/corpora"}  # which tells of those the key may ask, and of no other


def _routes() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for route in api_router.routes:
        assert isinstance(route, HTTPRoute)
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
        found += [(str(method), path) for method in sorted(route.methods - {"OPTIONS"}) if path not in OF_THE_SERVER]
    return found


def _call(asker: httpx.Client, method: str, path: str, corpus: str, how: str) -> tuple[int, str]:
    address = re.sub(r"\{(\w+)\}", lambda found: PARAMETERS[found[1]], path)
    query, body = dict(QUERIES.get((method, path), {})), BODIES.get((method, path))
    if how == "address":
        address = f"/corpora/{corpus}{address}"
    elif how == "query":
        query["corpus"] = corpus
    elif how == "body" and body is not None:
        body = {**body, "corpus": corpus}
    form = {"file": ("x.txt", b"x")} if (method, path) == ("POST", "/api/sources") else None
    reply = asker.request(method, address, params=query, json=body, files=form)
    return reply.status_code, reply.text.replace(corpus, "#")


@each_corpus
def test_at_no_address_does_another_corpus_exist(world: Two, name: str) -> None:
    asker = world.clients[name]
    for method, path in _routes():
        ways = ("address", "query", "body") if (method, path) in BODIES else ("address", "query")
        for how in ways:
            status, told = _call(asker, method, path, OTHER[name], how)
            assert (status, told) == _call(asker, method, path, NEVER, how), (method, path, how)
            assert status in (403, 404), (method, path, how, told)


def test_an_operator_reaches_every_address_of_each_corpus(world: Two) -> None:
    """So what was refused above was refused for its corpus."""
    for method, path in _routes():
        if (method, path) in (("POST", "/api/sources"), ("DELETE", "/api/conversations"), ("DELETE", "/api/trash")):
            continue
        for name in OTHER:
            status, told = _call(world.clients["ops"], method, path, name, "query")
            assert status != 404 or "corpus" not in told, (method, path, told)


@each_corpus
def test_no_list_and_no_answer_tells_of_another_corpus(world: Two, name: str) -> None:
    for key in OTHER:
        world.ask(key, QUESTIONS[key])
    asker, other = world.clients[name], OTHER[name]
    paths = ["/api/sources", "/api/conversations", "/api/suggestions", "/api/corpora", "/api/sync", "/api/library"]
    paths += [
        "/api/sources/unread",
        "/api/collections",
        "/v1/models",
        f"/v1/models/footnote/{NEVER}",
        "/schema/openapi.json",
    ]
    paths += ["/health/ready", "/health/live", "/metrics", "/api/gaps", "/api/trash"]
    told = [asker.get(path) for path in paths]
    told += [httpx.get(f"{world.url}{path}") for path in ("/health/ready", "/metrics", "/api/corpora")]
    for question in (QUESTIONS[other], "Which documents mention 1911?", "How many documents are there?"):
        told.append(asker.post("/api/ask", json={"question": question}))
        told.append(asker.post("/v1/chat/completions", json=_chat("footnote", question)))
    told.append(asker.post("/v1/chat/completions", json=_chat(f"footnote/{NEVER}", "What?")))
    told += [_mcp(asker, "tools/list"), _mcp(asker, "resources/list"), _mcp(asker, "tools/call", name="list_corpora")]
    typed = QUESTIONS[other].lower()
    for reply in told:
        text = re.sub(r"[0-9a-f]{8,}|\d+\.\d+|\d{6,}", "#", reply.text.lower())
        found = [word for word in WORDS[other] if word in text and word not in typed]
        assert found == [], (reply.url, reply.text)


def _chat(model: str, question: str) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": question}]}


def _mcp(asker: httpx.Client, method: str, path: str = "/mcp", **params: Any) -> httpx.Response:
    return asker.post(path, json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, headers=MCP)


@each_corpus
def test_a_model_and_a_tool_of_another_corpus_are_as_of_none(world: Two, name: str) -> None:
    asker = world.clients[name]

    def told(corpus: str) -> list[tuple[int, str]]:
        replies = [
            asker.post("/v1/chat/completions", json=_chat(f"footnote/{corpus}", "What?")),
            asker.get(f"/v1/models/footnote/{corpus}"),
            asker.post(f"/corpora/{corpus}/v1/chat/completions", json=_chat("footnote", "What?")),
            _mcp(asker, "tools/list", f"/corpora/{corpus}/mcp"),
            _mcp(asker, "tools/call", name="ask", arguments={"question": "What?", "corpus": corpus}),
            _mcp(asker, "tools/call", name="search_passages", arguments={"query": "What?", "corpus": corpus}),
            _mcp(asker, "tools/call", name="read_source", arguments={"source": "house.md", "corpus": corpus}),
            asker.get(f"/corpora/{corpus}/health/ready"),
        ]
        return [(each.status_code, re.sub(r"[0-9a-f]{32}", "#", each.text.replace(corpus, "#"))) for each in replies]

    assert told(OTHER[name]) == told(NEVER)


def test_a_key_of_corpora_that_are_gone_sees_none(world: Two) -> None:
    with Keys.open(world.settings.data_folder / FILE_NAME) as keys:
        key = keys.add("old", "ask", (), 10_000, (NEVER,))[1]
    with client(world.url, key) as asker:
        for path in ("/api/sources", "/api/corpora", "/api/sync"):
            assert asker.get(path).status_code == 404, path
        assert asker.post("/api/ask", json={"question": "What?"}).status_code == 404
        assert asker.post("/v1/chat/completions", json=_chat("footnote", "What?")).status_code == 404
        assert "error" in _mcp(asker, "tools/list").json()


# Surfaces


def test_chat_completions_choose_by_the_model(world: Two) -> None:
    both = world.clients["both"]
    assert [each["id"] for each in both.get("/v1/models").json()["data"]] == [
        "footnote",
        "footnote/tides",
        "footnote/forges",
    ]
    assert both.get("/v1/models/footnote/forges").json()["id"] == "footnote/forges"
    told = both.post("/v1/chat/completions", json=_chat("footnote/forges", QUESTIONS["forges"])).json()
    assert told["model"] == "footnote/forges"
    content = told["choices"][0]["message"]["content"]
    assert ANSWERS["forges"] in content
    link = next(re.finditer(r"http://[^\s)]+", content)).group()
    assert "/corpora/forges/sources/" in link
    assert (
        both.get(link.partition("#")[0].replace("/sources/", "/api/sources/")).json()["text"].startswith("# The Quen")
    )
    by_address = both.post("/corpora/forges/v1/chat/completions", json=_chat("footnote", QUESTIONS["forges"])).json()
    assert ANSWERS["forges"] in by_address["choices"][0]["message"]["content"]
    unknown = both.post("/v1/chat/completions", json=_chat("footnote/x", "What?"))
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "model_not_found")


def test_mcp_chooses_by_an_argument(world: Two) -> None:
    both = world.clients["both"]
    tools = {each["name"]: each for each in _mcp(both, "tools/list").json()["result"]["tools"]}
    assert tools["ask"]["inputSchema"]["properties"]["corpus"]["enum"] == ["tides", "forges"]
    listed = _mcp(both, "tools/call", name="list_corpora").json()["result"]["structuredContent"]
    assert listed["corpora"][1] == {"name": "forges", "title": "The forges of Quennick", "is_default": False}
    asked = {"question": QUESTIONS["forges"], "corpus": "forges"}
    reply = _mcp(both, "tools/call", name="ask", arguments=asked).json()["result"]
    assert reply["structuredContent"]["answer"]["text"] == ANSWERS["forges"]
    assert "/corpora/forges/sources/" in reply["content"][0]["text"]
    follow = {"question": "When?", "conversation_id": reply["structuredContent"]["conversation_id"]}
    assert _mcp(both, "tools/call", name="ask", arguments=follow).json()["result"]["structuredContent"]["answered"]
    part = {"source": "house.md", "corpus": "forges"}
    text = _mcp(both, "tools/call", name="read_source", arguments=part).json()["result"]["structuredContent"]["text"]
    assert text == TEXTS["forges"]["house.md"]
    pinned = {each["name"]: each for each in _mcp(both, "tools/list", "/corpora/forges/mcp").json()["result"]["tools"]}
    assert "corpus" not in pinned["ask"]["inputSchema"]["properties"]
    assert "list_corpora" not in pinned


def test_they_are_listed_and_watched_over(world: Two) -> None:
    listed = world.clients["both"].get("/api/corpora").json()["corpora"]
    assert [(each["name"], each["title"], each["is_default"], each["state"], each["documents"]) for each in listed] == [
        ("tides", "tides", True, "ready", 2),
        ("forges", "The forges of Quennick", False, "ready", 2),
    ]
    assert [each["name"] for each in world.clients["forges"].get("/api/corpora").json()["corpora"]] == ["forges"]
    ready = world.clients["ops"].get("/health/ready").json()
    assert (ready["status"], list(ready["corpora"])) == ("ready", ["tides", "forges"])
    assert httpx.get(f"{world.url}/health/ready").json() == {"status": "ready"}
    metrics = world.clients["ops"].get("/metrics").text
    assert 'footnote_corpus_documents{corpus="forges"} 2.0' in metrics
    assert 'footnote_corpus_ready{corpus="tides"} 1.0' in metrics
    assert 'footnote_corpus_questions_total{corpus="forges",outcome="answered"}' in metrics
    for name in OTHER:
        assert world.clients["ops"].get(f"/api/sync?corpus={name}").json()["files"] == 2
    described = world.clients["both"].get("/schema/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method, operation in methods.items():
            named = [each["name"] for each in operation.get("parameters", ())]
            assert ("corpus" in named) == path.startswith("/api/"), (method, path)


# Trouble, and the server's end


def test_one_that_is_broken_leaves_the_other_serving(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", corpora=folders(tmp_path), watch=False)
    damaged = settings.of_corpus("tides").data_folder
    damaged.mkdir(parents=True)
    (damaged / "corpus.sqlite3").write_bytes(b"no database")
    settings = Settings(
        data=tmp_path / "data",
        corpora={**settings.corpora, "gone": CorpusSettings(tmp_path / "gone")},
        default_corpus="forges",
        watch=False,
    )
    with served(settings, "tides") as url, httpx.Client(base_url=url, timeout=PATIENCE) as asker:
        assert asker.post("/api/ask", json={"question": QUESTIONS["forges"]}).json()["answered"]
        assert asker.post("/api/ask", json={"question": "What?", "corpus": "tides"}).status_code >= 500
        until(lambda: "gone" in asker.get("/health/ready").json()["corpora"]["gone"].get("trouble", ""))
        told = asker.get("/health/ready")
        assert (told.status_code, told.json()["status"]) == (200, "degraded")
        states = {name: (each["state"], bool(each.get("trouble"))) for name, each in told.json()["corpora"].items()}
        assert states == {"tides": ("failed", True), "forges": ("ready", False), "gone": ("ready", True)}
        metrics = asker.get("/metrics").text
        assert 'footnote_corpus_ready{corpus="tides"} 0.0' in metrics
        assert 'footnote_corpus_ready{corpus="forges"} 1.0' in metrics
        assert [each["documents"] for each in asker.get("/api/corpora").json()["corpora"]] == [None, 2, 0]
        (tmp_path / "gone").mkdir()
        (tmp_path / "gone/found.txt").write_text(TEXTS["tides"]["notes.txt"])
        asker.post("/corpora/gone/api/sources/sync")
        until(lambda: asker.get("/corpora/gone/api/sources").json()["sources"])
        until(lambda: "trouble" not in asker.get("/health/ready").json()["corpora"]["gone"])


def test_after_a_restart_each_has_what_it_had(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", corpora=folders(tmp_path), watch=False)
    with served(settings) as url, httpx.Client(base_url=url, timeout=PATIENCE) as asker:
        given = asker.post("/api/ask", json={"question": QUESTIONS["forges"], "corpus": "forges"}).json()
    with served(settings) as url, httpx.Client(base_url=url, timeout=PATIENCE) as asker:
        at = f"/corpora/forges/api/answers/{given['id']}"
        assert asker.get(at).json()["reply"] == given
        assert asker.get(at.replace("forges", "tides")).status_code == 404
        assert asker.get("/api/sync?corpus=forges").json()["counts"] == {"unchanged": 2}
        follow = {"question": "When?", "conversation_id": given["conversation_id"]}
        assert asker.post("/api/ask", json=follow).headers["footnote-corpus"] == "forges"


# The page


@pytest.mark.parametrize(
    "path", ["/", "/?in=x%2F", "/sources", "/sources/ab", "/gaps", "/conversations/c", "/answers/a"]
)
def test_a_page_is_sent_on_to_the_corpus_that_was_last_chosen_else_to_the_default(world: Two, path: str) -> None:
    def to(key: str, cookie: str) -> str:
        headers = {"Cookie": cookie}
        reply = world.clients[key].get(path, headers=headers, follow_redirects=False)
        assert reply.status_code == 307
        return str(reply.headers["location"])

    assert to("both", "") == f"/corpora/tides{path}"
    assert to("both", "a=b; footnote-corpus=forges") == f"/corpora/forges{path}"
    assert to("both", f"footnote-corpus={NEVER}") == f"/corpora/tides{path}"
    assert to("both", "\x22;=;footnote-corpus") == f"/corpora/tides{path}"
    assert to("tides", "footnote-corpus=forges") == f"/corpora/tides{path}"
    assert to("forges", "") == f"/corpora/forges{path}"
    assert world.clients["both"].get(f"/corpora/forges{path}").status_code == 200


def test_the_menu_changes_the_corpus_and_all_that_the_page_shows(world: Two) -> None:
    key = world.clients["both"].headers["authorization"].removeprefix("Bearer ")
    credentials = HttpCredentials(username="x", password=key)
    with started() as browser, browser.new_context(http_credentials=credentials) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{world.url}/sources")
        expect(page).to_have_url(f"{world.url}/corpora/tides/sources")
        menu = page.get_by_role("combobox", name="Corpus")
        expect(menu).to_have_value("tides")
        menu.select_option("forges")
        expect(page).to_have_url(f"{world.url}/corpora/forges/sources")
        page.get_by_role("link", name="The Quennick Ledger", exact=True).click()
        expect(page.get_by_role("heading", name="The Quennick Ledger").first).to_be_visible()
        assert page.url.startswith(f"{world.url}/corpora/forges/sources/")
        page.goto(f"{world.url}/")
        expect(page).to_have_url(f"{world.url}/corpora/forges/")
        page.get_by_label("Your question").fill(QUESTIONS["forges"])
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text(ANSWERS["forges"])
        expect(page).to_have_url(re.compile(r"/corpora/forges/conversations/"))
