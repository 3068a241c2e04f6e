"""What files made to do harm would have a parser do, as jobs of the limited process."""

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from index.errors import DocumentError

Parameters = Mapping[str, str | int | float]


def _echo(data: bytes, _: str, parameters: Parameters) -> bytes:
    return data * int(parameters.get("times", 1))


def _loop(data: bytes, _: str, __: Parameters) -> bytes:
    while data is not None:
        pass
    return b""


def _wait(_: bytes, __: str, ___: Parameters) -> bytes:
    time.sleep(60)
    return b""


def _allocate(_: bytes, __: str, ___: Parameters) -> bytes:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def _crash(_: bytes, __: str, ___: Parameters) -> bytes:
    ctypes.string_at(0)
    return b""


def _leave(_: bytes, __: str, ___: Parameters) -> bytes:
    os._exit(3)


def _nest(data: bytes, source: str, parameters: Parameters) -> bytes:
    return _nest(data, source, parameters)


def _raise(_: bytes, __: str, ___: Parameters) -> bytes:
    raise KeyError("rId1")


def _tell(_: bytes, source: str, ___: Parameters) -> bytes:
    raise DocumentError(f"{source}: byte 7 is wrong.", source, 7)


def _write(_: bytes, __: str, parameters: Parameters) -> bytes:
    Path(str(parameters["path"])).write_text("x")
    return b"written"


def _write_beneath_python(_: bytes, __: str, parameters: Parameters) -> bytes:
    library = ctypes.CDLL(None)
    handle = library.open(str(parameters["path"]).encode(), os.O_WRONLY | os.O_CREAT, 0o600)
    return str(library.write(handle, b"x", 1)).encode()


def _open(_: bytes, __: str, parameters: Parameters) -> bytes:
    return Path(str(parameters["path"])).read_bytes()


def _connect(_: bytes, __: str, parameters: Parameters) -> bytes:
    with socket.create_connection(("127.0.0.1", int(parameters["port"])), timeout=5):
        return b"connected"


def _connect_beneath_python(_: bytes, __: str, parameters: Parameters) -> bytes:
    library = ctypes.CDLL(None)
    handle = library.socket(2, 1, 0)
    address = (
        (2).to_bytes(2, sys.byteorder) + int(parameters["port"]).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
    )
    return str(library.connect(handle, address, 16)).encode()


def _start(_: bytes, __: str, ___: Parameters) -> bytes:
    return subprocess.run(["/bin/echo", "x"], capture_output=True, check=True).stdout


def _look(_: bytes, __: str, ___: Parameters) -> bytes:
    opened = Path("/dev/fd")
    handles = [path for path in opened.iterdir() if path.name not in {"0", "1", "2"}] if opened.is_dir() else []
    return f"{sorted(os.environ)} {len(handles)} {'torch' in sys.modules}".encode()


def _print(data: bytes, _: str, __: Parameters) -> bytes:
    os.write(1, b"noise")
    return data


JOBS = {
    "echo": _echo,
    "loop": _loop,
    "wait": _wait,
    "allocate": _allocate,
    "crash": _crash,
    "leave": _leave,
    "nest": _nest,
    "raise": _raise,
    "tell": _tell,
    "write": _write,
    "write beneath": _write_beneath_python,
    "open": _open,
    "connect": _connect,
    "connect beneath": _connect_beneath_python,
    "start": _start,
    "look": _look,
    "print": _print,
}
