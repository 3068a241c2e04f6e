"""Keys on a real server: added and revoked while it runs, taken on every surface, and counted by the minute."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fakes import FakeService
from tests.servers import serving
from tests.waiting import PATIENCE
from web.access.keys import FILE_NAME, Keys
from web.app import create_app
from web.settings.settings import Settings

PATHS = ("/", "/api/sources", "/v1/models", "/schema", "/static/app.js", "/nothing")
QUESTION = {"question": "Who?"}
CHAT = {"model": "footnote", "messages": [{"role": "user", "content": "Who?"}]}


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def client(tmp_path: Path, fake: FakeService) -> Iterator[httpx.Client]:
    """A client of a server over `fake`, whose keys are in tmp_path."""
    with (
        serving(create_app(Settings(data=tmp_path), lambda: fake)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        yield client


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_keys_count_as_soon_as_they_are_added_or_revoked(client: httpx.Client, tmp_path: Path) -> None:
    assert client.get("/api/sources").status_code == 200, "no key was ever added"
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask")
        for path in PATHS:
            assert client.get(path).status_code == 401
            assert client.get(path, headers=_bearer(key)).status_code == (404 if path == "/nothing" else 200)
            assert client.get(path, auth=("anybody", key)).status_code == (404 if path == "/nothing" else 200)
        assert client.get("/health/live").status_code == 200
        keys.revoke("sales")
        for path in PATHS:
            assert client.get(path, headers=_bearer(key)).status_code == 401
            assert client.get(path).status_code == 401, "revoking the last key opens nothing"


def test_what_is_asked_too_much_is_refused_before_it_is_queued(
    client: httpx.Client, fake: FakeService, tmp_path: Path
) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask", (), 2)
        _, other = keys.add("hr", "ask", (), 1)
    assert client.post("/api/ask", json=QUESTION, headers=_bearer(key)).status_code == 200
    assert client.post("/v1/chat/completions", json=CHAT, headers=_bearer(key)).status_code == 200
    for refused in (
        client.post("/api/ask", json=QUESTION, headers=_bearer(key)),
        client.post("/api/ask", json={**QUESTION, "stream": True}, headers=_bearer(key)),
        client.get("/api/ask?q=Who", headers=_bearer(key)),
        client.post("/v1/chat/completions", json=CHAT, headers=_bearer(key)),
        client.post("/v1/chat/completions", json={**CHAT, "stream": True}, headers=_bearer(key)),
    ):
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 30
        assert "2 questions a minute" in refused.text
    assert len(fake.fake_answerer.asked) == 2
    assert client.post("/api/ask", json={"question": ""}, headers=_bearer(other)).status_code == 400
    assert client.post("/api/ask", json=QUESTION, headers=_bearer(other)).status_code == 200, "no question, no count"
    assert client.get("/api/sources", headers=_bearer(key)).status_code == 200, "reading is not asking"


def test_keys_are_neither_logged_nor_told(
    client: httpx.Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask")
        _, revoked = keys.add("old", "ask")
        keys.revoke("old")
    told = []
    with caplog.at_level("DEBUG"):
        for headers in (_bearer(key), _bearer(revoked), {"X-API-Key": key}):
            told += [client.post("/api/ask", json={"question": asked}, headers=headers) for asked in ("Who?", "defect")]
    assert {response.status_code for response in told} == {200, 401, 500}
    for secret in (key, revoked):
        assert secret.rpartition("_")[2] not in caplog.text
        assert all(secret.rpartition("_")[2] not in response.text for response in told)
