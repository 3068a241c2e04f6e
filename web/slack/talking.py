"""Messages that are put to Footnote, and their answers in the thread."""

from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import QuestionError
from web.slack.asking import Asking
from web.slack.blocks import Message
from web.slack.channels import Channels
from web.slack.escaping import escaped
from web.slack.hearing import AddressedMessage, MessageFilter
from web.slack.help import HELP, OFF, is_help
from web.slack.inbox import ADDRESSED, ItemProgress
from web.slack.posting import Post
from web.slack.replies import reply_message
from web.slack.status import Status
from web.slack.threads import Threads


class Talking:
    """The listeners of `app_mention` and `message`."""

    def __init__(self, asking: Asking, channels: Channels, threads: Threads) -> None:
        self._asking = asking
        self._channels = channels
        self._threads = threads

    async def on_mention(self, event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Somebody names Footnote in a channel."""
        await self._answer(message_filter(context).from_mention(event), client, context["progress"])

    async def on_message(self, event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Somebody writes a direct message, or anything in a channel that Footnote is in."""
        if event.get("subtype"):  # of these some have no message of their own
            return
        hearing = message_filter(context)
        place = hearing.place(event)
        chosen = self._channels.chosen(place.channel)
        heard = hearing.from_message(event, chosen, takes_part=self._threads.takes_part(place))
        await self._answer(heard, client, context["progress"])

    async def _answer(self, heard: AddressedMessage | None, client: AsyncWebClient, progress: ItemProgress) -> None:
        if heard is None:
            return
        post = Post(client, heard.place, heard.key, heard.ts, progress)
        if await post.done():
            return
        if self._channels.chosen(heard.place.channel).off:
            await client.chat_postEphemeral(channel=heard.place.channel, user=heard.user, **OFF.arguments())
            return
        if heard.how == "unprompted":
            await self._answer_unprompted(heard, post, progress)
            return
        progress.put(ADDRESSED, "1")
        if is_help(heard.text):
            await post.send(HELP)
            return
        async with Status(client, heard.place, heard.ts):
            await self._post(heard, post, progress)

    async def _answer_unprompted(self, heard: AddressedMessage, post: Post, progress: ItemProgress) -> None:
        """Where it is sure enough; else nobody hears of it."""
        try:
            answers = await self._asking.would_answer(heard.place, heard.text)
        except QuestionError:
            return
        if answers:
            await self._post(heard, post, progress)

    async def _post(self, heard: AddressedMessage, post: Post, progress: ItemProgress) -> None:
        conversation_id = self._threads.conversation_id(heard.place)
        try:
            reply = await self._asking.ask(heard.place, heard.text, conversation_id, progress)
        except QuestionError as error:
            await post.send(Message(escaped(str(error))))
            return
        if heard.how == "unprompted" and not reply.answered:  # the documents have changed in between
            return
        self._threads.join(heard.place, conversation_id)
        await post.send(reply_message(reply, self._asking.links(heard.place)))


def message_filter(context: AsyncBoltContext) -> MessageFilter:
    """Who listens, as Slack says of the token."""
    authorized = context.authorize_result
    if authorized is None or authorized.team_id is None or authorized.bot_user_id is None:
        raise ValueError("a listener ran without authorization")
    return MessageFilter(authorized.team_id, authorized.bot_user_id)
