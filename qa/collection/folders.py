"""Folders of the corpus as collections of documents."""

import glob
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.types import SourceSummary


class Extent(Struct, frozen=True):
    """How much there is. characters: of the documents' text. newest: the latest date that a document states of itself
    (ISO 8601), None where none does."""

    documents: int
    characters: int
    newest: str | None


class DocumentFolder(Struct, frozen=True):
    """A folder that has documents, in it or in folders below it, all of which are counted.

    path: below the corpus folder, with "/" at its end. parent: the path of the folder that it is in, None of the first
    ones. own_documents: those in no folder below it.
    """

    path: str
    name: str
    parent: str | None
    own_documents: int
    documents: int
    characters: int
    newest: str | None


def folders_above(source: str) -> Iterator[str]:
    """The folders that a path lies beneath, outermost first, each with "/" at its end."""
    at = source.find("/")
    while at >= 0:
        yield source[: at + 1]
        at = source.find("/", at + 1)


def folder_tree(sources: Sequence[SourceSummary]) -> tuple[DocumentFolder, ...]:
    """Every folder, each behind the one that it is in, those beside each other by name."""
    beneath: dict[str, list[SourceSummary]] = {}
    for each in sources:
        for path in folders_above(each.source):
            beneath.setdefault(path, []).append(each)
    return tuple(_folder(path, beneath[path]) for path in sorted(beneath, key=lambda path: path.split("/")))


def folder_paths(sources: Sequence[SourceSummary]) -> tuple[str, ...]:
    """Their paths alone, each once."""
    return tuple(dict.fromkeys(path for each in sources for path in folders_above(each.source)))


def extent(sources: Sequence[SourceSummary]) -> Extent:
    """Of some documents together."""
    dates = (each.metadata.date.value for each in sources if each.metadata.date is not None)
    return Extent(len(sources), sum(each.characters for each in sources), max(dates, default=None))


def folder_glob(path: str) -> str:
    """A glob that just the documents beneath a folder fit. path: with "/" at its end."""
    return f"{glob.escape(path)}*"


def _folder(path: str, beneath: Sequence[SourceSummary]) -> DocumentFolder:
    own = sum("/" not in each.source[len(path) :] for each in beneath)
    above, _, name = path[:-1].rpartition("/")
    size = extent(beneath)
    return DocumentFolder(path, name, f"{above}/" if above else None, own, size.documents, size.characters, size.newest)
