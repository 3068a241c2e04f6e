"""The manifests of docs/slack: they ask for what the app uses and for nothing else."""

from typing import Any

import pytest
import yaml

from tests.paths import ROOT
from tests.web.slack.fake_methods import METHODS
from web.slack.commands import NAME
from web.slack.events import PATH

FOLDER = ROOT / "docs" / "slack"
# What Slack documents that each method and event needs of a bot.
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "assistant.threads.setStatus": "chat:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "conversations.replies": "channels:history",
    "conversations.history": "channels:history",
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "/ask": "commands",
    "include_all_metadata": "metadata.message:read",
}
NO_SCOPE = {"auth.test", "apps.connections.open", "views.open", "app_home_opened"}
OF_THE_FAKE_ALONE = {"chat.update", "chat.delete"}


def manifest(kind: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / f"manifest-{kind}.yaml").read_text()))


@pytest.mark.parametrize("kind", ["http", "socket"])
def test_a_manifest_asks_for_the_scopes_of_what_the_app_does(kind: str) -> None:
    made = manifest(kind)
    events = made["settings"]["event_subscriptions"]["bot_events"]
    used = {*METHODS, *events, NAME, "include_all_metadata"} - NO_SCOPE - OF_THE_FAKE_ALONE
    assert used == set(SCOPES)
    assert made["oauth_config"]["scopes"]["bot"] == sorted({SCOPES[each] for each in used})
    assert made["settings"]["interactivity"]["is_enabled"]
    assert [each["command"] for each in made["features"]["slash_commands"]] == [NAME]
    assert len(made["display_information"]["description"]) <= 140
    assert made["features"]["app_home"]["messages_tab_enabled"]
    assert not made["features"]["app_home"]["messages_tab_read_only_enabled"]


def test_only_the_ways_in_differ() -> None:
    http, socket = manifest("http"), manifest("socket")
    addresses = [
        http["settings"]["event_subscriptions"].pop("request_url"),
        http["settings"]["interactivity"].pop("request_url"),
        http["features"]["slash_commands"][0].pop("url"),
    ]
    assert addresses == [f"https://footnote.example.com{PATH}"] * 3
    assert http["settings"].pop("socket_mode_enabled") is False
    assert socket["settings"].pop("socket_mode_enabled") is True
    assert http == socket


def test_the_guide_has_its_pictures_and_they_are_small() -> None:
    guide = (FOLDER.parent / "slack.md").read_text()
    pictures = sorted((FOLDER.parent / "images").glob("slack-*.png"))
    assert [each.name for each in pictures if f"](images/{each.name})" not in guide] == []
    assert guide.count("](images/slack-") == len(pictures) >= 6
    assert max(each.stat().st_size for each in pictures) < 250_000
