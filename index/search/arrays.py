"""Named arrays in one file, mapped into memory when they are read: what a segment of an index is made of."""

from collections.abc import Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import DecodeError, Struct, json
from numpy.typing import NDArray

from index.errors import StaleIndexError

Arrays = Mapping[str, NDArray[Any]]
_MAGIC = b"footnote arrays 1\n"
_ALIGNMENT = 64  # bytes: a cache line, so that vectors are read as fast as from memory of their own


class _Entry(Struct, frozen=True):
    """dtype as numpy writes it. start: of its bytes, from the end of the header."""

    dtype: str
    shape: tuple[int, ...]
    start: int


def save(path: Path, arrays: Arrays) -> None:
    """Write them. Raises OSError."""
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    entries, end = {}, 0
    for name, array in plain.items():
        entries[name] = _Entry(array.dtype.str, array.shape, end)
        end += _padded(array.nbytes)
    header = json.encode(entries)
    with path.open("wb") as stream:
        stream.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        stream.write(bytes(_padded(stream.tell()) - stream.tell()))
        for array in plain.values():
            stream.write(array.data if array.nbytes else b"")
            stream.write(bytes(_padded(array.nbytes) - array.nbytes))


def load(path: Path) -> dict[str, NDArray[Any]]:
    """Map them, unchecked but for their form. Raises StaleIndexError."""
    try:
        with path.open("rb") as stream:
            content = np.frombuffer(mmap(stream.fileno(), 0, access=ACCESS_READ), np.uint8)
        first = len(_MAGIC) + 8
        if bytes(content[: len(_MAGIC)]) != _MAGIC:
            raise ValueError("another format")
        size = int.from_bytes(bytes(content[len(_MAGIC) : first]), "little")
        entries = json.decode(bytes(content[first : first + size]), type=dict[str, _Entry])
        return {name: _view(content[_padded(first + size) :], entry) for name, entry in entries.items()}
    except (OSError, ValueError, TypeError, DecodeError) as error:
        raise StaleIndexError(f"{path} cannot be read ({error}); it will be rebuilt.") from error


def _view(content: NDArray[np.uint8], entry: _Entry) -> NDArray[Any]:
    dtype = np.dtype(entry.dtype)
    size = int(np.prod(entry.shape, dtype=np.int64)) * dtype.itemsize
    return np.asarray(content[entry.start : entry.start + size]).view(dtype).reshape(entry.shape)


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
