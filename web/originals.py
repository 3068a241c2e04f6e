"""The files behind the documents: as they are, and their pages as pictures, as long as they are what was indexed."""

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from index.beneath import read_beneath
from index.errors import DocumentError, NotFoundError
from index.readers.jobs import PAGES, PICTURE
from index.readers.sandbox import Runner, Sandbox, SandboxLimits
from index.types import Document

PAGED = frozenset({"pdf"})
"""The formats whose pages can be drawn."""


class OriginalLimits(Struct, frozen=True):
    """kept, kept_bytes: the most pictures that are kept in memory, and their bytes; a page of text has some 100 KB.
    file_bytes: of the largest file, ten times what indexing takes by itself. By hand, 2026-11-30: what a few
    readers leaf through."""

    kept: int = 128
    file_bytes: int = 500_000_000
    kept_bytes: int = 64 << 20


LIMITS = OriginalLimits()


class PageSize(Struct, frozen=True):
    """A page of an original, from 1. width, height: in points (1/72 inch), as it is looked at."""

    number: int
    width: float
    height: float


class Originals:
    """The corpus folder, read only. Safe to share between threads. runner: where pages are drawn."""

    def __init__(self, folder: Path, runner: Runner) -> None:
        self._folder = folder
        self._runner = runner
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    @classmethod
    def limited(cls, folder: Path, limits: SandboxLimits) -> "OpenOriginals":
        """With a process of its own for drawing, which starts when it is needed and ends with the context."""
        return OpenOriginals(folder, Sandbox(limits))

    def data(self, document: Document) -> bytes:
        """The file as it was indexed. Raises NotFoundError where it is gone, or is another one by now."""
        try:
            data = read_beneath(self._folder, document.source, LIMITS.file_bytes)
        except OSError as error:
            raise NotFoundError(f"The file {document.source} is no longer there, or cannot be read.") from error
        if hashlib.sha256(data).hexdigest() != document.content_sha256:
            raise NotFoundError(f"The file {document.source} has changed since it was indexed.")
        return data

    def pages(self, document: Document) -> tuple[PageSize, ...]:
        """The pages and their sizes; none of a format without. Raises NotFoundError as `data` does."""
        if document.format not in PAGED:
            return ()
        sizes = msgspec.msgpack.decode(self._run(PAGES, document, {}), type=list[tuple[float, float]])
        return tuple(PageSize(number, *size) for number, size in enumerate(sizes, 1))

    def picture(self, document: Document, number: int, width: int) -> bytes:
        """A page (from 1) as PNG. Raises NotFoundError where there is no such page, and as `data` does."""
        if document.format not in PAGED:
            raise NotFoundError(f"The pages of {document.source} cannot be shown as pictures.")
        key = (document.content_sha256, number, width)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = self._run(PICTURE, document, {"page": number, "width": width})
        with self._lock:
            self._kept[key] = picture
            while len(self._kept) > LIMITS.kept or sum(map(len, self._kept.values())) > LIMITS.kept_bytes:
                self._kept.popitem(last=False)
        return picture

    def _run(self, job: str, document: Document, parameters: dict[str, str | int | float]) -> bytes:
        try:
            return self._runner.run(job, document.source, self.data(document), parameters)
        except DocumentError as error:
            raise NotFoundError(f"It cannot be drawn. {error}") from error


class OpenOriginals(Originals):
    """Originals that own their limited process."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        super().__init__(folder, sandbox)
        self._sandbox = sandbox

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.close()
