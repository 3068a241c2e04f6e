"""Do the tests notice? Changes qa/ and index/ in small ways, one at a time, and runs the tests of the changed module.

    python -m tests.bench.mutants --out build/mutants.json [--only qa/reading] [--sample 300] [--jobs 1]

The sample is the same for the same code. A module's tests are tests/<package>/<room>/test_<module>.py and those that
import it, without the page's. Each runs in a copy of the tree and a process of its own; longer than five times as long
as without a change is noticed, too. What is known of unchanged code and tests is taken from the file of --out, so that
a run can be broken off. Ends with the share noticed and a diff of each change that was not.
"""

import ast
import hashlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path, PurePosixPath
from queue import SimpleQueue
from threading import Lock

import click
import msgspec
import pytest
from msgspec import Struct

from tests.bench.mutations import Mutant, mutants
from tests.paths import ROOT

PACKAGES = ("qa", "index")
_NOT_RUN = ("tests/web/page", "tests/proofs", "tests/bench")  # minutes each, and of the page
_LEAST_SECONDS, _TIMES = 60.0, 5.0  # a process may take
_LOADED = (
    "pytest hypothesis numpy torch transformers sentence_transformers faiss tantivy litestar.testing httpx uvicorn"
)
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [*_LOADED.split(), "slack_bolt.async_app", "mcp.server", "scipy.stats", "matplotlib.figure"]
)
_moments = count(int(time.time()))  # modification times, each another, so that no stale bytecode is run


class Result(Struct, frozen=True):
    """What became of a mutant: killed, survived, untested (no test imports its module) or broken (its tests fail
    without it). key: of the change, the module and its tests as they were. seconds: it took."""

    key: str
    outcome: str
    place: str
    kind: str
    diff: str
    tests: tuple[str, ...]
    seconds: float


class Copy:
    """A copy of the tree in a folder that is thrown away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def write(self, path: str, content: bytes) -> None:
        (self.folder / path).write_bytes(content)
        moment = next(_moments)
        os.utime(self.folder / path, (moment, moment))

    def passes(self, tests: Sequence[str], seconds: float | None = None) -> bool:
        """Whether the tests pass within that time."""
        process = _FORKS.Process(target=_test, args=(self.folder, tests))
        process.start()
        process.join(seconds)
        if process.is_alive() and process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)  # with the servers that tests start
        process.join()
        return process.exitcode == 0


def _test(folder: Path, tests: Sequence[str]) -> None:
    """Runs tests of a copy of the tree, in a fork that has other people's packages loaded and none of ours."""
    os.setsid()
    os.chdir(folder)
    sys.path[:] = [str(folder), *(each for each in sys.path if each not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "index", "qa", "web")]:
        del sys.modules[name]
    os.environ |= {"PYTHONPATH": str(folder), "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / ".hypothesis")}
    nothing = os.open(os.devnull, os.O_RDWR)
    for each in range(3):
        os.dup2(nothing, each)
    # What is loaded already cannot be rewritten, which pytest warns of.
    options = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
    os._exit(pytest.main([*options, *tests]))


class Runner:
    """Runs mutants, in several copies at once, and keeps what is known."""

    def __init__(self, out: Path, copies: Sequence[Copy]) -> None:
        self._out = out
        known = msgspec.json.decode(out.read_bytes(), type=list[Result]) if out.is_file() else []
        self._known = {each.key: each for each in known}
        self._copies: SimpleQueue[Copy] = SimpleQueue()
        for each in copies:
            self._copies.put(each)
        self._takes: dict[tuple[str, ...], float | None] = {}  # seconds of tests without a change; None: they fail
        self._lock = Lock()

    def run(self, mutant: Mutant, tests: tuple[str, ...]) -> Result:
        source = (ROOT / mutant.path).read_bytes()
        parts = [mutant.rank.encode(), mutant.after.encode(), source, *((ROOT / name).read_bytes() for name in tests)]
        key = hashlib.sha256(b"\0".join(parts)).hexdigest()
        if key in self._known:
            return self._known[key]
        began = time.monotonic()
        copy = self._copies.get()
        try:
            outcome = self._outcome(mutant, tests, source, copy)
        finally:
            self._copies.put(copy)
        place = f"{mutant.path}:{mutant.line}"
        seconds = round(time.monotonic() - began, 1)
        result = Result(key, outcome, place, mutant.kind, mutant.diff(source), tests, seconds)
        self._keep(result)
        return result

    def _outcome(self, mutant: Mutant, tests: tuple[str, ...], source: bytes, copy: Copy) -> str:
        """The module's own tests first: most changes end there."""
        if not tests:
            return "untested"
        for some in filter(None, (tests[:1], tests[1:])):
            takes = self._time(some, copy)
            if takes is None:
                return "broken"
            copy.write(mutant.path, mutant.applied(source))
            try:
                if not copy.passes(some, max(_LEAST_SECONDS, _TIMES * takes)):
                    return "killed"
            finally:
                copy.write(mutant.path, source)
        return "survived"

    def _time(self, tests: tuple[str, ...], copy: Copy) -> float | None:
        if tests not in self._takes:
            began = time.monotonic()
            self._takes[tests] = time.monotonic() - began if copy.passes(tests) else None
        return self._takes[tests]

    def _keep(self, result: Result) -> None:
        if result.outcome == "broken":
            return
        with self._lock:
            self._known[result.key] = result
            self._out.parent.mkdir(parents=True, exist_ok=True)
            draft = self._out.with_suffix(".new")
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(list(self._known.values()))))
            draft.replace(self._out)


