"""The websocket of the fake Slack: sends envelopes, again those that were not acknowledged, and ends connections."""

import asyncio
import json
import secrets
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from aiohttp import ClientConnectionResetError, WSMsgType, web

from tests.waiting import PATIENCE

Json = dict[str, Any]


class FakeSocket:
    """A server of one app's connections, on a loop and thread of its own. `url` is what apps.connections.open gives."""

    def __init__(self) -> None:
        self.url = ""
        self.connections = 0
        self.acknowledged: list[str] = []
        self._unacknowledged: dict[str, Json] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._loop = asyncio.new_event_loop()
        self._heard = threading.Condition()

    @contextmanager
    def running(self) -> Iterator["FakeSocket"]:
        """Serve it on a free port of loopback."""
        thread = threading.Thread(target=self._loop.run_forever)
        thread.start()
        runner = self._run(self._serve())
        try:
            yield self
        finally:
            self._run(runner.cleanup())
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def send(self, kind: str, payload: Json, envelope_id: str | None = None) -> str:
        """An envelope, now or once somebody is connected; its id. Again on each connection until it is acknowledged."""
        envelope_id = envelope_id or secrets.token_hex(8)
        accepts = {"accepts_response_payload": kind != "events_api"}
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, **accepts}
        self._unacknowledged[envelope_id] = envelope
        self.say(envelope)
        return envelope_id

    def say(self, message: Json | str) -> None:
        """Any message, to who is connected."""
        text = message if isinstance(message, str) else json.dumps(message)
        for socket in self._sockets[-1:]:
            with suppress(ClientConnectionResetError):  # it has just gone: what was not acknowledged comes again
                self._run(socket.send_str(text))

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask for another connection, as Slack does before it ends one."""
        self.say({"type": "disconnect", "reason": reason})

    def hang_up(self) -> None:
        """End the connection without a word."""
        for socket in self._sockets[-1:]:
            self._run(socket.close())

    def wait_for(self, condition: Any, seconds: float = PATIENCE) -> None:
        """Until it holds, looked at after each thing heard. Raises TimeoutError."""
        with self._heard:
            if not self._heard.wait_for(lambda: bool(condition()), seconds):
                raise TimeoutError("It did not come to that.")

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _serve(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/link", self._connect)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"ws://127.0.0.1:{runner.addresses[0][1]}/link"
        return runner

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0001"}})
        for envelope in list(self._unacknowledged.values()):
            await socket.send_json({**envelope, "retry_attempt": 1, "retry_reason": "timeout"})
        self._sockets.append(socket)
        with self._heard:
            self.connections += 1
            self._heard.notify_all()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._hear(json.loads(message.data))
        self._sockets.remove(socket)
        return socket

    def _hear(self, said: Json) -> None:
        with self._heard:
            self.acknowledged.append(said["envelope_id"])
            self._unacknowledged.pop(said["envelope_id"], None)
            self._heard.notify_all()
