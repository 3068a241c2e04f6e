"""Feedback and kept questions over a socket, on the real service."""

import httpx
import pytest

QUESTION = "Who was sent to China by the Japanese government in May?"


@pytest.fixture
def reply_id(client: httpx.Client) -> str:
    reply = client.post("/api/ask", json={"question": QUESTION}).json()
    assert reply["answered"]
    return str(reply["id"])


def test_feedback_is_given_read_kept_and_taken_back(client: httpx.Client, reply_id: str) -> None:
    given = client.post("/api/feedback", json={"reply_id": reply_id, "kind": "helpful", "comment": "<b>Good</b>\u0000"})
    assert given.status_code == 201
    opinion = given.json()
    assert (opinion["question"], opinion["comment"], opinion["surface"]) == (QUESTION, "<b>Good</b>", "web")
    assert client.get("/api/feedback", params={"reply_id": reply_id}).json() == {"feedback": [opinion]}
    of_conversation = client.get("/api/feedback", params={"conversation_id": opinion["conversation_id"]}).json()
    assert of_conversation == {"feedback": [opinion]}
    kept = client.post(f"/api/feedback/{opinion['feedback_id']}/keep")
    assert kept.status_code == 201
    assert kept.json()["question"] == QUESTION
    assert kept.json()["answers"][0]["short"] == ["Takaya Imai"]
    liked = client.get("/api/gaps").json()["liked"]
    assert [each["kept_at"] is not None for each in liked if each["reply_id"] == reply_id] == [True]
    assert client.delete(f"/api/feedback/{opinion['feedback_id']}").status_code == 204
    assert client.get("/api/feedback", params={"reply_id": reply_id}).json() == {"feedback": []}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "wrong_citation"}, "citation"),
        ({"kind": "wrong_citation", "citation": 99}, "citation"),
        ({"kind": "wrong_citation", "citation": "1"}, "citation"),
        ({"kind": "helpful", "citation": 1}, "citation"),
        ({"kind": "fine"}, "kind"),
        ({}, "kind"),
        ({"kind": "helpful", "comment": "x" * 2001}, "comment"),
        ({"kind": "helpful", "stars": 5}, "stars"),
    ],
)
def test_a_field_that_is_not_right_is_named(
    client: httpx.Client, reply_id: str, body: dict[str, object], field: str
) -> None:
    response = client.post("/api/feedback", json={"reply_id": reply_id, **body})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert [each["field"] for each in response.json()["errors"]] == [field]


def test_what_is_not_there_is_404_and_what_cannot_be_kept_400(client: httpx.Client, reply_id: str) -> None:
    assert client.post("/api/feedback", json={"reply_id": "nobody", "kind": "helpful"}).status_code == 404
    assert client.delete("/api/feedback/nothing").status_code == 404
    assert client.post("/api/feedback/nothing/keep").status_code == 404
    bad = client.post("/api/feedback", json={"reply_id": reply_id, "kind": "not_helpful"}).json()
    refused = client.post(f"/api/feedback/{bad['feedback_id']}/keep")
    assert refused.status_code == 400
    assert "helpful" in refused.json()["detail"]


@pytest.mark.parametrize("query", ["", "reply_id=a&conversation_id=b", "id=a"])
def test_feedback_is_of_one_reply_or_one_conversation(client: httpx.Client, query: str) -> None:
    assert client.get(f"/api/feedback?{query}").status_code == 400


def test_the_gaps_count_what_was_asked(client: httpx.Client) -> None:
    before = client.get("/api/gaps").json()
    client.post("/api/ask", json={"question": "What is the boiling point of tungsten?"})
    after = client.get("/api/gaps").json()
    assert after["questions"] == before["questions"] + 1
    assert after["abstained"] == before["abstained"] + 1
    assert any("tungsten" in topic["representative"]["question"] for topic in after["unanswered"])
    assert after["documents"] == 5
