"""Who was recognised for a request: put into its scope by web/access.py's rules, and read by whoever serves it."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from qa.types import Asker

_KEY = "footnote.asker"
_NOBODY_IN_PARTICULAR = Asker()


def recognise(scope: MutableMapping[str, Any], asker: Asker) -> None:
    """Note on the ASGI scope of a request who asks."""
    scope[_KEY] = asker


def asker_of(scope: Mapping[str, Any]) -> Asker:
    """Who asks, by the ASGI scope of the request; where nobody is told apart, one who may see all."""
    asker: Asker = scope.get(_KEY, _NOBODY_IN_PARTICULAR)
    return asker
