"""Vectors by model and text, more of them than one statement asks for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import IntegrityError
from index.store.rows import text_key
from index.store.store import Store
from index.types import Matrix
from tests.index.store.test_store import MODEL, TEXTS, a_document, put

KEYS = [text_key(str(number)) for number in range(1203)]  # three statements of 500


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "corpus.sqlite3") as opened:
        yield opened


def test_vectors_come_back_by_model_and_key(store: Store) -> None:
    matrix: Matrix = np.arange(1203 * 4, dtype=np.float32).reshape(1203, 4)
    store.embeddings.put("one", KEYS, matrix)
    store.embeddings.put("two", KEYS[:1], np.zeros((1, 4), np.float32))
    found = store.embeddings.vectors_by_key("one", [*KEYS, "unknown"])
    assert set(found) == set(KEYS)
    assert all(np.array_equal(found[key], row) for key, row in zip(KEYS, matrix, strict=True))
    assert store.embeddings.known_keys("one", KEYS[498:503]) == set(KEYS[498:503])
    assert store.embeddings.known_keys("two", KEYS) == {KEYS[0]}
    assert store.embeddings.vectors_by_key("one", []) == {}


def test_a_vector_that_is_put_again_replaces_the_old(store: Store) -> None:
    store.embeddings.put("one", KEYS[:1], np.zeros((1, 4), np.float32))
    store.embeddings.put("one", KEYS[:1], np.ones((1, 4), np.float32))
    assert store.embeddings.vectors_by_key("one", KEYS[:1])[KEYS[0]].tolist() == [1, 1, 1, 1]


def test_what_nothing_is_embedded_as_is_dropped(store: Store) -> None:
    store.embeddings.put("one", KEYS[:3], np.zeros((3, 4), np.float32))
    assert store.embeddings.drop_unused("one") == 3
    assert store.embeddings.known_keys("one", KEYS) == set()
    assert store.embeddings.incomplete_documents("one") == set()
    assert len(store.passage_rows("one")[0]) == 0


def test_vectors_of_two_lengths_are_told(store: Store) -> None:
    put(store, a_document())
    store.embeddings.put(MODEL, [text_key(TEXTS[0])], np.eye(1, 4, dtype=np.float32))
    assert store.embeddings.passage_vectors(MODEL, store.passage_rows(MODEL)[0]).shape == (1, 4)
    store.embeddings.put(MODEL, [text_key(TEXTS[1])], np.eye(1, 3, dtype=np.float32))
    with pytest.raises(IntegrityError, match="not of one length"):
        store.embeddings.passage_vectors(MODEL, store.passage_rows(MODEL)[0])


def test_a_torn_vector_is_told(tmp_path: Path) -> None:
    path = tmp_path / "torn.sqlite3"
    with Store.open(path) as store:
        put(store, a_document())
        store.embeddings.put(MODEL, [text_key(TEXTS[0])], np.eye(1, 4, dtype=np.float32))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE embeddings SET vector = substr(vector, 1, 15)")
    with Store.open(path) as store, pytest.raises(IntegrityError, match="not of one length"):
        store.embeddings.passage_vectors(MODEL, store.passage_rows(MODEL)[0])
