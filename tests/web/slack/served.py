"""An endpoint of plain ASGI as an application that a server can start and stop."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from litestar.types import ASGIApp


def lifespan(endpoint: ASGIApp, within: AbstractAsyncContextManager[object] | None = None) -> ASGIApp:
    """The endpoint, served within a context that is entered on the server's own loop."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await endpoint(scope, receive, send)
            return
        await receive()
        async with within or nullcontext():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    return app
