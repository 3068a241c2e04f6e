"""The documents over HTTP: what became of their files, and where answers cite them; the real service."""

from collections import Counter
from typing import Any

import httpx

QUESTION = "Who was sent to China by the Japanese government in May?"


def _cited(client: httpx.Client, document_id: str) -> Counter[tuple[int, int]]:
    body = client.get(f"/api/sources/{document_id}/cited").json()
    assert body["document_id"] == document_id
    assert body["offset_unit"] == "code_point"
    return Counter({(each["start_char_index"], each["end_char_index"]): each["times"] for each in body["cited"]})


def _ask(client: httpx.Client) -> tuple[str, list[dict[str, Any]]]:
    """The reply's conversation and its citations."""
    reply = client.post("/api/ask", json={"question": QUESTION}).json()
    return reply["conversation_id"], [c for block in reply["content"] for c in (*block["citations"], *block["also"])]


def test_the_list_says_what_became_of_each_file(client: httpx.Client) -> None:
    for row in client.get("/api/sources").json()["sources"]:
        source = client.get(f"/api/sources/{row['document_id']}").json()
        assert row["blocks"] == Counter(block["kind"] for block in source["blocks"])
        assert (row["left_out"], row["sentences"]) == (source["left_out"], source["sentences"])
        assert row["sentences"] > 0
        assert 0 < sum(row["left_out"].values()) < row["characters"]


def test_what_an_answer_cites_is_counted_until_it_is_forgotten(client: httpx.Client) -> None:
    conversation, citations = _ask(client)
    document_id = citations[0]["document_id"]
    ranges = {(c["start_char_index"], c["end_char_index"]) for c in citations if c["document_id"] == document_id}

    def listed() -> int:
        rows = client.get("/api/sources").json()["sources"]
        return next(int(row["times_cited"]) for row in rows if row["document_id"] == document_id)

    before, times = _cited(client, document_id), listed()
    assert ranges <= before.keys()
    again, _ = _ask(client)
    assert _cited(client, document_id) - before == Counter(dict.fromkeys(ranges, 1))
    assert listed() == times + 1
    for each in (conversation, again):
        assert client.delete(f"/api/conversations/{each}").status_code == 204
    assert listed() == times - 1


def test_what_is_cited_is_dated_and_of_the_version_that_is_there(client: httpx.Client) -> None:
    _, citations = _ask(client)
    body = client.get(f"/api/sources/{citations[0]['document_id']}/cited").json()
    source = client.get(f"/api/sources/{citations[0]['document_id']}").json()
    assert body["content_sha256"] == source["content_sha256"]
    starts = [each["start_char_index"] for each in body["cited"]]
    assert starts == sorted(starts)
    assert all(each["last_cited_at"].endswith("+00:00") for each in body["cited"])


def test_what_is_not_there_cannot_be_cited(client: httpx.Client) -> None:
    response = client.get("/api/sources/nothing/cited")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
