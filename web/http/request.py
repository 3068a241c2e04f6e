"""What the handlers of the API share."""

import asyncio
from collections.abc import Collection
from concurrent.futures import Future
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException
from litestar.types import Receive

from web.http.problems import FieldError

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


async def while_connected(work: Future[T], receive: Receive) -> T:
    """What the work comes to, unless the caller hangs up first: then work that has not begun is dropped."""
    answer = asyncio.ensure_future(asyncio.wrap_future(work))
    hung_up = asyncio.create_task(_hung_up(receive))
    try:
        await asyncio.wait((answer, hung_up), return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise ClientException("The caller has gone.")
    finally:
        hung_up.cancel()
        answer.cancel()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