def sample(size: int, seed: int) -> list[Mutant]:
    """That many mutants of all modules, the same for the same code and seed."""
    every = [
        mutant
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for mutant in mutants(PurePosixPath(path.relative_to(ROOT)), path.read_bytes())
    ]
    return sorted(every, key=lambda each: hashlib.sha256(f"{seed} {each.rank}".encode()).digest())[:size]


def covering_tests(module: str) -> tuple[str, ...]:
    """The module's own test file first, if there is one, then others that import it; those of web/ only if alone."""
    path = PurePosixPath(module)
    own = PurePosixPath("tests", *path.parts[:-1], f"test_{path.name}")
    dotted = ".".join(path.with_suffix("").parts)
    found = [
        name
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if not (name := file.relative_to(ROOT).as_posix()).startswith(_NOT_RUN)
        and (name == str(own) or dotted in set(_imported(file)))
    ]
    near = [name for name in found if not name.startswith("tests/web")]
    return tuple(sorted(near or found, key=lambda name: name != str(own)))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@click.command(help=__doc__)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--only", multiple=True, metavar="PATH", help="Of the sample, what lies under this path.")
@click.option("--sample", "size", default=300, show_default=True, help="How many mutants are drawn.")
@click.option("--seed", default=0, show_default=True, help="Another draws another sample.")
@click.option("--jobs", default=1, show_default=True, help="Copies of the tree, each with one test run at a time.")
def main(out: Path, only: tuple[str, ...], size: int, seed: int, jobs: int) -> None:
    os.nice(10)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    drawn = [each for each in sample(size, seed) if not only or each.path.startswith(only)]
    with tempfile.TemporaryDirectory(prefix="footnote-mutants-") as folder:
        runner = Runner(out.absolute(), [Copy(Path(folder, str(number))) for number in range(jobs)])
        with ThreadPoolExecutor(jobs) as pool:
            results = []
            for result in pool.map(lambda each: runner.run(each, covering_tests(each.path)), drawn):
                results.append(result)
                click.echo(
                    f"{len(results)}/{len(drawn)} {result.outcome} {result.place} {result.seconds:.0f} s", err=True
                )
    for result in results:
        if result.outcome != "killed":
            click.echo(f"{result.outcome}: {result.place} ({result.kind})\n{result.diff}\n")
    killed = sum(each.outcome == "killed" for each in results)
    click.echo(f"{killed} of {len(results)} killed ({killed / max(1, len(results)):.0%})")


if __name__ == "__main__":
    main()
