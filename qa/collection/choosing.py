"""Asking within a folder or a saved filter: from its name to the documents that are asked."""

import glob
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from index.errors import QuestionError
from index.globs import fitting
from index.types import SourceSummary
from qa.collection.filters import FilterRule, SavedFilter, fitting_rule, name_key
from qa.collection.folders import DocumentFolder, Extent, extent, folder_glob, folder_paths, folder_tree
from qa.types import AskedWithin, AskOptions

ALL = "/"  # the folder of documents itself
_SHOWN = 5  # names that an error lists
_LEAST_ALIKE = 0.5  # by difflib's measure; by hand
_MOST_COMPARED = 5_000  # names that are looked through for near ones
_LONGEST_TOLD = 80  # characters of a name in an error


class CollectionError(QuestionError):
    """There is nothing of that name to ask within, or nothing in it."""


class DocumentCollection(Struct, frozen=True):
    """name: a folder's path with "/" at its end, or a filter's name. sources: the documents in it, by path."""

    name: str
    kind: Literal["folder", "filter"]
    sources: tuple[SourceSummary, ...]


class FilterEntry(Struct, frozen=True):
    """A saved filter and what it holds now. rule: None for who sees a part of the documents only."""

    filter_id: str
    name: str
    rule: FilterRule | None
    changed_at: str
    documents: int
    characters: int
    newest: str | None


class CollectionList(Struct, frozen=True):
    """What can be asked within: folders, each behind the one it is in, and saved filters by name; and all documents
    together."""

    folders: tuple[DocumentFolder, ...]
    filters: tuple[FilterEntry, ...]
    whole: Extent


def collection_list(
    sources: Sequence[SourceSummary], filters: Sequence[SavedFilter], *, is_part: bool
) -> CollectionList:
    """Of the documents that may be seen. is_part: there are others; then no rule is told, and no filter that holds none
    of these: both would tell of the others."""
    entries = []
    for each in filters:
        fits = fitting_rule(each.rule)
        size = extent([source for source in sources if fits(source)])
        if size.documents or not is_part:
            rule = None if is_part else each.rule
            entries.append(FilterEntry(each.filter_id, each.name, rule, each.changed_at, *_fields(size)))
    return CollectionList(folder_tree(sources), tuple(entries), extent(sources))


def find_collection(
    name: str, sources: Sequence[SourceSummary], filters: Sequence[SavedFilter], *, is_part: bool
) -> DocumentCollection:
    """The saved filter of that name, else the folder: by its path, or by its last names where one folder has them. A
    "/" in the name makes it a folder's. is_part: see `collection_list`. Raises CollectionError, which names those near
    it."""
    key = name_key(name)
    saved = next((each for each in filters if name_key(each.name) == key), None) if "/" not in name else None
    if saved is not None:
        fits = fitting_rule(saved.rule)
        held = tuple(each for each in sources if fits(each))
        if held:
            return DocumentCollection(saved.name, "filter", held)
        if not is_part:
            raise CollectionError(f"No document is in “{saved.name}” now: change the filter, or ask all documents.")
    path = _folder(name, folder_paths(sources))
    if path is not None:
        return DocumentCollection(path, "folder", tuple(each for each in sources if each.source.startswith(path)))
    raise CollectionError(_unknown(name, _names(sources, filters, is_part=is_part)))


def asked_within(
    options: AskOptions, sources: Sequence[SourceSummary], filters: Sequence[SavedFilter], *, is_part: bool
) -> tuple[AskOptions, AskedWithin | None]:
    """The options with globs in the place of `within`, and what is asked within. Raises CollectionError."""
    if options.within in (None, ALL):
        return replace(options, within=None), None
    found = find_collection(options.within, sources, filters, is_part=is_part)
    fits = fitting(options.sources)
    held = [each for each in found.sources if fits(each.source)]
    if not held:
        raise CollectionError(f"None of the documents in “{found.name}” fits sources: leave one of the two out.")
    globs = tuple(glob.escape(each.source) for each in held)
    if found.kind == "folder" and not options.sources:
        globs = (folder_glob(found.name),)
    return replace(options, sources=globs, within=None), AskedWithin(found.name, found.kind, len(held))


def _folder(name: str, paths: Sequence[str]) -> str | None:
    """The folder that is meant; None if there is none. Raises CollectionError where it may be several."""
    exact = f"{name.strip('/')}/"
    if exact in paths:
        return exact
    key = f"{name_key(name).strip('/')}/"
    keys = {path: f"{name_key(path[:-1])}/" for path in paths}
    for found in (
        [path for path, own in keys.items() if own == key],
        [path for path, own in keys.items() if own.endswith(f"/{key}")],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise CollectionError(f"Several folders are called {_told(name)}: say which of {_listed(found)}.")
    return None


def _names(sources: Sequence[SourceSummary], filters: Sequence[SavedFilter], *, is_part: bool) -> list[str]:
    seen = [each.name for each in filters if not is_part or any(map(fitting_rule(each.rule), sources))]
    return [*seen, *sorted(folder_paths(sources))]


def _unknown(name: str, known: Sequence[str]) -> str:
    said = f"There is no folder and no saved filter {_told(name)}"
    if not known:
        return f"{said}, nor any other: leave it out to ask all documents."
    by_key: dict[str, str] = {}
    for each in known[:_MOST_COMPARED]:
        by_key.setdefault(name_key(each).strip("/")[:_LONGEST_TOLD], each)
        by_key.setdefault(name_key(each).strip("/").rpartition("/")[2][:_LONGEST_TOLD], each)
    key = name_key(name).strip("/")[:_LONGEST_TOLD]
    holding = [shown for own, shown in by_key.items() if key and (key in own or (len(own) > 2 and own in key))]
    alike = [by_key[each] for each in get_close_matches(key, by_key, _SHOWN, _LEAST_ALIKE)]
    near = list(dict.fromkeys([*alike, *holding]))
    return f"{said}. Near it: {_listed(near)}." if near else f"{said}. There are {_listed(known)}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(map(_told, names[:_SHOWN])) + more


def _told(name: str) -> str:
    return f"“{name if len(name) <= _LONGEST_TOLD else name[:_LONGEST_TOLD] + '…'}”"


def _fields(size: Extent) -> tuple[int, int, str | None]:
    return size.documents, size.characters, size.newest
