"""A limited process that parses what a stranger may have made: bytes in, a result or an error of ours out.

One process, started when it is first needed, serves many files. It is ended and started again when a file crashes it or
takes more than its limits, and after so many files. What it may do is set by `index.readers.worker`.
"""

import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

import msgspec
from msgspec import Struct

from index.errors import DocumentError

JOBS = "index.readers.jobs"
FRAME = 8  # bytes that say how long what follows is
_START = "import sys; sys.path[:] = sys.argv[1].split('\\n'); from index.readers.worker import main; main(sys.argv[2:])"
_ROOT = str(Path(__file__).resolve().parent.parent.parent)
_START_SECONDS = 60.0  # to start in, on a machine that is busy with other things


class SandboxLimits(Struct, frozen=True):
    """What one file may take. seconds: of processor time. memory_mb: of memory. output_mb: of what is read of it.

    waiting: the deadline, in multiples of `seconds`, since a busy machine gives a process only a share of its time.
    files: after so many a fresh process is started, against what libraries leak. By hand, 2026-11-30.
    """

    seconds: float = 10.0
    memory_mb: int = 512
    output_mb: int = 64
    waiting: float = 3.0
    files: int = 500


class Request(Struct, frozen=True):
    """job: its name in the registry of jobs. source: the file's path, for messages."""

    job: str
    source: str
    data: bytes
    parameters: dict[str, str | int | float] = {}


class JobReply(Struct, frozen=True):
    """result: of the job, where `error` is "". told: the error is a DocumentError with this message and offset; else it
    is the name of what went wrong."""

    result: bytes = b""
    error: str = ""
    told: bool = False
    offset: int | None = None


class Runner(Protocol):
    """Where jobs are done."""

    def run(self, job: str, source: str, data: bytes, parameters: Mapping[str, str | int | float] = ...) -> bytes:
        """What the job makes of the bytes. Raises DocumentError, which names the file."""
        ...


class Sandbox:
    """A `Runner` in a process of its own. Safe to share between threads: they wait for each other.

    jobs: the module whose JOBS are done there.
    """

    def __init__(self, limits: SandboxLimits | None = None, jobs: str = JOBS) -> None:
        self.limits = limits or SandboxLimits()
        self.started = 0
        self._jobs = jobs
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process. It starts again if it is needed again."""
        with self._lock:
            self._end()

    def run(
        self, job: str, source: str, data: bytes, parameters: Mapping[str, str | int | float] | None = None
    ) -> bytes:
        """The job's result. Raises DocumentError: the job's own, or one that names the limit that the file exceeded."""
        request = msgspec.msgpack.encode(Request(job, source, data, dict(parameters or {})))
        with self._lock:
            worker, fresh = self._ready()
            reply = worker.ask(request)
            if not fresh and (reply.error == "memory" or not worker.alive) and reply.error != "time":
                # What files before it left in memory shall not be held against this one.
                self._end()
                worker, _ = self._ready()
                reply = worker.ask(request)
            if reply.error in {"memory", "output"} or not worker.alive:
                self._end()
        if not reply.error:
            return reply.result
        raise DocumentError(reply.error if reply.told else self._why(source, reply.error), source, reply.offset)

    def _ready(self) -> "tuple[_Worker, bool]":
        """A process that takes a job, and whether it has done none yet."""
        if self._worker is not None and (self._worker.done >= self.limits.files or not self._worker.alive):
            self._end()
        if self._worker is None:
            self._worker = _Worker(self.limits, self._jobs)
            self.started += 1
        return self._worker, self._worker.done == 0

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _why(self, source: str, error: str) -> str:
        limits = self.limits
        harm = "It may be damaged or made to do harm; if it is neither, split it, or raise"
        if error == "time":
            return f"{source}: it takes longer than {limits.seconds:g} seconds to read. {harm} parse_seconds."
        if error == "memory":
            return f"{source}: it takes more than {limits.memory_mb:,} MB of memory to read. {harm} parse_memory_mb."
        if error == "output":
            return (
                f"{source}: it holds more than {limits.output_mb:,} MB of text, which is more than is read: split it."
            )
        return (
            f"{source}: its reader gave up ({error}). It seems to be damaged: open it and save it again, or remove it."
        )


class _Worker:
    """One process."""

    def __init__(self, limits: SandboxLimits, jobs: str) -> None:
        self.done = 0
        self._timed_out = False
        self._limits = limits
        paths = "\n".join(dict.fromkeys([_ROOT, *(path for path in sys.path if path)]))
        settings = [jobs, str(limits.seconds), str(limits.memory_mb), str(limits.output_mb)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _START, paths, *settings],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for the one who indexes, who then ends this one
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes) -> JobReply:
        """What the process says; of one that dies, how it died."""
        seconds = self._limits.seconds * self._limits.waiting + (0.0 if self.done else _START_SECONDS)
        timer = threading.Timer(seconds, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(request)
        finally:
            timer.cancel()
            self.done += 1

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _exchange(self, request: bytes) -> JobReply:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            return JobReply(error="no pipes")
        try:
            _write(to, len(request).to_bytes(FRAME, "big"))
            _write(to, request)
            size = int.from_bytes(_read(back, FRAME), "big")
            if size > (self._limits.output_mb << 20) + (1 << 16):
                return JobReply(error="output")
            return msgspec.msgpack.decode(_read(back, size), type=JobReply)
        except (EOFError, BrokenPipeError):
            return JobReply(error=self._death())
        except msgspec.MsgspecError:
            return JobReply(error="a reply that is none")

    def _time_out(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _death(self) -> str:
        code = self._process.wait()
        if self._timed_out or code == -signal.SIGXCPU:
            return "time"
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _write(pipe: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[pipe.write(view) :]


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = pipe.read(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
