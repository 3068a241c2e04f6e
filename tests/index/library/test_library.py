"""Files put into the corpus folder, moved, deleted and restored: as a model of it says, and never half or elsewhere."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.errors import InputError, NotFoundError, ReadOnlyError
from index.library import trash
from index.library.library import Library, TakenError, Uploaded, UploadStatus
from index.sync.folder import walk

ADDED, REPLACED, DUPLICATE, REFUSED = UploadStatus


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@pytest.fixture
def library(corpus: Path) -> Library:
    return Library(corpus, corpus.parent / ".footnote")


def put(library: Library, content: bytes, name: str, folder: str = "", *, replace: bool = False) -> Uploaded:
    with library.begin() as draft:
        draft.write(content)
        return library.place(draft, name, folder, replace=replace)


def held(corpus: Path) -> dict[str, bytes]:
    """All files, but what is in the trash."""
    paths = (path for path in corpus.rglob("*") if path.is_file() and trash.FOLDER not in path.parts)
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in paths}


@contextmanager
def room_for(number_of_bytes: int) -> Iterator[None]:
    """Files cannot grow beyond that, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number_of_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_is_given_lies_there_under_a_safe_name(library: Library, corpus: Path) -> None:
    assert put(library, b"a", "../../A: report.txt", "in/deep") == Uploaded(
        "../../A: report.txt", ADDED, "in/deep/A_ report.txt"
    )
    assert held(corpus) == {"in/deep/A_ report.txt": b"a"}
    path = corpus / "in/deep/A_ report.txt"
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask, "as any file of the user's"


def test_nothing_is_overwritten_unasked(library: Library, corpus: Path) -> None:
    assert put(library, b"1", "a.txt").source == "a.txt"
    assert put(library, b"2", "a.txt").source == "a (2).txt"
    assert put(library, b"3", "a.txt").source == "a (3).txt"
    assert put(library, b"4", "a.txt", replace=True) == Uploaded("a.txt", REPLACED, "a.txt")
    assert held(corpus) == {"a.txt": b"4", "a (2).txt": b"2", "a (3).txt": b"3"}
    assert put(library, b"5", "new.txt", replace=True).status is ADDED


def test_the_same_bytes_are_kept_once(library: Library, corpus: Path) -> None:
    put(library, b"1", "a.txt")
    assert put(library, b"1", "a.txt") == Uploaded("a.txt", DUPLICATE, "a.txt")
    assert put(library, b"1", "b.txt", "in") == Uploaded("b.txt", DUPLICATE, "a.txt")
    (corpus / "c.txt").write_bytes(b"2")
    with library.begin() as draft:
        draft.write(b"2")
        assert library.place(draft, "d.txt", known=["gone.txt", "c.txt"]) == Uploaded("d.txt", DUPLICATE, "c.txt")
    (corpus / "a.txt").write_bytes(b"changed since")
    assert put(library, b"1", "b.txt").status is ADDED, "what the disk holds counts"


@pytest.mark.parametrize(
    ("content", "name", "folder", "why"),
    [
        (b"", "a.txt", "", "It is empty."),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "", "not be read: a PNG image"),
        (b"\x00\x01" * 9, "a.exe", "", "not be read: a program"),
        (b"a", "a.txt", "../b", "leads out"),
        (b"a", "a.txt", "away", "away is a link"),
        (b"a", "a.txt", "in/away", "in/away is a link"),
        (b"a", "a.txt", "file.txt/x", "file.txt is a file"),
        (b"a", "a.txt", "data", "is the data folder"),
        (b"a", "a.draft.txt", "in", "ignored by line 1 of .footnoteignore"),
        (b"a", "a.txt", "old/deep", "ignored by line 2 of .footnoteignore"),
    ],
)
def test_what_would_not_be_read_is_refused(corpus: Path, content: bytes, name: str, folder: str, why: str) -> None:
    (corpus / ".footnoteignore").write_text("*.draft.txt\nold/\n")
    (corpus / "file.txt").write_text("x")
    (corpus / "in").mkdir()
    (corpus / "away").symlink_to(corpus.parent)
    (corpus / "in" / "away").symlink_to(corpus.parent)
    before = held(corpus)
    refused = put(Library(corpus, corpus / "data"), content, name, folder)
    assert (refused.status, refused.source) == (REFUSED, "")
    assert why in refused.reason
    assert held(corpus) == before


