"""Nearest passages by cosine, by FAISS; tests hold it against plain matrix arithmetic (tests/exact_index.py).

A flat index compares the question with every passage: exact, also under a filter, and below 10 ms up to about 60,000
passages of 384 dimensions. Beyond that an inverted file with 8-bit codes (IVF, SQ8) is the plan.
"""

from pathlib import Path
from typing import Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import NotFoundError, StaleIndexError
from index.search.derived import publish, verify
from index.types import Ids, Matrix, Vector

Cosines = NDArray[np.float32]  # [n]
KIND = "vectors"
_FILE = "flat.faiss"


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


class FaissIndex:
    """FAISS IndexFlatIP under our ids, memory-mapped when it is opened from its file."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index
        self._ids = frozenset(faiss.vector_to_array(index.id_map).tolist())

    @classmethod
    def in_memory(cls, ids: Ids, matrix: Matrix) -> Self:
        """Build it without a file. ids: [n], unique. matrix: [n, d], rows L2-normalised."""
        return cls(_flat(ids, matrix))

    @classmethod
    def build(cls, path: Path, ids: Ids, matrix: Matrix, version: str, model_id: str = "") -> Self:
        """Write it below the folder `path` for this version of the store, then open it. Raises OSError."""
        publish(
            path,
            KIND,
            version,
            model_id,
            len(ids),
            lambda folder: faiss.write_index(_flat(ids, matrix), str(folder / _FILE)),
        )
        return cls.open(path, version, model_id)

    @classmethod
    def open(cls, path: Path, version: str, model_id: str = "") -> Self:
        """Map the file that `build` wrote. Raises StaleIndexError if it is missing, changed, torn or of another
        version or model."""
        folder, manifest = verify(path, KIND, version, model_id)
        # IFC maps and shares the vectors; plain IO_FLAG_MMAP would read them into memory.
        try:
            index = faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise StaleIndexError(f"{folder / _FILE} cannot be loaded; it will be rebuilt.") from error
        if not isinstance(index, faiss.IndexIDMap2) or index.ntotal != manifest.count:
            raise StaleIndexError(f"{folder / _FILE} is not what its manifest says; it will be rebuilt.")
        return cls(index)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vector, limit: int, only: Ids | None = None) -> tuple[Ids, Cosines]:
        total = self.size if only is None else sum(int(number) in self._ids for number in np.unique(only))
        wanted = min(limit, total)
        if wanted <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        fetched = min(wanted + 1, total)
        while True:
            ids, cosines = self._nearest(query, fetched, only)
            # FAISS breaks ties as it likes, so look past the last place until the score falls.
            if fetched == total or cosines[-1] < cosines[wanted - 1]:
                return _best(ids, cosines, wanted)
            fetched = min(fetched * 2, total)

    def similarities(self, query: Vector, ids: Ids) -> Cosines:
        _require(self._ids, ids)
        if not len(ids):
            return np.zeros(0, np.float32)
        distinct = np.unique(ids)
        found, cosines = self._nearest(query, len(distinct), distinct)
        by_id = dict(zip(found.tolist(), cosines.tolist(), strict=True))
        return np.array([by_id[int(number)] for number in ids], dtype=np.float32)

    def _nearest(self, query: Vector, count: int, only: Ids | None) -> tuple[Ids, Cosines]:
        # One query runs on one thread of FAISS's pool (it splits work over queries), so torch keeps its cores.
        selector = None if only is None else faiss.IDSelectorBatch(np.ascontiguousarray(only, dtype=np.int64))
        parameters = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        row = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        cosines, ids = self._index.search(row, count, params=parameters)
        return ids[0], cosines[0]


def _flat(ids: Ids, matrix: Matrix) -> faiss.IndexIDMap2:
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(matrix.shape[1]))
    if len(ids):
        index.add_with_ids(np.ascontiguousarray(matrix, dtype=np.float32), np.ascontiguousarray(ids, dtype=np.int64))
    return index


def _best(ids: Ids, cosines: Cosines, limit: int) -> tuple[Ids, Cosines]:
    order = np.lexsort((ids, -cosines))[: max(limit, 0)]
    return ids[order], cosines[order]


def _require(held: frozenset[int], ids: Ids) -> None:
    for number in ids.tolist():
        if number not in held:
            raise NotFoundError(f"There is no vector of passage {number} in this index.")
