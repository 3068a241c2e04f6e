"""Suggested questions in the Messages tab: such as the documents are known to answer."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from web.slack.asking import Asking
from web.slack.blocks import Message, actions, button, section
from web.slack.buttons import place_of, value_of
from web.slack.escaping import escaped, escaped_to
from web.slack.places import SlackThread
from web.slack.posting import Post
from web.slack.replies import reply_message
from web.slack.status import Status
from web.slack.talking import message_filter
from web.slack.threads import Threads

PROMPT = "footnote_prompt_"  # and its number: action ids of one message differ
_MOST = 4  # that Slack shows
_LONGEST_TITLE = 75
_SECONDS = 5.0  # to wait for suggestions
_TITLE = "Questions that the documents answer"
_WELCOME = "Ask me anything that the documents may hold. For example:"


class Welcome:
    """The listeners of the Messages tab being opened, and of the questions suggested there."""

    def __init__(self, asking: Asking, threads: Threads) -> None:
        self._asking = asking
        self._threads = threads

    async def on_opened(self, event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Somebody opens the app; of its tabs only the one with messages matters."""
        if event.get("tab") == "messages":
            await self._suggest(SlackThread(message_filter(context).team, str(event["channel"])), client)

    async def on_thread_started(self, event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Somebody begins a thread in the assistant's own view."""
        thread = event["assistant_thread"]
        await self._suggest(
            SlackThread(message_filter(context).team, str(thread["channel_id"]), str(thread["thread_ts"])), client
        )

    async def on_prompt(
        self,
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
    ) -> None:
        """Somebody presses a suggested question: it is answered in the thread of the welcome."""
        await ack()
        pressed = place_of(body, context)
        place = SlackThread(pressed.team, pressed.channel, pressed.thread_ts or str(body["container"]["message_ts"]))
        at = str(action["action_ts"])
        post = Post(client, place, f"{place.channel}:{at}", at, context["progress"])
        if await post.done():
            return
        own = SlackThread(place.team, place.channel, at)  # suggestions stand each by itself
        async with Status(client, place, place.thread_ts or ""):
            reply = await self._asking.ask(place, value_of(action), own.conversation_id, context["progress"])
            await post.send(reply_message(reply, self._asking.links(place), asked_by="You"))

    async def _suggest(self, place: SlackThread, client: AsyncWebClient) -> None:
        questions = await self._questions(place)
        if not questions:
            return
        prompts = [{"title": escaped_to(each, _LONGEST_TITLE), "message": escaped(each)} for each in questions]
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=place.channel, thread_ts=place.thread_ts, title=_TITLE, prompts=prompts
            )
        except SlackApiError as error:
            if error.response.get("error") == "ratelimited":
                raise
            await self._welcome(place, questions, client)

    async def _welcome(self, place: SlackThread, questions: tuple[str, ...], client: AsyncWebClient) -> None:
        """Where Slack shows no prompts of this app: a message, once."""
        if place.thread_ts is not None or not self._threads.welcome(place.channel):
            return
        rows = [
            actions(button(escaped_to(each, _LONGEST_TITLE), f"{PROMPT}{at}", each))
            for at, each in enumerate(questions)
        ]
        message = Message(escaped(_WELCOME), (section(_WELCOME), *rows))
        await client.chat_postMessage(channel=place.channel, **message.arguments())

    async def _questions(self, place: SlackThread) -> tuple[str, ...]:
        search = await self._asking.backend(place).read(lambda service: service.first_questions())
        searches = self._asking.searches(place)
        if searches is not None:
            await searches.completed(search, _SECONDS)
        return search.known.questions[:_MOST]
