"""A collector on loopback: takes OTLP traces over HTTP and keeps their spans."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Collector:
    """What was sent. resource: the last sender's attributes."""

    def __init__(self) -> None:
        self.url = ""
        self.spans: list[Span] = []
        self.resource: dict[str, object] = {}
        self.paths: set[str] = set()
        self.raw = b""

    def take(self, path: str, body: bytes) -> None:
        """Keep one request."""
        self.paths.add(path)
        self.raw += body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.resource = {each.key: plain(each.value) for each in resource.resource.attributes}
            self.spans += [span for scope in resource.scope_spans for span in scope.spans]


def plain(value: AnyValue) -> object:
    """An attribute's value."""
    return getattr(value, value.WhichOneof("value") or "string_value")


def attributes(span: Span) -> dict[str, object]:
    """A span's attributes."""
    return {each.key: plain(each.value) for each in span.attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector that listens while the context lasts."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.take(self.path, self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()
