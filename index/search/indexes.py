"""The derived indexes that belong to one state of the store."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from msgspec import Struct

from index.errors import StaleIndexError
from index.search import lexical, vectors, vocabulary
from index.search.lexical import Bm25Index, LexicalCodec, LexicalIndex
from index.search.segments import LIMITS, Rows, SegmentLimits, open_segments
from index.search.vectors import FaissIndex, VectorCodec, VectorIndex
from index.search.vocabulary import Vocabulary, VocabularyCodec
from index.store.store import Store
from index.types import Ids, Matrix


class Indexes(Struct, frozen=True):
    """Both hold the passages of the store at `version` that have a vector of the model; the vocabulary is theirs."""

    version: str
    vectors: VectorIndex
    lexical: LexicalIndex
    vocabulary: Vocabulary


def open_indexes(store: Store, model_id: str, version: str) -> Indexes:
    """Open the files that `build_indexes` wrote. Raises StaleIndexError if they are not of this version and model, or
    have been changed."""
    return Indexes(
        version,
        FaissIndex.open(_index_folder(store, "vectors"), version, model_id),
        Bm25Index.open(_index_folder(store, "lexical"), version, model_id),
        Vocabulary.open(_index_folder(store, "vocabulary"), version),
    )


def build_indexes(store: Store, model_id: str, limits: SegmentLimits = LIMITS) -> Indexes:
    """Write them beside the store, or what is new of them, and open them. Only for who holds the folder's lock. Raises
    OSError and StaleIndexError."""
    return open_indexes(store, model_id, write_indexes(store, model_id, limits))


def write_indexes(store: Store, model_id: str, limits: SegmentLimits = LIMITS) -> str:
    """`build_indexes`, but they are not opened. Returns their version."""
    version = store.index_version()
    rows, source = Rows(*store.passage_rows(model_id)), _Source(store, model_id)
    FaissIndex.write(_index_folder(store, "vectors"), rows, source.vectors, version, model_id, limits)
    Bm25Index.write(_index_folder(store, "lexical"), rows, source.lexical, version, model_id, limits)
    Vocabulary.write(_index_folder(store, "vocabulary"), rows, source.vocabulary, version, limits)
    return version


def make_indexes(store: Store, model_id: str, only: Ids | None, version: str) -> Indexes:
    """Make them in memory, of the passages with the ids `only` (None means all): for a folder that cannot be written,
    or a part of it. Within a snapshot of the store, of that version."""
    rows, source = Rows(*store.passage_rows(model_id)), _Source(store, model_id)
    if only is not None:
        rows = rows.at(np.isin(rows.ids, only))
    return Indexes(
        version,
        FaissIndex.in_memory(rows, source.vectors),
        Bm25Index.in_memory(rows, source.lexical),
        Vocabulary.in_memory(rows, source.vocabulary),
    )


def refresh_indexes(store: Store, model_id: str) -> tuple[str, ...]:
    """Build those that are not the store's on the disk. A disk that will not have them is a warning, since they can be
    made anew at any time. Only for who holds the folder's lock."""
    with suppress(StaleIndexError):
        _verify(store, model_id, store.index_version())
        return ()
    try:
        write_indexes(store, model_id)
    except (OSError, StaleIndexError) as error:
        return (f"The search indexes could not be written ({error}); they are made in memory at each start.",)
    return ()


def _verify(store: Store, model_id: str, version: str) -> None:
    open_segments(_index_folder(store, "vectors"), vectors.KIND, version, model_id)
    open_segments(_index_folder(store, "lexical"), lexical.KIND, version, model_id)
    open_segments(_index_folder(store, "vocabulary"), vocabulary.KIND, version, "")


class _Source:
    """What the indexes are made of, from the store."""

    def __init__(self, store: Store, model_id: str) -> None:
        self._store = store
        self._model_id = model_id
        self.vectors = VectorCodec(self._vectors_of)
        self.lexical = LexicalCodec(store.passage_texts)
        self.vocabulary = VocabularyCodec(self._words_of)

    def _vectors_of(self, ids: Ids) -> Matrix:
        return self._store.embeddings.passage_vectors(self._model_id, ids)

    def _words_of(self, ids: Ids) -> Sequence[Sequence[str]]:
        return [(text.head, text.body) for text in self._store.passage_texts(ids)]


def _index_folder(store: Store, kind: str) -> Path:
    return store.path.parent / kind
