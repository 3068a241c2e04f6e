"""Where in Slack something is said and heard, and the addresses on the web page that messages link to."""

import hashlib

from msgspec import Struct

from qa.types import Citation, Reply, RetrievedPassage


class SlackThread(Struct, frozen=True):
    """A thread, or the message it would begin with. team: the workspace of the app. thread_ts: None for a command."""

    team: str
    channel: str
    thread_ts: str | None = None

    @property
    def requester_name(self) -> str:
        """Whose conversations are had there: the channel's, whoever writes in it."""
        return f"slack:{self.team}:{self.channel}"

    @property
    def conversation_id(self) -> str:
        """Of the thread, always the same. It says nothing of Slack's ids."""
        return hashlib.sha256(f"{self.requester_name}:{self.thread_ts}".encode()).hexdigest()[:32]


class Links(Struct, frozen=True):
    """Absolute addresses. base: of the page, without a slash at its end."""

    base: str

    def to(self, place: Citation | RetrievedPassage) -> str:
        """The source, with the words marked."""
        return self.base + place.url

    def to_reply(self, reply: Reply) -> str:
        """The whole answer."""
        return f"{self.base}/answers/{reply.id}"
