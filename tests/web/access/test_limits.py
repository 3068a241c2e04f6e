"""What is turned away before the app sees it, driven at ASGI's level; test_api.py meets it over a socket."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from qa.types import Requester
from web.access.access import Access, requester_of
from web.access.keyring import KeyRing
from web.access.keys import FILE_NAME, Keys
from web.access.limits import MAX_BODY_BYTES, Limits
from web.completions.errors import MAX_BODY_BYTES as MAX_CHAT_BYTES
from web.completions.router import DIALECTS
from web.http.problems import RefusedError
from web.http.request import body_chunks
from web.settings.settings import Settings

JSON = {"content-type": "application/json"}
FORMS, MOST_FORM_BYTES = "/api/sources", 1_000_000
FORM = {"content-type": "multipart/form-data; boundary=b"}


class _App:
    """Keeps what reaches it, and answers "hello"."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.methods: list[str] = []
        self.requesters: list[Requester] = []
        self.after: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.methods.append(scope["method"])
        self.requesters.append(requester_of(scope))
        if scope["method"] == "POST":
            message = await receive()
            assert not message["more_body"]
            self.bodies.append(message["body"])
            self.after.append((await receive())["type"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"no-cache")]})
        await send({"type": "http.response.body", "body": b"hello", "more_body": False})


class _Reply(msgspec.Struct):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json"
        found: dict[str, Any] = msgspec.json.decode(self.body)
        assert found["status"] == self.status
        return found


def _call(
    app: _App,
    method: str = "POST",
    chunks: tuple[bytes, ...] = (b"{}",),
    headers: dict[str, str] = JSON,
    path: str = "/api/ask",
    query: bytes = b"",
    stalls: bool = False,
    folder: Path = Path("/nowhere"),
) -> _Reply:
    """One request; after its chunks the caller hangs up, or falls silent if it `stalls`."""
    pending: list[dict[str, Any]] = [
        {"type": "http.request", "body": chunk, "more_body": stalls or number < len(chunks)}
        for number, chunk in enumerate(chunks, 1)
    ]
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        if pending:
            return pending.pop(0)
        if stalls:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()]
    scope: Any = {"type": "http", "method": method, "path": path, "query_string": query, "headers": raw}
    with KeyRing(folder) as keys:
        limits = Limits(
            app, Access(Settings(), keys), DIALECTS, body_seconds=0.05 if stalls else 30, forms={FORMS: MOST_FORM_BYTES}
        )
        asyncio.run(limits(scope, receive, send))  # type: ignore[arg-type]
    body = b"".join(message["body"] for message in sent[1:])
    return _Reply(sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, body)


@pytest.fixture
def app() -> _App:
    return _App()


def test_a_body_arrives_whole_and_the_hanging_up_after_it(app: _App) -> None:
    assert _call(app, chunks=(b'{"a":', b"", b"1}")).status == 200
    assert app.bodies == [b'{"a":1}']
    assert app.after == ["http.disconnect"]


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 413), (1_000_000, 413), (9_000_000, 413)])
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_body_has_64_kilobytes_at_most(app: _App, extra: int, status: int, is_declared: bool) -> None:
    size = MAX_BODY_BYTES + extra
    chunks = tuple(b"x" * min(50_000, size - at) for at in range(0, size, 50_000))
    headers = {**JSON, "content-length": str(size)} if is_declared else JSON
    reply = _call(app, chunks=chunks, headers=headers)
    assert reply.status == status
    assert len(app.bodies) == (status == 200)
    if status == 413:
        assert "65536" in reply.problem["detail"]
        assert reply.headers["connection"] == "close"


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 413)])
def test_a_whole_conversation_may_have_a_megabyte(app: _App, extra: int, status: int) -> None:
    reply = _call(app, chunks=(b"x" * (MAX_CHAT_BYTES + extra),), path="/v1/chat/completions")
    assert reply.status == status
    assert [len(body) for body in app.bodies] == [MAX_CHAT_BYTES] * (status == 200)


@pytest.mark.parametrize("chunks", [(), (b'{"question":',)])
def test_a_body_that_stalls_is_given_up(app: _App, chunks: tuple[bytes, ...]) -> None:
    reply = _call(app, chunks=chunks, stalls=True)
    assert (reply.status, reply.headers["connection"]) == (408, "close")
    assert "did not arrive" in reply.problem["detail"]
    assert app.bodies == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("Application/JSON; charset=UTF-8", 200),
        ('application/json; charset="utf-8"', 200),
        ("application/json; charset=latin-1", 415),
        ("application/problem+json", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
    ],
)
def test_a_body_must_be_json(app: _App, kind: str, status: int) -> None:
    assert _call(app, headers={"content-type": kind} if kind else {}).status == status


