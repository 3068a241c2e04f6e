"""/slack/events: what Slack sends over HTTP, acknowledged once it is in the inbox. Plain ASGI.

The raw body is checked for its size, its speed and its signature, and parsed only then. What is refused gets a 4xx;
what cannot be kept just now a 503, so that Slack sends it again.
"""

import time
from collections.abc import Callable

import msgspec
from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import HTTPScope, Receive, Scope, Send

from index.errors import FootnoteError
from web.http.problems import RefusedError
from web.http.request import read_body, refuse, reply, secured
from web.slack.arrivals import Greeting, parse_request
from web.slack.inbox import Arrival
from web.slack.intake import Intake
from web.slack.signature import check

PATH = "/slack/events"
MAX_BODY_BYTES = 1024 * 1024
BODY_SECONDS = 5.0  # Slack itself waits for three


class EventsEndpoint:
    """The ASGI application of one address. clock: Unix seconds. body_seconds: time for a whole body to arrive."""

    def __init__(
        self,
        signing_secret: str,
        intake: Intake,
        clock: Callable[[], float] = time.time,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._secret = signing_secret
        self._intake = intake
        self._clock = clock
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            return
        send = secured(scope, send)
        try:
            taken = await self._read(scope, receive)
            if isinstance(taken, Arrival):
                await self._intake.take(taken)
        except FootnoteError as error:
            await refuse(send, error)
            return
        if isinstance(taken, Greeting) and taken.challenge is not None:
            body = msgspec.json.encode({"challenge": taken.challenge})
            await reply(send, 200, body, {"Content-Type": "application/json"})
        else:
            await reply(send, 200)

    async def _read(self, scope: HTTPScope, receive: Receive) -> Arrival | Greeting:
        """Raises RefusedError."""
        if scope["method"] != "POST":
            raise RefusedError(405, "Slack sends POST.", {"Allow": "POST"})
        headers = Headers.from_scope(scope)
        body = await read_body(receive, headers, MAX_BODY_BYTES, self._body_seconds)
        check(self._secret, scope["headers"], body, self._clock())
        return parse_request(headers, body)
