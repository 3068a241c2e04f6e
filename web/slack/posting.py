"""Messages on their way into Slack: each is posted once, also when the work is done a second time after a crash."""

import logging
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from index.errors import BusyError, UnavailableError
from web.slack.blocks import Message
from web.slack.failures import retry_after
from web.slack.inbox import POSTED, ItemProgress
from web.slack.places import SlackThread

_BEGUN = "begun"
_METADATA_TYPE = "footnote_reply"
_NOT_READABLE = ("missing_scope", "not_in_channel", "channel_not_found")
_GONE = (403, 404, 410)  # of a response URL: half an hour has passed, or it was used five times
_log = logging.getLogger(__name__)


class Post:
    """One message to one place. key: what it answers, the same whenever that is answered again. since: Slack's time of
    what it answers."""

    def __init__(
        self, client: AsyncWebClient, place: SlackThread, key: str, since: str, progress: ItemProgress
    ) -> None:
        self._client = client
        self._place = place
        self._key = key
        self._since = since
        self._progress = progress

    async def done(self) -> str | None:
        """The timestamp of the message if it was posted before. Where an earlier try may have been cut off between
        posting and noting it, the thread or channel is looked through for it. Raises SlackApiError."""
        posted = self._progress.get(POSTED)
        if posted is None and self._progress.get(_BEGUN) and (posted := await self._found()):
            self._progress.put(POSTED, posted)
        return posted

    async def send(self, message: Message) -> str:
        """Post it; its timestamp. Raises SlackApiError."""
        self._progress.put(_BEGUN, "1")
        posted = await self._client.chat_postMessage(
            channel=self._place.channel,
            thread_ts=self._place.thread_ts,
            metadata={"event_type": _METADATA_TYPE, "event_payload": {"to": self._key}},
            **message.arguments(),
        )
        self._progress.put(POSTED, str(posted["ts"]))
        return str(posted["ts"])

    async def _found(self) -> str | None:
        where: dict[str, Any] = {"channel": self._place.channel, "oldest": self._since, "limit": 200}
        try:
            if self._place.thread_ts is None:
                found = await self._client.conversations_history(include_all_metadata=True, **where)
            else:
                found = await self._client.conversations_replies(
                    ts=self._place.thread_ts, include_all_metadata=True, **where
                )
        except SlackApiError as error:
            if error.response.get("error") not in _NOT_READABLE:
                raise
            _log.warning("The Slack app may not read this channel: an answer may be repeated after a crash.")
            return None
        messages: list[dict[str, Any]] = found.get("messages", [])
        return next((str(each["ts"]) for each in messages if self._is_it(each)), None)

    def _is_it(self, message: dict[str, Any]) -> bool:
        metadata = message.get("metadata") or {}
        return bool(metadata.get("event_payload", {}).get("to") == self._key)


class Answering:
    """The response URL of a command or an interaction: it reaches the one who acted, in channels without the bot too.

    thread_ts: where what was acted on stands, so that what only one person sees is shown there.
    """

    def __init__(self, url: str, thread_ts: str | None = None) -> None:
        self._url = url
        self._thread_ts = thread_ts

    async def tell(self, message: Message) -> None:
        """To the one who acted alone. Raises what `send` raises."""
        await self.send(message, response_type="ephemeral", replace_original=False)

    async def replace(self, message: Message) -> None:
        """In place of the message that was acted on. Raises what `send` raises."""
        await self.send(message, replace_original=True)

    async def send(self, message: Message, **how: Any) -> None:
        """Raises BusyError where Slack says to wait, UnavailableError where it fails. An address that is no longer good
        is only logged: there is nobody to tell."""
        thread = {"thread_ts": self._thread_ts} if self._thread_ts else {}
        reply = await AsyncWebhookClient(self._url).send_dict({**message.arguments(), **thread, **how})
        if reply.status_code == 429:
            raise BusyError("Slack asks to wait.", int(retry_after(reply.headers)) or 1)
        if reply.status_code in _GONE:
            _log.warning("A response URL of Slack is no longer good (%s).", reply.status_code)
        elif reply.status_code != 200:
            raise UnavailableError(f"Slack answered {reply.status_code} at a response URL.")
