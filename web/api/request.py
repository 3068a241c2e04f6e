"""What the handlers of the API share."""

from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State

T = TypeVar("T")
ApiRequest = Request[Any, Any, State]


async def strictly(request: ApiRequest, kind: type[T]) -> T:
    """The body once more, by msgspec's strict rules: Litestar's lenient ones take "3" for 3. Raises ValidationError."""
    return msgspec.json.decode(await request.body(), type=kind)
