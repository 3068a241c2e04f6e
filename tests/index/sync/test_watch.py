"""What is heard of a folder, and what is not."""

import threading
from pathlib import Path

import pytest

from index.sync.watch import FolderWatch, is_remote
from tests.waiting import until


class Heard:
    """Counts, and can wait for more."""

    def __init__(self) -> None:
        self.times = 0
        self.lock = threading.Lock()

    def __call__(self) -> None:
        with self.lock:
            self.times += 1


@pytest.mark.parametrize("polls", [False, True])
def test_a_change_is_heard_and_a_folder_that_comes_back(tmp_path: Path, polls: bool) -> None:
    folder, heard = tmp_path / "corpus", Heard()
    watch = FolderWatch(folder, tmp_path / "data", heard, polls=polls)
    try:
        assert heard.times == 0
        folder.mkdir()
        until(lambda: heard.times == 1)
        (folder / "a.txt").write_text("one")
        until(lambda: heard.times >= 2)
        folder.rename(tmp_path / "elsewhere")
        before = heard.times
        until(lambda: heard.times > before)
        before = heard.times
        folder.mkdir()
        until(lambda: heard.times > before)
    finally:
        watch.close()


def test_what_is_hidden_and_the_data_folder_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    watch = FolderWatch(tmp_path, tmp_path / "data", Heard())
    try:
        counts = {path: watch._counts(None, str(tmp_path / path)) for path in (  # type: ignore[arg-type]
            "a.txt", "b/c.md", ".git/x", "b/.x.swp", "data/corpus.sqlite3", ".footnoteignore", "b/.footnoteignore",
        )}  # fmt: skip
    finally:
        watch.close()
    assert [path for path, does in counts.items() if does] == [
        "a.txt",
        "b/c.md",
        ".footnoteignore",
        "b/.footnoteignore",
    ]
    assert not watch._counts(None, "/elsewhere/a.txt")  # type: ignore[arg-type]


MOUNTS = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:44 / /srv/share rw,relatime shared:5 - nfs4 box:/share rw
31 22 0:45 / /srv/my\\040disk rw - fuseblk /dev/sdb1 rw
32 30 0:46 / /srv/share/local rw - xfs /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("/srv/share/a", True),
        ("/srv/share", True),
        ("/srv/share/local/b", False),
        ("/srv/my disk/c", False),
        ("/home", False),
    ],
)
def test_shares_are_known(tmp_path: Path, folder: str, remote: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert is_remote(Path(folder), tmp_path / "mounts") is remote
    assert not is_remote(Path(folder), tmp_path / "nothing")
