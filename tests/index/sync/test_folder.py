"""What is found in a folder, and what is passed over and why."""

import os
from pathlib import Path

import pytest

from index.errors import InputError
from index.sync.folder import walk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name in ("b.txt", "a/z.txt", "a/b.txt", ".hidden/x.txt", "..data/real.txt", "B.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (tmp_path / "outside.txt").write_text("outside")
    return folder


def found(folder: Path) -> dict[str, str]:
    files = walk(folder, folder / ".footnote")
    assert [file.source for file in files] == sorted(file.source for file in files)
    return {file.source: file.skipped or file.error for file in files}


def test_all_but_the_hidden_in_order(folder: Path) -> None:
    assert found(folder) == dict.fromkeys(["B.txt", "a/b.txt", "a/z.txt", "b.txt"], "")


def test_links_are_followed_only_where_they_add_a_file(folder: Path) -> None:
    (folder / "out.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "same.txt").symlink_to("b.txt")
    (folder / "mounted.txt").symlink_to("..data/real.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "up").symlink_to("..", target_is_directory=True)
    assert {source: why for source, why in found(folder).items() if "/" not in source and source[0] not in "Bb"} == {
        "out.txt": "a link out of the folder",
        "same.txt": "a link to a file that is read under its own name",
        "mounted.txt": "",
        "gone.txt": "a link that leads nowhere",
        "loop.txt": "a link that leads nowhere",
        "up": "a link to a folder",
    }


def test_what_is_no_regular_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert found(folder)["pipe.txt"] == "not a regular file"


def test_the_data_folder_is_left_alone(folder: Path) -> None:
    assert [file.source for file in walk(folder, folder / "a")] == ["B.txt", "b.txt"]


@pytest.mark.parametrize(("name", "what"), [("nowhere", "does not exist"), ("b.txt", "is not a folder")])
def test_no_folder_is_told(folder: Path, name: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        walk(folder / name, folder)
