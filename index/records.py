"""Documents with all that was made of them, kept in memory while they are asked for."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from index.errors import NotFoundError
from index.store.store import Store
from index.types import Document, Passage, Sentence

_CACHED_CHARACTERS = 32_000_000  # of documents kept in memory; by hand, about 100 MB with their sentences


class Record(Struct, frozen=True):
    """A document with all that was made of it, read in one go so that its parts agree."""

    document: Document
    sentences: tuple[Sentence, ...]
    passages: dict[int, Passage]


class Records:
    """Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, Record] = OrderedDict()
        self._held: dict[str, Record] = {}

    def record(self, document_id: str) -> Record:
        """As it is held, else as it is stored. Raises NotFoundError."""
        with self._lock:
            record = self._held.get(document_id) or self._recent.get(document_id)
            if record is not None:
                if document_id in self._recent:
                    self._recent.move_to_end(document_id)
                return record
            with self._store.snapshot():
                record = Record(
                    self._store.document(document_id),
                    self._store.sentences(document_id),
                    {passage.passage_id: passage for passage in self._store.document_passages(document_id)},
                )
            self._recent[document_id] = record
            self._forget_oldest()
            return record

    def hold(self, document_ids: Sequence[str]) -> None:
        """Give these documents as they are now, whatever is stored of them later, until `clear`."""
        for document_id in document_ids:
            with suppress(NotFoundError):
                record = self.record(document_id)
                with self._lock:
                    self._held.setdefault(document_id, record)

    def clear(self) -> None:
        """Give all as they are stored."""
        with self._lock:
            self._recent.clear()
            self._held.clear()

    def _forget_oldest(self) -> None:
        characters = sum(len(record.document.text) for record in self._recent.values())
        while characters > _CACHED_CHARACTERS and len(self._recent) > 1:
            _, oldest = self._recent.popitem(last=False)
            characters -= len(oldest.document.text)
