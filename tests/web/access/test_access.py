"""Who may ask: addresses to bind, hosts, origins and the key."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import Headers

from index.errors import IntegrityError, SettingsError
from qa.types import Requester
from web.access.access import Access, check_bind, is_loopback
from web.access.keyring import KeyRing
from web.access.keys import FILE_NAME, Keys
from web.http.problems import RefusedError
from web.settings.settings import Settings

KEY = "correct-horse"
NOWHERE = Path("/nowhere")


def _requester(
    settings: Settings, headers: dict[str, str], path: str = "/api/ask", folder: Path = NOWHERE
) -> Requester:
    with KeyRing(folder) as keys:
        return Access(settings, keys).check(path, Headers({"host": "localhost:8000", **headers}))


def _status(settings: Settings, headers: dict[str, str], path: str = "/api/ask", folder: Path = NOWHERE) -> int:
    try:
        _requester(settings, headers, path, folder)
    except RefusedError as error:
        return error.status
    return 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_needs_no_key(host: str) -> None:
    assert is_loopback(host)
    check_bind(Settings(host=host, data=NOWHERE))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "2001:db8::1"])
def test_another_address_needs_a_key(host: str, tmp_path: Path) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError, match="footnote keys add") as caught:
        check_bind(Settings(host=host, data=tmp_path))
    assert "api_key" in str(caught.value)
    check_bind(Settings(host=host, api_key=KEY, data=tmp_path))
    with Keys.open(tmp_path / FILE_NAME) as keys:
        keys.add("bot", "ask")
        check_bind(Settings(host=host, data=tmp_path))
        keys.revoke("bot")
    check_bind(Settings(host=host, data=tmp_path))
    assert _status(Settings(host=host), {}, folder=tmp_path) == 401, "revoked keys do not open the door"


def test_keys_that_cannot_be_read_are_told_before_the_server_starts(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    with pytest.raises(IntegrityError, match="API keys") as caught:
        check_bind(Settings(data=tmp_path))
    assert "index" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        ("box.lan", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("localhost.evil.example", 421),
        ("192.168.1.2", 421),
        ("localhost@evil.example", 421),
        ("", 421),
        ("[::1", 421),
        ("localhost, evil.example", 421),
    ],
)
def test_a_loopback_server_answers_to_its_own_names_only(host: str, status: int) -> None:
    assert _status(Settings(allowed_hosts=("box.lan",)), {"host": host}) == status


@pytest.mark.parametrize(
    ("names", "host", "status"),
    [
        ((), "anything.example", 200),
        (("box.lan",), "box.lan:8000", 200),
        (("box.lan",), "192.168.1.2:8000", 200),
        (("box.lan",), "[2001:db8::1]", 200),
        (("box.lan",), "anything.example", 421),
    ],
)
def test_a_server_for_others_answers_to_any_address_and_the_names_it_is_given(
    names: tuple[str, ...], host: str, status: int
) -> None:
    settings = Settings(host="0.0.0.0", api_key=KEY, allowed_hosts=names)
    assert _status(settings, {"host": host, "x-api-key": KEY}) == status


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_no_other_host_gets_in(host: str) -> None:
    name = host.rpartition("@")[2].partition("/")[0].partition("?")[0].partition("#")[0].lower()
    is_ours = any(name.startswith(own) for own in ("localhost", "127.0.0.1", "[::1]"))
    assert is_ours or _status(Settings(), {"host": host}) == 421


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8000", 200),
        ("http://localhost:8001", 403),
        ("http://evil.example", 403),
        ("http://evil.example/localhost:8000", 403),
        ("null", 403),
        ("", 403),
        ("http://[", 403),
    ],
)
def test_other_sites_pages_are_refused(origin: str, status: int) -> None:
    assert _status(Settings(), {"origin": origin}) == status


@pytest.mark.parametrize("path", ["/api/ask", "/api/suggestions", "/v1/models", "/mcp", "/metrics"])
@pytest.mark.parametrize(
    ("site", "status"),
    [("same-origin", 200), ("none", 200), ("cross-site", 403), ("same-site", 403), ("Cross-Site", 403), ("new", 403)],
)
def test_what_a_page_of_another_site_fetches_is_refused(path: str, site: str, status: int) -> None:
    assert _status(Settings(), {"sec-fetch-site": site}, path) == status


@pytest.mark.parametrize("path", ["/", "/answers/a", "/source/a", "/health/live"])
def test_a_link_from_another_site_leads_to_the_page(path: str) -> None:
    assert _status(Settings(), {"sec-fetch-site": "cross-site"}, path) == 200


def _basic(text: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(text.encode()).decode()}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": f"Bearer {KEY}"}, 200),
        ({"authorization": f"bearer  {KEY}"}, 200),
        ({"x-api-key": KEY}, 200),
        (_basic(f"anybody:{KEY}"), 200),
        ({}, 401),
        ({"authorization": KEY}, 401),
        ({"authorization": "Bearer"}, 401),
        ({"authorization": f"Bearer {KEY}x"}, 401),
        ({"x-api-key": ""}, 401),
        ({"x-api-key": KEY.upper()}, 401),
        ({"authorization": "Basic ???"}, 401),
        (_basic(KEY), 401),
        (_basic(f"{KEY}:"), 401),
    ],
)
def test_the_key_is_taken_in_three_forms(headers: dict[str, str], status: int) -> None:
    for path in ("/api/ask", "/", "/schema", "/static/app.js"):
        assert _status(Settings(api_key=KEY), headers, path) == status


def test_health_is_open_and_nothing_like_it() -> None:
    settings = Settings(api_key=KEY)
    assert _status(settings, {}, "/health/live") == 200
    assert _status(settings, {}, "/health/ready") == 200
    assert _status(settings, {}, "/health/live/..") == 401


@pytest.mark.parametrize(
    ("path", "challenge"),
    [("/api/ask", "Bearer"), ("/v1/models", "Bearer"), ("/mcp", "Bearer"), ("/metrics", "Bearer"), ("/", "Basic")],
)
def test_a_browser_is_asked_for_a_password_where_it_opens_a_page(path: str, challenge: str) -> None:
    with pytest.raises(RefusedError) as caught:
        _requester(Settings(api_key=KEY), {}, path)
    assert caught.value.headers["WWW-Authenticate"].startswith(challenge)
    assert KEY not in str(caught.value)


def test_who_asks_is_who_holds_the_key(tmp_path: Path) -> None:
    assert _requester(Settings(), {}, folder=tmp_path) == Requester(), (
        "where no key is needed, everybody is the operator"
    )
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, asks = keys.add("sales", "ask", ("sales/*",))
        _, administers = keys.add("ops", "admin")
    forms = ({"authorization": f"Bearer {asks}"}, {"x-api-key": asks}, _basic(f"anybody:{asks}"))
    for path in ("/", "/api/ask", "/v1/chat/completions", "/mcp", "/schema"):
        for headers in forms:
            assert _requester(Settings(), headers, path, tmp_path) == Requester("sales", ("sales/*",), False)
        assert _status(Settings(), {}, path, tmp_path) == 401
    assert _requester(Settings(), {"x-api-key": administers}, folder=tmp_path) == Requester("ops", (), True)
    assert _status(Settings(), {"x-api-key": KEY}, folder=tmp_path) == 401
    assert _requester(Settings(api_key=KEY), {"x-api-key": KEY}, folder=tmp_path) == Requester()


def test_of_several_keys_one_that_is_known_is_enough(tmp_path: Path) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask")
    for headers in ({"x-api-key": "x", "authorization": f"Bearer {key}"}, {"x-api-key": key, **_basic("a:b")}):
        assert _requester(Settings(), headers, folder=tmp_path).name == "sales"


def test_a_key_that_is_not_accepted_is_told_so_and_not_repeated(tmp_path: Path) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, revoked = keys.add("old", "ask")
        keys.revoke("old")
    told = set()
    for wrong in (revoked, revoked[:-1], "fn_0", KEY):
        with pytest.raises(RefusedError) as caught:
            _requester(Settings(), {"x-api-key": wrong}, folder=tmp_path)
        assert wrong not in str(caught.value)
        told.add(str(caught.value))
    assert len(told) == 1, "whether a key was ever one is nobody's business"


def test_health_is_nobody_who_may_see_others() -> None:
    assert not _requester(Settings(api_key=KEY), {}, "/health/ready").is_admin


def test_without_its_file_a_server_for_others_is_closed_not_open() -> None:
    assert _status(Settings(host="0.0.0.0"), {}) == 401
