"""A derived index as segments that never change, and which of their rows still count.

An index folder holds one folder a version, as `index.search.derived` publishes it: a file a segment, and
`segments.json` with the rows of each that are deleted. A new version shares the files of the segments that it keeps
(hard links) and writes one of the rows that are new, together with segments too small to stay; so an edit costs its own
passages.

Merging is tiered (O'Neil et al., "The log-structured merge-tree", Acta Informatica 1996): a segment is written anew
once what is added has come near its size, so that a row is rewritten a number of times that grows with the logarithm of
the corpus, and so does the number of segments.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from msgspec import DecodeError, Struct, json
from numpy.typing import NDArray

from index.errors import StaleIndexError
from index.search import arrays
from index.search.arrays import Arrays
from index.search.derived import Manifest, publish, published, verify
from index.types import Ids

Keys = NDArray[np.uint64]  # [n], of what is indexed under each id
Live = NDArray[np.bool_]  # [n], which rows of a segment count
_LIST = "segments.json"
_SUFFIX = ".segment"


class SegmentLimits(Struct, frozen=True):
    """floor: rows of a segment that is always written anew with what is added; 256 passages are some 0.5 MB. factor: so
    is one that is at most as many times what is added with it. deleted: share of a segment's rows beyond which it is
    written anew without them. most: rows of one that is never merged again, and of the largest that is written.

    Set by hand on 2026-11-30; `python -m tests.bench.growth` shows what they cost.
    """

    floor: int = 256
    factor: int = 4
    deleted: float = 0.25
    most: int = 250_000


LIMITS = SegmentLimits()


class Rows(Struct, frozen=True):
    """What an index shall hold: unique ids, and of each a key that changes with what is indexed under it."""

    ids: Ids
    keys: Keys

    def at(self, chosen: NDArray[Any]) -> "Rows":
        """Those that a mask or positions choose."""
        return Rows(self.ids[chosen], self.keys[chosen])


def numbered(ids: Iterable[int]) -> Rows:
    """Rows of what never changes under its id."""
    numbers = np.array(list(ids), np.int64)
    return Rows(numbers, np.zeros(len(numbers), np.uint64))


class Segment(Struct, frozen=True):
    """Some rows. content: "ids" and "keys" [n], and the index's own arrays. live: None where all rows count."""

    content: Arrays
    live: Live | None = None

    @property
    def ids(self) -> Ids:
        return self.content["ids"]

    @property
    def size(self) -> int:
        """How many rows count."""
        return len(self.ids) if self.live is None else int(self.live.sum())

    def mask(self) -> Live:
        """[n]: which rows count."""
        return np.ones(len(self.ids), np.bool_) if self.live is None else self.live


class Codec(Protocol):
    """How the rows of an index become arrays."""

    def make(self, ids: Ids) -> Arrays:
        """The arrays of new rows, in the order of `ids`."""
        ...

    def merge(self, segments: Sequence[Segment]) -> Arrays:
        """The arrays of all rows that count, one segment's after the other's."""
        ...


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """deleted: rows, ascending."""

    name: str
    deleted: tuple[int, ...]


def make_segment(rows: Rows, codec: Codec) -> Segment:
    """In memory, without a file."""
    return Segment({"ids": rows.ids, "keys": rows.keys, **codec.make(rows.ids)})


def update_segments(
    index_folder: Path,
    kind: str,
    version: str,
    model_id: str,
    wanted: Rows,
    codec: Codec,
    limits: SegmentLimits = LIMITS,
) -> None:
    """Publish `version` with the rows `wanted`, from what another version of the kind and model holds already, if its
    files are sound. Raises OSError."""
    old = _newest(index_folder, kind, model_id)
    kept, stale, missing = _plan(old, wanted, limits)
    entries = [_Entry(name, tuple(np.flatnonzero(~segment.mask()).tolist())) for name, segment in kept.items()]
    fresh = [_joined(stale, missing[:1], codec), *(make_segment(rows, codec) for rows in missing[1:])]

    def write(folder: Path) -> None:
        for segment in filter(None, fresh):
            digest = hashlib.sha256(segment.ids.tobytes() + segment.content["keys"].tobytes())
            entries.append(_Entry(digest.hexdigest()[:16], ()))
            arrays.save(folder / f"{entries[-1].name}{_SUFFIX}", segment.content)
        (folder / _LIST).write_bytes(json.encode(entries))

    shared = [index_folder / old.version / f"{name}{_SUFFIX}" for name in kept]
    publish(index_folder, kind, version, model_id, len(wanted.ids), write, shared)


