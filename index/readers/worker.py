"""The process in which files are parsed (`index.readers.sandbox`): its limits, and what it may not do.

The system limits memory, processor time and the size of files it writes, and takes the network away where it allows
that. An audit hook of Python refuses what no parser needs: to open a connection, or a file that is no part of Python or
of a library, to write, to start a program other than the one that reads scans.
"""

import ctypes
import importlib
import os
import resource
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from index.errors import DocumentError
from index.readers.sandbox import FRAME, JobReply, Request

Job = Callable[[bytes, str, Mapping[str, str | int | float]], bytes]

_PROGRAMS = frozenset({"tesseract"})
_REFUSED = frozenset(
    "os.system os.exec os.fork os.forkpty os.kill os.remove os.rename os.mkdir os.rmdir os.link os.symlink os.chmod "
    "shutil.rmtree".split()
)
_LIBRARIES = ("/usr/share/", "/usr/lib/", "/usr/local/lib/", "/System/", "/Library/", "/opt/homebrew/")
_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # the second one lets those do the first who are not root


class JobRefusedError(PermissionError):
    """What a parser tried and may not do. Libraries take it for what the system says where a file may not be read."""


def main(arguments: list[str]) -> None:
    """Serve requests until the pipe closes. arguments: module of the jobs, seconds, MB of memory, MB of output."""
    module, seconds, memory, output = arguments
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # a library that prints shall not be taken for a reply
        os.dup2(nothing, stream)
    jobs: Mapping[str, Job] = importlib.import_module(module).JOBS
    confine(int(memory))
    while request := _next(requests):
        _limit_time(float(seconds))
        _answer(replies, _done(jobs, request, int(output) << 20))


def confine(memory_mb: int) -> None:
    """Take from this process what no parser needs. What a system lacks is left out (docs/security.md)."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_DATA, memory_mb << 20)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, _mapped() + (memory_mb << 20))  # for kernels that count no mappings as data
        ctypes.CDLL(None).unshare(_NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER)
    roots = tuple({f"{os.path.realpath(path)}/" for path in (sys.prefix, sys.base_prefix, *sys.path) if path})
    sys.addaudithook(lambda event, given: _judge(event, given, roots))


def _judge(event: str, given: tuple[object, ...], roots: tuple[str, ...]) -> None:
    if event == "open":
        _judge_file(given, roots)
    elif event.startswith("socket.") or event in _REFUSED:
        raise JobRefusedError(f"it tried {event}")
    elif event in {"subprocess.Popen", "os.posix_spawn"} and str(given[0]).rpartition("/")[2] not in _PROGRAMS:
        raise JobRefusedError("it tried to start a program")


def _judge_file(given: tuple[object, ...], roots: tuple[str, ...]) -> None:
    name, mode, flags = (*given, None, None, None)[:3]
    if not isinstance(name, str | bytes) or name == os.devnull:
        return
    if (isinstance(flags, int) and flags & _CHANGING) or (isinstance(mode, str) and set(mode) & set("wax+")):
        raise JobRefusedError("it tried to write a file")
    if not os.path.realpath(os.fsdecode(name)).startswith((*roots, *_LIBRARIES)):
        raise JobRefusedError("it tried to open another file")


class _Outcome:
    """Takes what a job raises and knows what to tell of it: whatever a parser makes of a stranger's file ends here."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return isinstance(error, Exception)

    def reply(self, result: bytes, most: int) -> JobReply:
        """The job's result, or what it raised."""
        error = self.error
        if error is None:
            return JobReply(result) if len(result) <= most else JobReply(error="output")
        if isinstance(error, DocumentError):
            return JobReply(error=str(error), told=True, offset=error.offset)
        if isinstance(error, MemoryError):
            return JobReply(error="memory")
        what = "parts nested too deeply" if isinstance(error, RecursionError) else type(error).__name__
        return JobReply(error=f"{what}: {error}" if isinstance(error, JobRefusedError) else what)


def _done(jobs: Mapping[str, Job], request: Request, most: int) -> JobReply:
    result = b""
    with _Outcome() as outcome:
        result = jobs[request.job](request.data, request.source, request.parameters)
    return outcome.reply(result, most)


def _next(requests: BinaryIO) -> Request | None:
    size = int.from_bytes(requests.read(FRAME), "big")
    return msgspec.msgpack.decode(requests.read(size), type=Request) if size else None


def _answer(replies: BinaryIO, reply: JobReply) -> None:
    encoded = msgspec.msgpack.encode(reply)
    replies.write(len(encoded).to_bytes(FRAME, "big"))
    replies.write(encoded)
    replies.flush()


def _limit_time(seconds: float) -> None:
    """Of the next job: processor time is counted from the start of the process, in whole seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime + seconds) + 1, soft=True)


def _limit(which: int, most: int, *, soft: bool = False) -> None:
    hardest = resource.getrlimit(which)[1]
    try:
        resource.setrlimit(which, (most, hardest if soft else most))
    except (OSError, ValueError):
        return  # this system has no such limit


def _mapped() -> int:
    """Bytes of address space in use."""
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - before anything is read
        return int(pages.read().split()[0]) * resource.getpagesize()