def test_no_body_needs_no_type(app: _App) -> None:
    assert _call(app, chunks=(b"",), headers={}).status == 200


@pytest.mark.parametrize("length", ["-1", "1e3", "x", ""])
def test_a_length_must_be_a_number(app: _App, length: str) -> None:
    assert _call(app, headers={**JSON, "content-length": length}).status == 400


@pytest.mark.parametrize(("query", "status"), [(b"q=%C3%A9", 200), (b"q=%ff", 400), (b"q=%C3", 400), (b"%zz", 200)])
def test_a_query_must_be_utf8(app: _App, query: bytes, status: int) -> None:
    assert _call(app, "GET", query=query).status == status


def test_strangers_are_turned_away_first(app: _App) -> None:
    assert _call(app, headers={**JSON, "host": "evil.example"}).problem["status"] == 421
    assert _call(app, headers={**JSON, "origin": "http://evil.example"}).problem["status"] == 403
    assert app.methods == []


def test_the_app_is_told_who_asks(app: _App, tmp_path: Path) -> None:
    _call(app, folder=tmp_path)
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask")
    _call(app, "HEAD", path="/api/sources", headers={"x-api-key": key}, folder=tmp_path)
    assert app.requesters == [Requester(), Requester("sales", (), False)]
    assert _call(app, folder=tmp_path).problem["status"] == 401


def test_keys_that_cannot_be_read_keep_everybody_out(app: _App, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    assert _call(app, folder=tmp_path).problem["status"] == 500
    assert app.requesters == []


def test_head_is_get_without_a_body_but_not_for_questions(app: _App) -> None:
    reply = _call(app, "HEAD", path="/api/sources")
    assert (reply.status, reply.body) == (200, b"")
    _call(app, "HEAD", path="/api/ask")
    assert app.methods == ["GET", "HEAD"]


@pytest.mark.parametrize("headers", [JSON, {"host": "evil.example"}])
def test_every_reply_carries_the_security_headers(app: _App, headers: dict[str, str]) -> None:
    reply = _call(app, headers=headers)
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["cache-control"] == ("no-cache" if reply.status == 200 else "no-store")


class _Reader(_App):
    """Reads a body piece by piece, and answers how long it was, or with what went wrong."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert requester_of(scope).is_admin
        status, body = 200, b""
        try:
            async for chunk in body_chunks(receive):
                self.bodies.append(chunk)
        except RefusedError as error:
            status, body = error.status, str(error).encode()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body, "more_body": False})


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 413)])
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_form_is_handed_on_as_it_arrives_and_has_an_end(extra: int, status: int, is_declared: bool) -> None:
    app = _Reader()
    chunks = (b"x" * 400_000, b"y" * 600_000, b"z" * extra)
    headers = {**FORM, **({"content-length": str(MOST_FORM_BYTES + extra)} if is_declared else {})}
    assert _call(app, chunks=chunks, headers=headers, path=FORMS).status == status
    assert [len(body) for body in app.bodies] == ([] if is_declared and extra else [400_000, 600_000])


def test_a_form_that_stalls_is_given_up() -> None:
    app = _Reader()
    assert _call(app, chunks=(b"x" * 100,), headers=FORM, path=FORMS, stalls=True).status == 408
    assert app.bodies == [b"x" * 100]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (JSON, 415),
        ({}, 415),
        ({"content-type": "text/plain"}, 415),
        ({**FORM, "content-length": "many"}, 400),
        ({**FORM, "origin": "https://evil.example"}, 403),
        ({**FORM, "origin": "null"}, 403),
        ({**FORM, "sec-fetch-site": "cross-site"}, 403),
        ({**FORM, "sec-fetch-site": "same-origin", "origin": "http://localhost"}, 200),
    ],
)
def test_only_ones_own_forms_are_taken(headers: dict[str, str], status: int) -> None:
    app = _Reader()
    assert _call(app, headers=headers, path=FORMS).status == status
    assert len(app.bodies) == (status == 200)


def test_a_form_is_taken_at_its_own_address_only() -> None:
    assert _call(_App(), headers=FORM).status == 415
