"""The real Bolt app over a backend, talking to the fake Slack; what it hears is handed to it as the delivery does."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from tests.web.slack import payloads
from tests.web.slack.block_limits import Json
from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_world import BOT_TOKEN, GENERAL, PERSON, Said
from web.backend import Backend
from web.settings.settings import Settings
from web.settings.slack import ChannelSettings, SlackSettings
from web.slack.app import slack_app
from web.slack.inbox import Inbox

PAGE = "https://page.example"


class Steps:
    """ItemProgress in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, step: str) -> str | None:
        return self.kept.get(step)

    def put(self, step: str, value: str) -> None:
        self.kept[step] = value


class Talk:
    """One app for a test. `hear` and the like return when the listener has done its work, and raise what it does."""

    def __init__(
        self, fake: FakeSlack, backend: Backend, inbox: Inbox, channels: dict[str, ChannelSettings] | None = None
    ) -> None:
        self.fake = fake
        self.backend = backend
        self.database = inbox.database
        slack = SlackSettings(bot_token=BOT_TOKEN, api_url=fake.api_url, channels=channels or {})
        self.app = slack_app(backend, Settings(public_url=PAGE, slack=slack), inbox.database)
        self._failed: list[Exception] = []
        self._loop = asyncio.new_event_loop()
        self.app.error(self._note)

    @classmethod
    @contextmanager
    def over(
        cls, backend: Backend, folder: Path, channels: dict[str, ChannelSettings] | None = None
    ) -> Iterator["Talk"]:
        """Within it the fake Slack runs."""
        with FakeSlack().running() as fake, Inbox.open(folder / "slack.sqlite3") as inbox:
            talk = cls(fake, backend, inbox, channels)
            try:
                yield talk
            finally:
                talk._loop.close()

    def hear(self, body: Json, steps: Steps | None = None) -> BoltResponse:
        """Something that Slack sent arrives."""
        response: BoltResponse = self.run(self.dispatch(body, steps or Steps()))
        return response

    async def dispatch(self, body: Json, steps: Steps) -> BoltResponse:
        """The same, on the loop that `run` runs on."""
        request = AsyncBoltRequest(body=body, mode="socket_mode", context={"progress": steps})
        response = await self.app.async_dispatch(request)
        if self._failed:
            raise self._failed.pop()
        return response

    def mention(self, text: str, channel: str = GENERAL, **said: Any) -> Said:
        """Somebody mentions Footnote."""
        message = self.fake.say(channel, f"<@UFOOTNOTE> {text}", **said)
        self.hear(payloads.mention(message))
        return message

    def message(self, text: str, channel: str = GENERAL, **said: Any) -> Said:
        """Somebody writes a message that Slack tells the app of."""
        message = self.fake.say(channel, text, **said)
        self.hear(payloads.message(message))
        return message

    def command(self, text: str, channel: str = GENERAL, user: str = PERSON) -> None:
        """Somebody types `/ask text`."""
        self.hear(payloads.command(self.fake, text, channel, user))

    def press(self, said: Said, action_id: str, **given: Any) -> None:
        """Somebody uses a button or menu of a message."""
        self.hear(payloads.action(self.fake, said, element(said, action_id), **given))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)

    async def _note(self, error: Exception) -> None:
        self._failed.append(error)


def element(said: Said, action_id: str) -> Json:
    """The button or menu of a message that has that action."""
    rows = [each for each in said.blocks if each["type"] == "actions"]
    return next(each for row in rows for each in row["elements"] if each["action_id"] == action_id)


def labels(said: Said) -> list[str]:
    """What the buttons and menus of a message say."""
    rows = [each for each in said.blocks if each["type"] == "actions"]
    return [(each.get("text") or each["placeholder"])["text"] for row in rows for each in row["elements"]]


def shown(part: object) -> str:
    """All that blocks show, as a person reads it."""
    if isinstance(part, dict):
        own = part.get("text")
        text = own if isinstance(own, str) else shown(own)
        inner = "".join(shown(part[name]) for name in ("elements", "placeholder") if name in part)
        return text + inner + ("\n" if "elements" in part else "")
    return "".join(map(shown, part)) if isinstance(part, list | tuple) else ""