def test_while_it_is_written_nothing_is_to_be_read(library: Library, corpus: Path) -> None:
    with library.begin() as draft:
        draft.write(b"half a sent")
        assert walk(corpus, corpus.parent / ".footnote") == ()
    assert held(corpus) == {}


def test_a_full_disk_leaves_nothing_behind(library: Library, corpus: Path) -> None:
    with room_for(10_000), pytest.raises(InputError, match="no room left"), library.begin() as draft:
        draft.write(b"x" * 10_001)
    assert held(corpus) == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a folder that nobody writes to at hand")
def test_a_folder_that_cannot_be_written_is_told() -> None:
    library = Library(Path("/sys/kernel"), Path("/nowhere"))
    with pytest.raises(ReadOnlyError, match="/sys/kernel cannot be written"):
        library.begin()


def test_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="make it first"):
        Library(tmp_path / "none", tmp_path).begin()


def test_a_document_moves(library: Library, corpus: Path) -> None:
    put(library, b"1", "a.txt")
    put(library, b"2", "b.txt")
    assert library.move("a.txt", "in/new name?.txt") == "in/new name_.txt"
    assert library.move("b.txt", "b.txt") == "b.txt"
    with pytest.raises(TakenError):
        library.move("b.txt", "in/new name_.txt")
    for nowhere in ("", "../b.txt", "b.exe"):
        with pytest.raises(InputError):
            library.move("b.txt", nowhere)
    assert held(corpus) == {"in/new name_.txt": b"1", "b.txt": b"2"}


def test_a_moved_document_is_found_by_the_path_the_index_still_has(library: Library, corpus: Path) -> None:
    put(library, b"1", "a.txt")
    library.move("a.txt", "b.txt")
    library.move("a.txt", "c.txt")
    assert held(corpus) == {"c.txt": b"1"}
    library.move("a.txt", "a.txt")
    assert library.delete("b.txt").source == "a.txt"
    with pytest.raises(NotFoundError):
        library.move("a.txt", "c.txt")
    put(library, b"2", "a.txt")
    assert library.delete("a.txt").source == "a.txt"


@pytest.mark.parametrize("source", ["../out.txt", "in", ".footnote-trash/x", "mail.zip/a.txt", "away/out.txt"])
def test_only_files_in_the_folder_are_touched(library: Library, corpus: Path, source: str) -> None:
    (corpus / "in").mkdir()
    (corpus.parent / "out.txt").write_text("x")
    (corpus / "mail.zip").write_bytes(b"x")
    (corpus / "away").symlink_to(corpus.parent)
    with pytest.raises(NotFoundError):
        library.delete(source)
    with pytest.raises(NotFoundError):
        library.move(source, "mine.txt")
    assert (corpus.parent / "out.txt").exists()


def test_what_is_deleted_can_be_restored_for_a_while(library: Library, corpus: Path) -> None:
    put(library, b"1", "a.txt", "in")
    gone = library.delete("in/a.txt")
    assert (gone.source, held(corpus), walk(corpus, corpus / ".footnote")) == ("in/a.txt", {}, ())
    kept = datetime.fromisoformat(gone.kept_until) - datetime.fromisoformat(gone.deleted_at)
    assert kept == timedelta(days=trash.KEPT_DAYS)
    assert library.trashed() == (gone,)
    put(library, b"2", "a.txt", "in")
    with pytest.raises(TakenError, match=r"in/a\.txt"):
        library.restore(gone.trash_id)
    library.move("in/a.txt", "b.txt")
    assert library.restore(gone.trash_id) == "in/a.txt"
    assert held(corpus) == {"in/a.txt": b"1", "b.txt": b"2"}
    assert not (corpus / trash.FOLDER).exists(), "an empty trash goes"
    for unknown in (gone.trash_id, "..", "20260101T000000-00000000", ""):
        with pytest.raises(NotFoundError):
            library.restore(unknown)


