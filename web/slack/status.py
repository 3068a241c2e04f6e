"""A sign that the documents are being read. It notifies nobody, and is gone when the answer is there."""

from types import TracebackType
from typing import Self

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from web.slack.places import SlackThread

_STATUS = "is reading the documents…"
_REACTION = "eyes"


class Status:
    """Within it, Slack shows that the message `ts` is being answered: under the thread, which Slack clears with the
    answer, or by a reaction where the app may not do that. It is a courtesy: without either the answer comes all the
    same."""

    def __init__(self, client: AsyncWebClient, place: SlackThread, ts: str) -> None:
        self._client = client
        self._place = place
        self._ts = ts
        self._reacted = False

    async def __aenter__(self) -> Self:
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=self._place.channel, thread_ts=self._place.thread_ts or self._ts, status=_STATUS
            )
        except SlackApiError:
            self._reacted = await self._react()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reacted:
            await self._unreact()

    async def _react(self) -> bool:
        try:
            await self._client.reactions_add(channel=self._place.channel, timestamp=self._ts, name=_REACTION)
        except SlackApiError as error:
            return bool(error.response.get("error") == "already_reacted")  # by a try that was cut off
        return True

    async def _unreact(self) -> None:
        try:
            await self._client.reactions_remove(channel=self._place.channel, timestamp=self._ts, name=_REACTION)
        except SlackApiError:
            return
