"""What Slack sends, told apart: events, commands and interactions, each with a key that its repetitions share."""

import hashlib
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar.datastructures import Headers

from web.http.problems import RefusedError
from web.slack.inbox import Arrival

_MOST_FIELDS = 100
_SOCKET_KINDS = {"events_api", "slash_commands", "interactive"}


class Greeting(msgspec.Struct, frozen=True):
    """Not to be kept, only to be answered. challenge: what Slack wants to hear back when the address is set."""

    challenge: str | None = None


def parse_request(headers: Headers, body: bytes) -> Arrival | Greeting:
    """What came over HTTP. Raises RefusedError (400, 415)."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _of_json(_mapping(body, "The body"))
    if kind == "application/x-www-form-urlencoded":
        return _of_form(_form(body))
    raise RefusedError(415, "The body must be application/json or application/x-www-form-urlencoded.")


def parse_envelope(kind: str, payload: object) -> Arrival:
    """What came over Socket Mode. kind: the envelope's type. Raises RefusedError (400)."""
    if kind not in _SOCKET_KINDS or not isinstance(payload, dict):
        raise RefusedError(400, "An envelope of a type that is not known, or without a payload.")
    if kind == "events_api":
        return _event(payload)
    return _command(payload) if kind == "slash_commands" else _interaction(payload)


def _of_json(payload: dict[str, Any]) -> Arrival | Greeting:
    kind = payload.get("type")
    if kind == "url_verification":
        return Greeting(_text(payload, "challenge"))
    if kind == "app_rate_limited":  # Slack tells that it holds events back; there is nothing to answer
        return Greeting()
    return _event(payload)


def _of_form(fields: dict[str, Any]) -> Arrival | Greeting:
    if "payload" in fields:
        return _interaction(_mapping(fields["payload"].encode(), "payload"))
    if fields.get("ssl_check") == "1":
        return Greeting()
    return _command(fields)


def _event(payload: dict[str, Any]) -> Arrival:
    event = payload.get("event")
    if payload.get("type") != "event_callback" or not isinstance(event, dict):
        raise RefusedError(400, "type must be event_callback, with the event in it.")
    _text(event, "type")
    return Arrival(f"event:{_text(payload, 'event_id')}", "event", _thread(payload, event), payload)


def _command(fields: dict[str, Any]) -> Arrival:
    _text(fields, "command")
    return Arrival(_key("command", fields), "command", None, fields)


def _interaction(payload: dict[str, Any]) -> Arrival:
    _text(payload, "type")
    return Arrival(_key("interaction", payload), "interaction", None, payload)


def _key(kind: str, payload: dict[str, Any]) -> str:
    """A command and a click have no id of their own but the trigger's; what has none is known by all that it says."""
    trigger = payload.get("trigger_id")
    if isinstance(trigger, str) and trigger:
        return f"{kind}:{payload.get('type', '')}:{trigger}"
    return f"{kind}:{hashlib.sha256(msgspec.json.encode(payload, order='deterministic')).hexdigest()}"


def _thread(payload: dict[str, Any], event: dict[str, Any]) -> str | None:
    channel, message = event.get("channel"), event.get("thread_ts") or event.get("ts")
    if not isinstance(channel, str) or not isinstance(message, str):
        return None
    return f"{payload.get('team_id')}:{channel}:{message}"


def _text(payload: dict[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise RefusedError(400, f"{name} must be a text.")
    return value


def _mapping(body: bytes, name: str) -> dict[str, Any]:
    try:
        payload = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError(400, f"{name} is not a JSON object.") from error
    return payload


def _form(body: bytes) -> dict[str, Any]:
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:  # also what is not ASCII, or not UTF-8 once it is unquoted
        raise RefusedError(400, "The body is not a form in UTF-8.") from error
    if len({name for name, _ in fields}) != len(fields):
        raise RefusedError(400, "A field of the form is there twice.")
    return dict(fields)
