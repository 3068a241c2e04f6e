"""Nearest passages by plain matrix arithmetic, by definition right: what FAISS is held against."""

import numpy as np
from numpy.typing import NDArray

from index.errors import NotFoundError
from index.search.vectors import Cosines
from index.types import Ids, Matrix, Vector


class ExactIndex:
    """Implements `VectorIndex`. ids: [n], unique. matrix: [n, d], rows L2-normalised."""

    def __init__(self, ids: Ids, matrix: Matrix) -> None:
        self._ids = ids
        self._matrix = matrix
        self._rows = {int(number): row for row, number in enumerate(ids)}

    @property
    def size(self) -> int:
        return len(self._ids)

    def search(self, query: Vector, limit: int, only: Ids | None = None) -> tuple[Ids, Cosines]:
        rows = np.arange(self.size) if only is None else np.flatnonzero(np.isin(self._ids, only))
        ids, cosines = self._ids[rows], self._cosines(query, rows)
        order = np.lexsort((ids, -cosines))[: max(limit, 0)]
        return ids[order], cosines[order]

    def similarities(self, query: Vector, ids: Ids) -> Cosines:
        for number in ids.tolist():
            if number not in self._rows:
                raise NotFoundError(f"There is no vector of passage {number} in this index.")
        return self._cosines(query, np.array([self._rows[int(number)] for number in ids], dtype=np.int64))

    def _cosines(self, query: Vector, rows: NDArray[np.int64]) -> Cosines:
        if not len(rows):
            return np.zeros(0, np.float32)
        # Row by row rather than a matrix product, whose last bits depend on a row's place: equal rows must tie.
        cosines: Cosines = np.einsum("ij,j->i", self._matrix[rows], query, dtype=np.float32)
        return cosines
