"""The corpus as questions see it: found, filtered, refreshed, rebuilt, read by many."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.errors import BusyError, FootnoteError, IntegrityError, NotFoundError
from index.models.embedding import open_embedder
from index.models.tokens import open_token_counter
from index.passages.pipeline import Pipeline
from index.store.store import FILE_NAME, Store
from index.sync.lock import indexing
from index.sync.sync import sync
from index.types import Hit
from tests.paths import ROOT
from tests.replacing import replace_content
from tests.small_model import SmallEmbedder, small_pipeline


def do_sync(folder: Path, data: Path, pipeline: Pipeline) -> str:
    data.mkdir(exist_ok=True)
    with Store.open(data / FILE_NAME) as store:
        return sync(folder, store, pipeline, remove_all=True).index_version


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, indexed with the small model."""
    base = tmp_path_factory.mktemp("synced")
    shutil.copytree(ROOT / "seeds", base / "corpus")
    do_sync(base / "corpus", base / "data", small_pipeline())
    return base


@pytest.fixture
def base(synced: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    shutil.copytree(synced, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def corpus(base: Path) -> Iterator[Corpus]:
    with Corpus.open(base / "data", small_pipeline()) as opened:
        yield opened


def hits_of(data: Path, *, read_only: bool = False) -> tuple[Hit, ...]:
    with Corpus.open(data, small_pipeline(), read_only=read_only) as corpus:
        return corpus.search("Which forum did Japan send an envoy to?", 10)


def test_the_real_model_finds_what_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    shutil.copy(ROOT / "seeds" / "000_70440dd45b37daba.txt", tmp_path / "corpus")
    pipeline = Pipeline(open_embedder(), open_token_counter())
    do_sync(tmp_path / "corpus", tmp_path / "data", pipeline)
    with Corpus.open(tmp_path / "data", pipeline) as corpus:
        hits = corpus.search("Which close aide of the Japanese prime minister was sent to China in May?", 3)
        found = [corpus.passage(hit.passage_id) for hit in hits]
        texts = [corpus.document(passage.document_id).text[passage.start : passage.end] for passage in found]
        assert any("Takaya Imai" in text for text in texts)
        for hit, vector in zip(hits, corpus.embed(texts), strict=True):
            assert 0 < hit.similarity < 1
            assert vector.shape == (pipeline.embedder.dimension,)


def test_hits_open_to_passages_sentences_and_documents(corpus: Corpus) -> None:
    hits = corpus.search("Belt and Road Initiative", 8)
    assert len(hits) == 8
    for hit, passage in zip(hits, corpus.passages([hit.passage_id for hit in hits]), strict=True):
        document = corpus.document(passage.document_id)
        sentences = corpus.sentences(passage.document_id)[passage.first_sentence : passage.end_sentence]
        assert passage.passage_id == hit.passage_id
        assert passage in corpus.document_passages(document.document_id)
        assert (sentences[0].start, sentences[-1].end) == (passage.start, passage.end)
        assert document.text[passage.start : passage.end].strip()


def test_globs_choose_documents(corpus: Corpus) -> None:
    def found(*globs: str) -> set[str]:
        hits = corpus.search("Japan China ships investment", 50, globs)
        return {corpus.document(corpus.passage(hit.passage_id).document_id).source[:3] for hit in hits}

    assert found("000*") == {"000"}
    assert found("000_*.txt", "[!0]*", "003*") == {"000", "003"}
    assert found("*.md") == set()
    assert found() == found("*") == {"000", "001", "002", "003", "004"}


def test_what_is_not_there_is_told(corpus: Corpus) -> None:
    for missing in (
        lambda: corpus.document("nope"),
        lambda: corpus.sentences("nope"),
        lambda: corpus.passage(1),
        lambda: corpus.passages([1]),
    ):
        with pytest.raises(NotFoundError):
            missing()


def test_before_the_first_index_it_says_what_to_do(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(NotFoundError, match="footnote index"):
            Corpus.open(tmp_path, small_pipeline(), read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_another_model_is_refused(base: Path) -> None:
    with pytest.raises(IntegrityError, match="another embedding model than other@2"):
        Corpus.open(base / "data", Pipeline(SmallEmbedder("other@2"), open_token_counter()))


def test_an_emptied_corpus_opens(base: Path) -> None:
    shutil.rmtree(base / "corpus")
    (base / "corpus").mkdir()
    do_sync(base / "corpus", base / "data", small_pipeline())
    with Corpus.open(base / "data", small_pipeline()) as corpus:
        assert (corpus.size, corpus.sources(), corpus.search("Japan")) == (0, (), ())


@pytest.mark.parametrize("damage", ["delete", "flip", "truncate", "foreign"])
@pytest.mark.parametrize("kind", ["vectors", "lexical"])
@pytest.mark.parametrize("read_only", [False, True])
def test_derived_files_that_are_lost_or_damaged_are_made_again(
    base: Path, kind: str, damage: str, read_only: bool
) -> None:
    good = hits_of(base / "data")
    for file in sorted((base / "data" / kind).glob("*/*")):
        content = bytearray(file.read_bytes())
        if damage == "delete":
            file.unlink()
        elif damage == "flip" and content:
            content[len(content) // 2] ^= 4
            replace_content(file, bytes(content))
        elif damage == "truncate":
            replace_content(file, bytes(content[: len(content) // 2]))
        elif damage == "foreign":
            replace_content(file, b"something else")
    assert hits_of(base / "data", read_only=read_only) == good
    assert hits_of(base / "data") == good


def test_all_but_the_database_can_be_deleted(base: Path) -> None:
    good = hits_of(base / "data")
    for entry in (base / "data").iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != FILE_NAME:
            entry.unlink()
    assert hits_of(base / "data") == good
    assert {entry.name for entry in (base / "data").iterdir()} >= {"vectors", "lexical"}


def test_while_another_indexes_it_makes_its_own(base: Path) -> None:
    good = hits_of(base / "data")
    shutil.rmtree(base / "data" / "vectors")
    with indexing(base / "data"):
        assert hits_of(base / "data") == good
    assert not (base / "data" / "vectors").exists()


SEARCH = """
import os, sys
from pathlib import Path
from index.corpus import Corpus
from tests.small_model import small_pipeline
pipeline = small_pipeline()
pipeline.token_counter.count("load it")
os.setgid(65534)
os.setuid(65534)
with Corpus.open(Path(sys.argv[1]), pipeline) as corpus:
    print([hit.passage_id for hit in corpus.search("Which forum did Japan send an envoy to?", 10)])
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
@pytest.mark.parametrize("derived", [True, False])
def test_a_folder_that_cannot_be_written_still_answers(derived: bool) -> None:
    with tempfile.TemporaryDirectory() as home:  # tmp_path is closed to other users
        Path(home).chmod(0o755)
        data = Path(home) / "data"
        do_sync(ROOT / "seeds", data, small_pipeline())
        expected = [hit.passage_id for hit in hits_of(data)]
        if not derived:
            shutil.rmtree(data / "vectors")
        for path in (data, *data.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", SEARCH, str(data)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == str(expected)


def test_it_serves_the_old_state_until_refreshed(base: Path, corpus: Corpus) -> None:
    old = corpus.version
    assert corpus.refresh() is False
    (base / "corpus" / "new.txt").write_text("Tides\n\nThe tide at Brest rises seven metres every spring.\n")
    new = do_sync(base / "corpus", base / "data", small_pipeline())
    assert corpus.version == old
    assert corpus.refresh() is True
    assert corpus.version == new != old
    assert corpus.refresh() is False
    best = corpus.passage(corpus.search("tide at Brest", 1)[0].passage_id)
    assert corpus.document(best.document_id).source == "new.txt"


def test_passages_that_have_changed_meanwhile_are_left_out(base: Path, corpus: Corpus) -> None:
    first = corpus.search("Japan China", 10, ["000*"])
    assert first
    with Corpus.open(base / "data", small_pipeline()) as fresh:
        for source in (base / "corpus").glob("000*"):
            source.write_text("Nothing\n\nNothing is left of what was here.\n")
        do_sync(base / "corpus", base / "data", small_pipeline())
        again = corpus.search("Japan China", 10, ["000*"])  # what it has read stays whole
        assert {hit.passage_id for hit in again} == {hit.passage_id for hit in first}
        with pytest.raises(BusyError, match="ask again"):
            fresh.search("Japan China", 10, ["000*"])
        assert fresh.search("Japan China", 10)


def test_it_does_not_refresh_in_the_middle_of_a_sync(base: Path, corpus: Corpus) -> None:
    with Store.open(base / "data" / FILE_NAME) as store:
        store.delete_document(store.sources()[0].document_id)
    with indexing(base / "data"):
        assert corpus.refresh() is False
    assert corpus.refresh() is True


def test_many_threads_may_ask_while_another_process_indexes(base: Path, corpus: Corpus) -> None:
    errors: list[Exception] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                corpus.refresh()
                with suppress(BusyError), Corpus.open(base / "data", small_pipeline()) as other:
                    assert other.search("Japan and China", 5)
                with suppress(BusyError):
                    assert corpus.search("Japan and China", 10)
        except (FootnoteError, AssertionError) as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(2):
        for file in (base / "corpus").glob("*.txt"):
            file.write_text(file.read_text() + f"\n\nRound {number} added this sentence to the end.\n")
        command = [sys.executable, "-m", "tests.crashing_sync", str(base / "corpus"), str(base / "data"), "0"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    corpus.refresh()
    assert corpus.search("Round 1 added this sentence", 1)
