"""A file may do what it likes: it gets its limits and no more, it is told, and the next one is read."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.readers.sandbox import Sandbox, SandboxLimits

LIMITS = SandboxLimits(seconds=1, memory_mb=200, output_mb=1, files=50)
JOBS = "tests.index.readers.hostile_jobs"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, JOBS) as opened:
        yield opened


def test_bytes_in_bytes_out(sandbox: Sandbox) -> None:
    assert sandbox.run("echo", "a", b"\x00\xff" * 3) == b"\x00\xff" * 3
    big = bytes(range(256)) * 4000
    assert sandbox.run("echo", "a", big) == big
    assert sandbox.run("echo", "a", b"ab", {"times": 2}) == b"abab"
    assert sandbox.run("print", "a", b"words") == b"words"


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("loop", "longer than 1 seconds .* parse_seconds"),
        ("wait", "longer than 1 seconds .* parse_seconds"),
        ("allocate", "more than 200 MB of memory .* parse_memory_mb"),
        ("crash", r"gave up \(signal 11\).* damaged"),
        ("leave", r"gave up \(exit code 3\)"),
        ("nest", "nested too deeply"),
        ("raise", r"gave up \(KeyError\)"),
        ("tell", "byte 7 is wrong"),
        ("start", "tried to start a program"),
    ],
)
def test_what_a_file_does_is_an_error_that_names_it_and_the_next_one_is_read(
    sandbox: Sandbox, job: str, words: str
) -> None:
    with pytest.raises(DocumentError, match=f"^sub/evil.bin: .*{words}") as caught:
        sandbox.run(job, "sub/evil.bin", b"x")
    assert caught.value.source == "sub/evil.bin"
    assert caught.value.offset == (7 if job == "tell" else None)
    assert sandbox.run("echo", "good.bin", b"good") == b"good"


def test_more_text_than_is_taken_is_told(sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError, match="more than 1 MB of text"):
        sandbox.run("echo", "a", b"x" * 1024, {"times": 1025})


def test_nothing_is_written(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="tried to write a file"):
        sandbox.run("write", "a", b"", {"path": str(tmp_path / "a")})
    assert sandbox.run("write beneath", "a", b"", {"path": str(tmp_path / "b")}) == b"-1"
    assert [path for path in tmp_path.iterdir() if path.stat().st_size] == []


def test_no_other_file_is_opened(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    for path in (tmp_path / "secret", Path("/etc/passwd")):
        with pytest.raises(DocumentError, match="tried to open another file"):
            sandbox.run("open", "a", b"", {"path": str(path)})


def test_no_connection_is_made(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(DocumentError, match=r"tried socket\."):
            sandbox.run("connect", "a", b"", {"port": port})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the network away from a process")
def test_the_system_has_taken_the_network_away(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert sandbox.run("connect beneath", "a", b"", {"port": port}) == b"-1"


def test_nothing_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_SECRET", "s")
    with Sandbox(LIMITS, JOBS) as fresh:
        names, handles, torch = fresh.run("look", "a", b"").decode().rsplit(" ", 2)
    assert "SECRET" not in names
    assert int(handles) <= 4  # its two pipes, and those that the look itself takes
    assert torch == "False"


def test_one_process_serves_many_files_and_a_fresh_one_comes_after_so_many() -> None:
    with Sandbox(LIMITS, JOBS) as opened:
        for number in range(2 * LIMITS.files):
            assert opened.run("echo", "a", str(number).encode()) == str(number).encode()
        assert opened.started == 2
        for _ in range(3):
            with pytest.raises(DocumentError):
                opened.run("raise", "a", b"")
        assert opened.started == 3  # an error of a parser ends no process


def test_what_was_closed_starts_again() -> None:
    with Sandbox(LIMITS, JOBS) as opened:
        assert opened.started == 0
        opened.run("echo", "a", b"")
        opened.close()
        assert opened.run("echo", "a", b"x") == b"x"
        assert opened.started == 2


def test_threads_share_it(sandbox: Sandbox) -> None:
    results: dict[int, bytes] = {}

    def ask(number: int) -> None:
        results[number] = sandbox.run("echo", "a", bytes([number]) * 10_000)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: bytes([number]) * 10_000 for number in range(8)}


def test_a_thousand_small_files_pay_for_few_starts() -> None:
    with Sandbox(SandboxLimits(), JOBS) as opened:
        for _ in range(1000):
            opened.run("echo", "a", b"small")
        assert opened.started == 2
