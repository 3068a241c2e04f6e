"""A folder and its store agree, whatever happens to the folder, and whenever the process dies."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import InputError, LockedError
from index.passages.chunking import PassageBudget
from index.passages.pipeline import Pipeline
from index.store.store import FILE_NAME, Store
from index.sync.lock import indexing
from index.sync.options import SyncOptions
from index.sync.progress import SyncProgress
from index.sync.report import FileReport, FileStatus, SyncReport
from index.sync.sync import sync, sync_with
from index.unread import told
from tests.paths import ROOT
from tests.small_model import SmallEmbedder, small_pipeline

OAKS = "The Oaks of Brittany\n\nThe oak forests of Brittany were cut down for ships. Few oaks are left.\n"
SHIPS = "The Ships of Brest\n\nThe arsenal at Brest built forty ships of the line. They sailed in May.\n"
TIDES = "The Tides\n\nThe tide at Brest rises seven metres. It turns twice a day, as tides do.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "sea").mkdir(parents=True)
    (folder / "oaks.txt").write_text(OAKS)
    (folder / "sea" / "ships.md").write_text(SHIPS)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "data").mkdir()
    with Store.open(tmp_path / "data" / FILE_NAME) as opened:
        yield opened


@pytest.fixture
def pipeline() -> Pipeline:
    return small_pipeline()


def statuses(report: SyncReport) -> dict[str, str]:
    return {file.source: file.status.value for file in report.files}


def of(report: SyncReport, source: str) -> FileReport:
    return next(file for file in report.files if file.source == source)


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything stored but the times of day."""
    with closing(sqlite3.connect(path)) as connection:
        documents = (
            "document_id, source, content_sha256, format, encoding, text, metadata, warnings, left_out, pipeline"
        )
        tables = {"documents": documents, "blocks": "*", "sentences": "*", "passages": "*", "embeddings": "*"}
        return {
            table: connection.execute(f"SELECT {chosen} FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table, chosen in tables.items()
        }


def vectors_kept(store: Store) -> set[object]:
    return {key for _, key, _ in rows(store.path)["embeddings"]}


def texts_embedded(store: Store) -> set[object]:
    with closing(sqlite3.connect(store.path)) as connection:
        found = connection.execute("SELECT embedded_sha256 FROM passages UNION SELECT embedded_sha256 FROM sentences")
        return {key for (key,) in found} - {""}


def test_a_folder_is_read_and_told_about(folder: Path, store: Store, pipeline: Pipeline) -> None:
    report = sync(folder, store, pipeline)
    assert statuses(report) == {"oaks.txt": "added", "sea/ships.md": "added"}
    assert [summary.source for summary in store.sources()] == ["oaks.txt", "sea/ships.md"]
    assert (report.documents, report.index_version) == (2, store.index_version())
    oaks = of(report, "oaks.txt")
    assert oaks.sentences == len(store.sentences(oaks.document_id)) > 1
    assert oaks.passages == len(store.document_passages(oaks.document_id)) > 0
    assert sum(oaks.blocks.values()) == len(store.document(oaks.document_id).blocks)
    assert report.passages == len(store.passage_owners()) < report.embedded
    assert store.embeddings.incomplete_documents(pipeline.embedder.model_id) == set()


def test_again_nothing_is_done(folder: Path, store: Store, pipeline: Pipeline) -> None:
    first = sync(folder, store, pipeline)
    before = rows(store.path)
    second = sync(folder, store, pipeline)
    assert set(statuses(second).values()) == {"unchanged"}
    assert (second.embedded, second.index_version) == (0, first.index_version)
    assert rows(store.path) == before
    for file in first.files:
        assert replace(of(second, file.source), status=FileStatus.ADDED) == file


def test_an_edit_keeps_the_id_and_embeds_only_what_is_new(folder: Path, store: Store, pipeline: Pipeline) -> None:
    first = sync(folder, store, pipeline)
    (folder / "oaks.txt").write_text(OAKS.replace("Few", "No"))
    second = sync(folder, store, pipeline)
    assert statuses(second) == {"oaks.txt": "changed", "sea/ships.md": "unchanged"}
    assert of(second, "oaks.txt").document_id == of(first, "oaks.txt").document_id
    assert 0 < second.embedded < first.embedded
    assert second.index_version != first.index_version
    assert "No oaks" in store.document(of(second, "oaks.txt").document_id).text


def test_a_rename_keeps_id_and_passages_and_embeds_nothing(folder: Path, store: Store, pipeline: Pipeline) -> None:
    first = sync(folder, store, pipeline)
    passages = store.document_passages(of(first, "oaks.txt").document_id)
    (folder / "oaks.txt").rename(folder / "sea" / "trees.txt")
    second = sync(folder, store, pipeline)
    moved = of(second, "sea/trees.txt")
    assert (moved.status, moved.was, moved.document_id) == (
        FileStatus.RENAMED,
        "oaks.txt",
        of(first, "oaks.txt").document_id,
    )
    assert "oaks.txt" not in statuses(second)
    assert store.document_passages(moved.document_id) == passages
    assert second.embedded == 0


def test_a_new_file_under_a_renamed_ones_old_path_gets_its_own_id(
    folder: Path, store: Store, pipeline: Pipeline
) -> None:
    sync(folder, store, pipeline)
    (folder / "oaks.txt").rename(folder / "trees.txt")
    sync(folder, store, pipeline)
    (folder / "oaks.txt").write_text(TIDES)
    report = sync(folder, store, pipeline)
    assert statuses(report) == {"oaks.txt": "added", "sea/ships.md": "unchanged", "trees.txt": "unchanged"}
    assert len({file.document_id for file in report.files}) == 3


def test_files_that_swap_contents_have_changed(folder: Path, store: Store, pipeline: Pipeline) -> None:
    (folder / "tides.txt").write_text(TIDES)
    sync(folder, store, pipeline)
    (folder / "oaks.txt").write_text(TIDES)
    (folder / "tides.txt").write_text(OAKS)
    report = sync(folder, store, pipeline)
    assert statuses(report) == {"oaks.txt": "changed", "sea/ships.md": "unchanged", "tides.txt": "changed"}


def test_what_is_gone_is_removed_and_said(folder: Path, store: Store, pipeline: Pipeline) -> None:
    sync(folder, store, pipeline)
    (folder / "oaks.txt").unlink()
    report = sync(folder, store, pipeline)
    assert statuses(report) == {"oaks.txt": "removed", "sea/ships.md": "unchanged"}
    assert report.documents == len(store.sources()) == 1
    assert vectors_kept(store) == texts_embedded(store)


def test_equal_files_are_two_documents(folder: Path, store: Store, pipeline: Pipeline) -> None:
    (folder / "copy.txt").write_text(OAKS)
    report = sync(folder, store, pipeline)
    assert report.documents == 3
    assert of(report, "copy.txt").document_id != of(report, "oaks.txt").document_id
    (folder / "copy.txt").unlink()
    assert sync(folder, store, replace(pipeline, embedder=SmallEmbedder("other@2"))).embedded == report.embedded


def test_a_broken_file_is_told_and_the_rest_goes_on(folder: Path, store: Store, pipeline: Pipeline) -> None:
    (folder / "broken.txt").write_bytes(b"caf\xc3\xa9 \xff\xfe\x81 is no text" + bytes(range(128, 256)))
    report = sync(folder, store, pipeline)
    broken = of(report, "broken.txt")
    assert broken.status is FileStatus.FAILED
    assert "broken.txt" in broken.message
    assert report.documents == 2


def test_a_file_that_breaks_keeps_its_last_good_version(folder: Path, store: Store, pipeline: Pipeline) -> None:
    sync(folder, store, pipeline)
    (folder / "oaks.txt").write_bytes(b"\xff\xfe\x00" + bytes(range(128, 256)))
    for again in (pipeline, replace(pipeline, budget=PassageBudget(tokens=60))):
        report = sync(folder, store, again)
        broken = of(report, "oaks.txt")
        assert broken.status is FileStatus.FAILED
        assert "is kept" in broken.message
        assert store.document(broken.document_id).text == OAKS
        assert store.facts()["oaks.txt"].pipeline == again.fingerprint
        assert store.embeddings.incomplete_documents(again.embedder.model_id) == set()
    (folder / "oaks.txt").write_text(OAKS)
    assert statuses(sync(folder, store, pipeline))["oaks.txt"] == "unchanged"


def test_what_cannot_be_read_is_listed(folder: Path, store: Store, pipeline: Pipeline) -> None:
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / "NOTES").write_text(TIDES)
    (folder / ".hidden.txt").write_text(TIDES)
    (folder / ".git").mkdir()
    (folder / ".git" / "note.txt").write_text(TIDES)
    os.mkfifo(folder / "pipe.txt")
    report = sync(folder, store, pipeline)
    skipped = {file.source: file.message for file in report.files if file.status is FileStatus.SKIPPED}
    assert skipped == {
        "photo.jpg": "an image: no text in it that is read",
        "letter.doc": "an old Word document: save it as .docx",
        "pipe.txt": "not a regular file",
    }
    assert statuses(report)["NOTES"] == "added"


