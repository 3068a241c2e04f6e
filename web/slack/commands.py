"""`/ask`: a question whose answer only the requester sees, the settings of a channel, and help."""

import asyncio
import hashlib
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import QuestionError
from qa.types import Reply
from web.slack.asking import Asking
from web.slack.blocks import Message
from web.slack.channels import Channels
from web.slack.escaping import escaped, question_of
from web.slack.help import HELP, OFF, is_help
from web.slack.inbox import ItemProgress
from web.slack.modal import settings_view
from web.slack.places import SlackThread
from web.slack.posting import Answering
from web.slack.replies import reply_message
from web.slack.talking import message_filter

NAME = "/ask"
SETTINGS = "settings"
_SECONDS_UNTIL_SAID = 2.5
_READING = Message("Reading the documents…")
_TOO_LATE = Message("Slack waits three seconds for the settings, and it took longer. Type /ask settings once more.")
_TRIGGERS_SPENT = ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id")
_DONE, _SAID = "answered", "said"


class Commands:
    """The listener of `/ask`."""

    def __init__(self, asking: Asking, channels: Channels) -> None:
        self._asking = asking
        self._channels = channels

    async def on_ask(
        self, ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        """Somebody types `/ask` and perhaps more."""
        await ack()
        progress: ItemProgress = context["progress"]
        if progress.get(_DONE):
            return
        place = SlackThread(message_filter(context).team, str(command["channel_id"]))
        answering = Answering(str(command["response_url"]))
        text = question_of(str(command.get("text", "")))
        if text.casefold() == SETTINGS:
            await self._open_settings(place, command, client, answering)
        elif not text or is_help(text):
            await answering.tell(HELP)
        elif self._channels.chosen(place.channel).off:
            await answering.tell(OFF)
        else:
            await answering.tell(await self._answer(place, text, command, answering, progress))
        progress.put(_DONE, "1")

    async def _answer(
        self, place: SlackThread, text: str, command: dict[str, Any], answering: Answering, progress: ItemProgress
    ) -> Message:
        conversation_id = hashlib.sha256(f"{place.requester_name}:{command['trigger_id']}".encode()).hexdigest()[:32]
        asked = asyncio.ensure_future(self._asking.ask(place, text, conversation_id, progress))
        try:
            await self._say_if_slow(asked, answering, progress)
            reply = await asked
        except QuestionError as error:
            return Message(escaped(str(error)))
        finally:
            asked.cancel()
        shareable = not place.channel.startswith("D")
        return reply_message(reply, self._asking.links(place), asked_by="You", shareable=shareable)

    async def _say_if_slow(self, asked: asyncio.Future[Reply], answering: Answering, progress: ItemProgress) -> None:
        done, _ = await asyncio.wait((asked,), timeout=_SECONDS_UNTIL_SAID)
        if not done and not progress.get(_SAID):
            progress.put(_SAID, "1")
            await answering.tell(_READING)

    async def _open_settings(
        self, place: SlackThread, command: dict[str, Any], client: AsyncWebClient, answering: Answering
    ) -> None:
        view = settings_view(place.channel, self._channels, str(command["response_url"]))
        try:
            await client.views_open(trigger_id=str(command["trigger_id"]), view=view)
        except SlackApiError as error:
            if error.response.get("error") not in _TRIGGERS_SPENT:
                raise
            await answering.tell(_TOO_LATE)
