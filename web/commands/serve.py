"""`footnote serve`."""

import errno
import logging
import socket
from collections.abc import Mapping
from pathlib import Path

import click
import uvicorn

from index.errors import FootnoteError
from web.access.access import check_bind
from web.app import create_app_of
from web.bootstrap import parts_of
from web.commands import options
from web.corpora.corpora import CorpusParts
from web.http.connections import LIMITS, Crowd, log_seldom, raise_descriptor_limit
from web.settings.settings import Settings

_SHUTDOWN_SECONDS = 15
_MAX_HEADER_BYTES = 16 * 1024


@click.command("serve")
@click.option("--host", metavar="ADDRESS", help="Address to listen on; any but a loopback one needs an API key.")
@click.option("--port", type=int, metavar="NUMBER", help="Port to listen on; 0 takes a free one.")
@click.option("--watch/--no-watch", default=None, help="Whether to index what changes while it serves.")
@options.corpus
@options.data
def command(host: str | None, port: int | None, watch: bool | None, corpus: Path | None, data: Path | None) -> None:
    """Serve the chat page and the API, and keep the index in step with the folder.

    The port is open at once. What has changed is indexed in the background, and questions are answered from what is
    there meanwhile. /health/ready answers 200 when the models are loaded.
    """
    settings = options.load_settings(host=host, port=port, watch=watch, corpus=corpus, data=data).settings
    check_bind(settings)
    with bind(settings) as listener:
        serve(settings, parts_of(settings), listener)


def bind(settings: Settings) -> socket.socket:
    """A socket bound to the address, so that a port in use is told before minutes of indexing. Raises FootnoteError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sends small packets at once (TCP_NODELAY) only where the socket says it is TCP; else replies wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise FootnoteError(f"{where} is in use already: stop what listens there, or choose --port.") from error
        raise FootnoteError(f"Cannot listen on {where}: {error.strerror}.") from error
    return listener


def serve(settings: Settings, parts: Mapping[str, CorpusParts], listener: socket.socket) -> None:
    """Serve until a signal says stop."""
    log_seldom()
    crowd = Crowd(LIMITS.room(raise_descriptor_limit()))
    config = uvicorn.Config(
        create_app_of(settings, parts),
        http=crowd.protocol,  # type: ignore[arg-type]  # what makes a protocol will do
        backlog=LIMITS.backlog,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # an address can hold a question
        server_header=False,
        date_header=True,
        proxy_headers=False,
        h11_max_incomplete_event_size=_MAX_HEADER_BYTES,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    listener.listen(config.backlog)
    options.tell(settings, f"Footnote is at {_url(settings, listener)} (Ctrl-C stops it)", logging.INFO)
    uvicorn.Server(config).run(sockets=[listener])


def _url(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}"
