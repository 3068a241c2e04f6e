"""What becomes of a request around its handler: its body, read whole, in time, and parsed once; its parameters; the
security headers of its reply; and whether its caller still waits."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

import msgspec
from litestar import Request
from litestar.datastructures import Headers, State
from litestar.exceptions import ClientException
from litestar.types import HTTPReceiveMessage, HTTPScope, Message, Receive, Send

from index.errors import FootnoteError
from web.http.problems import MEDIA_TYPE, FieldError, RefusedError, problem_of

# What a long body must arrive at on average, after the seconds that a short one has; a slow mobile link does. By hand.
LEAST_BYTES_A_SECOND = 8_000
_MAX_DRAINED_BYTES = 4 * 1024 * 1024  # read and forget this much, so that the caller gets to see the refusal

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


async def read_body(receive: Receive, headers: Headers, most_bytes: int, seconds: float) -> bytes:
    """The whole body. Raises RefusedError: 400 for its declared length, 408 for its speed, 413 for its size."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal():
        raise RefusedError(400, "Content-Length must be a whole number.")
    try:
        async with asyncio.timeout(seconds):
            body = await _collect(int(declared), most_bytes, receive)
    except TimeoutError as error:
        late = f"The body did not arrive within {seconds:g} seconds."
        raise RefusedError(408, late, {"Connection": "close"}) from error
    if body is None:
        raise RefusedError(413, f"The body may have {most_bytes} bytes at most.", {"Connection": "close"})
    return body


def metered(receive: Receive, headers: Headers, most_bytes: int, seconds: float) -> Receive:
    """`receive` for a body that is read piece by piece: it raises RefusedError, 413 beyond `most_bytes`, 408 where the
    sender took `seconds` more than at LEAST_BYTES_A_SECOND. Raises RefusedError for the declared length at once."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal():
        raise RefusedError(400, "Content-Length must be a whole number.")
    too_long = RefusedError(413, f"The body may have {most_bytes:,} bytes at most.", {"Connection": "close"})
    if int(declared) > most_bytes:
        raise too_long
    loop = asyncio.get_running_loop()
    size, waited = 0, 0.0

    async def counted() -> HTTPReceiveMessage:
        nonlocal size, waited
        began = loop.time()
        try:
            async with asyncio.timeout(seconds + size / LEAST_BYTES_A_SECOND - waited):
                message = cast(HTTPReceiveMessage, await receive())
        except TimeoutError as error:
            raise RefusedError(408, "The body arrives too slowly.", {"Connection": "close"}) from error
        waited += loop.time() - began
        if message["type"] == "http.request":
            size += len(message["body"])
            if size > most_bytes:
                raise too_long
        return message

    return counted


async def body_chunks(receive: Receive) -> AsyncIterator[bytes]:
    """A body as it arrives. Raises ClientException if the caller hangs up before its end."""
    while True:
        message = cast(HTTPReceiveMessage, await receive())
        if message["type"] != "http.request":
            raise ClientException("The caller has gone.")
        if message["body"]:
            yield message["body"]
        if not message["more_body"]:
            return


def secured(scope: HTTPScope, send: Send) -> Send:
    """`send` with the security headers, and without a body for HEAD."""
    is_head = scope["method"] == "HEAD"

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *_missing(message["headers"])]
        elif message["type"] == "http.response.body" and is_head:
            message["body"] = b""
        await send(message)

    return sent


async def reply(send: Send, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
    """Send a whole reply."""
    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    raw.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def refuse(send: Send, error: FootnoteError) -> None:
    """Reply with the problem that an error is."""
    problem, headers = problem_of(error)
    await reply(send, problem.status, msgspec.json.encode(problem), {**headers, "Content-Type": MEDIA_TYPE})


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


def _missing(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in headers}
    return [pair for pair in _HEADERS if pair[0] not in names]


T = TypeVar("T")


class ApiRequest(Request[Any, Any, State]):
    """A request whose body is parsed once, into what its handler takes."""

    async def json(self) -> Any:
        """By msgspec's strict rules: Litestar's own are lenient and take "3" for 3. Raises msgspec.DecodeError."""
        field = self.route_handler.parsed_data_field
        return msgspec.json.decode(await self.body(), type=field.annotation if field else Any)


def check_query(request: ApiRequest, keys: Collection[str], repeatable: Collection[str] = ()) -> None:
    """Raises FieldError for a parameter that is not one of `keys`, or is given twice and is not `repeatable`."""
    for key in request.query_params:
        if key not in keys:
            raise FieldError(key, "There is no such parameter")
        if key not in repeatable and len(request.query_params.getall(key)) > 1:
            raise FieldError(key, "This parameter is given more than once")


async def while_connected(work: Future[T], receive: Receive) -> T:
    """What the work comes to, unless the caller hangs up first: then work that has not begun is dropped."""
    answer = asyncio.ensure_future(asyncio.wrap_future(work))
    hung_up = asyncio.create_task(_hung_up(receive))
    try:
        await asyncio.wait((answer, hung_up), return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise ClientException("The caller has gone.")
    finally:
        hung_up.cancel()
        answer.cancel()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
