"""The files of the corpus folder: put in, renamed, deleted and restored. For the operator."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import BodyKwarg, FromPath
from msgspec import Meta, Struct

from index.errors import InputError
from index.library.library import Library, TakenError, Uploaded, UploadStatus
from index.library.trash import Trashed
from qa.use_cases import UseCases
from web.access.access import operators_only, requester_of
from web.backend import Backend
from web.corpora.shelving import MOST_FILES, Shelving
from web.http.forms import MEDIA_TYPE, FileForm, flag
from web.http.problems import FieldError, RefusedError
from web.http.request import ApiRequest, body_chunks
from web.http.schema import CHANGED_RESPONSES, OPERATOR_RESPONSES, READ_RESPONSES, UPLOAD_RESPONSES

UPLOAD_PATH = "/api/sources"
_FIELDS = {"folder", "replace"}


class LibraryState(Struct, frozen=True):
    """What whoever asks may do to the files of the corpus folder. changeable: add, rename and delete documents.

    reason: why not, "" if they may. most_file_bytes: the longest file that is taken. trashed: how many deleted ones may
    be restored. saves_filters: whether they may save filters.
    """

    changeable: bool
    reason: str
    most_file_bytes: int
    trashed: int = 0
    saves_filters: bool = False


class UploadedFile(Uploaded, frozen=True):
    """What became of a file. name: as it was given. source: its path; of a duplicate, that of the file with the same
    bytes; empty if it was refused. reason: why it was refused. document_id: of a duplicate that is indexed, else null:
    what was added is indexed in the background."""

    document_id: str | None = None


class UploadReport(Struct, frozen=True):
    """What became of each file, in the order given."""

    files: tuple[UploadedFile, ...]


class MoveSource(Struct, frozen=True, forbid_unknown_fields=True):
    """A new path of a document's file."""

    source: Annotated[
        str,
        Meta(
            description="The path below the folder of documents. Folders are made where they are not there; characters "
            "that a file's name cannot have everywhere are replaced.",
            examples=["reports/2026 harbour.pdf"],
            min_length=1,
            max_length=1000,
        ),
    ]


class MovedSource(Struct, frozen=True):
    """A document whose file has another path now. source: the path. The id stays."""

    document_id: str
    source: str


class TrashList(Struct, frozen=True):
    """Documents that were deleted and can be restored, the last deleted first."""

    trash: tuple[Trashed, ...]


class RestoredSource(Struct, frozen=True):
    """A document's file that is back. source: its path."""

    source: str


@dataclass
class _UploadOperation(Operation):
    """Describes the form, which the handler reads itself, as it arrives."""

    def __post_init__(self) -> None:
        text = OpenAPIType.STRING
        file = Schema(type=text, content_media_type="application/octet-stream")
        form = Schema(
            type=OpenAPIType.OBJECT,
            required=["file"],
            properties={
                "file": Schema(
                    type=OpenAPIType.ARRAY, items=file, max_items=MOST_FILES, description="The files, a part each."
                ),
                "folder": Schema(type=text, description="Where they are put, below the folder of documents."),
                "replace": Schema(
                    type=text,
                    enum=["true", "false"],
                    default="false",
                    description="Whether a file of that name is replaced; else the new one gets a number.",
                ),
            },
        )
        self.request_body = RequestBody(content={MEDIA_TYPE: OpenAPIMediaType(schema=form)}, required=True)


@get(
    "/library",
    operation_id="readLibrary",
    summary="Whether documents can be added",
    responses=READ_RESPONSES,
    tags=["Documents"],
)
async def read_library(request: ApiRequest, shelving: NamedDependency[Shelving]) -> LibraryState:
    """Whether this key may change the documents, and how large a file may be."""
    is_admin = requester_of(request.scope).is_admin
    reason = ""
    if shelving.library is None:
        reason = "The setting uploads is off."
    elif not is_admin:
        reason = "This key is for asking only."
    trashed = 0 if reason else len(await asyncio.to_thread(shelving.open().trashed))
    return LibraryState(not reason, reason, shelving.limits.most_bytes, trashed, is_admin)


@post(
    "/sources",
    guards=[operators_only],
    operation_id="addSources",
    operation_class=_UploadOperation,
    summary="Add documents",
    responses=UPLOAD_RESPONSES,
    tags=["Documents"],
    status_code=200,
    request_max_body_size=None,
)
async def add_sources(
    request: ApiRequest, backend: NamedDependency[Backend], shelving: NamedDependency[Shelving]
) -> UploadReport:
    """A form (`multipart/form-data`) with up to 20 files. Each is `added`, `replaced`, a `duplicate` of a document with
    the same bytes, or `refused` with a `reason`, whatever becomes of the others. What was added is read and indexed in
    the background."""
    library = shelving.open()
    form = FileForm(request.headers.get("content-type", ""), library.begin, shelving.limits, _FIELDS)
    try:
        async for chunk in body_chunks(request.receive):
            await asyncio.to_thread(form.feed, chunk)
        form.finish()
        replaces = flag(form.fields, "replace")
        known = await backend.read(_by_content)
        report = await asyncio.to_thread(_place, library, form, replaces, known)
    finally:
        await asyncio.to_thread(form.close)
    if any(file.status in (UploadStatus.ADDED, UploadStatus.REPLACED) for file in report.files):
        shelving.has_changed()
    return report


