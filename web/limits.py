"""What a request must keep to before the app sees it, and the security headers of every reply. Plain ASGI.

Checked in this order: access (host, origin, key), the query's encoding, the body's size, speed and content type.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Receive, Scope, Send

from index.errors import FootnoteError
from web.access import Access
from web.askers import recognise
from web.completions import errors as completion_errors
from web.exchange import read_body, refuse, secured
from web.problems import RefusedError

MAX_BODY_BYTES = 64 * 1024
MAX_CHAT_BYTES = 1024 * 1024  # of /v1, where a whole conversation is sent with each question
BODY_SECONDS = 10.0
_METHODS_WITH_BODY = ("POST", "PUT", "PATCH")


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
        reply = secured(http, send)
        headers = Headers.from_scope(http)
        try:
            asker = await asyncio.to_thread(self._access.check, http["path"], headers)
            recognise(cast(MutableMapping[str, Any], http), asker)
            _check_query(http["query_string"])
            if http["method"] in _METHODS_WITH_BODY:
                receive = _replay(await self._read_body(http["path"], headers, receive), receive)
        except FootnoteError as error:  # keys that cannot be read keep everybody out
            is_chat = http["path"].startswith(completion_errors.PREFIX)
            await (completion_errors.refuse if is_chat else refuse)(reply, error)
            return
        if http["method"] == "HEAD" and http["path"] != "/api/ask":  # a HEAD must not cost what an answer costs
            http = cast(HTTPScope, {**http, "method": "GET"})
        await self._app(http, receive, reply)

    async def _read_body(self, path: str, headers: Headers, receive: Receive) -> bytes:
        """The whole body. Raises RefusedError 400, 408, 413 or 415."""
        most = MAX_CHAT_BYTES if path.startswith(completion_errors.PREFIX) else MAX_BODY_BYTES
        kind = headers.get("content-type", "")
        body = await read_body(receive, headers, most, self._body_seconds)
        if (body or kind) and not _is_json(kind):
            raise RefusedError(415, f"The body must be application/json in UTF-8, not {kind or 'of unknown type'}.")
        return body


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
