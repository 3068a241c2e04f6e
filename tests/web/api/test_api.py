"""The JSON API over a socket: the real service on the shipped documents."""

from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse
from msgspec import convert, json

from qa.types import Reply

QUESTION = "Who was sent to China by the Japanese government in May?"


def _problem(response: httpx.Response, status: int) -> dict[str, Any]:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    found: dict[str, Any] = response.json()
    assert found["status"] == status
    assert {"type", "title", "detail"} <= set(found)
    assert "Traceback" not in response.text
    return found


def _check_quotes(client: httpx.Client, reply: dict[str, Any]) -> None:
    """Every citation is where it says, in the text the API itself gives."""
    for citation in (each for block in reply["content"] for each in block["citations"]):
        text = client.get(f"/api/sources/{citation['document_id']}").json()["text"]
        assert text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]


def test_a_question_is_answered_with_quotes_that_stand(client: httpx.Client) -> None:
    response = client.post("/api/ask", json={"question": QUESTION, "top_k": 3, "max_sentences": 2})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    reply = response.json()
    convert(reply, Reply)
    assert reply["answered"]
    assert len(reply["passages"]) == 3
    assert 1 <= len(reply["content"]) <= 2
    _check_quotes(client, reply)
    numbers = [citation["number"] for block in reply["content"] for citation in block["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_asking_by_address_is_kept_only_in_a_conversation_that_is_named(client: httpx.Client) -> None:
    got = client.get("/api/ask", params={"q": QUESTION}).json()
    assert client.get(f"/api/answers/{got['id']}").status_code == 404
    assert client.get(f"/api/conversations/{got['conversation_id']}").status_code == 404
    named = client.get("/api/ask", params={"q": QUESTION, "conversation_id": "named-by-address"}).json()
    assert named["stored"]
    assert client.get(f"/api/answers/{named['id']}").status_code == 200


def test_get_and_post_and_stream_give_the_same_answer(client: httpx.Client) -> None:
    options = {"top_k": 4, "max_sentences": 3}
    posted = client.post("/api/ask", json={"question": QUESTION, **options}).json()
    got = client.get("/api/ask", params={"q": QUESTION, **options}).json()
    with connect_sse(client, "POST", "/api/ask", json={"question": QUESTION, "stream": True, **options}) as source:
        events = [(event.event, json.decode(event.data)) for event in source.iter_sse()]
    names = [name for name, _ in events]
    sentences = [data for name, data in events if name == "sentence"]
    assert names == ["interpreted", "reading", "passages", *["sentence"] * len(sentences), "answer", "done"]
    streamed = events[-1][1]
    for field in set(posted) - {"id", "conversation_id", "timings_ms", "stored"}:
        assert posted[field] == got[field] == streamed[field], field
    assert (posted["stored"], streamed["stored"], got["stored"]) == (True, True, False)
    assert sentences == streamed["content"]
    assert events[1][1].keys() == {"passages", "documents"}
    assert events[2][1] == {"passages": streamed["passages"]}
    assert events[-2][1] == {"answer": streamed["answer"]}


def test_accept_chooses_the_form(client: httpx.Client) -> None:
    def get(accept: str) -> httpx.Response:
        return client.get("/api/ask", params={"q": QUESTION}, headers={"accept": accept})

    text = get("text/plain")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "\nSources:\n  [1] " in text.text
    assert get("text/event-stream").headers["content-type"].startswith("text/event-stream")
    for accept in ("*/*", "application/json, text/plain, */*", "text/html", "nonsense"):
        assert get(accept).headers["content-type"] == "application/json", accept


def test_only_the_sources_that_fit_are_asked(client: httpx.Client) -> None:
    for request in (
        client.post("/api/ask", json={"question": QUESTION, "sources": ["003_*", "004_*"]}),
        client.get("/api/ask", params=[("q", QUESTION), ("sources", "003_*"), ("sources", "004_*")]),
    ):
        sources = {passage["source"][:4] for passage in request.json()["passages"]}
        assert sources <= {"003_", "004_"}
        assert sources
    none = client.post("/api/ask", json={"question": QUESTION, "sources": ["nothing/*"]}).json()
    assert (none["answered"], none["content"], none["passages"]) == (False, [], [])


@pytest.mark.parametrize(
    "question", ['"', "*", "NEAR(a b)", "-", 'a" OR "b', "AND", "title:x", "(", "\\", "~2^3", "💥?"]
)
def test_no_question_breaks_the_search(client: httpx.Client, question: str) -> None:
    response = client.post("/api/ask", json={"question": f"China {question}"})
    assert response.status_code == 200
    _check_quotes(client, response.json())


def test_what_a_paste_brings_along_is_removed(client: httpx.Client) -> None:
    reply = client.post("/api/ask", json={"question": " Who\x00 was\u202e sent\nto China? "}).json()
    assert reply["question"] == "Who was sent to China?"


def test_documents_and_passages_agree(client: httpx.Client) -> None:
    listed = client.get("/api/sources").json()
    assert len(listed["sources"]) == 5
    for summary in listed["sources"]:
        source = client.get(f"/api/sources/{summary['document_id']}").json()
        assert len(source["text"]) == summary["characters"]
        assert source["title"] == summary["title"]
        assert len(source["passages"]) == summary["passages"] > 0
        for passage in source["passages"]:
            assert passage["text"] == source["text"][passage["start_char_index"] : passage["end_char_index"]]
        starts = [block["start"] for block in source["blocks"]]
        assert starts == sorted(starts)
    assert client.get(f"/api/passages/{passage['passage_id']}").json() == passage


def test_a_citation_can_be_verified(client: httpx.Client) -> None:
    citation = client.post("/api/ask", json={"question": QUESTION}).json()["content"][0]["citations"][0]
    fields = ("document_id", "start_char_index", "end_char_index", "cited_text", "content_sha256")
    claim = {field: citation[field] for field in fields}

    def status(**changes: object) -> str:
        response = client.post("/api/verify", json={**claim, **changes})
        assert response.status_code == 200
        verdict: str = response.json()["status"]
        return verdict

    assert status() == "exact"
    assert status(content_sha256=None) == "exact"
    assert status(start_char_index=0, end_char_index=5) == "moved"
    assert status(cited_text="This was never written.") == "changed"
    assert status(document_id="nowhere") == "gone"
    assert status(start_char_index=-5, end_char_index=10**30) in ("moved", "changed")


def test_a_conversation_is_kept_and_can_be_forgotten(client: httpx.Client) -> None:
    first = client.post("/api/ask", json={"question": QUESTION}).json()
    address = f"/api/conversations/{first['conversation_id']}"
    second = client.post("/api/ask", json={"question": "And when?", "conversation_id": first["conversation_id"]}).json()
    assert second["conversation_id"] == first["conversation_id"]
    turns = client.get(address).json()["turns"]
    assert [turn["question"] for turn in turns] == [QUESTION, "And when?"]
    assert client.delete(address).status_code == 204
    _problem(client.get(address), 404)
    _problem(client.delete(address), 404)
