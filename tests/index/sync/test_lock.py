"""One holder at a time, whoever asks meanwhile, and none after a death."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import LockedError, ReadOnlyError
from index.sync.lock import indexing, is_indexing, is_locked, open_lock
from tests.paths import ROOT

HOLD = """
import sys, time
from pathlib import Path
from index.sync.lock import indexing
with indexing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_it_is_held_by_one_and_then_free(tmp_path: Path) -> None:
    assert not is_indexing(tmp_path)
    with indexing(tmp_path):
        assert is_indexing(tmp_path)
        with pytest.raises(LockedError, match=f"Process {os.getpid()} is indexing"), indexing(tmp_path):
            pytest.fail("two hold it")
    assert not is_indexing(tmp_path)
    with indexing(tmp_path):
        assert (tmp_path / "index.lock").read_text() == f"{os.getpid()}\n"


def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    root = ROOT
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=root, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"Process {holder.pid} is indexing"), indexing(tmp_path):
            pytest.fail("two hold it")
        holder.send_signal(signal.SIGKILL)
    with indexing(tmp_path):
        assert is_indexing(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyError, match="cannot be written"), indexing(tmp_path / "nowhere"):
        pytest.fail("held in no folder")


def test_a_lock_has_one_taker_and_names_it(tmp_path: Path) -> None:
    file = tmp_path / "some.lock"
    with open_lock(file) as one, open_lock(file) as other:
        assert one.holder() == "unknown"
        assert one.take()
        assert one.take()  # again is no harm
        assert not other.take()
        assert not other.take(patience_seconds=0.05)
        assert other.holder() == str(os.getpid())
        assert is_locked(file)
    assert not is_locked(file)
    with open_lock(file) as third:
        assert third.take()


def test_asking_makes_no_file(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "never.lock")
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_a_shorter_holder_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    file = tmp_path / "some.lock"
    file.write_text("123456789012\n")
    with open_lock(file) as lock:
        assert lock.take()
    assert file.read_text() == f"{os.getpid()}\n"