def test_a_name_that_is_no_text_is_told(folder: Path, store: Store, pipeline: Pipeline) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text(TIDES)
    report = sync(folder, store, pipeline)
    failed = [file for file in report.files if file.status is FileStatus.FAILED]
    assert [file.source.encode() for file in failed] == [b"caf\\udce9.txt"]
    assert "rename it" in failed[0].message


def test_too_large_a_file_is_told(folder: Path, store: Store, pipeline: Pipeline) -> None:
    report = sync(folder, store, pipeline, max_file_bytes=90)
    assert {file.status for file in report.files} == {FileStatus.FAILED}
    assert "90 are allowed" in report.files[0].message


def test_a_missing_folder_removes_nothing(folder: Path, store: Store, pipeline: Pipeline) -> None:
    sync(folder, store, pipeline)
    with pytest.raises(InputError, match="does not exist"):
        sync(folder / "nowhere", store, pipeline)
    with pytest.raises(InputError, match="not a folder"):
        sync(folder / "oaks.txt", store, pipeline)
    assert len(store.sources()) == 2


def test_an_empty_folder_is_told(tmp_path: Path, store: Store, pipeline: Pipeline) -> None:
    (tmp_path / "empty").mkdir()
    report = sync(tmp_path / "empty", store, pipeline)
    assert report.files == ()
    assert "holds no file that can be read" in report.warnings[0]


