"""The fake Slack refuses what Slack refuses: else the tests over it would show nothing."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.web.slack import payloads
from tests.web.slack.block_limits import Json, check_blocks, check_view
from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_world import BOT_TOKEN, ELSEWHERE, GENERAL, PERSON

Work = Callable[[AsyncWebClient], Coroutine[Any, Any, Any]]
TEXT = {"type": "plain_text", "text": "x"}
BUTTON = {"type": "button", "text": TEXT, "action_id": "a", "value": "v"}
QUOTE = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]}


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack().running() as running:
        yield running


def refused(fake: FakeSlack, work: Work, token: str = BOT_TOKEN) -> str:
    async def run() -> None:
        await work(AsyncWebClient(token, base_url=fake.api_url))

    with pytest.raises(SlackApiError) as refusal:
        asyncio.run(run())
    return str(refusal.value.response["error"])


REFUSALS: list[tuple[str, Work]] = [
    ("channel_not_found", lambda client: client.chat_postMessage(channel="C9999", text="x")),
    ("not_in_channel", lambda client: client.chat_postMessage(channel=ELSEWHERE, text="x")),
    ("no_text", lambda client: client.api_call("chat.postMessage", json={"channel": GENERAL})),
    ("msg_too_long", lambda client: client.chat_postMessage(channel=GENERAL, text="x" * 4001)),
    ("message_not_found", lambda client: client.chat_postMessage(channel=GENERAL, text="x", thread_ts="1.0")),
    ("user_not_found", lambda client: client.chat_postEphemeral(channel=GENERAL, user="U9", text="x")),
    ("message_not_found", lambda client: client.reactions_add(channel=GENERAL, timestamp="1.0", name="eyes")),
    ("message_not_found", lambda client: client.conversations_replies(channel=GENERAL, ts="1.0")),
    ("message_not_found", lambda client: client.chat_update(channel=GENERAL, ts="1.0", text="x")),
    ("invalid_blocks", lambda client: client.chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "x"}])),
    ("unknown_method", lambda client: client.users_list()),
]


@pytest.mark.parametrize(("error", "work"), REFUSALS)
def test_what_slack_refuses_is_refused(fake: FakeSlack, error: str, work: Work) -> None:
    assert refused(fake, work) == error
    assert fake.posted() == []


def test_a_token_is_needed_and_the_right_one(fake: FakeSlack) -> None:
    assert refused(fake, lambda client: client.auth_test(), "xoxb-other") == "invalid_auth"
    assert refused(fake, lambda client: client.auth_test(), fake.app_token) == "not_allowed_token_type"
    assert refused(fake, lambda client: client.auth_test(), "") == "not_authed"


def test_a_trigger_is_good_once_and_for_three_seconds(fake: FakeSlack) -> None:
    view = {"type": "modal", "title": TEXT, "blocks": [{"type": "section", "text": TEXT}]}
    trigger = fake.trigger()

    async def open_view(client: AsyncWebClient, trigger_id: str) -> None:
        await client.views_open(trigger_id=trigger_id, view=view)

    asyncio.run(open_view(AsyncWebClient(BOT_TOKEN, base_url=fake.api_url), trigger))
    assert refused(fake, lambda client: open_view(client, trigger)) == "exchanged_trigger_id"
    assert refused(fake, lambda client: open_view(client, "1.2.3")) == "invalid_trigger_id"
    late = fake.trigger(seconds=-1)
    assert refused(fake, lambda client: open_view(client, late)) == "expired_trigger_id"


def test_it_asks_to_wait_and_breaks_down_as_told(fake: FakeSlack) -> None:
    async def post(client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=GENERAL, text="x")

    fake.limit("chat.postMessage", 7)
    assert refused(fake, post) == "ratelimited"
    assert fake.calls[-1].status == 429
    fake.break_down("chat.postMessage", after=True)
    assert refused(fake, post) == "internal_error"
    assert len(fake.posted()) == 1


WRONG: list[list[Json]] = [
    [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3_001}}],
    [{"type": "section", "text": {"type": "plain_text", "text": ""}}],
    [{"type": "section", "text": {**TEXT, "verbatim": True}}],
    [{"type": "section"}],
    [{"type": "divider"}] * 51,
    [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3_000}}] * 5,
    [{"type": "context", "elements": [TEXT] * 11}],
    [{"type": "context", "elements": []}],
    [{"type": "actions", "elements": [BUTTON, BUTTON]}],
    [{"type": "actions", "elements": [{**BUTTON, "value": "x" * 2_001}]}],
    [{"type": "actions", "elements": [{**BUTTON, "text": {"type": "plain_text", "text": "x" * 76}}]}],
    [{"type": "actions", "elements": [{**BUTTON, "text": {"type": "mrkdwn", "text": "x"}}]}],
    [{"type": "rich_text", "elements": [{**QUOTE, "elements": [{"type": "text", "text": "x" * 3_001}]}]}],
    [{"type": "rich_text", "elements": [{**QUOTE, "elements": [{"type": "text", "text": ""}]}]}],
    [{"type": "rich_text", "elements": [{**QUOTE, "elements": [{"type": "link", "url": "/a", "text": "x"}]}]}],
    [{"type": "rich_text", "elements": []}],
    [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
    [{"type": "input", "label": TEXT, "element": {"type": "plain_text_input", "action_id": "a"}}],
]


@pytest.mark.parametrize("blocks", WRONG, ids=lambda blocks: str(blocks)[:60])
def test_blocks_over_a_limit_or_misshapen_are_told(blocks: list[Json]) -> None:
    assert check_blocks(blocks)


def test_blocks_and_views_as_slack_has_them_are_taken() -> None:
    blocks: list[Json] = [
        {"type": "section", "text": TEXT},
        {"type": "rich_text", "elements": [QUOTE]},
        {"type": "context", "elements": [TEXT] * 10},
        {"type": "actions", "elements": [BUTTON]},
    ]
    assert check_blocks(blocks) == []
    field: Json = {"type": "input", "label": TEXT, "element": {"type": "plain_text_input", "action_id": "a"}}
    assert check_view({"type": "modal", "title": TEXT, "submit": TEXT, "blocks": [field]}) == []
    assert check_view({"type": "modal", "title": TEXT, "blocks": [field]}) != []


def test_signed_bodies_are_slacks(fake: FakeSlack) -> None:
    for payload in (payloads.mention(fake.say(GENERAL, "x")), payloads.command(fake, "x", GENERAL, PERSON)):
        body, kind = payloads.as_body(payload)
        headers = payloads.signed(body, kind)
        assert SignatureVerifier(payloads.SIGNING_SECRET).is_valid_request(body, headers)
        assert not SignatureVerifier("another").is_valid_request(body, headers)
