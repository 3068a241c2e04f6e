"""What Slack sends: events, commands and interactions, as the bodies that arrive."""

import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_world import APP, BOT_USER, DIRECT, PERSON, TEAM, Said

Json = dict[str, Any]
SIGNING_SECRET = "a signing secret of the fake"
EVENTS_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"


def event(inner: Json, event_id: str | None = None) -> Json:
    """The envelope of the Events API round an event."""
    return {
        "token": "unused",
        "team_id": TEAM,
        "api_app_id": APP,
        "type": "event_callback",
        "event_id": event_id or f"Ev{secrets.token_hex(6)}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}],
        "event": inner,
    }


def mention(said: Said) -> Json:
    """`app_mention` of what a person said."""
    return event({**_message(said), "type": "app_mention"})


def message(said: Said, **more: object) -> Json:
    """`message.channels` or `message.im` of what a person said; `more` goes into the event, as a subtype does."""
    kind = "im" if said.channel == DIRECT else "channel"
    return event({**_message(said), "type": "message", "channel_type": kind, **more})


def command(fake: FakeSlack, text: str, channel: str, user: str = PERSON) -> Json:
    """The form of `/ask text`."""
    return {
        "token": "unused",
        "team_id": TEAM,
        "api_app_id": APP,
        "channel_id": channel,
        "user_id": user,
        "command": "/ask",
        "text": text,
        "trigger_id": fake.trigger(),
        "response_url": fake.response_url(channel, user),
    }


def action(fake: FakeSlack, said: Said, element: Json, user: str = PERSON, **given: object) -> Json:
    """`block_actions` of somebody who used an element of a message. given: as `selected_option`."""
    used = {name: element[name] for name in ("type", "action_id", "value") if name in element}
    ephemeral = said.only_for is not None
    return {
        "type": "block_actions",
        "api_app_id": APP,
        "token": "unused",
        "team": {"id": TEAM, "domain": "fake"},
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": fake.trigger(),
        "response_url": fake.response_url(said.channel, user, said.ts),
        "channel": {"id": said.channel, "name": "general"},
        "container": {
            "type": "message",
            "message_ts": said.ts,
            "channel_id": said.channel,
            "is_ephemeral": ephemeral,
            **({"thread_ts": said.thread_ts} if said.thread_ts else {}),
        },
        "actions": [{**used, "block_id": "b", "action_ts": fake.tick(), **given}],
        **({} if ephemeral else {"message": {"ts": said.ts, "text": said.text, "blocks": said.blocks}}),
    }


def submission(view: Json, values: Json, user: str = PERSON) -> Json:
    """`view_submission` of a view that was opened; values: by block and action."""
    return {
        "type": "view_submission",
        "api_app_id": APP,
        "token": "unused",
        "team": {"id": TEAM, "domain": "fake"},
        "user": {"id": user, "team_id": TEAM},
        "view": {**view, "state": {"values": values}},
    }


def as_body(payload: Json) -> tuple[bytes, str]:
    """The body as Slack sends it over HTTP, and its content type."""
    if payload.get("type") == "event_callback":
        return json.dumps(payload).encode(), EVENTS_TYPE
    if "command" in payload:
        return urlencode(payload).encode(), FORM_TYPE
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE


def signed(body: bytes, content_type: str, secret: str = SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    """The headers of a request that Slack signed at that time (now if None)."""
    timestamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature or "",
    }


def _message(said: Said) -> Json:
    inner: Json = {
        "user": said.user,
        "text": said.text,
        "ts": said.ts,
        "event_ts": said.ts,
        "channel": said.channel,
        "team": TEAM,
    }
    return {**inner, "thread_ts": said.thread_ts} if said.thread_ts else inner