def open_segments(index_folder: Path, kind: str, version: str, model_id: str) -> tuple[Segment, ...]:
    """Map what `update_segments` wrote, every file of it checked. Raises StaleIndexError."""
    folder, manifest = verify(index_folder, kind, version, model_id)
    segments = tuple(_read(folder, manifest).values())
    if sum(segment.size for segment in segments) != manifest.count:
        raise StaleIndexError(f"{folder} is not what its manifest says; it will be rebuilt.")
    return segments


class _Old(Struct, frozen=True):
    """What is there already."""

    version: str
    segments: dict[str, Segment]


def _newest(index_folder: Path, kind: str, model_id: str) -> _Old:
    for version in published(index_folder):
        try:
            folder, manifest = verify(index_folder, kind, version, model_id)
            return _Old(version, _read(folder, manifest))
        except StaleIndexError:
            continue
    return _Old("", {})


def _read(folder: Path, manifest: Manifest) -> dict[str, Segment]:
    try:
        entries = json.decode((folder / _LIST).read_bytes(), type=list[_Entry])
    except (OSError, DecodeError, UnicodeDecodeError) as error:
        raise StaleIndexError(f"{folder / _LIST} cannot be read ({error}); it will be rebuilt.") from error
    segments = {}
    for entry in entries:
        name = f"{entry.name}{_SUFFIX}"
        if name not in manifest.sha256:
            raise StaleIndexError(f"{folder / name} is not in its manifest; it will be rebuilt.")
        segments[entry.name] = _marked(arrays.load(folder / name), entry.deleted)
    return segments


def _marked(content: Arrays, deleted: Sequence[int]) -> Segment:
    if not deleted:
        return Segment(content)
    live = np.ones(len(content["ids"]), np.bool_)
    live[np.array(deleted, np.int64)] = False
    return Segment(content, live)


def _plan(old: _Old, wanted: Rows, limits: SegmentLimits) -> tuple[dict[str, Segment], list[Segment], list[Rows]]:
    """Segments that stay, those to be written anew, and rows that no segment has, in parts of the most that one has."""
    order = np.argsort(wanted.ids, kind="stable")
    covered = np.zeros(len(wanted.ids), np.bool_)
    marked = {}
    for name, segment in old.segments.items():
        places = _places(wanted, order, segment)
        found = places >= 0
        found[found] = ~covered[places[found]]
        covered[places[found]] = True
        marked[name] = Segment(segment.content, None if found.all() else found)
    missing = np.flatnonzero(~covered)
    stale = _stale(marked, len(missing), limits)
    kept = {name: segment for name, segment in marked.items() if name not in stale and segment.size}
    parts = [wanted.at(missing[start : start + limits.most]) for start in range(0, len(missing), limits.most)]
    return kept, [marked[name] for name in stale if marked[name].size], parts


def _places(wanted: Rows, order: NDArray[np.int64], segment: Segment) -> NDArray[np.int64]:
    """[n]: where in `wanted` each row of a segment stands, -1 where it does not."""
    if not len(order):
        return np.full(len(segment.ids), -1, np.int64)
    at = np.searchsorted(wanted.ids, segment.ids, sorter=order)
    places = order[np.minimum(at, len(order) - 1)]
    same = (wanted.ids[places] == segment.ids) & (wanted.keys[places] == segment.content["keys"])
    return np.where(same, places, -1)


def _stale(segments: dict[str, Segment], added: int, limits: SegmentLimits) -> list[str]:
    """Names of those to be written anew: full of deleted rows, or small against what is written anyway."""
    stale = [name for name, one in segments.items() if one.size < (1 - limits.deleted) * len(one.ids)]
    written = added + sum(segments[name].size for name in stale)
    for name in sorted(segments.keys() - set(stale), key=lambda name: (segments[name].size, name)):
        size = segments[name].size
        near = size <= max(limits.floor, limits.factor * written)
        if written and near and size + written <= limits.most:
            stale.append(name)
            written += size
    return stale


def _joined(stale: Sequence[Segment], missing: Sequence[Rows], codec: Codec) -> Segment | None:
    parts = [*stale, *(make_segment(rows, codec) for rows in missing)]
    if len(parts) == 1 and parts[0].live is None:
        return parts[0]
    if not parts:
        return None
    kept = {name: np.concatenate([part.content[name][part.mask()] for part in parts]) for name in ("ids", "keys")}
    return Segment({**kept, **codec.merge(parts)})
