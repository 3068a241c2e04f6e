"""Who may ask: addresses to bind, hosts, origins and the key."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import Headers

from index.errors import SettingsError
from web.access import Access, check_bind, is_loopback
from web.problems import RefusedError
from web.settings import Settings

KEY = "correct-horse"


def _status(settings: Settings, headers: dict[str, str], path: str = "/api/ask") -> int:
    try:
        Access(settings).check(path, Headers({"host": "localhost:8000", **headers}))
    except RefusedError as error:
        return error.status
    return 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_needs_no_key(host: str) -> None:
    assert is_loopback(host)
    check_bind(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "2001:db8::1"])
def test_another_address_needs_a_key(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError, match="api_key"):
        check_bind(Settings(host=host))
    check_bind(Settings(host=host, api_key=KEY))


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


@pytest.mark.parametrize(("path", "challenge"), [("/api/ask", "Bearer"), ("/", "Basic")])
def test_a_browser_is_asked_for_a_password_where_it_opens_a_page(path: str, challenge: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Access(Settings(api_key=KEY)).check(path, Headers({"host": "localhost"}))
    assert caught.value.headers["WWW-Authenticate"].startswith(challenge)
    assert KEY not in str(caught.value)
