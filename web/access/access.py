"""Who may ask: the rules for the address to bind, the Host and Origin of a request, and its API key."""

import base64
import binascii
import hmac
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import Headers
from litestar.handlers import BaseRouteHandler

from index.errors import FootnoteError, SettingsError
from qa.types import Requester
from web.access.keyring import KeyRing
from web.http.problems import RefusedError
from web.settings.settings import Settings

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_LIVE = "/health/live"
_OPEN_PATHS = frozenset({_LIVE, "/health/ready"})
_OPERATOR = Requester()
_NOBODY = Requester(is_admin=False, corpora=("",))  # a name that none of several corpora has
# A browser can send only a Basic password by itself, so it is asked for one where it opens a page. The page's scripts
# ask for the key in a dialog of their own, which a Basic challenge would forestall; programs send a Bearer.
_PAGE_CHALLENGE = 'Basic realm="Footnote", charset="UTF-8"'
_API_CHALLENGE = 'Bearer realm="Footnote"'
_API_PATHS = ("/api/", "/v1/", "/mcp", "/metrics")
_OWN_SITES = ("same-origin", "none")


def is_loopback(host: str) -> bool:
    """Whether an address to bind (an IP address or "localhost") is reachable from this machine only."""
    return host == "localhost" or ip_address(host).is_loopback


def check_bind(settings: Settings) -> None:
    """Raises SettingsError where others could ask without a key, and what `KeyRing` does where keys cannot be read."""
    with KeyRing(settings.data_folder) as keys:
        is_keyed = keys.are_needed() or settings.api_key is not None
    if not is_keyed and not is_loopback(settings.host):
        raise SettingsError(
            f"host is {settings.host}, which others can reach: add a key (footnote keys add NAME), set api_key "
            "(FOOTNOTE_API_KEY), or listen on 127.0.0.1."
        )


class Access:
    """The rules for a request, by its headers alone.

    Bound to loopback: only this machine's names and `allowed_hosts` are taken as Host, against DNS rebinding. Bound to
    another address: any IP address too, and any name where `allowed_hosts` is empty, since there the key protects.

    A key is needed where `api_key` is set or a key was ever added to `keys`. `api_key` is the operator's, as is every
    request where none is needed.
    """

    def __init__(self, settings: Settings, keys: KeyRing) -> None:
        self._key = settings.api_key.encode() if settings.api_key else None
        self._keys = keys
        names = {name.lower().strip("[]") for name in settings.allowed_hosts}
        self._hosts = frozenset(names | _LOOPBACK_NAMES | {settings.host.lower()})
        self._any_address = not is_loopback(settings.host)
        self._any_host = self._any_address and not names
        self._tells_health = bool(settings.corpora)

    def check(self, path: str, headers: Headers) -> Requester:
        """Who asks. Looks into the file of keys, so not for the event loop's thread, but for what `is_open`.

        Raises RefusedError (421 for the host, 403 for the origin, 401 for the key) and what `KeyRing` does.
        """
        self._check_origin(path, headers)
        if path in _OPEN_PATHS:
            return _NOBODY if self.is_open(path) else self._looks_in(headers)
        given = _given(headers)
        requester = self._recognised(given)
        if requester is None:
            raise RefusedError(401, _wanted(given), {"WWW-Authenticate": _challenge(path)})
        return requester

    def is_open(self, path: str) -> bool:
        """Whether all that is told there is for everybody, key or no key."""
        return path in _OPEN_PATHS and (path == _LIVE or not self._tells_health)

    def _looks_in(self, headers: Headers) -> Requester:
        """Who asks how it stands: of several corpora nobody is told but who may ask them."""
        with suppress(FootnoteError):  # that keys cannot be read must not stop this
            return self._recognised(_given(headers)) or _NOBODY
        return _NOBODY

    def _check_origin(self, path: str, headers: Headers) -> None:
        """A page of another site's can have a browser send a GET without an Origin, as the address of a picture; then
        the browser says that it is another's (Fetch Metadata, W3C). It says "none" of an address that a person typed,
        and programs say nothing."""
        host = headers.get("host", "")
        if not self._knows(host):
            raise RefusedError(421, f"This server is not called {host!r}; add the name to allowed_hosts if it is.")
        origin = headers.get("origin")
        if origin is not None and _authority(origin) != host.lower():
            raise RefusedError(403, f"Requests from pages of {origin} are not accepted.")
        site = headers.get("sec-fetch-site", "none").strip().lower()
        if f"{path}/".startswith(_API_PATHS) and site not in _OWN_SITES:
            raise RefusedError(403, "Requests that pages of other sites make are not accepted.")

    def _knows(self, host: str) -> bool:
        name = _host_name(host)
        if name is None:
            return False
        return name in self._hosts or self._any_host or (self._any_address and _is_address(name))

    def _recognised(self, given: list[bytes]) -> Requester | None:
        if self._key is None and not self._any_address and not self._keys.are_needed():
            return _OPERATOR
        found = None
        for each in given:
            key = self._keys.find(each)
            if self._key is not None and hmac.compare_digest(each, self._key):
                return _OPERATOR
            if key is not None and found is None:
                found = key.requester
        return found


def _given(headers: Headers) -> list[bytes]:
    """The keys that a request carries."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    given = [headers.get("x-api-key", "").encode()]
    if scheme.lower() == "bearer":
        given.append(value.strip().encode())
    if scheme.lower() == "basic":
        given.append(_basic_password(value))
    return [each for each in given if each]


def _wanted(given: list[bytes]) -> str:
    if given:
        return "This API key is not known here, or was revoked."
    return "An API key is needed: send it as Authorization: Bearer or X-API-Key."


def _challenge(path: str) -> str:
    return _API_CHALLENGE if path.startswith(_API_PATHS) else _PAGE_CHALLENGE


def _authority(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _host_name(host: str) -> str | None:
    """The name in a Host header, without port and brackets; None if there is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _basic_password(value: str) -> bytes:
    try:
        return base64.b64decode(value.strip(), validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""


_KEY = "footnote.requester"


def recognise(scope: MutableMapping[str, Any], requester: Requester) -> None:
    """Note on the ASGI scope of a request who asks."""
    scope[_KEY] = requester


def requester_of(scope: Mapping[str, Any]) -> Requester:
    """Who asks, by the ASGI scope of the request. Raises KeyError if nobody was recognised: that is a defect, and must
    not make anybody the operator."""
    requester: Requester = scope[_KEY]
    return requester


def operators_only(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard for what shows everybody's questions. Raises RefusedError 403."""
    if not requester_of(connection.scope).is_admin:
        raise RefusedError(403, "This key is for asking questions; only the operator's key (scope admin) may do this.")
