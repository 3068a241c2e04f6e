"""The derived indexes that belong to one state of the store."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
from msgspec import Struct

from index.errors import StaleIndexError
from index.search.lexical import LexicalIndex, TantivyIndex
from index.search.vectors import FaissIndex, VectorIndex
from index.search.vocabulary import Vocabulary
from index.store.rows import PassageText
from index.store.store import Store


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
        TantivyIndex.open(_index_folder(store, "lexical"), version, model_id),
        Vocabulary.open(_index_folder(store, "vocabulary"), version),
    )


def build_indexes(store: Store, model_id: str) -> Indexes:
    """Write them beside the store. Only for who holds the folder's lock. Raises OSError and StaleIndexError."""
    version = store.index_version()
    ids, matrix = store.embeddings.passage_vectors(model_id)
    vectors = FaissIndex.build(_index_folder(store, "vectors"), ids, matrix, version, model_id)
    texts = store.passage_texts(model_id)
    lexical = TantivyIndex.build(_index_folder(store, "lexical"), texts, version, model_id)
    vocabulary = Vocabulary.build(_index_folder(store, "vocabulary"), _words_of(texts), version)
    return Indexes(version, vectors, lexical, vocabulary)


def make_indexes(store: Store, model_id: str, only: Collection[int], version: str) -> Indexes:
    """Make them in memory, of the passages with the ids `only`: for a folder that cannot be written, or a part of it.

    Within a snapshot of the store, of that version.
    """
    ids, matrix = store.embeddings.passage_vectors(model_id)
    seen = np.isin(ids, np.fromiter(only, np.int64, len(only)))
    ids, matrix = ids[seen], matrix[seen]
    texts = [text for text in store.passage_texts(model_id) if text.passage_id in only]
    vocabulary = Vocabulary.in_memory(_words_of(texts))
    return Indexes(version, FaissIndex.in_memory(ids, matrix), TantivyIndex.in_memory(texts), vocabulary)


def refresh_indexes(store: Store, model_id: str) -> tuple[str, ...]:
    """Build both if those on disk are not the store's. A disk that will not have them is a warning, since they can be
    made anew at any time. Only for who holds the folder's lock."""
    with suppress(StaleIndexError):
        open_indexes(store, model_id, store.index_version())
        return ()
    try:
        build_indexes(store, model_id)
    except (OSError, StaleIndexError) as error:
        return (f"The search indexes could not be written ({error}); they are made in memory at each start.",)
    return ()


def _words_of(texts: Iterable[PassageText]) -> Iterator[str]:
    for text in texts:
        yield text.head
        yield text.body


def _index_folder(store: Store, kind: str) -> Path:
    return store.path.parent / kind
