"""Indexing in the background: what is served meanwhile, and when another state is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.corpus import Corpus
from index.passages.pipeline import Pipeline
from index.readers import Readers
from index.store.store import FILE_NAME, Store
from index.sync.indexer import Indexer
from index.sync.sync import sync
from tests.small_model import SmallEmbedder, small_pipeline
from tests.waiting import until

MILL = "The mill at Aulnay was built in 1402 by Marie Tournel. It grinds oats."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "corpus" / "mill.txt").write_text(MILL)
    return tmp_path / "corpus"


@pytest.fixture
def data(folder: Path) -> Path:
    with Store.open(folder.with_name("data") / FILE_NAME) as store:
        sync(folder, store, small_pipeline())
    return folder.with_name("data")


class Gate:
    """Lets indexing go on once it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> None:
        self.reached.set()
        self.opened.wait(60)


@contextmanager
def indexing(folder: Path, data: Path, pipeline: Pipeline, corpus: Corpus, gate: Gate) -> Iterator[Indexer]:
    indexer = Indexer(folder, data, Readers.limited, watches=False)
    indexer.rest = gate
    indexer.start(pipeline, corpus)
    try:
        yield indexer
    finally:
        gate.opened.set()
        indexer.close()


def found(corpus: Corpus, question: str) -> list[str]:
    passages = [corpus.passage(hit.passage_id) for hit in corpus.search(question)]
    return [corpus.document(each.document_id).text[each.start : each.end] for each in passages]


def test_the_old_model_answers_until_the_new_vectors_are_there(folder: Path, data: Path) -> None:
    gate, other = Gate(), replace(small_pipeline(), embedder=SmallEmbedder("other@2"))
    with Corpus.open(data, small_pipeline()) as corpus:
        gate.opened.set()
        switched = threading.Event()

        def exclusively(job: object) -> None:
            assert corpus.model_id == "small@1"
            assert found(corpus, "Who built the mill?") == [MILL]
            assert callable(job)
            job()
            switched.set()

        with indexing(folder, data, other, corpus, gate) as indexer:
            indexer.exclusively = exclusively
            until(switched.is_set)
            until(lambda: indexer.status.finished_at)
            assert corpus.model_id == "other@2"
            assert found(corpus, "Who built the mill?") == [MILL]
            assert corpus.embed(["mill"]).shape == (1, 64)
        with Store.open(data / FILE_NAME) as store:
            assert store.embeddings.incomplete_documents("small@1")  # nothing of it is left
            assert not store.embeddings.incomplete_documents("other@2")


def test_a_document_stays_whole_while_it_is_replaced(data: Path) -> None:
    with Corpus.open(data, small_pipeline()) as corpus, Store.open(data / FILE_NAME) as store:
        (summary,) = corpus.sources()
        corpus.hold([summary.document_id])
        store.delete_document(summary.document_id)
        assert found(corpus, "Who built the mill?") == [MILL]
        corpus.refresh(while_indexing=True)
        assert found(corpus, "Who built the mill?") == []


def test_how_far_it_is_is_told_and_it_can_be_stopped(folder: Path, data: Path) -> None:
    gate = Gate()
    (folder / "oats.txt").write_text("Oats are eaten by horses.")
    with Corpus.open(data, small_pipeline()) as corpus:
        with indexing(folder, data, small_pipeline(), corpus, gate) as indexer:
            until(gate.reached.is_set)
            assert indexer.indexing is not None
            assert indexer.status.state == "scanning"
            gate.opened.set()
            until(lambda: len(corpus.sources()) == 2)
            until(lambda: indexer.status.state == "idle")
            assert indexer.indexing is None
            assert indexer.status.counts == {"added": 1, "unchanged": 1}
        assert indexer.status.state == "stopped"


def test_a_folder_that_is_not_there_is_told(folder: Path, data: Path) -> None:
    with Corpus.open(data, small_pipeline()) as corpus:
        (folder / "mill.txt").unlink()
        folder.rmdir()
        with indexing(folder, data, small_pipeline(), corpus, Gate()) as indexer:
            until(lambda: indexer.status.error)
            assert "does not exist" in indexer.status.error
            assert indexer.indexing is None
        assert found(corpus, "Who built the mill?") == [MILL]
