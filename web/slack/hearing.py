"""Which of the messages that Slack tells of are put to Footnote. All others it does not answer."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from web.settings.slack import ChannelSettings
from web.slack.escaping import mentions, question_of
from web.slack.places import Place

Event = Mapping[str, Any]
How = Literal["mention", "direct", "follow_up", "unprompted"]
_SLACKBOT = "USLACKBOT"
_FEWEST_WORDS = 3  # of a question that nobody put to it
_ENDS_ASKING = re.compile(r"[?？؟⁇][)\"'”’»\]\s]*\Z")
# Words that a request begins with where it has no question mark. What is said besides, as thanks, begins otherwise.
_BEGINS_ASKING = re.compile(
    r"\A\W*(?:(?:and|but|so|or|ok|okay|then|also)\W+)*"
    r"(?:who|whom|whose|what|which|when|where|why|how|what's|who's|tell|list|name|explain|describe|define|show|find|"
    r"give|compare|count|is|are|was|were|do|does|did|has|have|can|could|will|would|should)\b(?!\W*\Z)",
    re.IGNORECASE,
)


class Heard(Struct, frozen=True):
    """A message to be answered. text: out of Slack's markup. ts: the message itself; place: where the answer goes."""

    place: Place
    user: str
    ts: str
    text: str
    how: How

    @property
    def key(self) -> str:
        """The same whenever Slack tells of the message again."""
        return f"{self.place.channel}:{self.ts}"


class Ears(Struct, frozen=True):
    """Who listens. team, bot_user: Slack's ids of the workspace and of the bot."""

    team: str
    bot_user: str

    def place(self, event: Event) -> Place:
        """The thread of a message, or the one that it begins."""
        return Place(self.team, str(event["channel"]), str(event.get("thread_ts") or event["ts"]))

    def of_mention(self, event: Event) -> Heard | None:
        """Of `app_mention`. A direct message is told as a message, too, and heard there."""
        if self._is_noise(event) or str(event["channel"]).startswith("D"):
            return None
        return self._heard(event, "mention")

    def of_message(self, event: Event, chosen: ChannelSettings, *, takes_part: bool) -> Heard | None:
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
            return self._heard(event, "follow_up") if takes_part and is_asking(text) else None
        return self._heard(event, "unprompted") if chosen.unprompted and is_plainly_asking(text) else None

    def _is_noise(self, event: Event) -> bool:
        """Bots, itself, edits, and all that is no message of a person."""
        of_program = any(event.get(each) for each in ("bot_id", "bot_profile", "app_id"))
        changed = any(event.get(each) for each in ("subtype", "edited", "hidden"))
        return of_program or changed or event.get("user") in (None, "", _SLACKBOT, self.bot_user)

    def _heard(self, event: Event, how: How) -> Heard:
        said = question_of(str(event.get("text", "")))
        return Heard(self.place(event), str(event["user"]), str(event["ts"]), said, how)


def is_asking(text: str) -> bool:
    """Whether a message in a thread of Footnote's asks something, rather than to say thanks."""
    said = question_of(text)
    return bool(_ENDS_ASKING.search(said) or _BEGINS_ASKING.match(said))


def is_plainly_asking(text: str) -> bool:
    """Whether a message that is put to nobody is a question: with a question mark at its end, and of a few words."""
    said = question_of(text)
    return bool(_ENDS_ASKING.search(said)) and len(said.split()) >= _FEWEST_WORDS
