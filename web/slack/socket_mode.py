"""Socket Mode: Slack sends over a websocket that we open, and each envelope is acknowledged once it is in the inbox.

Source: docs.slack.dev/apis/events-api/using-socket-mode. A connection lasts some hours: Slack asks for
another one before it ends it. What was not acknowledged is sent again.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec
from msgspec import Struct
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import FootnoteError
from web.http.problems import RefusedError
from web.slack.arrivals import parse_envelope
from web.slack.failures import failure_of
from web.slack.intake import Intake

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
_log = logging.getLogger(__name__)


class Rhythm(Struct, frozen=True):
    """Times in seconds. heartbeat: between pings; without an answer to one the connection counts as lost.

    first, longest: the pause before connecting again after a failure, doubled each time.
    """

    heartbeat: float = 10.0
    first: float = 1.0
    longest: float = 60.0


class _Envelope(Struct):
    type: str
    envelope_id: str | None = None
    payload: Any = None
    reason: str | None = None


class SocketMode:
    """Fetches what Slack sends into the inbox."""

    def __init__(
        self,
        app_token: str,
        client: AsyncWebClient,
        intake: Intake,
        rhythm: Rhythm | None = None,
    ) -> None:
        self._app_token = app_token
        self._client = client
        self._intake = intake
        self._rhythm = rhythm or Rhythm()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Within it there is a connection, made again whenever it is lost."""
        async with aiohttp.ClientSession(trust_env=True) as session:
            connecting = asyncio.create_task(self._stay_connected(session))
            connecting.add_done_callback(_log_end)
            try:
                yield
            finally:
                connecting.cancel()
                await asyncio.wait({connecting})

    async def _stay_connected(self, session: aiohttp.ClientSession) -> None:
        failures = 0
        while True:
            began = time.monotonic()
            try:
                await self._listen(await self._connect(session))
                failures = 0
                await asyncio.sleep(max(0.0, began + self._rhythm.first - time.monotonic()))
            except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, FootnoteError) as error:
                failure = failure_of(error)
                pause = max(
                    failure.retry_after, min(self._rhythm.longest, self._rhythm.first * 2.0 ** min(failures, 30))
                )
                failures += 1
                _log.warning("Socket Mode: connecting again in %.0f s: %s", pause, failure.told)
                await asyncio.sleep(pause)

    async def _connect(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        opened = await self._client.apps_connections_open(app_token=self._app_token)
        return await session.ws_connect(
            str(opened["url"]), heartbeat=self._rhythm.heartbeat, max_msg_size=MAX_MESSAGE_BYTES
        )

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Until Slack, or the network, ends it. Raises what the inbox raises."""
        async with socket:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT and not await self._take(socket, message.data):
                    return

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, text: str) -> bool:
        """False if Slack wants another connection."""
        try:
            envelope = msgspec.json.decode(text, type=_Envelope)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            _log.warning("Socket Mode: a message that is not an envelope was left alone")
            return True
        if envelope.type == "hello":
            _log.info("Socket Mode: connected to Slack")
        if envelope.type == "disconnect":
            _log.info("Socket Mode: Slack asks for another connection (%s)", envelope.reason)
            return False
        if envelope.envelope_id is not None:
            await self._keep(envelope)
            await socket.send_str(msgspec.json.encode({"envelope_id": envelope.envelope_id}).decode())
        return True

    async def _keep(self, envelope: _Envelope) -> None:
        """Raises what the inbox raises: the envelope is not acknowledged then, and comes again."""
        try:
            arrival = parse_envelope(envelope.type, envelope.payload)
        except RefusedError as error:
            _log.warning("Socket Mode: an envelope was left alone: %s", error)
            return
        await self._intake.take(arrival)


def _log_end(connecting: "asyncio.Task[None]") -> None:
    error = None if connecting.cancelled() else connecting.exception()
    if error is not None:
        _log.error("Socket Mode: no connection any more until the server is started again", exc_info=error)
