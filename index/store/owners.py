"""Which document each passage is of, as arrays: a large corpus has too many passages for objects."""

from collections.abc import Container, Sequence
from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.types import Ids


class Owners(Struct, frozen=True):
    """ids: [n], ascending. owners: [n], places in `documents`, which are ids."""

    ids: Ids
    owners: NDArray[np.int64]
    documents: tuple[str, ...]

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[int, str]]) -> Self:
        """Of pairs of a passage's id and its document's."""
        places: dict[str, int] = {}
        owners = np.array([places.setdefault(document_id, len(places)) for _, document_id in rows], np.int64)
        ids = np.array([number for number, _ in rows], np.int64)
        order = np.argsort(ids)
        return cls(ids[order], owners[order], tuple(places))

    def __len__(self) -> int:
        return len(self.ids)

    def document_of(self, passage_id: int) -> str | None:
        """None if there is no such passage."""
        at = int(np.searchsorted(self.ids, passage_id)) if len(self.ids) else 0
        found = at < len(self.ids) and self.ids[at] == passage_id
        return self.documents[self.owners[at]] if found else None

    def passages_of(self, chosen: Container[str]) -> Ids:
        """Ids of the passages of these documents, ascending."""
        return self.ids[self._mask(chosen)[self.owners]]

    def limited(self, chosen: Container[str]) -> "Owners":
        """As if there were only these documents."""
        kept = self._mask(chosen)[self.owners]
        return Owners(self.ids[kept], self.owners[kept], self.documents)

    def _mask(self, chosen: Container[str]) -> NDArray[np.bool_]:
        return np.array([document_id in chosen for document_id in self.documents], np.bool_)
