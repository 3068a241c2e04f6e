"""What a request must keep to before the app sees it, and the security headers of every reply. Plain ASGI.

Checked in this order: access (host, origin, key), the query's encoding, the body's size, speed and content type. A
form with files is not read here: it is counted and timed while its handler reads it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Receive, Scope, Send
from msgspec import Struct

from index.errors import FootnoteError
from qa.types import Requester
from web.access.access import Access, recognise
from web.http.forms import MEDIA_TYPE as FORM
from web.http.problems import RefusedError
from web.http.request import metered, read_body, refuse, secured

MAX_BODY_BYTES = 64 * 1024
BODY_SECONDS = 10.0
_METHODS_WITH_BODY = ("POST", "PUT", "PATCH")


class Dialect(Struct, frozen=True):
    """How requests below one path are taken: how large a body may be, and in which form errors are told."""

    max_body_bytes: int = MAX_BODY_BYTES
    refuse: Callable[[Send, FootnoteError], Awaitable[None]] = refuse


class Limits:
    """The outermost layer of the app. dialects: by what paths begin with. body_seconds: time for a whole body. doors:
    by path, gives the endpoint that has limits and keys of its own, or None where it is closed. forms: by path, how
    many bytes a form with files may have that is posted there.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        dialects: Mapping[str, Dialect],
        body_seconds: float = BODY_SECONDS,
        doors: Mapping[str, Callable[[], ASGIApp | None]] = MappingProxyType({}),
        forms: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._app = app
        self._access = access
        self._dialects = dialects
        self._body_seconds = body_seconds
        self._doors = doors
        self._forms = forms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        door = self._doors.get(scope["path"])
        if door is not None and (endpoint := door()) is not None:
            await endpoint(scope, receive, send)
            return
        http = scope
        reply = secured(http, send)
        headers = Headers.from_scope(http)
        dialect = self._dialect(http["path"])
        try:
            requester = await self._check(http["path"], headers)
            recognise(cast(MutableMapping[str, Any], http), requester)
            _check_query(http["query_string"])
            if http["method"] == "POST" and (most := self._forms.get(http["path"])) is not None:
                _check_form(headers)
                receive = metered(receive, headers, most, self._body_seconds)
            elif http["method"] in _METHODS_WITH_BODY:
                receive = _replay(await self._read_body(dialect, headers, receive), receive)
        except FootnoteError as error:  # keys that cannot be read keep everybody out
            await dialect.refuse(reply, error)
            return
        if http["method"] == "HEAD" and http["path"] != "/api/ask":  # a HEAD must not cost what an answer costs
            http = cast(HTTPScope, {**http, "method": "GET"})
        await self._app(http, receive, reply)

    async def _check(self, path: str, headers: Headers) -> Requester:
        """Health is told even where every thread is busy."""
        if self._access.is_open(path):
            return self._access.check(path, headers)
        return await asyncio.to_thread(self._access.check, path, headers)

    def _dialect(self, path: str) -> Dialect:
        return next((dialect for prefix, dialect in self._dialects.items() if path.startswith(prefix)), Dialect())

    async def _read_body(self, dialect: Dialect, headers: Headers, receive: Receive) -> bytes:
        """The whole body. Raises RefusedError 400, 408, 413 or 415."""
        kind = headers.get("content-type", "")
        body = await read_body(receive, headers, dialect.max_body_bytes, self._body_seconds)
        if (body or kind) and not _is_json(kind):
            raise RefusedError(415, f"The body must be application/json in UTF-8, not {kind or 'of unknown type'}.")
        return body


def _check_query(query: bytes) -> None:
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "The query string is not UTF-8.") from error


def _check_form(headers: Headers) -> None:
    """Raises RefusedError for what is no form, and for one that another site's page posts: a browser lets any page post
    a form, and says where it comes from."""
    kind = headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != FORM:
        raise RefusedError(415, f"The body must be {FORM}, not {kind or 'of unknown type'}.", {"Connection": "close"})
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise RefusedError(403, "Forms of other sites are not accepted.", {"Connection": "close"})


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
