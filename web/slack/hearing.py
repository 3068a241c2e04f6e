"""Which of the messages that Slack tells of are put to Footnote. All others it does not answer."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from qa.language.asking import is_plain_question, is_question
from web.settings.slack import ChannelSettings
from web.slack.escaping import mentions, question_of
from web.slack.places import SlackThread

Event = Mapping[str, Any]
How = Literal["mention", "direct", "follow_up", "unprompted"]
_SLACKBOT = "USLACKBOT"


class AddressedMessage(Struct, frozen=True):
    """A message to be answered. text: out of Slack's markup. ts: the message itself; place: where the answer goes."""

    place: SlackThread
    user: str
    ts: str
    text: str
    how: How

    @property
    def key(self) -> str:
        """The same whenever Slack tells of the message again."""
        return f"{self.place.channel}:{self.ts}"


class MessageFilter(Struct, frozen=True):
    """Who listens. team, bot_user: Slack's ids of the workspace and of the bot."""

    team: str
    bot_user: str

    def place(self, event: Event) -> SlackThread:
        """The thread of a message, or the one that it begins."""
        return SlackThread(self.team, str(event["channel"]), str(event.get("thread_ts") or event["ts"]))

    def from_mention(self, event: Event) -> AddressedMessage | None:
        """Of `app_mention`. A direct message is told as a message, too, and heard there."""
        if self._is_noise(event) or str(event["channel"]).startswith("D"):
            return None
        return self._heard(event, "mention")

    def from_message(self, event: Event, chosen: ChannelSettings, *, takes_part: bool) -> AddressedMessage | None:
        """Of `message`. takes_part: whether something was answered in its thread."""
        if self._is_noise(event):
            return None
        if event.get("channel_type") == "im":
            return self._heard(event, "direct")
        text = str(event.get("text", ""))
        if chosen.off or mentions(text):  # what mentions the bot comes as a mention, and other people are not it
            return None
        in_thread = event.get("thread_ts") not in (None, event.get("ts"))
        if in_thread:
            return self._heard(event, "follow_up") if takes_part and is_question(question_of(text)) else None
        return self._heard(event, "unprompted") if chosen.unprompted and is_plain_question(question_of(text)) else None

    def _is_noise(self, event: Event) -> bool:
        """Bots, itself, edits, and all that is no message of a person."""
        of_program = any(event.get(each) for each in ("bot_id", "bot_profile", "app_id"))
        changed = any(event.get(each) for each in ("subtype", "edited", "hidden"))
        return of_program or changed or event.get("user") in (None, "", _SLACKBOT, self.bot_user)

    def _heard(self, event: Event, how: How) -> AddressedMessage:
        said = question_of(str(event.get("text", "")))
        return AddressedMessage(self.place(event), str(event["user"]), str(event["ts"]), said, how)
