"""What there is in the fake Slack: a workspace with people, channels, messages and views."""

import itertools
import secrets
import time
from typing import Any

from msgspec import Struct, field

from tests.web.slack.block_limits import check_blocks

BOT_TOKEN = "xoxb-1-fake"
APP_TOKEN = "xapp-1-fake"
TEAM, APP, BOT_USER, BOT = "T0001", "A0001", "UFOOTNOTE", "BFOOTNOTE"
PERSON, OTHER = "U0001", "U0002"
GENERAL, RANDOM, DIRECT = "C0001", "C0002", "D0001"
ELSEWHERE = "C0009"  # a channel that the bot was not invited to
LONGEST_TEXT = 4_000  # above this Slack may cut or refuse
_RESPONSES_OF_A_URL = 5
_RESPONSE_SECONDS = 30 * 60
_TRIGGER_SECONDS = 180.0  # 3 s at Slack; a machine that tests may be busy
_TICKS = itertools.count(1)


class RefusalError(Exception):
    """An answer of Slack's with `ok: false`. messages: what is wrong, as in `response_metadata`."""

    def __init__(self, error: str, messages: list[str] | None = None, status: int = 200) -> None:
        super().__init__(error, messages)
        self.error = error
        self.messages = messages or []
        self.status = status


class Said(Struct):
    """A message. only_for: the person who alone sees it, of one that is ephemeral. via: the method that said it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    only_for: str | None = None
    via: str = ""
    bot_id: str | None = None
    reactions: set[str] = field(default_factory=set)


class ResponseUrl(Struct):
    """A URL that an interaction or a command may be answered at."""

    channel: str
    user: str
    message_ts: str | None
    expires: float
    used: int = 0


class World:
    """One workspace. All of it is for reading by tests; they make things happen by `say` and the like."""

    def __init__(self, bot_token: str = BOT_TOKEN) -> None:
        self.url = ""
        self.bot_token = bot_token
        self.app_token = APP_TOKEN
        self.socket_url: str | None = None  # what apps.connections.open gives
        self.channels = {GENERAL: {BOT_USER, PERSON, OTHER}, RANDOM: {BOT_USER, PERSON}, ELSEWHERE: {PERSON}}
        self.channels[DIRECT] = {BOT_USER, PERSON}
        self.users = {PERSON, OTHER, BOT_USER}
        self.messages: list[Said] = []
        self.statuses: list[dict[str, Any]] = []
        self.prompts: list[dict[str, Any]] = []
        self.views: list[dict[str, Any]] = []
        self._triggers: dict[str, float] = {}
        self._spent: set[object] = set()
        self._response_urls: dict[str, ResponseUrl] = {}

    def posted(self, channel: str | None = None) -> list[Said]:
        """What the bot has said, oldest first, ephemeral messages too."""
        return [each for each in self.messages if each.bot_id and channel in (None, each.channel)]

    def tick(self) -> str:
        """A timestamp that no other message has, not even of another world."""
        return f"{int(time.time())}.{next(_TICKS):06d}"

    def say(self, channel: str, text: str, user: str = PERSON, thread_ts: str | None = None) -> Said:
        """A person says something."""
        said = Said(channel, self.tick(), user, text, thread_ts=thread_ts)
        self.messages.append(said)
        return said

    def trigger(self, seconds: float = _TRIGGER_SECONDS) -> str:
        """A trigger id that a view may be opened with, for so long."""
        made = secrets.token_hex(8)
        self._triggers[made] = time.monotonic() + seconds
        return made

    def response_url(self, channel: str, user: str = PERSON, message_ts: str | None = None) -> str:
        """As a command or an interaction has it."""
        made = secrets.token_hex(8)
        self._response_urls[made] = ResponseUrl(channel, user, message_ts, time.monotonic() + _RESPONSE_SECONDS)
        return f"{self.url}/response/{made}"

    def check_token(self, method: str, authorization: str, arguments: dict[str, Any]) -> None:
        """Raises RefusalError."""
        token = authorization.removeprefix("Bearer ") or arguments.pop("token", "")
        arguments.pop("token", None)
        if not token:
            raise RefusalError("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise RefusalError("invalid_auth")
        if (token == self.app_token) != (method == "apps.connections.open"):
            raise RefusalError("not_allowed_token_type")

    def channel(self, arguments: dict[str, Any], name: str = "channel") -> str:
        """The channel an argument names, one that the bot is in. Raises RefusalError."""
        given = arguments.get(name)
        if given not in self.channels:
            raise RefusalError("channel_not_found")
        if BOT_USER not in self.channels[given]:
            raise RefusalError("not_in_channel")
        return str(given)

    def message(self, channel: str, ts: object) -> Said:
        """Raises RefusalError."""
        for each in self.messages:
            if (each.channel, each.ts) == (channel, ts) and each.only_for is None:
                return each
        raise RefusalError("message_not_found")

    def spend_trigger(self, trigger: object) -> None:
        """Raises RefusalError: each is good once, and for three seconds."""
        expires = self._triggers.get(str(trigger))
        if expires is None:
            raise RefusalError("invalid_trigger_id")
        if trigger in self._spent:
            raise RefusalError("exchanged_trigger_id")
        if time.monotonic() > expires:
            raise RefusalError("expired_trigger_id")
        self._spent.add(trigger)

    def post(self, via: str, channel: str, arguments: dict[str, Any], only_for: str | None = None) -> Said:
        """The bot says something. Raises RefusalError for what Slack would not take."""
        text, blocks = checked(arguments)
        thread_ts = arguments.get("thread_ts")
        if thread_ts is not None and only_for is None:
            self.message(channel, thread_ts)
        said = Said(
            channel, self.tick(), BOT_USER, text, blocks, thread_ts, arguments.get("metadata"), only_for, via, BOT
        )
        self.messages.append(said)
        return said

    def respond(self, made: str, arguments: dict[str, Any]) -> None:
        """What was sent to a response URL. Raises RefusalError."""
        url = self._response_urls.get(made)
        if url is None or time.monotonic() > url.expires:
            raise RefusalError("expired_url", status=404)
        if url.used >= _RESPONSES_OF_A_URL:
            raise RefusalError("used_url", status=404)
        url.used += 1
        if arguments.get("delete_original"):
            self.messages = [each for each in self.messages if each.ts != url.message_ts]
            return
        if arguments.get("replace_original") and url.message_ts is not None:
            original = next(each for each in self.messages if each.ts == url.message_ts)
            original.text, original.blocks = checked(arguments)
            return
        only_for = None if arguments.get("response_type") == "in_channel" else url.user
        self.post("response_url", url.channel, arguments, only_for)


def checked(arguments: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The text and the blocks of a message. Raises RefusalError for what Slack would not take."""
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    if not isinstance(text, str) or not isinstance(blocks, list):
        raise RefusalError("invalid_arguments")
    if not text and not blocks:
        raise RefusalError("no_text")
    if len(text) > LONGEST_TEXT:
        raise RefusalError("msg_too_long")
    if wrong := check_blocks(blocks):
        raise RefusalError("invalid_blocks", wrong)
    return text, blocks
