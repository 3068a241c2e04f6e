"""What holds in a channel, by the file and by what was chosen in Slack."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from tests.web.slack.fake_world import GENERAL, RANDOM
from web.settings.settings import load
from web.settings.slack import ChannelSettings
from web.slack.channels import Channels
from web.slack.inbox import Inbox
from web.slack.places import SlackThread
from web.slack.threads import Threads


def test_what_was_chosen_stands_over_the_file_and_outlives_the_process(tmp_path: Path) -> None:
    filed = {
        "default": ChannelSettings(max_sentences=2),
        RANDOM: ChannelSettings(sources=("a/*",), unprompted=True),
    }
    with Inbox.open(tmp_path / "slack.sqlite3") as inbox:
        channels = Channels(inbox.database, filed)
        assert channels.chosen(GENERAL) == ChannelSettings(max_sentences=2)
        assert channels.chosen(RANDOM) == ChannelSettings(unprompted=True)
        assert (channels.visible(RANDOM), channels.visible(GENERAL)) == (("a/*",), ())
        channels.change(RANDOM, ChannelSettings(sources=("b/*",), off=True), "U1")
    with Inbox.open(tmp_path / "slack.sqlite3") as inbox:
        channels = Channels(inbox.database, filed)
        assert channels.chosen(RANDOM) == ChannelSettings(sources=("b/*",), off=True)
        assert channels.visible(RANDOM) == ("a/*",)
        change = channels.changed(RANDOM)
        assert change is not None
        assert change.user == "U1"
        assert channels.changed(GENERAL) is None


@pytest.mark.parametrize(
    "table",
    [
        '[slack.channels."#general"]\noff = true',
        "[slack.channels.C1]\nof = true",
        "[slack.channels.C12345]\nmax_sentences = 6",
        '[slack.channels.C12345]\nsources = [""]',
        '[slack]\nchannels = "C12345"',
    ],
)
def test_a_table_that_is_not_right_is_named(table: str, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text(table)
    with pytest.raises(SettingsError, match=r"slack\.channels .*\[slack\.channels\.<channel id>\]"):
        load({}, {}, tmp_path)


def test_a_thread_is_one_conversation_wherever_it_began(tmp_path: Path) -> None:
    place, other = SlackThread("T1", GENERAL, "1.0"), SlackThread("T1", GENERAL, "2.0")
    assert len({place.conversation_id, other.conversation_id, SlackThread("T2", GENERAL, "1.0").conversation_id}) == 3
    with Inbox.open(tmp_path / "slack.sqlite3") as inbox:
        threads = Threads(inbox.database)
        assert not threads.takes_part(place)
        threads.join(place, place.conversation_id)
        threads.join(other, "shared", "reply")
        threads.join(other, "later")
        assert threads.takes_part(place)
        assert (threads.conversation_id(place), threads.conversation_id(other)) == (place.conversation_id, "shared")
        assert (threads.was_shared(GENERAL, "reply"), threads.was_shared(RANDOM, "reply")) == (True, False)
        assert [threads.welcome("D1"), threads.welcome("D1"), threads.welcome("D2")] == [True, False, True]
