"""Folders and saved filters, which can be asked within. Filters are saved by the operator."""

from collections.abc import Callable
from typing import Annotated

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import BodyKwarg, FromPath
from msgspec import Meta, Struct

from qa.collection.choosing import CollectionList
from qa.collection.filters import FilterRule, SavedFilter
from qa.collection.saved import FilterTakenError
from qa.use_cases import UseCases
from web.access.access import operators_only
from web.backend import Backend
from web.http.problems import RefusedError
from web.http.schema import CHANGED_RESPONSES, READ_RESPONSES


class SaveFilter(Struct, frozen=True, forbid_unknown_fields=True):
    """A name and a rule."""

    name: Annotated[
        str,
        Meta(
            description='1 to 80 characters without "/", counted after white space is folded and control characters '
            "are removed. Upper and lower case are the same.",
            examples=["Policies since 2024"],
            max_length=1000,
        ),
    ]
    rule: Annotated[
        FilterRule,
        Meta(
            description="Which documents: those that fit every part that is given.",
            examples=[{"folders": ["handbook"], "since": "2024"}],
        ),
    ]


@get(
    "/collections",
    operation_id="listCollections",
    summary="List folders and saved filters",
    responses=READ_RESPONSES,
    tags=["Collections"],
)
async def list_collections(backend: NamedDependency[Backend]) -> CollectionList:
    """What `in` of a question may name, and how much is in it now: folders, each behind the one it is in, and saved
    filters by name."""
    return await backend.read(_collections)


@post(
    "/collections",
    guards=[operators_only],
    operation_id="saveFilter",
    summary="Save a filter",
    responses=CHANGED_RESPONSES,
    tags=["Collections"],
    status_code=201,
)
async def save_filter(
    data: Annotated[SaveFilter, BodyKwarg(description="Its name and rule.")], backend: NamedDependency[Backend]
) -> SavedFilter:
    """Documents that come later and fit are in it, too. 409 if there is one of that name."""
    return await _saved(backend, lambda service: service.save_filter(data.name, data.rule))


@put(
    "/collections/{filter_id:str}",
    guards=[operators_only],
    operation_id="changeFilter",
    summary="Rename or change a saved filter",
    responses=CHANGED_RESPONSES,
    tags=["Collections"],
)
async def change_filter(
    filter_id: FromPath[str],
    data: Annotated[SaveFilter, BodyKwarg(description="Its new name and rule.")],
    backend: NamedDependency[Backend],
) -> SavedFilter:
    """Both are replaced; the id stays. 409 if there is another one of that name."""
    return await _saved(backend, lambda service: service.change_filter(filter_id, data.name, data.rule))


@delete(
    "/collections/{filter_id:str}",
    guards=[operators_only],
    operation_id="deleteFilter",
    summary="Delete a saved filter",
    responses=CHANGED_RESPONSES,
    tags=["Collections"],
)
async def delete_filter(filter_id: FromPath[str], backend: NamedDependency[Backend]) -> None:
    """The documents stay."""
    await backend.read(lambda service: service.delete_filter(filter_id))


handlers = [list_collections, save_filter, change_filter, delete_filter]


async def _saved(backend: Backend, save: Callable[[UseCases], SavedFilter]) -> SavedFilter:
    try:
        return await backend.read(save)
    except FilterTakenError as error:
        raise RefusedError(409, str(error)) from error


def _collections(service: UseCases) -> CollectionList:
    service.refreshed()  # another process may have indexed since the last question
    return service.collections()