def test_the_trash_is_emptied_in_time(library: Library, corpus: Path) -> None:
    put(library, b"1", "a.txt")
    gone = library.delete("a.txt")
    before = datetime.fromisoformat(gone.deleted_at)
    trash.empty(corpus, before)
    assert library.trashed() == (gone,)
    trash.empty(corpus, before + timedelta(seconds=1))
    assert library.trashed() == ()
    put(library, b"1", "a.txt")
    place = corpus / trash.FOLDER / f"{(datetime.now(UTC) - timedelta(days=31)).strftime('%Y%m%dT%H%M%S')}-00000000"
    place.mkdir(parents=True)
    (corpus / "a.txt").rename(place / "a.txt")
    library.tidy()
    assert not place.exists()


def test_drafts_of_the_dead_are_taken_away(library: Library, corpus: Path) -> None:
    old, new = corpus / ".footnote-draft-old", corpus / ".footnote-draft-new"
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    library.tidy()
    assert (old.exists(), new.exists()) == (False, True)


NAMES = st.sampled_from(["a.txt", "b.txt", "A: b.txt", "é.md", "e\u0301.md"])
FOLDERS = st.sampled_from(["", "x", "x/y"])
CONTENTS = st.sampled_from([b"1", b"2", b"3"])


class History(RuleBasedStateMachine):
    """Whatever is uploaded, renamed, deleted and restored in any order, the folder holds what a dictionary does."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.corpus = Path(self.place.name, "corpus")
        self.corpus.mkdir()
        self.library = Library(self.corpus, self.corpus / ".footnote")
        self.files: dict[str, bytes] = {}
        self.gone: dict[str, tuple[str, bytes]] = {}

    def teardown(self) -> None:
        self.place.cleanup()

    @rule(content=CONTENTS, name=NAMES, folder=FOLDERS, replace=st.booleans())
    def upload(self, content: bytes, name: str, folder: str, replace: bool) -> None:
        done = put(self.library, content, name, folder, replace=replace)
        if done.status is DUPLICATE:
            assert self.files[done.source] == content
        else:
            assert (done.source in self.files) == (done.status is REPLACED)
            assert replace or done.status is ADDED
            self.files[done.source] = content

    @rule(data=st.data(), name=NAMES, folder=FOLDERS)
    def move(self, data: st.DataObject, name: str, folder: str) -> None:
        source = data.draw(st.sampled_from([*sorted(self.files), "gone.txt"]))
        try:
            to = self.library.move(source, f"{folder}/{name}")
        except (NotFoundError, TakenError):
            return
        content = self.files.pop(source)
        assert to not in self.files
        self.files[to] = content

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.files:
            source = data.draw(st.sampled_from(sorted(self.files)))
            self.gone[self.library.delete(source).trash_id] = (source, self.files.pop(source))

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        if not self.gone:
            return
        trash_id = data.draw(st.sampled_from(list(self.gone)))
        source, content = self.gone[trash_id]
        try:
            assert self.library.restore(trash_id) == source
        except TakenError:
            assert source in self.files
            return
        assert source not in self.files
        self.files[source] = content
        del self.gone[trash_id]

    @invariant()
    def the_folder_holds_just_that(self) -> None:
        assert held(self.corpus) == self.files
        assert {each.trash_id: each.source for each in self.library.trashed()} == {
            trash_id: source for trash_id, (source, _) in self.gone.items()
        }


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=15, stateful_step_count=25)  # each step syncs the disk
