"""The keys of a running server: it follows the file."""

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from index.errors import InputError, IntegrityError
from tests.paths import ROOT
from web.access.keyring import KeyRing
from web.access.keys import FILE_NAME, Keys, add_key


def test_keys_added_and_revoked_count_at_once(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with KeyRing(tmp_path) as ring:
        assert not ring.are_needed()
        assert not path.exists(), "asking is no reason to make the file"
        with Keys.open(path) as keys:
            assert ring.are_needed(), "a file without a key lets nobody in"
            about, key = keys.add("sales", "ask", (), 7)
            assert ring.are_needed()
            assert ring.find(key.encode()) == about
            assert ring.per_minute("sales") == 7
            _, other = keys.add("ops", "admin")
            assert ring.in_use() == 2
            keys.revoke("sales")
            assert ring.find(key.encode()) is None
            assert ring.per_minute("sales") is None
            keys.revoke("ops")
            assert ring.find(other.encode()) is None
            assert (ring.are_needed(), ring.in_use()) == (True, 0)


def test_only_the_very_key_opens(tmp_path: Path) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys, KeyRing(tmp_path) as ring:
        _, key = keys.add("sales", "ask")
        _, other = keys.add("ops", "admin")
        assert ring.find(key.encode())
        mixed = key[:16] + other[16:]
        for wrong in (mixed, key[:-1], key + "0", key.upper(), key[3:], " " + key, "", "fn__", "\udc80"):
            assert ring.find(wrong.encode(errors="replace")) is None


def test_its_use_is_noted_once_a_day(tmp_path: Path) -> None:
    days = [date(2026, 3, 1)]
    with Keys.open(tmp_path / FILE_NAME) as keys, KeyRing(tmp_path, lambda: days[-1]) as ring:
        _, key = keys.add("sales", "ask")
        version = keys.data_version()
        assert ring.find(key.encode()[:-1]) is None
        assert keys.data_version() == version, "a wrong key is no use of it"
        ring.find(key.encode())
        version = keys.data_version()
        ring.find(key.encode())
        assert keys.data_version() == version
        assert keys.all()[0].last_used_on == "2026-03-01"
        days.append(date(2026, 3, 2))
        ring.find(key.encode())
        assert keys.all()[0].last_used_on == "2026-03-02"


READ_ONLY = """
import importlib.readers, os, sys  # while every file of Python may be read
from pathlib import Path
from web.access.keyring import KeyRing
if os.geteuid() == 0:  # root may write everything
    os.setuid(65534)
with KeyRing(Path(sys.argv[1])) as ring:
    print(ring.find(sys.argv[2].encode()).name, os.access(sys.argv[1], os.W_OK))
"""


def test_a_folder_that_cannot_be_written_keeps_nobody_out() -> None:
    with tempfile.TemporaryDirectory() as home:  # tmp_path is closed to other users
        folder = Path(home)
        with Keys.open(folder / FILE_NAME) as keys:
            _, key = keys.add("sales", "ask")
        (folder / FILE_NAME).chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, home, key], cwd=ROOT, capture_output=True, text=True, check=False
        )
        folder.chmod(0o755)
    assert (done.stdout, done.stderr) == ("sales False\n", "")


def test_a_file_in_the_place_of_another_is_read(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with Keys.open(tmp_path / "copy" / FILE_NAME) as keys:
        _, restored = keys.add("restored", "ask")
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask")
    with KeyRing(tmp_path) as ring:
        assert ring.find(key.encode())
        shutil.move(tmp_path / "copy" / FILE_NAME, tmp_path / FILE_NAME)
        assert ring.find(key.encode()) is None
        assert ring.find(restored.encode())


def test_keys_that_vanish_stay_needed(tmp_path: Path) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        _, key = keys.add("sales", "ask")
    with KeyRing(tmp_path) as ring:
        assert ring.find(key.encode())
        (tmp_path / FILE_NAME).unlink()
        assert ring.are_needed()
        assert ring.find(key.encode())


def test_keys_that_cannot_be_read_are_an_error_each_time(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    with KeyRing(tmp_path) as ring:
        for _ in range(2):
            with pytest.raises(IntegrityError, match="API keys"):
                ring.are_needed()


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"SQLite format 3\0"])
def test_an_emptied_file_lets_nobody_in_and_is_not_filled(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    with KeyRing(tmp_path) as ring:
        for _ in range(2):
            with pytest.raises(IntegrityError, match="delete it and add the API keys anew"):
                ring.are_needed()
    assert path.read_bytes() == content


def test_a_file_emptied_under_a_running_server_lets_nobody_in(tmp_path: Path) -> None:
    _, key = add_key(tmp_path / FILE_NAME, "sales", "ask")
    with KeyRing(tmp_path) as ring:
        assert ring.find(key.encode()) is not None
        (tmp_path / FILE_NAME).write_bytes(b"")
        for _ in range(2):
            with pytest.raises(IntegrityError):
                ring.find(key.encode())


def test_a_file_comes_with_its_first_key_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with pytest.raises(InputError):
        add_key(path, "Not A Name", "ask")
    assert list(tmp_path.iterdir()) == []
    add_key(path, "sales", "ask")
    add_key(path, "ops", "admin")
    with KeyRing(tmp_path) as ring:
        assert ring.in_use() == 2
    assert list(tmp_path.iterdir()) == [path]


def test_it_serves_many_threads(tmp_path: Path) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        made = [keys.add(f"key{number}", "ask") for number in range(8)]
    with KeyRing(tmp_path) as ring, ThreadPoolExecutor(4) as pool:
        found = pool.map(ring.find, [key.encode() for _, key in made] * 20)
        assert [each and each.name for each in found] == [about.name for about, _ in made] * 20
