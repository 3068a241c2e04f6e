"""The network between browser and server, which can be slow or down. What it carries is never changed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PIECE = 64 * 1024


class Relay:
    """A TCP relay on a loopback port of its own. `url` stays the same when the server behind it changes.

    Carries nothing before `lead_to`. Where a server does not answer, a caller's connection is closed.
    """

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._target = 0
        self._held_before: bytes | None = None
        self._release = threading.Event()
        self._open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def lead_to(self, port: int) -> None:
        """Carry to this port of this machine from now on."""
        self._target = port

    def hold_before(self, marker: bytes) -> None:
        """Let no answer go on past the first place where `marker` stands in it, until `release`."""
        self._release.clear()
        self._held_before = marker

    def release(self) -> None:
        self._held_before = None
        self._release.set()

    def accept(self) -> None:
        """Serve callers until `close`."""
        with suppress(OSError):  # the listener is closed
            while True:
                caller, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(caller,), daemon=True).start()

    def close(self) -> None:
        self.release()
        # A plain close would leave `accept` waiting.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in list(self._open):
            _shut(each)

    def _carry(self, caller: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            caller.close()
            return
        pair = {caller, server}
        self._open |= pair
        upward = threading.Thread(target=self._pass_on, args=(caller, server), daemon=True)
        upward.start()
        self._pass_back(server, caller)
        upward.join()
        self._open -= pair
        for each in pair:
            each.close()

    def _pass_on(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while piece := caller.recv(_PIECE):
                server.sendall(piece)
        _shut(server)

    def _pass_back(self, server: socket.socket, caller: socket.socket) -> None:
        """Looks for the marker over the edges of pieces: a piece's last bytes wait while they may begin it."""
        waiting = b""
        with suppress(OSError):
            while piece := server.recv(_PIECE):
                waiting += piece
                marker = self._held_before
                if marker is None:
                    caller.sendall(waiting)
                    waiting = b""
                    continue
                found = waiting.find(marker)
                keep = found if found >= 0 else len(waiting) - _overlap(waiting, marker)
                caller.sendall(waiting[:keep])
                waiting = waiting[keep:]
                if found >= 0:
                    self._release.wait()
            caller.sendall(waiting)
        _shut(caller)


def _overlap(data: bytes, marker: bytes) -> int:
    """The length of the longest end of `data` that `marker` begins with."""
    return next((n for n in range(min(len(marker) - 1, len(data)), 0, -1) if data.endswith(marker[:n])), 0)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relaying() -> Iterator[Relay]:
    """A relay that is closed on leaving."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        relay = Relay(listener)
        thread = threading.Thread(target=relay.accept, daemon=True)
        thread.start()
        try:
            yield relay
        finally:
            relay.close()
            thread.join(5)
