"""The calls that Open WebUI makes to a model it is connected to, as its published source has them.

docs/completions.md tells how to set it up.
"""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from msgspec import json

from tests.waiting import PATIENCE

QUESTION = "Who was sent to China by the Japanese government in May?"
FOLLOW_UP = "And what is his role?"
# What it sends along where it is told to forward who asks.
HEADERS = {"authorization": "Bearer none", "x-openwebui-user-id": "u-1", "x-openwebui-chat-id": "c-1"}
TASKS = (
    "### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.",
    "### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history.",
    "### Task:\nSuggest 3-5 relevant follow-up questions that the user might ask next.",
    "### Task:\nAnalyze the chat history to determine the necessity of generating search queries.",
    "### Task:\nYou are an autocompletion system.",
)


class Turn:
    """What it makes of a streamed response: text, sources and tokens."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.text = ""
        self.sources: list[tuple[str, str]] = []
        self.usage: dict[str, int] = {}
        self.ended = False
        for line in filter(None, lines):
            data = line.removeprefix("data: ")
            if data == "[DONE]":
                self.ended = True
                continue
            chunk = json.decode(data)
            self.usage = chunk.get("usage") or self.usage
            for choice in chunk["choices"]:
                self.text += choice["delta"].get("content") or ""
                cited = [each["url_citation"] for each in choice["delta"].get("annotations") or []]
                self.sources += [(each["url"], each["title"]) for each in cited]


@pytest.fixture
def front_end(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, headers=HEADERS, timeout=PATIENCE) as client:
        yield client


def _turn(front_end: httpx.Client, messages: list[dict[str, Any]]) -> Turn:
    body = {"model": "footnote", "messages": messages, "stream": True, "stream_options": {"include_usage": True}}
    with front_end.stream("POST", "/v1/chat/completions", json=body) as response:
        assert response.status_code == 200
        assert "text/event-stream" in response.headers["content-type"]
        return Turn(response.iter_lines())


def test_the_model_is_listed(front_end: httpx.Client) -> None:
    models = front_end.get("/v1/models").json()
    assert models["object"] == "list"
    assert [each["id"] for each in models["data"]] == ["footnote"]


def test_a_chat_of_two_turns_with_the_tasks_between(front_end: httpx.Client) -> None:
    messages = [{"role": "system", "content": "You are helpful."}, {"role": "user", "content": QUESTION}]
    first = _turn(front_end, messages)
    assert first.ended
    assert first.text.startswith("**Takaya Imai** [1]")
    assert first.usage["total_tokens"] > first.usage["completion_tokens"] > 0
    history = f"### Chat History:\n<chat_history>\nUSER: {QUESTION}\nASSISTANT: {first.text}\n</chat_history>"
    for task in TASKS:
        body = {"model": "footnote", "messages": [{"role": "user", "content": f"{task}\n{history}"}], "stream": False}
        response = front_end.post("/v1/chat/completions", json={**body, "max_completion_tokens": 1000})
        assert response.status_code == 400
        assert response.json()["error"]["code"] == "unsupported_task"
    messages += [{"role": "assistant", "content": first.text}, {"role": "user", "content": FOLLOW_UP}]
    second = _turn(front_end, messages)
    assert second.text.startswith("Interpreted as: What is Takaya Imai’s role?\n\n**executive secretary** [1]")
    asked_again = _turn(front_end, messages)
    assert (asked_again.text, asked_again.sources) == (second.text, second.sources)


def test_the_marks_number_the_sources_as_it_lists_them(front_end: httpx.Client) -> None:
    turn = _turn(front_end, [{"role": "user", "content": "Which documents mention Yachi?"}])
    urls = [url for url, _ in turn.sources]
    assert len(set(urls)) == len(urls) > 2
    listed = re.findall(r"^- \[(\d+)\] .*: (\S+)$", turn.text, re.MULTILINE)
    assert listed == [(str(number), url) for number, url in enumerate(urls, 1)]
    assert {int(number) for number in re.findall(r"\[(\d+)\]", turn.text)} == set(range(1, len(urls) + 1))


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "Takaya"}], "invalid_value"),
        (
            [{"role": "user", "content": [{"type": "text", "text": "Who is this?"}, {"type": "image_url"}]}],
            "unsupported_content",
        ),
        ([{"role": "user", "content": "### Task:\nRespond to the user query using the context."}], "unsupported_task"),
    ],
)
def test_what_it_cannot_have_is_told_in_a_message_it_shows(
    front_end: httpx.Client, messages: list[dict[str, Any]], code: str
) -> None:
    """To continue an answer, an image, a file of the chat's own."""
    body = {"model": "footnote", "messages": messages, "stream": True}
    response = front_end.post("/v1/chat/completions", json=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]
