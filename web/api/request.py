"""What the handlers of the API share."""

from collections.abc import Collection
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State

from web.problems import FieldError

T = TypeVar("T")
ApiRequest = Request[Any, Any, State]


async def strictly(request: ApiRequest, kind: type[T]) -> T:
    """The body once more, by msgspec's strict rules: Litestar's lenient ones take "3" for 3. Raises ValidationError."""
    return msgspec.json.decode(await request.body(), type=kind)


def check_query(request: ApiRequest, keys: Collection[str], repeatable: Collection[str] = ()) -> None:
    """Raises FieldError for a parameter that is not one of `keys`, or is given twice and is not `repeatable`."""
    for key in request.query_params:
        if key not in keys:
            raise FieldError(key, "There is no such parameter")
        if key not in repeatable and len(request.query_params.getall(key)) > 1:
            raise FieldError(key, "This parameter is given more than once")
