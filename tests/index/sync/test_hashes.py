"""A file is hashed again when it looks otherwise, and only then."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from index.sync.hashes import FileHashes


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_what_looks_the_same_is_not_read_again(tmp_path: Path) -> None:
    hashes, file = FileHashes(), tmp_path / "a.txt"
    file.write_text("one")
    long_ago = time.time_ns() - 60_000_000_000
    os.utime(file, ns=(long_ago, long_ago))
    assert hashes.sha256(tmp_path, file.name) == sha256("one")
    file.write_text("two")
    os.utime(file, ns=(long_ago, long_ago))  # nobody does this but to be caught by it
    assert hashes.sha256(tmp_path, file.name) == sha256("one")
    os.utime(file, ns=(long_ago + 1, long_ago + 1))
    assert hashes.sha256(tmp_path, file.name) == sha256("two")


def test_what_was_just_written_is_not_trusted(tmp_path: Path) -> None:
    hashes, file = FileHashes(), tmp_path / "a.txt"
    file.write_text("one")
    now = file.stat().st_mtime_ns
    assert hashes.sha256(tmp_path, file.name) == sha256("one")
    file.write_text("two")
    os.utime(file, ns=(now, now))
    assert hashes.sha256(tmp_path, file.name) == sha256("two")


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileHashes().sha256(tmp_path, "a.txt")
