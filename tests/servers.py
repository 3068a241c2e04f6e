"""Runs an ASGI app over a real socket, in a thread."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from litestar.types import ASGIApp
from msgspec import json


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Gives the base URL. The server is stopped, and its lifespan ended, on leaving."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:  # as web/commands/serve.py has it
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        config = uvicorn.Config(app, http="h11", ws="none", lifespan="on", log_config=None, timeout_graceful_shutdown=2)
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