def test_a_data_folder_inside_the_corpus_is_left_alone(folder: Path, pipeline: Pipeline) -> None:
    data = folder / "data"
    data.mkdir()
    (data / "note.txt").write_text(TIDES)
    with Store.open(data / FILE_NAME) as store:
        assert sync(folder, store, pipeline).documents == 2


def test_two_corpora_do_not_replace_each_other(folder: Path, store: Store, pipeline: Pipeline) -> None:
    sync(folder, store, pipeline)
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    with pytest.raises(InputError, match=r"holds the index of .*corpus: choose another data folder"):
        sync(other, store, pipeline)
    shutil.rmtree(folder)  # it was moved, then
    assert set(statuses(sync(other, store, pipeline)).values()) == {"unchanged"}


def test_other_settings_make_every_document_anew(folder: Path, store: Store, pipeline: Pipeline) -> None:
    first = sync(folder, store, pipeline)
    second = sync(folder, store, replace(pipeline, budget=PassageBudget(tokens=20)))
    assert {file.message for file in second.files} == {"made anew"}
    assert second.passages > first.passages
    assert second.index_version != first.index_version
    third = sync(folder, store, replace(pipeline, embedder=SmallEmbedder("other@2")))
    assert third.embedded == first.embedded
    assert vectors_kept(store) == texts_embedded(store)
    assert sync(folder, store, replace(pipeline, embedder=SmallEmbedder("other@2"))).embedded == 0


def test_lost_vectors_are_made_again(folder: Path, store: Store, pipeline: Pipeline) -> None:
    first = sync(folder, store, pipeline)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DELETE FROM embeddings")
    assert sync(folder, store, pipeline).embedded == first.embedded


