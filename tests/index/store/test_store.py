"""The truth on disk: what goes in comes out, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DocumentError, IntegrityError, NotFoundError
from index.store.database import Database, marks
from index.store.rows import passage_number, text_key
from index.store.store import Store
from index.types import (
    Block,
    BlockKind,
    Document,
    Field,
    Metadata,
    Passage,
    PassageKind,
    Range,
    Sentence,
)
from tests.paths import ROOT

MODEL = "model@1234"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "corpus.sqlite3") as opened:
        yield opened


def a_document(
    document_id: str = "d1", source: str = "a/b.txt", text: str = "Title\n\nOne. Two\x0c three."
) -> Document:
    return Document(
        document_id=document_id,
        source=source,
        content_sha256=text_key(text),
        text=text,
        format="text",
        encoding="utf-8",
        blocks=(Block(BlockKind.TITLE, 0, 5), Block(BlockKind.PARAGRAPH, 7, len(text), 0, "it ends with a full stop")),
        metadata=Metadata(title=Field("Title", 0, 5)),
        warnings=("odd",),
    )


SENTENCES = (
    Sentence(0, 0, (Range(0, 5),)),
    Sentence(1, 1, (Range(7, 11),)),
    Sentence(2, 1, (Range(12, 15), Range(17, 23))),
)


def passages_of(document: Document) -> tuple[Passage, ...]:
    return (
        Passage(document.document_id, 0, PassageKind.METADATA, 0, 1, 0, 5),
        Passage(document.document_id, 1, PassageKind.BODY, 1, 3, 7, 23, ("Part I", "Ships")),
    )


TEXTS = ("Title\nTitle", "Title › Part I › Ships\nOne. Two three.")


def put(store: Store, document: Document, texts: tuple[str, ...] = TEXTS, pipeline: str = "p") -> tuple[Passage, ...]:
    return store.replace_document(document, SENTENCES, passages_of(document), texts, pipeline=pipeline)


def test_what_goes_in_comes_out(store: Store) -> None:
    document = a_document()
    passages = put(store, document)
    assert store.document("d1") == document
    assert store.sentences("d1") == SENTENCES
    assert store.document_passages("d1") == passages
    assert [passage.passage_id for passage in passages] == [passage_number(document, p) for p in passages_of(document)]
    assert store.passages([passages[1].passage_id, passages[0].passage_id]) == passages[::-1]
    summary = store.find_source("a/b.txt")
    assert summary is not None
    assert store.sources() == (summary,)
    assert (summary.title, summary.characters, summary.passages) == ("Title", len(document.text), 2)
    assert summary.warnings == ("odd",)
    assert summary.sentences == len(SENTENCES)
    assert sum(summary.blocks.values()) == len(document.blocks)
    facts = store.facts()["a/b.txt"]
    assert (summary.blocks, summary.left_out, summary.sentences) == (facts.blocks, facts.left_out, facts.sentences)


def test_it_is_still_there_when_opened_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "db") as store:
        put(store, a_document())
    with Store.open(tmp_path / "db", read_only=True) as store:
        assert store.document("d1") == a_document()


@settings(max_examples=50)
@given(text=st.text(max_size=60))
def test_any_text_comes_back_to_the_character(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    document = a_document(text=text + "\0\ufeff\u2028\U0001f600")
    with Store.open(tmp_path_factory.mktemp("any") / "db") as store:
        put(store, document)
        assert store.document("d1").text == document.text


def test_a_lone_surrogate_is_refused_and_nothing_changes(store: Store) -> None:
    put(store, a_document())
    broken = a_document()
    with pytest.raises(DocumentError, match=r"a/b\.txt") as caught:
        store.replace_document(Document("d1", "a/b.txt", "0", "\ud800", "text", "utf-8", ()), (), (), ())
    assert caught.value.source == "a/b.txt"
    assert store.document("d1") == broken


def test_replacing_leaves_nothing_of_the_old(store: Store) -> None:
    old = put(store, a_document())
    put(store, a_document(text="Title\n\nAnother. Text altogether, quite."))
    assert len(store.document_passages("d1")) == 2
    with pytest.raises(NotFoundError, match="may have changed"):
        store.passage(old[0].passage_id)
    with closing(sqlite3.connect(store.path)) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("blocks", "sentences", "passages")
        ]
    assert counts == [2, 3, 2]


def test_a_replacement_that_fails_leaves_the_old(store: Store) -> None:
    put(store, a_document())
    put(store, a_document("d2", "other.txt"))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        put(store, a_document("d2", "a/b.txt"))
    assert [summary.source for summary in store.sources()] == ["a/b.txt", "other.txt"]
    assert len(store.document_passages("d2")) == 2


def test_deleting_takes_passages_along(store: Store) -> None:
    passages = put(store, a_document())
    store.delete_document("d1")
    assert store.sources() == ()
    assert store.sentences("d1") == ()
    for missing in (
        lambda: store.document("d1"),
        lambda: store.delete_document("d1"),
        lambda: store.passage(passages[0].passage_id),
    ):
        with pytest.raises(NotFoundError):
            missing()


def test_ids_depend_on_what_a_passage_is_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "two") as two:
        first = put(one, a_document())
        put(two, a_document(text="Title\n\nOther text at the very first."))
        put(two, a_document("d9", "z.txt"))
        assert put(two, a_document()) == first
    assert all(0 < passage.passage_id < 1 << 53 for passage in first)


def test_vectors_are_kept_by_text_and_model(store: Store) -> None:
    passages = put(store, a_document())
    assert store.embeddings.incomplete_documents(MODEL) == {"d1"}
    matrix = np.eye(2, 4, dtype=np.float32)
    keys = [text_key(text) for text in TEXTS]
    store.embeddings.put(MODEL, keys, matrix)
    assert store.embeddings.incomplete_documents(MODEL) == set()
    assert store.embeddings.incomplete_documents("other") == {"d1"}
    assert store.embeddings.known_keys(MODEL, [*keys, "nothing"]) == set(keys)
    ids = store.passage_rows(MODEL)[0]
    vectors = store.embeddings.passage_vectors(MODEL, ids)
    assert list(ids) == sorted(passage.passage_id for passage in passages)
    by_id = dict(zip(ids.tolist(), vectors.tolist(), strict=True))
    assert [by_id[passage.passage_id] for passage in passages] == matrix.tolist()
    assert [row.passage_id for row in store.passage_texts(ids)] == list(ids)
    assert {(row.head, row.body) for row in store.passage_texts(ids)} == {
        ("Title", "Title"),
        ("Title › Part I › Ships", "One. Two three."),
    }


def test_a_text_that_comes_back_needs_no_new_vector_until_garbage_is_collected(store: Store) -> None:
    put(store, a_document())
    store.embeddings.put(MODEL, [text_key(text) for text in TEXTS], np.eye(2, 4, dtype=np.float32))
    store.delete_document("d1")
    put(store, a_document("d2", "new.txt"))
    assert store.embeddings.incomplete_documents(MODEL) == set()
    assert store.embeddings.drop_unused(MODEL) == 0
    store.delete_document("d2")
    assert store.embeddings.drop_unused(MODEL) == 2
    put(store, a_document())
    assert store.embeddings.incomplete_documents(MODEL) == {"d1"}


def test_sentences_have_vectors_of_their_own(store: Store) -> None:
    document = a_document()
    own = ("", "Title: One.", "Title: Two three.")
    passages = store.replace_document(document, SENTENCES, passages_of(document), TEXTS, sentence_texts=own)
    keys = [text_key(text) for text in (*TEXTS, *own[1:])]
    store.embeddings.put(MODEL, keys[:3], np.eye(3, 4, dtype=np.float32))
    assert store.embeddings.incomplete_documents(MODEL) == {"d1"}
    store.embeddings.put(MODEL, keys[3:], np.eye(1, 4, 3, dtype=np.float32))
    assert store.embeddings.incomplete_documents(MODEL) == set()
    owners, matrix = store.embeddings.sentence_vectors(
        MODEL, np.array([passages[0].passage_id, passages[1].passage_id, 5])
    )
    assert owners.tolist() == [passages[1].passage_id] * 2
    assert sorted(matrix.argmax(axis=1).tolist()) == [2, 3]
    assert set(store.embeddings.vectors_by_key(MODEL, [*keys, "nothing"])) == set(keys)
    assert store.embeddings.drop_unused(MODEL) == 0


def test_vectors_of_other_models_are_garbage(store: Store) -> None:
    put(store, a_document())
    store.embeddings.put("old", [text_key(TEXTS[0])], np.eye(1, 4, dtype=np.float32))
    assert store.embeddings.drop_unused(MODEL) == 1


def test_no_vectors_at_all(store: Store) -> None:
    ids, keys = store.passage_rows(MODEL)
    assert len(ids) == len(keys) == len(store.embeddings.passage_vectors(MODEL, ids)) == 0


def test_the_version_is_of_contents_paths_and_pipeline_alone(tmp_path: Path) -> None:
    def version(name: str, *documents: Document, pipeline: str = "p") -> str:
        with Store.open(tmp_path / name) as store:
            for document in documents:
                put(store, document, pipeline=pipeline)
            return store.index_version()

    one, two = a_document(), a_document("d2", "c.txt", "Title\n\nSomething else, of some length.")
    same = version("0", one, two)
    assert same == version("1", two, one)
    others = [
        version("2", one),
        version("3", one, a_document("d2", "renamed.txt", two.text)),
        version("4", one, a_document("d2", "c.txt", two.text + " ")),
        version("5", one, two, pipeline="other"),
        version("6"),
    ]
    assert len({same, *others}) == 6
    assert len(same) == 16


def test_facts_tell_what_is_stored(store: Store) -> None:
    document = a_document()
    store.replace_document(document, SENTENCES, passages_of(document), TEXTS, pipeline="p", left_out={"furniture": 7})
    facts = store.facts()["a/b.txt"]
    assert (facts.document_id, facts.content_sha256, facts.pipeline) == ("d1", document.content_sha256, "p")
    assert facts.blocks == {"title": 1, "paragraph": 1}
    assert (facts.sentences, facts.passages, facts.left_out, facts.warnings) == (3, 2, {"furniture": 7}, ("odd",))


def test_documents_of_an_older_schema_are_counted(tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    for script in sorted((ROOT / "index/store/migrations").glob("000[1-7]*.sql")):
        shutil.copy(script, scripts)
    with Database.open(tmp_path / "db", scripts) as old:
        old.query(f"INSERT INTO documents VALUES ({marks(13)})", ["d1", "a.txt", "", "", "", "", 0, *["{}"] * 6])
        old.query("UPDATE documents SET warnings = '[]'")
        for ordinal, kind in enumerate(("title", "list", "list")):
            old.query("INSERT INTO blocks VALUES ('d1', ?, ?, 0, 0, 0, '')", (ordinal, kind))
        old.query("INSERT INTO sentences (document_id, ordinal, block, ranges) VALUES ('d1', 0, 0, '[]')")
    with Store.open(tmp_path / "db") as store:
        facts = store.facts()["a.txt"]
        assert (facts.sentences, facts.passages, facts.blocks) == (1, 0, {"list": 2, "title": 1})
        assert not store.is_empty()


def test_what_is_complete_is_looked_at_again_only_where_it_changed(store: Store) -> None:
    put(store, a_document())
    store.embeddings.put(MODEL, [text_key(text) for text in TEXTS], np.eye(2, 4, dtype=np.float32))
    assert store.embeddings.incomplete_documents(MODEL) == set()
    store.embeddings.remember_complete(MODEL)
    with Store.open(store.path, read_only=True) as reader:
        before = reader.data_version()
        store.embeddings.remember_complete(MODEL)
        assert store.embeddings.drop_unused(MODEL) == 0
        assert reader.data_version() != before  # doubts are done with
        before = reader.data_version()
        store.embeddings.remember_complete(MODEL)
        assert store.embeddings.drop_unused(MODEL) == 0
        assert reader.data_version() == before
    assert store.embeddings.incomplete_documents(MODEL) == set()
    put(store, a_document("d2", "c.txt"), (f"{TEXTS[0]} again", TEXTS[1]))
    assert store.embeddings.incomplete_documents(MODEL) == {"d2"}
    store.delete_document("d2")
    assert store.embeddings.incomplete_documents(MODEL) == set()
    assert store.embeddings.drop_unused(MODEL) == 0
    assert store.embeddings.incomplete_documents(MODEL) == set()
    assert store.embeddings.incomplete_documents("other") == {"d1"}
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DELETE FROM embeddings")
    assert store.embeddings.incomplete_documents(MODEL) == {"d1"}


def test_more_doubtful_texts_than_are_remembered_are_all_looked_through(store: Store) -> None:
    put(store, a_document())
    keys = [text_key(text) for text in TEXTS]
    store.embeddings.put(MODEL, keys, np.eye(2, 4, dtype=np.float32))
    assert store.embeddings.drop_unused(MODEL) == 0
    many = [text_key(str(number)) for number in range(20_001)]
    store.embeddings.put(MODEL, many[:-1], np.zeros((20_000, 1), np.float32))
    store.embeddings.put(MODEL, many[-1:], np.zeros((1, 1), np.float32))
    assert store.embeddings.drop_unused(MODEL) == 20_001
    assert store.embeddings.known_keys(MODEL, keys) == set(keys)


def test_another_connection_sees_the_change(tmp_path: Path) -> None:
    with Store.open(tmp_path / "db") as writer, Store.open(tmp_path / "db", read_only=True) as reader:
        before = reader.data_version()
        assert reader.data_version() == before
        put(writer, a_document())
        assert reader.data_version() != before
        assert len(reader.sources()) == 1