@patch(
    "/sources/{document_id:str}",
    guards=[operators_only],
    operation_id="moveSource",
    summary="Rename a document",
    responses=CHANGED_RESPONSES,
    tags=["Documents"],
)
async def move_source(
    document_id: FromPath[str],
    data: Annotated[MoveSource, BodyKwarg(description="The new path.")],
    backend: NamedDependency[Backend],
    shelving: NamedDependency[Shelving],
) -> MovedSource:
    """Give its file another name or folder. The document keeps its id, and what cites it still stands."""
    library = shelving.open()
    source = await backend.read(lambda service: _path(service, document_id))
    try:
        moved = await asyncio.to_thread(library.move, source, data.source)
    except InputError as error:
        raise FieldError("source", str(error)) from error
    except TakenError as error:
        raise RefusedError(409, str(error)) from error
    shelving.has_changed()
    return MovedSource(document_id, moved)


@delete(
    "/sources/{document_id:str}",
    guards=[operators_only],
    operation_id="deleteSource",
    summary="Delete a document",
    responses=CHANGED_RESPONSES,
    tags=["Documents"],
    status_code=200,
)
async def delete_source(
    document_id: FromPath[str], backend: NamedDependency[Backend], shelving: NamedDependency[Shelving]
) -> Trashed:
    """Its file goes to the trash, from where it can be restored for 30 days."""
    library = shelving.open()
    source = await backend.read(lambda service: _path(service, document_id))
    trashed = await asyncio.to_thread(library.delete, source)
    shelving.has_changed(remove_all=True)  # it was asked for, so the last document may go, too
    return trashed


@get(
    "/trash",
    guards=[operators_only],
    operation_id="listTrash",
    summary="List deleted documents",
    responses=OPERATOR_RESPONSES,
    tags=["Documents"],
)
async def list_trash(shelving: NamedDependency[Shelving]) -> TrashList:
    """Those that can be restored, the last deleted first."""
    return TrashList(await asyncio.to_thread(shelving.open().trashed))


@post(
    "/trash/{trash_id:str}/restore",
    guards=[operators_only],
    operation_id="restoreSource",
    summary="Restore a deleted document",
    responses=CHANGED_RESPONSES,
    tags=["Documents"],
    status_code=200,
)
async def restore_source(trash_id: FromPath[str], shelving: NamedDependency[Shelving]) -> RestoredSource:
    """Put its file back where it was; 409 if there is another one by now."""
    try:
        source = await asyncio.to_thread(shelving.open().restore, trash_id)
    except TakenError as error:
        raise RefusedError(409, str(error)) from error
    shelving.has_changed()
    return RestoredSource(source)


@delete(
    "/trash",
    guards=[operators_only],
    operation_id="emptyTrash",
    summary="Delete for good",
    responses=OPERATOR_RESPONSES,
    tags=["Documents"],
)
async def empty_trash(shelving: NamedDependency[Shelving]) -> None:
    """Delete for good what is in the trash."""
    await asyncio.to_thread(shelving.open().empty_trash)


handlers = [
    read_library,
    add_sources,
    move_source,
    delete_source,
    list_trash,
    restore_source,
    empty_trash,
]


def _by_content(service: UseCases) -> dict[str, dict[str, str]]:
    """Paths of the documents that have the same bytes, each with the document's id, by SHA-256."""
    service.refreshed()
    known: dict[str, dict[str, str]] = {}
    for each in service.sources():
        known.setdefault(each.content_sha256, {})[each.source] = each.document_id
    return known


def _place(library: Library, form: FileForm, replaces: bool, known: Mapping[str, Mapping[str, str]]) -> UploadReport:
    report = []
    for file in form.files:
        if file.draft is None:
            report.append(UploadedFile(file.name, UploadStatus.REFUSED, reason=file.reason))
            continue
        same = known.get(file.draft.sha256, {})
        done = library.place(file.draft, file.name, form.fields.get("folder", ""), replace=replaces, known=same)
        document_id = same.get(done.source) if done.status is UploadStatus.DUPLICATE else None
        report.append(UploadedFile(done.name, done.status, done.source, done.reason, document_id))
    return UploadReport(tuple(report))


def _path(service: UseCases, document_id: str) -> str:
    """Raises NotFoundError."""
    service.refreshed()
    return service.document(document_id).source
