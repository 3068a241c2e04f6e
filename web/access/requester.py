"""Who was recognised for a request: noted on its scope by web/access/limits.py, read by whoever serves it."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from qa.types import Requester
from web.http.problems import RefusedError

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
