"""Runs an ASGI app over a real socket, in a thread."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from litestar.types import ASGIApp
from msgspec import json

from web.http.connections import Crowd


@contextmanager
def serving(app: ASGIApp, crowd: Crowd | None = None) -> Iterator[str]:
    """Gives the base URL. The server is stopped, and its lifespan ended, on leaving. crowd: of its connections."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:  # as web/commands/serve.py has it
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        protocol: Any = (crowd or Crowd(1000)).protocol
        config = uvicorn.Config(
            app, http=protocol, ws="none", lifespan="on", log_config=None, timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def hanging_up(url: str, body: object, **headers: str) -> Iterator[None]:
    """Sends a body as JSON, and on leaving hangs up, without having read a reply."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.netloc)
    connection.request(
        "POST", place.path, json.encode(body), {"Content-Type": "application/json", "Accept": "*/*", **headers}
    )
    try:
        yield
    finally:
        connection.close()
