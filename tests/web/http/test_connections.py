"""Connections that send nothing, or a head that does not end: they are closed, and take no room from others."""

import logging
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.servers import serving
from tests.waiting import until
from web.http.connections import LIMITS, ConnectionLimits, Crowd, Seldom, raise_descriptor_limit

REQUEST = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"


async def _app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    if scope["path"] == "/body":
        while (await receive()).get("more_body"):
            pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok", "more_body": False})


@contextmanager
def _connected(url: str) -> Iterator[socket.socket]:
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port or 80), timeout=60) as connection:
        yield connection


def _all(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    received = b""
    try:
        while piece := connection.recv(1000):
            received += piece
    except ConnectionResetError:
        pass
    return received


@pytest.mark.parametrize(
    ("sent", "reply"),
    [
        (b"", b""),
        (b"GET / HT", b"HTTP/1.1 408 "),
        (REQUEST[:-2], b"HTTP/1.1 408 "),
        (REQUEST + b"GET / HT", b"HTTP/1.1 200 "),
    ],
)
def test_a_head_that_does_not_come_ends_the_connection(sent: bytes, reply: bytes) -> None:
    crowd = Crowd(100, head_seconds=0.1)
    with serving(_app, crowd) as url, _connected(url) as connection:
        connection.sendall(sent)
        assert _all(connection).startswith(reply)
        until(lambda: not crowd.idle)


def test_a_body_has_no_deadline_of_the_heads() -> None:
    crowd = Crowd(100, head_seconds=0.1)
    with serving(_app, crowd) as url, _connected(url) as slow, _connected(url) as silent:
        slow.sendall(b"POST /body HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\na")
        assert _all(silent) == b"", "the deadline has passed"
        slow.sendall(b"b")
        assert slow.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_the_longest_silent_gives_way_and_who_asks_is_served() -> None:
    crowd = Crowd(5)
    with serving(_app, crowd) as url, ExitStack() as stack:
        silent = []
        for number in range(5):
            silent.append(stack.enter_context(_connected(url)))
            until(lambda number=number: len(crowd.idle) == number + 1)  # type: ignore[misc]
        asking = stack.enter_context(_connected(url))
        asking.sendall(REQUEST)
        assert asking.recv(1000).startswith(b"HTTP/1.1 200 ")
        assert _all(silent[0]) == b""
        silent[1].sendall(REQUEST)
        assert silent[1].recv(1000).startswith(b"HTTP/1.1 200 "), "only one had to go"


def test_where_all_are_busy_one_more_is_told_to_come_back() -> None:
    crowd = Crowd(1)
    with serving(_app, crowd) as url, _connected(url) as busy:
        busy.sendall(b"POST /body HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n")
        assert busy.recv(1000).startswith(b"HTTP/1.1 100 ")
        with _connected(url) as one_more:
            assert _all(one_more).startswith(b"HTTP/1.1 503 ")
        busy.sendall(b"ab")
        assert busy.recv(1000).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("descriptors", "room"), [(64, 32), (1023, 511), (1024, 512), (4096, 3584), (10_512, 10_000), (1 << 20, 10_000)]
)
def test_connections_leave_descriptors_for_files(descriptors: int, room: int) -> None:
    assert ConnectionLimits().room(descriptors) == room
    assert LIMITS.backlog < LIMITS.reserved


def test_the_limit_of_descriptors_is_raised_as_far_as_it_goes() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(before[0], 900), before[1]))
        assert raise_descriptor_limit() >= before[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_what_repeats_itself_is_logged_once_a_minute() -> None:
    times = [0.0]
    seldom = Seldom(("Too many",), now=lambda: times[0])

    def passes(message: str) -> bool:
        return seldom.filter(logging.makeLogRecord({"msg": message}))

    assert [passes("Too many: 1"), passes("Too many: 2"), passes("Another"), passes("Another")] == [
        True,
        False,
        True,
        True,
    ]
    times[0] = 59.9
    assert not passes("Too many: 3")
    times[0] = 60.0
    assert passes("Too many: 4")
