"""Nearest passages by cosine, by FAISS; tests hold it against plain matrix arithmetic (tests/exact_index.py).

The question is compared with every passage of every segment: exact, also under a filter, and below 10 ms up to about
60,000 passages of 384 dimensions. Beyond that an inverted file with 8-bit codes (IVF, SQ8) is the plan.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import NotFoundError
from index.search.arrays import Arrays
from index.search.segments import (
    LIMITS,
    Live,
    Rows,
    Segment,
    SegmentLimits,
    make_segment,
    open_segments,
    update_segments,
)
from index.types import Ids, Matrix, Vector

Cosines = NDArray[np.float32]  # [n]
KIND = "vectors 2"  # another number for other files: what was written before is then stale


class VectorIndex(Protocol):
    """Vectors under passage ids."""

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        ...

    def search(self, query: Vector, limit: int, only: Ids | None = None) -> tuple[Ids, Cosines]:
        """The `limit` nearest among `only` (None means all), best first, ties by id. query: [d], L2-normalised."""
        ...

    def similarities(self, query: Vector, ids: Ids) -> Cosines:
        """Cosines with the vectors of `ids`, in their order. Raises NotFoundError if one is not held."""
        ...


class VectorCodec:
    """vectors_of: the vectors [n, d] of passages, in the order of their ids; rows L2-normalised."""

    def __init__(self, vectors_of: Callable[[Ids], Matrix]) -> None:
        self._vectors_of = vectors_of

    def make(self, ids: Ids) -> Arrays:
        return {"vectors": np.ascontiguousarray(self._vectors_of(ids), np.float32)}

    def merge(self, segments: Sequence[Segment]) -> Arrays:
        return {"vectors": np.concatenate([segment.content["vectors"][segment.mask()] for segment in segments])}


class FaissIndex:
    """Inner products by FAISS over the segments' vectors, which stay in their mapped files."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self._size = sum(segment.size for segment in segments)
        # Ids of all rows that count, ascending, with their segments and rows in them.
        ids = [segment.ids[segment.mask()] for segment in self._segments]
        order = np.argsort(np.concatenate([*ids, np.zeros(0, np.int64)]), kind="stable")
        self._ids = np.concatenate([*ids, np.zeros(0, np.int64)])[order]
        self._owners = np.repeat(np.arange(len(ids)), [len(each) for each in ids])[order]
        rows = [np.flatnonzero(segment.mask()) for segment in self._segments]
        self._rows = np.concatenate([*rows, np.zeros(0, np.int64)])[order]

    @classmethod
    def in_memory(cls, rows: Rows, codec: VectorCodec) -> Self:
        """Build it without a file."""
        return cls([make_segment(rows, codec)] if len(rows.ids) else [])

    @classmethod
    def build(
        cls,
        path: Path,
        rows: Rows,
        codec: VectorCodec,
        version: str,
        model_id: str = "",
        limits: SegmentLimits = LIMITS,
    ) -> Self:
        """`write` and `open`. Raises what they do."""
        cls.write(path, rows, codec, version, model_id, limits)
        return cls.open(path, version, model_id)

    @staticmethod
    def write(
        path: Path,
        rows: Rows,
        codec: VectorCodec,
        version: str,
        model_id: str = "",
        limits: SegmentLimits = LIMITS,
    ) -> None:
        """Bring what is below the folder `path` to this version of the store. Raises OSError."""
        update_segments(path, KIND, version, model_id, rows, codec, limits)

    @classmethod
    def open(cls, path: Path, version: str, model_id: str = "") -> Self:
        """Map the files that `build` wrote. Raises StaleIndexError if one is missing, changed, torn or of another
        version or model."""
        return cls(open_segments(path, KIND, version, model_id))

    @property
    def size(self) -> int:
        return self._size

    def search(self, query: Vector, limit: int, only: Ids | None = None) -> tuple[Ids, Cosines]:
        masks = [segment.live for segment in self._segments] if only is None else self._masks(only)
        total = self.size if only is None else sum(int(mask.sum()) for mask in masks if mask is not None)
        wanted = min(limit, total)
        if wanted <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        fetched = min(wanted + 1, total)
        while True:
            ids, cosines = self._nearest(query, fetched, masks)
            # FAISS breaks ties as it likes, so look past the last place until the score falls.
            if fetched == total or cosines[-1] < cosines[wanted - 1]:
                return _best(ids, cosines, wanted)
            fetched = min(fetched * 2, total)

    def similarities(self, query: Vector, ids: Ids) -> Cosines:
        found = self._find(ids)
        if (found < 0).any():
            number = ids[found < 0][0]
            raise NotFoundError(f"There is no vector of passage {number} in this index.")
        cosines = np.zeros(len(ids), np.float32)
        for owner in np.unique(self._owners[found]).tolist():
            here = np.flatnonzero(self._owners[found] == owner)
            rows = self._segments[owner].content["vectors"][self._rows[found[here]]]
            places, values = _products(query, rows, len(here))
            cosines[here[places]] = values
        return cosines

    def _find(self, ids: Ids) -> NDArray[np.int64]:
        """Where each of `ids` stands among all, -1 where it does not."""
        if not len(self._ids):
            return np.full(len(ids), -1, np.int64)
        at = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[at] == ids, at, -1)

    def _masks(self, only: Ids) -> list[Live | None]:
        masks = [np.zeros(len(segment.ids), np.bool_) for segment in self._segments]
        found = self._find(np.unique(only))
        found = found[found >= 0]
        for owner, mask in enumerate(masks):
            mask[self._rows[found[self._owners[found] == owner]]] = True
        return list(masks)

    def _nearest(self, query: Vector, count: int, masks: Sequence[Live | None]) -> tuple[Ids, Cosines]:
        """The `count` nearest of all segments, best first."""
        ids, cosines = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
        for segment, mask in zip(self._segments, masks, strict=True):
            there = len(segment.ids) if mask is None else int(mask.sum())
            if there:
                places, values = _products(query, segment.content["vectors"], min(count, there), mask)
                ids.append(segment.ids[places])
                cosines.append(values)
        return _best(np.concatenate(ids), np.concatenate(cosines), count)


def _products(query: Vector, matrix: Matrix, count: int, mask: Live | None = None) -> tuple[NDArray[np.int64], Cosines]:
    """Rows with the `count` largest inner products, best first."""
    # One query runs on one thread of FAISS's pool (it splits work over queries), so torch keeps its cores.
    row = np.ascontiguousarray(query, np.float32).reshape(1, -1)
    bits = None if mask is None else np.packbits(mask, bitorder="little")  # kept here, since FAISS points into it
    selector = None if bits is None else faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
    cosines, places = np.empty((1, count), np.float32), np.empty((1, count), np.int64)
    faiss.knn_inner_product(
        faiss.swig_ptr(row),
        faiss.swig_ptr(matrix),
        matrix.shape[1],
        1,
        len(matrix),
        count,
        faiss.swig_ptr(cosines),
        faiss.swig_ptr(places),
        selector,
    )
    return places[0], cosines[0]


def _best(ids: Ids, cosines: Cosines, limit: int) -> tuple[Ids, Cosines]:
    order = np.lexsort((ids, -cosines))[: max(limit, 0)]
    return ids[order], cosines[order]
