"""Folders of derived files: whole or absent, and trusted only by their hashes."""

from pathlib import Path

import pytest

from index.errors import StaleIndexError
from index.search.derived import publish, verify


def put(index_folder: Path, version: str, content: str = "content") -> Path:
    def write(folder: Path) -> None:
        (folder / "file").write_text(content)

    return publish(index_folder, "kind", version, "model", 3, write)


@pytest.mark.parametrize("asked", [("other", "v1", "model"), ("kind", "v2", "model"), ("kind", "v1", "other")])
def test_what_is_foreign_is_refused(tmp_path: Path, asked: tuple[str, str, str]) -> None:
    put(tmp_path, "v1")
    with pytest.raises(StaleIndexError, match="rebuilt"):
        verify(tmp_path, *asked)


def test_a_write_that_fails_leaves_the_old_and_no_rubbish(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError("disk full")

    put(tmp_path, "v1")
    with pytest.raises(OSError, match="disk full"):
        publish(tmp_path, "kind", "v1", "model", 1, fail)
    verify(tmp_path, "kind", "v1", "model")
    assert [entry.name for entry in tmp_path.iterdir()] == ["v1"]


def test_a_new_version_sweeps_the_old_and_what_a_crash_left(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    (tmp_path / ".draft-left").mkdir()
    put(tmp_path, "v2")
    assert [entry.name for entry in tmp_path.iterdir()] == ["v2"]
    put(tmp_path, "v2", "again")
    assert (verify(tmp_path, "kind", "v2", "model")[0] / "file").read_text() == "again"


def test_a_manifest_that_is_no_manifest_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    for content in (b"", b"{}", b"\xff", b'{"kind": 1}'):
        (tmp_path / "v1" / "manifest.json").write_bytes(content)
        with pytest.raises(StaleIndexError):
            verify(tmp_path, "kind", "v1", "model")
