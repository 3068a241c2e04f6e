"""What may be asked for, what is refused, and by which field."""

from typing import Any

import msgspec
import pytest

from web.completions.errors import CompletionError, error_of
from web.completions.request import read_request

ASKED = {"model": "footnote", "messages": [{"role": "user", "content": "Who?"}]}
TOOL = {"type": "function", "function": {"name": "f", "parameters": {}}}


def _body(**fields: object) -> bytes:
    return msgspec.json.encode({**ASKED, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": 0.2, "top_p": 1, "seed": 7, "presence_penalty": 0, "logit_bias": {"50256": -100}},
        {"user": "u1", "metadata": {"a": "b"}, "store": True, "service_tier": "auto", "reasoning_effort": "low"},
        {"user": {"name": "Ann", "id": "1"}},
        {"tools": [TOOL], "tool_choice": "none", "parallel_tool_calls": True},
        {"functions": [{"name": "f"}], "function_call": "none"},
        {"tools": [], "tool_choice": "auto"},
        {"response_format": {"type": "text"}, "modalities": ["text"], "n": 1, "logprobs": False, "top_logprobs": 0},
        {"unheard_of": 1, "stream_options": {"include_usage": True, "include_obfuscation": False}},
        dict.fromkeys(("stream", "stream_options", "stop", "n", "max_tokens", "tools", "response_format", "user")),
        {"messages": [{"role": "assistant", "content": None, "tool_calls": []}, *ASKED["messages"]]},
        {"messages": [{"role": "user", "name": "Ann", "content": [{"type": "text", "text": "Who?"}]}]},
    ],
)
def test_what_changes_no_answer_is_taken(fields: dict[str, Any]) -> None:
    assert read_request(_body(**fields)).messages[-1].text == "Who?"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"n": 2}, "n"),
        ({"tools": [TOOL]}, "tools"),
        ({"tools": [TOOL], "tool_choice": "auto"}, "tools"),
        ({"tool_choice": "required"}, "tools"),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "tools"),
        ({"functions": [{"name": "f"}]}, "tools"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"response_format": {"type": "json_schema", "json_schema": {}}}, "response_format"),
        ({"logprobs": True}, "logprobs"),
        ({"top_logprobs": 3}, "logprobs"),
        ({"modalities": ["text", "audio"], "audio": {"voice": "alloy", "format": "wav"}}, "modalities"),
        ({"web_search_options": {}}, "web_search_options"),
    ],
)
def test_what_would_make_it_another_answer_is_refused(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(CompletionError) as raised:
        read_request(_body(**fields))
    assert (raised.value.status, raised.value.param, raised.value.code) == (400, param, "unsupported_parameter")


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        (b"", 400, None),
        (b"{", 400, None),
        (b'{"model": "\xff"}', 400, None),
        (b'{"audio": ' + b"[" * 60_000, 400, None),
        (b"[]", 400, "body"),
        (b"{}", 400, "model"),
        (b'{"model": "footnote"}', 400, "messages"),
        (_body(messages=[]), 400, "messages"),
        (_body(messages=[{"content": "Who?"}]), 400, "messages[0].role"),
        (_body(messages=[{"role": "robot", "content": "Who?"}]), 400, "messages[0].role"),
        (_body(messages=[{"role": "user", "content": 3}]), 400, "messages[0].content"),
        (_body(model="gpt-4o"), 404, "model"),
        (_body(stream="yes"), 400, "stream"),
        (_body(max_tokens=0), 400, "max_tokens"),
        (_body(n=0), 400, "n"),
        (_body(stop=["a"] * 5), 400, "stop"),
    ],
)
def test_what_is_not_right_is_named(body: bytes, status: int, param: str | None) -> None:
    with pytest.raises((CompletionError, msgspec.ValidationError, UnicodeDecodeError, RecursionError)) as raised:
        read_request(body)
    found_status, found, _ = error_of(raised.value)
    assert (found_status, found.error.param, found.error.type) == (status, param, "invalid_request_error")


def test_the_newer_name_of_a_limit_comes_first() -> None:
    assert read_request(_body(max_tokens=9)).most_tokens == 9
    assert read_request(_body(max_tokens=9, max_completion_tokens=5)).most_tokens == 5
    assert read_request(_body(stop="")).stops == ()
    assert read_request(_body(stop=["a", "b"])).stops == ("a", "b")
