"""A Slack of our own on loopback: the Web API methods that Footnote calls, as Slack documents them, and what was said.

It refuses what Slack refuses: wrong tokens, unknown channels, messages, users and trigger ids, blocks that are over a
limit or misshapen. It can be told to answer 429 or 500.
"""

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct, field

from tests.servers import serving
from tests.waiting import PATIENCE
from tests.web.slack.fake_methods import METHODS
from tests.web.slack.fake_world import BOT_TOKEN, RefusalError, World

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Call(Struct, frozen=True):
    """A request that came. method: "chat.postMessage", or "response_url". at: monotonic seconds."""

    method: str
    arguments: dict[str, Any]
    status: int
    error: str | None
    at: float


class Trouble(Struct, frozen=True):
    """How to answer instead of doing what was asked. after: do it, but answer as if it had not been done."""

    status: int = 200
    error: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False


class FakeSlack(World):
    """The ASGI application; `url` is set while it is `running`. Safe to be looked at from the test's thread."""

    def __init__(self, bot_token: str = BOT_TOKEN) -> None:
        super().__init__(bot_token)
        self.calls: list[Call] = []
        self._troubles: dict[str, deque[Trouble]] = defaultdict(deque)
        self._heard = threading.Condition()

    @contextmanager
    def running(self) -> Iterator["FakeSlack"]:
        """Serve it on a free port of loopback."""
        with serving(self) as url:
            self.url = url
            yield self

    @property
    def api_url(self) -> str:
        """What `AsyncWebClient(base_url=...)` takes."""
        return f"{self.url}/api/"

    def trouble(self, method: str, trouble: Trouble, times: int = 1) -> None:
        """Have the next `times` calls of the method answered so."""
        self._troubles[method].extend([trouble] * times)

    def limit(self, method: str, retry_after: int, times: int = 1) -> None:
        """Answer 429 with Retry-After (seconds)."""
        self.trouble(method, Trouble(429, "ratelimited", {"retry-after": str(retry_after)}), times)

    def break_down(self, method: str, times: int = 1, *, after: bool = False) -> None:
        """Answer 500. after: once the work was done."""
        self.trouble(method, Trouble(500, "internal_error", after=after), times)

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Answer 200 with `ok: false`."""
        self.trouble(method, Trouble(200, error), times)

    def called(self, method: str) -> list[Call]:
        """The calls of a method so far, those that failed too."""
        with self._heard:
            return [each for each in self.calls if each.method == method]

    def wait_for(self, condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Until the condition holds, looked at after each call. Raises TimeoutError."""
        with self._heard:
            if not self._heard.wait_for(lambda: bool(condition()), seconds):
                raise TimeoutError("It did not come to that.")

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] == "http":
            headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
            status, reply, extra = self._answer(
                str(scope["path"]), headers, await _body(receive) or scope["query_string"]
            )
            await _send(send, status, reply, extra)

    def _answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any], dict[str, str]]:
        method = "response_url" if path.startswith("/response/") else path.removeprefix("/api/")
        arguments = _arguments(headers.get("content-type", ""), body)
        with self._heard:
            planned = self._troubles[method].popleft() if self._troubles[method] else None
            status, extra = 200, dict[str, str]()
            reply: dict[str, Any] = {"ok": True}
            if planned is None or planned.after:
                status, reply = self._do(method, path, headers, arguments)
            if planned is not None:
                status, extra = planned.status, planned.headers
                reply = {"ok": False, "error": planned.error} if planned.error else reply
            self.calls.append(Call(method, arguments, status, reply.get("error"), time.monotonic()))
            self._heard.notify_all()
        return status, reply, extra

    def _do(
        self, method: str, path: str, headers: dict[str, str], arguments: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        try:
            if method == "response_url":
                self.respond(path.rpartition("/")[2], arguments)
                return 200, {"ok": True}
            if method not in METHODS:
                raise RefusalError("unknown_method")
            self.check_token(method, headers.get("authorization", ""), arguments)
            return 200, {"ok": True, **METHODS[method](self, arguments)}
        except RefusalError as error:
            told: dict[str, Any] = {"ok": False, "error": error.error}
            if error.messages:
                told["response_metadata"] = {"messages": error.messages}
            return error.status, told


def _arguments(content_type: str, body: bytes) -> dict[str, Any]:
    """Of a JSON body or a form; a form's `blocks`, `metadata`, `view` and `prompts` are JSON text."""
    if content_type.startswith("application/json"):
        return dict(json.loads(body or b"{}"))
    given: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True))
    for name in ("blocks", "metadata", "view", "prompts"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _send(send: Send, status: int, reply: dict[str, Any], headers: dict[str, str]) -> None:
    body = json.dumps(reply).encode()
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    raw += [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})
