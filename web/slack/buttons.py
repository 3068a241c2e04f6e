"""What the buttons under an answer do. Only the one who pressed sees what comes of it, but for what is shared."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import NotFoundError
from qa.conversations.feedback import FeedbackError, FeedbackKind
from qa.types import Reply
from web.slack.asking import Asking
from web.slack.blocks import Message
from web.slack.inbox import ItemProgress
from web.slack.passages import context_message, nearest_message, surroundings
from web.slack.places import SlackThread
from web.slack.posting import Answering, Post
from web.slack.replies import HELPFUL, MORE_CONTEXT, NEAREST_PASSAGES, NOT_HELPFUL, WRONG_CITATION, reply_message
from web.slack.talking import message_filter
from web.slack.threads import Threads

_KINDS: dict[str, FeedbackKind] = {
    HELPFUL: "helpful",
    NOT_HELPFUL: "not_helpful",
    WRONG_CITATION: "wrong_citation",
}
_THANKS = {
    "helpful": "Thank you: it is noted that this answer helped.",
    "not_helpful": "Thank you: it is noted that this answer did not help.",
    "wrong_citation": "Thank you: it is noted that citation [{}] is wrong.",
}
_FORGOTTEN = Message("This answer is no longer kept: ask again.")
_SHARED = Message("It is shared with the channel.")
_NOT_A_MEMBER = ("not_in_channel", "channel_not_found", "is_archived")


class Buttons:
    """The listeners of the buttons under answers."""

    def __init__(self, asking: Asking, threads: Threads) -> None:
        self._asking = asking
        self._threads = threads

    async def on_feedback(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext
    ) -> None:
        """Somebody says how an answer was."""
        await ack()
        kind = _KINDS[str(action["action_id"])]
        reply_id, _, number = value_of(action).partition(":")
        citation = int(number) if number.isdigit() else None
        answering = answering_of(body)
        try:
            await self._asking.backend(place_of(body, context)).read(
                lambda service: service.give_feedback(reply_id, kind, citation, surface="slack")
            )
        except (NotFoundError, FeedbackError):
            await answering.tell(_FORGOTTEN)
            return
        await answering.tell(Message(_THANKS[kind].format(citation)))

    async def on_passages(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext
    ) -> None:
        """Somebody wants to see what stands around an answer, or what came nearest to one."""
        await ack()
        place, answering = place_of(body, context), answering_of(body)
        try:
            reply = await self._asking.past(place, value_of(action))
        except NotFoundError:
            await answering.tell(_FORGOTTEN)
            return
        if action["action_id"] == NEAREST_PASSAGES:
            await answering.tell(nearest_message(reply, self._asking.links(place)))
            return
        around = await self._asking.backend(place).read(lambda service: surroundings(reply, service))
        await answering.tell(context_message(around, self._asking.links(place)))

    async def on_share(
        self,
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
    ) -> None:
        """Somebody shows the channel what only they saw."""
        await ack()
        place, answering = place_of(body, context), answering_of(body)
        try:
            reply = await self._asking.past(place, value_of(action))
        except NotFoundError:
            await answering.tell(_FORGOTTEN)
            return
        if not self._threads.was_shared(place.channel, reply.id):
            await self._share(reply, place, body, client, context["progress"])
        await answering.replace(reply_message(reply, self._asking.links(place), asked_by="You"))

    async def _share(
        self, reply: Reply, place: SlackThread, body: dict[str, Any], client: AsyncWebClient, progress: ItemProgress
    ) -> None:
        message = reply_message(reply, self._asking.links(place), asked_by=f"<@{body['user']['id']}>")
        post = Post(client, place, f"share:{reply.id}", str(body["actions"][0]["action_ts"]), progress)
        try:
            ts = await post.done() or await post.send(message)
        except SlackApiError as error:
            if error.response.get("error") not in _NOT_A_MEMBER:
                raise
            await answering_of(body).send(message, response_type="in_channel", replace_original=False)
            return
        self._threads.join(SlackThread(place.team, place.channel, ts), reply.conversation_id, reply.id)


def place_of(body: dict[str, Any], context: AsyncBoltContext) -> SlackThread:
    """The channel of an interaction, and the thread if it was in one."""
    container = body.get("container", {})
    return SlackThread(message_filter(context).team, str(body["channel"]["id"]), container.get("thread_ts"))


def answering_of(body: dict[str, Any]) -> Answering:
    """To the one who acted, where they acted."""
    thread_ts = body.get("container", {}).get("thread_ts") or body.get("message", {}).get("thread_ts")
    return Answering(str(body["response_url"]), thread_ts)


def value_of(action: dict[str, Any]) -> str:
    """Of a button, or what was chosen of a menu."""
    chosen = action.get("selected_option")
    return str(chosen["value"] if chosen else action["value"])


PASSAGE_ACTIONS = (MORE_CONTEXT, NEAREST_PASSAGES)
FEEDBACK_ACTIONS = tuple(_KINDS)
