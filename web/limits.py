"""What a request must keep to before the app sees it, and the security headers of every reply. Plain ASGI.

Checked in this order: access (host, origin, key), the query's encoding, the body's size, speed and content type.
"""

import asyncio
from collections.abc import Iterable, MutableMapping
from typing import Any, cast
from urllib.parse import unquote_to_bytes

import msgspec
from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Message, Receive, Scope, Send

from index.errors import FootnoteError
from web.access import Access
from web.askers import recognise
from web.problems import MEDIA_TYPE, RefusedError, problem_of

MAX_BODY_BYTES = 64 * 1024
MAX_CHAT_BYTES = 1024 * 1024  # of /v1, where a whole conversation is sent with each question
_CHAT = "/v1/"
BODY_SECONDS = 10.0
_MAX_DRAINED_BYTES = 4 * 1024 * 1024  # read and forget this much, so that the caller gets to see the refusal
_METHODS_WITH_BODY = ("POST", "PUT", "PATCH")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
)


class Limits:
    """The outermost layer of the app. body_seconds: time for a whole body to arrive."""

    def __init__(self, app: ASGIApp, access: Access, body_seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._access = access
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        http = scope
        reply = _reply(http, send)
        headers = Headers.from_scope(http)
        try:
            asker = await asyncio.to_thread(self._access.check, http["path"], headers)
            recognise(cast(MutableMapping[str, Any], http), asker)
            _check_query(http["query_string"])
            if http["method"] in _METHODS_WITH_BODY:
                receive = _replay(await self._read_body(http["path"], headers, receive), receive)
        except FootnoteError as error:  # keys that cannot be read keep everybody out
            await _refuse(error, reply)
            return
        if http["method"] == "HEAD" and http["path"] != "/api/ask":  # a HEAD must not cost what an answer costs
            http = cast(HTTPScope, {**http, "method": "GET"})
        await self._app(http, receive, reply)

    async def _read_body(self, path: str, headers: Headers, receive: Receive) -> bytes:
        """The whole body. Raises RefusedError 400, 408, 413 or 415."""
        most = MAX_CHAT_BYTES if path.startswith(_CHAT) else MAX_BODY_BYTES
        declared = headers.get("content-length", "0")
        kind = headers.get("content-type", "")
        if not declared.isdecimal():
            raise RefusedError(400, "Content-Length must be a whole number.")
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await _collect(int(declared), most, receive)
        except TimeoutError as error:
            late = f"The body did not arrive within {self._body_seconds:g} seconds."
            raise RefusedError(408, late, {"Connection": "close"}) from error
        if body is None:
            raise RefusedError(413, f"The body may have {most} bytes at most.", {"Connection": "close"})
        if (body or kind) and not _is_json(kind):
            raise RefusedError(415, f"The body must be application/json in UTF-8, not {kind or 'of unknown type'}.")
        return body


async def _collect(declared: int, most: int, receive: Receive) -> bytes | None:
    """The body, or None if it has more than `most` bytes."""
    body = bytearray()
    size = 0
    while size <= _MAX_DRAINED_BYTES and declared <= _MAX_DRAINED_BYTES:
        message = cast(HTTPReceiveMessage, await receive())
        if message["type"] != "http.request":
            break
        size += len(message["body"])
        if size <= most:
            body += message["body"]
        if not message["more_body"]:
            break
    return bytes(body) if max(size, declared) <= most else None


def _check_query(query: bytes) -> None:
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "The query string is not UTF-8.") from error


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.partition("charset=")[2].strip('" ')
    return kind.strip() == "application/json" and charset in ("", "utf-8", "utf8")


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body, then what the real one gives (the disconnect)."""
    first = [cast(HTTPReceiveMessage, {"type": "http.request", "body": body, "more_body": False})]

    async def again() -> HTTPReceiveMessage:
        return first.pop() if first else cast(HTTPReceiveMessage, await receive())

    return again


def _reply(scope: HTTPScope, send: Send) -> Send:
    """`send` with the security headers, and without a body for HEAD."""
    is_head = scope["method"] == "HEAD"

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *_missing(message["headers"])]
        elif message["type"] == "http.response.body" and is_head:
            message["body"] = b""
        await send(message)

    return sent


def _missing(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in headers}
    return [pair for pair in _HEADERS if pair[0] not in names]


async def _refuse(error: FootnoteError, send: Send) -> None:
    problem, headers = problem_of(error)
    body = msgspec.json.encode(problem)
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    raw += [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": problem.status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})
