"""What is put to Footnote and what is not."""

from typing import Any

import pytest

from tests.web.slack.fake_world import BOT, BOT_USER, DIRECT, GENERAL, PERSON, TEAM
from web.settings.slack import ChannelSettings
from web.slack.hearing import MessageFilter

FILTER = MessageFilter(TEAM, BOT_USER)
QUIET, UNPROMPTED, OFF = ChannelSettings(), ChannelSettings(unprompted=True), ChannelSettings(off=True)


def event(text: str = "Who went to Beijing?", **more: Any) -> dict[str, Any]:
    return {"channel": GENERAL, "channel_type": "channel", "user": PERSON, "text": text, "ts": "2.0", **more}


NOISE: list[dict[str, Any]] = [
    {"subtype": "message_changed"},
    {"subtype": "message_deleted", "hidden": True},
    {"subtype": "channel_join"},
    {"subtype": "thread_broadcast"},
    {"edited": {"user": PERSON, "ts": "3.0"}},
    {"bot_id": BOT},
    {"bot_id": "BOTHER", "user": "UOTHERBOT"},
    {"bot_profile": {"id": "BOTHER"}},
    {"app_id": "A0002"},
    {"user": BOT_USER},
    {"user": "USLACKBOT"},
    {"user": None},
]


@pytest.mark.parametrize("noise", NOISE, ids=str)
def test_bots_itself_edits_and_subtypes_are_not_answered(noise: dict[str, Any]) -> None:
    assert FILTER.from_mention(event(**noise)) is None
    for kind in ("im", "channel"):
        said = event(thread_ts="1.0", channel_type=kind, **noise)
        assert FILTER.from_message(said, UNPROMPTED, takes_part=True) is None


def test_a_mention_is_answered_in_its_thread_or_begins_one() -> None:
    heard = FILTER.from_mention(event(f"<@{BOT_USER}> who went?"))
    assert heard is not None
    assert (heard.text, heard.place.thread_ts, heard.how, heard.key) == (
        "who went?",
        "2.0",
        "mention",
        f"{GENERAL}:2.0",
    )
    again = FILTER.from_mention(event(f"<@{BOT_USER}> who went?", thread_ts="1.0"))
    assert again is not None
    assert again.place.thread_ts == "1.0"


def test_no_message_is_heard_twice() -> None:
    """What names the bot comes as a mention; a direct message as a message."""
    named = event(f"<@{BOT_USER}> who went?", thread_ts="1.0")
    assert FILTER.from_message(named, UNPROMPTED, takes_part=True) is None
    direct = event(f"<@{BOT_USER}> who went?", channel=DIRECT, channel_type="im")
    assert FILTER.from_mention(direct) is None
    heard = FILTER.from_message(direct, QUIET, takes_part=False)
    assert heard is not None
    assert heard.how == "direct"


@pytest.mark.parametrize(
    ("chosen", "thread_ts", "takes_part", "how"),
    [
        (QUIET, None, False, None),
        (QUIET, "1.0", False, None),
        (QUIET, "1.0", True, "follow_up"),
        (QUIET, "2.0", True, None),  # the message that a thread begins with is none of its replies
        (UNPROMPTED, None, False, "unprompted"),
        (UNPROMPTED, "1.0", False, None),  # people talk to each other there
        (OFF, "1.0", True, None),
    ],
)
def test_elsewhere_only_follow_ups_and_where_wanted_questions(
    chosen: ChannelSettings, thread_ts: str | None, takes_part: bool, how: str | None
) -> None:
    said = event(**({"thread_ts": thread_ts} if thread_ts else {}))
    heard = FILTER.from_message(said, chosen, takes_part=takes_part)
    assert (heard.how if heard else None) == how


def test_what_is_put_to_somebody_else_is_left_to_them() -> None:
    said = event("<@U0002> who went to Beijing?", thread_ts="1.0")
    assert FILTER.from_message(said, UNPROMPTED, takes_part=True) is None
    assert FILTER.from_message(event("<!here> who went to Beijing?"), UNPROMPTED, takes_part=False) is None


@pytest.mark.parametrize(
    ("said", "asks", "plainly"),
    [
        ("Who was sent to China in May?", True, True),
        ("and in 2024?", True, True),
        ("why?", True, False),
        ("and where", False, False),
        ("And what about the trade", True, False),
        ("what did Abe say of it", True, False),
        ("list the areas of cooperation", True, False),
        ("Thanks!", False, False),
        ("thank you, that is what I needed", False, False),
        ("I think so.", False, False),
        ("Is that so? I did not know.", True, False),
        ("谁去了中国？", True, False),
        ("(who went to Beijing?)", True, True),
        ("https://x.example/?q=1", False, False),
        ("", False, False),
    ],
)
def test_asking_is_told_from_other_talk(said: str, asks: bool, plainly: bool) -> None:
    in_thread = FILTER.from_message(event(said, thread_ts="1.0"), QUIET, takes_part=True)
    unprompted = FILTER.from_message(event(said), UNPROMPTED, takes_part=False)
    assert (in_thread is not None, unprompted is not None) == (asks, plainly)
