"""`footnote mcp`."""

import asyncio
import signal
import sys
from pathlib import Path

import click
from mcp.server.stdio import stdio_server

from qa.service import Service
from web.backend import Backend
from web.bootstrap import open_answers
from web.commands import options
from web.commands.terminal import note
from web.mcp.server import mcp_server
from web.mcp.tools import Caller
from web.queueing import Worker
from web.settings.settings import Settings


@click.command("mcp")
@options.corpus
@options.data
def command(corpus: Path | None, data: Path | None) -> None:
    """Serve the documents to an MCP host, over standard input and output.

    A host starts this by itself (docs/mcp.md). It is answered at once; the index is brought up to date meanwhile, and
    the first question waits for that. What there is to say otherwise goes to standard error.
    """
    settings = options.one_corpus(corpus, data)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the SDK's thread that waits for input would hold up a tidier end
    if sys.stdin.isatty():
        note("This speaks MCP with a host that starts it (docs/mcp.md), and waits for one. Ctrl-C ends it.")
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    """Until the host closes our input."""
    backend = Backend.open(lambda: _open(settings), Worker(settings.queue))
    caller = Caller(backend, settings.page_url if settings.public_url else None)  # no page is served here
    server = mcp_server(lambda _: caller)
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    finally:
        await asyncio.to_thread(backend.close)


def _open(settings: Settings) -> Service:
    options.bring_up_to_date(settings)
    return open_answers(settings)
