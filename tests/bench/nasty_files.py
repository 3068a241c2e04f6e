"""Indexes 500 files made to do harm, and says what became of them: python -m tests.bench.nasty_files [--list] [KIND].

The real readers, limits, sentences, passages and store; only the embedding model is a small one. Prints each kind of
file with its outcomes and its worst time, then how much memory the limited processes and this one took at most. Ends
with 1 where a file took longer than its limits, where a good file among them was not read, or where anything was
written outside.
"""

import os
import resource
import socket
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from index.readers import Readers
from index.readers.sandbox import SandboxLimits
from index.store.store import FILE_NAME, Store
from index.sync.progress import SyncProgress
from index.sync.report import FileStatus
from index.sync.sync import sync
from tests.bench.nasty_makers import TEXT, all_files
from tests.small_model import small_pipeline

LIMITS = SandboxLimits()
# A file may take its processor time, a start of the process after it, and the rest of the pipeline.
ALLOWED_SECONDS = LIMITS.seconds * LIMITS.waiting + 60.0


class Took(Struct):
    """outcomes: how many files were read, failed, passed over. seconds, slowest: of the one that took longest."""

    outcomes: dict[str, int]
    seconds: float = 0.0
    slowest: str = ""


class Watch:
    """Times each file from when it is begun to when the next one is."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.child_mb = 0
        self._source, self._since = "", time.monotonic()

    def tell(self, progress: SyncProgress) -> None:
        now = time.monotonic()
        self.child_mb = max([self.child_mb, *child_mb()])
        self.seconds[self._source] += now - self._since
        if progress.source and progress.source != self._source and "--list" in sys.argv:
            sys.stderr.write(f"{now - self._since:6.1f} s {self._source[:80]!r}\n")
        if progress.source:
            self._source = progress.source
        self._since = now


def child_mb() -> list[int]:
    """The most memory that each limited process has had so far, where the system tells (Linux)."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    found = []
    for pid in listed.read_text().split() if listed.exists() else []:
        status = Path(f"/proc/{pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        found += [int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")]
    return found


def lay_out(folder: Path, kinds: set[str]) -> dict[str, str]:
    """Write the files, and what is no file. Returns the kind of each by its path."""
    found = {}
    for kind, name, data in all_files():
        if not kinds or kind in kinds:
            path = folder / kind.replace(" ", "_") / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            found[path.relative_to(folder).as_posix()] = kind
    (folder / "good.txt").write_text(TEXT)
    found["good.txt"] = "good"
    if not kinds:
        found |= special(folder / "special", folder)
    return found


def special(here: Path, folder: Path) -> dict[str, str]:
    """Pipes, sockets, loops, devices, names that are none."""
    here.mkdir()
    os.mkfifo(here / "pipe.txt")
    with closing(socket.socket(socket.AF_UNIX)) as plug:
        os.chdir(here)
        plug.bind("socket.txt")
    (here / "loop.txt").symlink_to("loop.txt")
    (here / "self").symlink_to(here)
    (here / "zero.txt").symlink_to("/dev/zero")
    (here / "passwd.txt").symlink_to("/etc/passwd")
    (here / "gone.txt").symlink_to("nowhere")
    with (here / "huge.txt").open("wb") as stream:
        stream.truncate(20_000_000_000)
    names = ["-rf.txt", "a\nb.txt", "x" * 240 + ".txt", "\u202etxt.exe.txt", " .txt", "a.txt.", "..txt", "$(id).txt"]
    for name in names:
        (here / name).write_text(TEXT)
    Path(os.fsdecode(os.fsencode(here) + b"/\xff\xfe.txt")).write_text(TEXT)
    deep = here
    for _ in range(50):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(TEXT)
    return {path.relative_to(folder).as_posix(): "names, pipes, links" for path in here.rglob("*") if not path.is_dir()}


def main() -> int:
    listed = "--list" in sys.argv
    kinds = {each for each in sys.argv[1:] if not each.startswith("--")}
    with tempfile.TemporaryDirectory() as work:
        folder, data = Path(work) / "corpus", Path(work) / "data"
        folder.mkdir()
        data.mkdir()
        found = lay_out(folder, kinds)
        watch = Watch()
        began = time.monotonic()
        with Store.open(data / FILE_NAME) as store, Readers.limited(LIMITS) as readers:
            report = sync(folder, store, small_pipeline(), progress=watch.tell, readers=readers)
        whole = time.monotonic() - began
    table: dict[str, Took] = {}
    for file in report.files:
        took = table.setdefault(found.get(file.source, "names, pipes, links"), Took({}))
        word = {FileStatus.ADDED: "read", FileStatus.FAILED: "failed", FileStatus.SKIPPED: "passed over"}[file.status]
        took.outcomes[word] = took.outcomes.get(word, 0) + 1
        if watch.seconds[file.source] >= took.seconds:
            took.seconds, took.slowest = watch.seconds[file.source], file.source
        if listed:
            said = file.message or "; ".join(file.warnings)
            sys.stdout.write(f"{word:12} {watch.seconds[file.source]:6.1f} s  {file.source[:60]!r}: {said[:160]!r}\n")
    say(table, len(report.files), whole, watch.child_mb)
    good = any(file.source == "good.txt" and file.status is FileStatus.ADDED for file in report.files)
    slow = [source for source, seconds in watch.seconds.items() if source and seconds > ALLOWED_SECONDS]
    written = Path("/tmp/nasty").exists()
    sys.stdout.write(f"Too slow: {slow or 'none'}. The good file was {'read' if good else 'NOT READ'}.\n")
    return 1 if slow or not good or written else 0


def say(table: dict[str, Took], files: int, seconds: float, child: int) -> None:
    """The table, and what was taken at most."""
    sys.stdout.write("| kind | read | failed | passed over | worst | of |\n|---|---|---|---|---|---|\n")
    for kind, took in sorted(table.items()):
        counts = " | ".join(str(took.outcomes.get(word, 0)) for word in ("read", "failed", "passed over"))
        sys.stdout.write(f"| {kind} | {counts} | {took.seconds:.1f} s | {took.slowest[:60]!r} |\n")
    unit = 1 << (10 if sys.platform == "linux" else 20)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    sys.stdout.write(
        f"{files} files in {seconds:.0f} s; at most {child} MB in a limited process, {own} MB in this one.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
