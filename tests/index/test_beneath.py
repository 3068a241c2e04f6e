"""What is opened is a regular file of the folder, whatever is put in its place."""

import errno
import os
from pathlib import Path

import pytest

from index.beneath import open_beneath, read_beneath


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside.txt").write_text("secret")
    folder = tmp_path / "corpus"
    (folder / "in" / ".hidden").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text("ours")
    (folder / "in" / ".hidden" / "b.txt").write_text("hidden")
    return folder


def test_a_file_and_a_link_to_one_of_the_folder_are_read(folder: Path) -> None:
    (folder / "link.txt").symlink_to("in/.hidden/b.txt")
    assert read_beneath(folder, "in/a.txt", 4) == b"ours"
    assert read_beneath(folder, "link.txt", 100) == b"hidden"


@pytest.mark.parametrize("source", ["../outside.txt", "in/../../outside.txt", "/etc/hostname"])
def test_no_path_leads_out(folder: Path, source: str) -> None:
    with pytest.raises(OSError, match="leads out"):
        open_beneath(folder, source)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "in" / "a.txt").unlink()
    (folder / "in" / "a.txt").symlink_to(folder.parent / "outside.txt")
    with pytest.raises(OSError, match="link out of the folder"):
        open_beneath(folder, "in/a.txt")


def test_nor_is_a_folder_that_became_a_link(folder: Path) -> None:
    (folder / "in").rename(folder.parent / "moved")
    (folder / "in").symlink_to(folder.parent / "moved", target_is_directory=True)
    with pytest.raises(OSError, match=r"."):
        open_beneath(folder, "in/a.txt")


def test_a_loop_of_links_is_an_error(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    with pytest.raises(OSError, match=r"."):
        open_beneath(folder, "loop")


def test_what_is_no_regular_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "fifo.txt")
    for source in ("fifo.txt", "in"):
        with pytest.raises(OSError, match="regular"):
            open_beneath(folder, source)


def test_no_more_is_read_than_is_allowed(folder: Path) -> None:
    with pytest.raises(OSError, match="larger") as raised:
        read_beneath(folder, "in/a.txt", 3)
    assert raised.value.errno == errno.EFBIG


def test_no_descriptor_is_left_open(folder: Path) -> None:
    os.mkfifo(folder / "fifo.txt")
    before = len(list(Path("/dev/fd").iterdir()))
    for source in ("fifo.txt", "in/none.txt", "in/a.txt", "in"):
        try:
            open_beneath(folder, source).close()
        except OSError:
            continue
    assert len(list(Path("/dev/fd").iterdir())) == before