def test_progress_ends_where_it_should(folder: Path, store: Store, pipeline: Pipeline) -> None:
    seen: list[SyncProgress] = []
    report = sync(folder, store, pipeline, progress=seen.append)
    assert (seen[-1].files_done, seen[-1].files, seen[-1].embedded) == (2, 2, report.embedded)
    assert {event.source for event in seen} >= {"oaks.txt", "sea/ships.md"}
    assert [event.embedded for event in seen] == sorted(event.embedded for event in seen)


def test_more_than_half_is_not_removed_at_once(folder: Path, store: Store, pipeline: Pipeline) -> None:
    sync(folder, store, pipeline)
    (folder / "oaks.txt").unlink()
    (folder / "sea" / "ships.md").unlink()
    report = sync(folder, store, pipeline)
    assert statuses(report) == {"oaks.txt": "missing", "sea/ships.md": "missing"}
    assert "2 of 2 documents are not in the folder" in report.warnings[0]
    assert len(store.sources()) == 2
    assert statuses(sync(folder, store, pipeline, remove_all=True)) == {
        "oaks.txt": "removed",
        "sea/ships.md": "removed",
    }
    assert store.sources() == ()


def test_what_is_still_being_written_is_left_for_later(folder: Path, store: Store, pipeline: Pipeline) -> None:
    sync(folder, store, pipeline)
    long_ago = time.time() - 60
    for file in (folder / "oaks.txt", folder / "sea" / "ships.md"):
        os.utime(file, (long_ago, long_ago))
    (folder / "oaks.txt").rename(folder / "trees.txt")
    (folder / "trees.txt").write_text(OAKS + "More to come")
    report = sync_with(folder, store, pipeline, SyncOptions(settle_seconds=30))
    assert report.growing == 1
    assert statuses(report) == {"sea/ships.md": "unchanged", "trees.txt": "skipped"}
    assert {one.source for one in store.sources()} == {"oaks.txt", "sea/ships.md"}  # it may be what trees.txt becomes
    os.utime(folder / "trees.txt", (long_ago, long_ago))
    report = sync_with(folder, store, pipeline, SyncOptions(settle_seconds=30))
    assert (report.growing, {one.source for one in store.sources()}) == (0, {"sea/ships.md", "trees.txt"})


def test_which_files_were_not_read_is_kept(folder: Path, store: Store, pipeline: Pipeline) -> None:
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "alias.txt").symlink_to(folder / "oaks.txt")
    (folder / "broken.txt").write_bytes(b"caf\xc3\xa9 \xff\xfe\x81 is no text" + bytes(range(128, 256)))
    report = sync(folder, store, pipeline)
    assert [file.source for file in store.about.unread()] == ["broken.txt", "photo.jpg"]
    assert store.about.unread() == report.unread
    assert told(2, store.about.unread()).startswith("2 of 4 files read; 1 JPG: ")
    (folder / "broken.txt").write_text(TIDES)
    sync(folder, store, pipeline)
    assert [file.source for file in store.about.unread()] == ["photo.jpg"]


def test_what_is_about_to_change_is_told_before_and_what_is_whole_after(
    folder: Path, store: Store, pipeline: Pipeline
) -> None:
    sync(folder, store, pipeline)
    (folder / "oaks.txt").write_text(TIDES)
    heard: list[object] = []

    def before(ids: Sequence[str]) -> None:
        heard.extend(store.document(each).text for each in ids)

    def publish() -> None:
        heard.append(store.index_version())

    sync_with(folder, store, pipeline, SyncOptions(before=before, publish=publish))
    assert heard == [OAKS, store.index_version()]


def test_only_one_may_index(folder: Path, store: Store, pipeline: Pipeline) -> None:
    with indexing(store.path.parent), pytest.raises(LockedError, match=f"Process {os.getpid()} is indexing"):
        sync(folder, store, pipeline)
    assert sync(folder, store, pipeline).documents == 2


FILES = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "c.md", "d/a.txt"]), st.sampled_from([OAKS, SHIPS, TIDES, "", "\n"]), max_size=4
)


