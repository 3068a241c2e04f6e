"""MCP over streamable HTTP: each POST is one message and has one JSON answer; nothing is kept between them.

Host, origin, key, size and type of the body are checked before (web/access/limits.py). There is no stream of the
server's own to GET, and no session to DELETE, which the specification allows to answer with 405.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, asgi
from litestar.exceptions import MethodNotAllowedException
from litestar.types import ASGIApp, Receive, Scope, Send
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from web.access.access import requester_of
from web.access.limits import MAX_BODY_BYTES
from web.corpora.choosing import choice_of
from web.corpora.corpora import Corpora
from web.mcp.corpora import CorporaCaller
from web.mcp.server import Context, mcp_server
from web.mcp.tools import Caller
from web.settings.settings import Settings

PATH = "/mcp"


@asynccontextmanager
async def mcp_running(corpora: Corpora, settings: Settings) -> AsyncIterator[ASGIApp]:
    """Gives what serves /mcp while it is entered."""

    def caller_of(context: Context) -> Caller:
        request: Any = context.request  # the HTTP request, as the SDK wraps it
        return CorporaCaller(corpora, requester_of(request.scope), choice_of(request.scope), settings.page_url).whole

    manager = StreamableHTTPSessionManager(
        mcp_server(caller_of), json_response=True, stateless=True, max_request_body_size=MAX_BODY_BYTES
    )
    async with manager.run():
        yield _Endpoint(manager)


@asgi(PATH, copy_scope=True)
async def mcp_endpoint(scope: Scope, receive: Receive, send: Send) -> None:
    """The handler for the application, whose lifespan put what `mcp_running` gives into `state["mcp"]`."""
    app: Litestar = scope["litestar_app"]
    await app.state["mcp"](scope, receive, send)


class _Endpoint:
    """Serves a request for as long as its caller waits: a question nobody waits for leaves the queue."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        http: Any = scope
        if http["method"] != "POST":
            raise MethodNotAllowedException(headers={"Allow": "POST"})
        first: list[Any] = [await receive()]  # the whole body: web/access/limits.py has it
        gone = asyncio.create_task(_gone(receive))

        async def receive_again() -> Any:
            return first.pop() if first else await asyncio.shield(gone)

        answer: Any = send
        serving = asyncio.create_task(self._manager.handle_request(http, receive_again, answer))
        try:
            await asyncio.wait((serving, gone), return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
        finally:
            serving.cancel()
            gone.cancel()
            await asyncio.gather(serving, gone, return_exceptions=True)


async def _gone(receive: Receive) -> Any:
    """The message that says that the caller has hung up."""
    while (message := await receive())["type"] != "http.disconnect":
        pass
    return message
