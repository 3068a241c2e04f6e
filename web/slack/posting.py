"""Messages on their way into Slack: each is posted once, also when the work is done a second time after a crash."""

import logging
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from index.errors import BusyError, UnavailableError
from web.slack.blocks import Message
from web.slack.inbox import Progress
from web.slack.places import Place

_BEGUN, _POSTED = "begun", "posted"
_METADATA_TYPE = "footnote_reply"
_GONE = (403, 404, 410)  # of a response URL: half an hour has passed, or it was used five times
_log = logging.getLogger(__name__)


class Post:
    """One message to one place. key: what it answers, the same whenever that is answered again."""

    def __init__(self, client: AsyncWebClient, place: Place, key: str, progress: Progress) -> None:
        self._client = client
        self._place = place
        self._key = key
        self._progress = progress

    async def is_done(self) -> bool:
        """Whether it was posted before. Where an earlier try may have been cut off between posting and noting it, the
        thread is looked through for it. Raises SlackApiError."""
        if self._progress.get(_POSTED):
            return True
        if self._progress.get(_BEGUN) and await self._stands_there():
            self._progress.put(_POSTED, "1")
            return True
        return False

    async def send(self, message: Message) -> str:
        """Post it; its timestamp. Raises SlackApiError."""
        self._progress.put(_BEGUN, "1")
        posted = await self._client.chat_postMessage(
            channel=self._place.channel,
            thread_ts=self._place.thread_ts,
            metadata={"event_type": _METADATA_TYPE, "event_payload": {"to": self._key}},
            **message.arguments(),
        )
        self._progress.put(_POSTED, "1")
        return str(posted["ts"])

    async def _stands_there(self) -> bool:
        if self._place.thread_ts is None:
            return False
        try:
            found = await self._client.conversations_replies(
                channel=self._place.channel,
                ts=self._place.thread_ts,
                oldest=self._key.rpartition(":")[2],
                include_all_metadata=True,
                limit=200,
            )
        except SlackApiError as error:
            if error.response.get("error") != "missing_scope":
                raise
            _log.warning("Slack app lacks a history scope: an answer may be repeated after a crash.")
            return False
        messages: list[dict[str, Any]] = found.get("messages", [])
        return any((each.get("metadata") or {}).get("event_payload", {}).get("to") == self._key for each in messages)


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
            seconds = reply.headers.get("retry-after") or reply.headers.get("Retry-After") or "1"
            raise BusyError("Slack asks to wait.", int(seconds) if str(seconds).isdigit() else 1)
        if reply.status_code in _GONE:
            _log.warning("A response URL of Slack is no longer good (%s).", reply.status_code)
        elif reply.status_code != 200:
            raise UnavailableError(f"Slack answered {reply.status_code} at a response URL.")
