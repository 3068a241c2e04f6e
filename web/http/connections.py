"""What a connection must keep to before there is a request: a head in time, and room for the connections of others."""

import asyncio
import logging
import resource
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from msgspec import Struct
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_log = logging.getLogger(__name__)
_FULL = "%d connections are open, the most there may be: those that say nothing are closed for new ones."
_NO_ROOM = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_MOST_DESCRIPTORS = 1 << 20  # where the system sets no limit


class ConnectionLimits(Struct, frozen=True):
    """head_seconds: from its first byte (of the first: from the connection's beginning) to the end of a request's head.
    most: connections at once. reserved: descriptors for all else: files, the limited processes, and what a burst of
    `backlog` connections takes before it is counted. By hand, 2026-12-01.
    """

    head_seconds: float = 10.0
    most: int = 10_000
    reserved: int = 512
    backlog: int = 128

    def room(self, descriptors: int) -> int:
        """How many connections a process may have that may open so many files."""
        return min(self.most, max(descriptors - self.reserved, descriptors // 2))


LIMITS = ConnectionLimits()


def raise_descriptor_limit() -> int:
    """Have the process open as many files as the system lets it. Gives how many that are."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # some systems allow less than they say
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


class Crowd:
    """The connections of one server. `idle`: those that have no request to be answered, the longest first."""

    def __init__(self, most: int, head_seconds: float = LIMITS.head_seconds) -> None:
        self.most = most
        self.head_seconds = head_seconds
        self.idle: dict[TimedProtocol, None] = {}

    def protocol(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> asyncio.Protocol:
        """One for a new connection; for `uvicorn.Config(http=…)`."""
        return TimedProtocol(self, config, server_state, app_state, _loop)


class TimedProtocol(H11Protocol):
    """uvicorn's, with a deadline for each head and a bound for their number. Where there are too many connections, the
    one that has been without a request for longest gives way, so that who sends requests is served."""

    def __init__(
        self,
        crowd: Crowd,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._crowd = crowd
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Make room for it, or turn it away."""
        is_full = len(self.connections) >= self._crowd.most
        super().connection_made(transport)
        if is_full:
            _log.warning(_FULL, self._crowd.most)
            longest = next(iter(self._crowd.idle), None)
            if longest is None:
                transport.write(_NO_ROOM)
                transport.close()
                return
            longest.hang_up()
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is counted no more."""
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Part of a head, of several, or of a body."""
        if not self._is_busy:
            self._wait_for_head()
        super().data_received(data)
        if self._is_busy:
            self._head_is_there()

    def on_response_complete(self) -> None:
        """From now on it is without a request, unless the next one has come already."""
        super().on_response_complete()
        if not self._is_busy and not self.transport.is_closing():
            self._crowd.idle[self] = None
            if self.conn.trailing_data[0]:  # the next head has begun
                self._wait_for_head()

    def hang_up(self) -> None:
        """Close it at once, whatever was to be sent."""
        self._crowd.idle.pop(self, None)
        if not self.transport.is_closing():
            self.transport.abort()

    @property
    def _is_busy(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._crowd.idle.setdefault(self)
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._crowd.head_seconds, self._too_late)

    def _head_is_there(self) -> None:
        self._crowd.idle.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None and self.conn.trailing_data[0]:  # part of its first head
            self.transport.write(_LATE)
        self.transport.close()


_LATE = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Seldom(logging.Filter):
    """Lets what repeats itself when a server is attacked through once a minute. openings: what such messages begin
    with; all others pass."""

    def __init__(
        self, openings: tuple[str, ...], seconds: float = 60.0, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._openings = openings
        self._seconds = seconds
        self._now = now
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is to be logged."""
        opening = next((each for each in self._openings if record.msg.startswith(each)), None)
        if opening is None:
            return True
        now = self._now()
        if now - self._last.get(opening, -self._seconds) < self._seconds:
            return False
        self._last[opening] = now
        return True


def log_seldom() -> None:
    """What one connection after the other can cause is logged once a minute."""
    for name, opening in (
        ("asyncio", "socket.accept() out of system resource"),
        ("uvicorn.error", "Invalid HTTP request received."),
        ("uvicorn.error", "Unsupported upgrade request."),
        ("uvicorn.error", "No supported WebSocket library detected."),
        (__name__, _FULL),
    ):
        logging.getLogger(name).addFilter(Seldom((opening,)))
