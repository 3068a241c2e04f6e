"""The pages: static HTML, style and modules, read once and served from memory.

The pages hold no data. They fetch it from the JSON API, so they are the same for everybody and can be cached.
"""

import gzip
import re
from hashlib import sha256
from pathlib import Path

from litestar import HttpMethod, MediaType, Request, Response, Router, route
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct, json

from web.http.bundle import bundled_page
from web.http.request import CONTENT_SECURITY_POLICY
from web.rendering.labels import meanings

FOLDER = Path(__file__).parents[1] / "static"

# Litestar adds the charset to those of text.
MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

HEADERS = {
    # Kept by the browser, and asked about each time: a new version is seen at once, an old one costs a 304.
    "Cache-Control": "no-cache",
    # Trusted Types: the browser itself refuses to make markup out of text.
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; require-trusted-types-for 'script'; trusted-types 'none'",
}

PageRequest = Request[object, object, State]


class Asset(Struct, frozen=True):
    """A file of the page. compressed: with gzip. etag: quoted, weak (both forms share it), from the content."""

    content: bytes
    compressed: bytes
    media_type: str
    etag: str


def read_assets(folder: Path) -> dict[str, Asset]:
    """The files of `folder` that the page is made of, by name. Raises OSError if one cannot be read."""
    assets = {}
    for path in sorted(folder.iterdir()):
        media_type = MEDIA_TYPES.get(path.suffix)
        if media_type and path.is_file():
            assets[path.name] = _asset(path.read_bytes(), media_type)
    return assets


def _asset(content: bytes, media_type: str) -> Asset:
    compressed = gzip.compress(content, mtime=0)
    return Asset(content, compressed, media_type, f'W/"{sha256(content).hexdigest()[:32]}"')


def _pages(assets: dict[str, Asset]) -> dict[str, Asset]:
    """The pages with their bundles."""
    files = {name: asset.content.decode() for name, asset in assets.items()}
    made = {name: text for page in PAGES for name, text in bundled_page(page, files).items()}
    return {name: _asset(text.encode(), MEDIA_TYPES[Path(name).suffix]) for name, text in made.items()}


# One module is written here, so that the page and the terminal say the same of the labels, by the same figures.
LABELS_MODULE = "labels.js"
PAGES = ("index", "sources", "source", "gaps")
_MODULES = {
    **read_assets(FOLDER),
    LABELS_MODULE: _asset(b"export const LABELS = " + json.encode(meanings()) + b";\n", MEDIA_TYPES[".js"]),
}
ASSETS = {**_MODULES, **_pages(_MODULES)}


def _matches(if_none_match: str, etag: str) -> bool:
    """RFC 9110, 13.1.2: weak comparison; "*" matches anything."""
    held = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in held or etag.removeprefix("W/") in held


def _takes_gzip(accept_encoding: str) -> bool:
    """Whether gzip is named without a weight of 0 (RFC 9110, 12.5.3)."""
    named = (coding.strip().lower().partition(";") for coding in accept_encoding.split(","))
    weights = {name.strip(): weight.replace(" ", "") for name, _, weight in named}
    return "gzip" in weights and not re.fullmatch(r"q=0(\.0*)?", weights["gzip"])


def _serve(request: PageRequest, name: str) -> Response[bytes]:
    asset = ASSETS.get(name)
    if asset is None:
        raise NotFoundException(detail=f"There is no file {name!r} here.")
    headers = {**HEADERS, "ETag": asset.etag, "Vary": "Accept-Encoding"}
    if _matches(request.headers.get("If-None-Match", ""), asset.etag):
        return Response(b"", status_code=304, headers=headers, media_type=asset.media_type)
    if not _takes_gzip(request.headers.get("Accept-Encoding", "")):
        return Response(asset.content, headers=headers, media_type=asset.media_type)
    headers["Content-Encoding"] = "gzip"
    return Response(asset.compressed, headers=headers, media_type=asset.media_type)


_READ = [HttpMethod.GET, HttpMethod.HEAD]


@route(
    ["/", "/conversations/{conversation_id:str}", "/answers/{reply_id:str}"],
    http_method=_READ,
    media_type=MediaType.HTML,
    sync_to_thread=False,
)
def chat_page(request: PageRequest) -> Response[bytes]:
    """The chat: anew, at one conversation, or at one answer as it was given. The page reads its own address."""
    return _serve(request, "index.html")


@route("/sources", http_method=_READ, media_type=MediaType.HTML, sync_to_thread=False)
def sources_page(request: PageRequest) -> Response[bytes]:
    """All documents."""
    return _serve(request, "sources.html")


@route("/gaps", http_method=_READ, media_type=MediaType.HTML, sync_to_thread=False)
def gaps_page(request: PageRequest) -> Response[bytes]:
    """What was asked and not found, for whoever keeps the documents."""
    return _serve(request, "gaps.html")


@route("/sources/{document_id:str}", http_method=_READ, media_type=MediaType.HTML, sync_to_thread=False)
def source_page(request: PageRequest) -> Response[bytes]:
    """One document: the page reads its own address. The part after `#` marks a range."""
    return _serve(request, "source.html")


@route("/static/{name:str}", http_method=_READ, sync_to_thread=False)
def static_file(request: PageRequest, name: FromPath[str]) -> Response[bytes]:
    """A file of the page."""
    return _serve(request, name)


page_router = Router(
    path="/",
    route_handlers=[
        chat_page,
        sources_page,
        source_page,
        gaps_page,
        static_file,
    ],
    include_in_schema=False,
)
