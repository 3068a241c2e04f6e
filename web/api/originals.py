"""The files behind the documents, their pages as pictures, and where a range of the text stands on them."""

import re
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import quote

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromPath, QueryParameter

from index.errors import NotFoundError
from index.types import Range
from qa.composing.citations import spot_of
from qa.use_cases import UseCases
from web.backend import Backend
from web.http.messages import PlaceOfRange, SourcePages
from web.http.request import ApiRequest, check_query
from web.http.schema import FILE_RESPONSES, FOUND_RESPONSES, PICTURE_RESPONSES, PLACE_RESPONSES
from web.originals import Originals

_PICTURE = re.compile(r"([1-9]\d{0,5})\.png")
_WIDTH = 1_000  # pixels
# Nothing in a file may act: it is saved, and where a browser shows it all the same, it is in a box without scripts.
_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-cache"}
_KEPT = "private, max-age=86400"  # the address has the hash of what is drawn


@get(
    "/sources/{document_id:str}/original",
    operation_id="readOriginal",
    summary="The file itself",
    responses=FILE_RESPONSES,
    tags=["Documents"],
)
async def read_original(
    document_id: FromPath[str], backend: NamedDependency[Backend], originals: NamedDependency[Originals]
) -> Response[bytes]:
    """The file to save, as long as it is the one that was indexed."""

    def found(service: UseCases) -> Response[bytes]:
        document = service.document(document_id)
        name = PurePosixPath(document.source).name
        said = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        data = originals.data(document)
        return Response(data, media_type="application/octet-stream", headers={**_HEADERS, "Content-Disposition": said})

    return await backend.read(found)


@get(
    "/sources/{document_id:str}/pages",
    operation_id="readPages",
    summary="The pages of the file",
    responses=FOUND_RESPONSES,
    tags=["Documents"],
)
async def read_pages(
    document_id: FromPath[str], backend: NamedDependency[Backend], originals: NamedDependency[Originals]
) -> SourcePages:
    """Number and size of the pages that can be had as pictures: those of PDFs."""

    def found(service: UseCases) -> SourcePages:
        document = service.document(document_id)
        return SourcePages(document_id, document.content_sha256, originals.pages(document))

    return await backend.read(found)


@get(
    "/sources/{document_id:str}/pages/{name:str}",
    operation_id="readPage",
    summary="A page as a picture",
    responses=PICTURE_RESPONSES,
    tags=["Documents"],
)
async def read_page(
    request: ApiRequest,
    document_id: FromPath[str],
    name: FromPath[str],
    backend: NamedDependency[Backend],
    originals: NamedDependency[Originals],
    width: Annotated[int, QueryParameter(ge=100, le=2400, description="In pixels.")] = _WIDTH,
    sha256: Annotated[str | None, QueryParameter(description="Of the file; lets it be cached.")] = None,
) -> Response[bytes]:
    """The page of that number from 1, `3.png`, drawn from the file as it was indexed."""
    check_query(request, ("width", "sha256"))
    number = _PICTURE.fullmatch(name)
    if number is None:
        raise NotFoundError(f"There is no page {name!r}: they are called 1.png, 2.png and so on.")

    def found(service: UseCases) -> Response[bytes]:
        document = service.document(document_id)
        if sha256 not in (None, document.content_sha256):
            raise NotFoundError(f"The file {document.source} has changed since then.")
        kept = {"Cache-Control": _KEPT} if sha256 else {}
        picture = originals.picture(document, int(number[1]), width)
        return Response(picture, media_type="image/png", headers={**_HEADERS, **kept})

    return await backend.read(found)


@get(
    "/sources/{document_id:str}/place",
    operation_id="readPlace",
    summary="Where a range of the text stands",
    responses=PLACE_RESPONSES,
    tags=["Documents"],
)
async def read_place(
    request: ApiRequest,
    document_id: FromPath[str],
    backend: NamedDependency[Backend],
    start: Annotated[int, QueryParameter(ge=0, description="In code points.")],
    end: Annotated[int, QueryParameter(ge=0, description="Exclusive.")],
) -> PlaceOfRange:
    """Page, place and boxes of `text[start:end]`, as a citation of it has them."""
    check_query(request, ("start", "end"))
    if end <= start:
        raise ClientException("end must be greater than start.")

    def found(service: UseCases) -> PlaceOfRange:
        spot = spot_of(service.document(document_id), Range(start, end))
        return PlaceOfRange(document_id, start, end, spot.page, spot.place, spot.boxes)

    return await backend.read(found)


handlers = [read_original, read_pages, read_page, read_place]