@settings(max_examples=10)
@given(history=st.lists(FILES, min_size=2, max_size=4))
def test_the_store_holds_what_the_folder_holds(
    history: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("history")
    (base / "data").mkdir()
    with Store.open(base / "data" / FILE_NAME) as store:
        for files in history:
            shutil.rmtree(base / "corpus", ignore_errors=True)
            (base / "corpus").mkdir()
            for source, text in files.items():
                (base / "corpus" / source).parent.mkdir(exist_ok=True)
                (base / "corpus" / source).write_text(text)
            report = sync(base / "corpus", store, small_pipeline(), remove_all=True)
            stored = {one.source: store.document(one.document_id).text for one in store.sources()}
            assert stored == files
            assert report.documents == len(files)
            assert len({one.document_id for one in store.sources()}) == len(files)
            assert vectors_kept(store) == texts_embedded(store)


def crash(folder: Path, data: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.crashing_sync", str(folder), str(data), str(fatal)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_crash_loses_nothing_that_was_committed(folder: Path, tmp_path: Path, pipeline: Pipeline) -> None:
    (folder / "tides.txt").write_text(TIDES)
    (tmp_path / "clean").mkdir()
    with Store.open(tmp_path / "clean" / FILE_NAME) as store:
        sync(folder, store, pipeline)
    shutil.copytree(tmp_path / "clean", tmp_path / "crashed")
    before = {OAKS, SHIPS, TIDES}
    (folder / "tides.txt").rename(folder / "sea" / "moved.txt")
    (folder / "oaks.txt").write_text(OAKS * 5)
    (folder / "sea" / "ships.md").unlink()
    (folder / "new.txt").write_text("News\n\nA new ship was built at Brest in June.\n")
    after = {path.read_text() for path in folder.rglob("*.*")}
    done = crash(folder, tmp_path / "clean", 0)
    assert done.returncode == 0, done.stderr
    total = int(done.stdout)
    for part in (0.1, 0.5, 0.7, 0.85, 0.96):
        died = crash(folder, tmp_path / "crashed", int(total * part))
        assert died.returncode in (-signal.SIGKILL, 0), died.stderr
        with Corpus.open(tmp_path / "crashed", pipeline) as corpus:
            texts = {corpus.document(one.document_id).text for one in corpus.sources()}
            assert texts <= before | after
            assert corpus.size == sum(one.passages for one in corpus.sources())
            assert corpus.search("ships built at Brest")
    with Store.open(tmp_path / "crashed" / FILE_NAME) as store, Store.open(tmp_path / "clean" / FILE_NAME) as clean:
        sync(folder, store, pipeline)
        assert store.index_version() == clean.index_version()
        assert rows(store.path) == rows(clean.path)


@pytest.mark.parametrize("kind", ["link", "fifo", "grown", "gone"])
def test_a_file_swapped_after_it_was_looked_at_is_not_read_as_another(
    folder: Path, store: Store, pipeline: Pipeline, kind: str
) -> None:
    sea, outside = folder / "sea" / "ships.md", folder.parent / "outside.md"
    outside.write_text("A secret that is none of the corpus's. It stands outside.\n")
    swapped: list[str] = []

    def swap(progress: SyncProgress) -> None:
        if progress.phase != "reading" or swapped:
            return
        swapped.append(kind)
        sea.unlink()
        if kind == "link":
            sea.symlink_to(outside)
        elif kind == "fifo":
            os.mkfifo(sea)
        elif kind == "grown":
            sea.write_text(SHIPS * 100)

    report = sync_with(folder, store, pipeline, SyncOptions(progress=swap, max_file_bytes=2000))
    assert swapped == [kind]
    assert statuses(report) == {"oaks.txt": "added", "sea/ships.md": "failed"}
    assert [each.source for each in store.sources()] == ["oaks.txt"]
    if kind == "grown":
        assert "2,000 bytes" in of(report, "sea/ships.md").message


def test_a_fifo_for_the_rules_of_a_folder_is_not_waited_for(folder: Path, store: Store, pipeline: Pipeline) -> None:
    os.mkfifo(folder / "sea" / ".footnoteignore")
    assert statuses(sync(folder, store, pipeline)) == {"oaks.txt": "added", "sea": "failed"}
