"""One holder at a time, whoever asks meanwhile, and none after a death."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import LockedError, ReadOnlyError
from index.sync.lock import indexing, is_indexing
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
