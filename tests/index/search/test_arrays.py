"""Arrays that come back from their file as they were, or not at all."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import StaleIndexError
from index.search.arrays import load, save


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {
        "vectors": np.arange(12, dtype=np.float32).reshape(3, 4),
        "letters": np.frombuffer(b"abc", np.uint8),
        "none": np.zeros(0, np.int64),
        "no rows": np.zeros((0, 384), np.float32),
        "turned": np.arange(6, dtype=np.int32).reshape(2, 3).T,
    }
    save(tmp_path / "file", arrays)
    loaded = load(tmp_path / "file")
    assert loaded.keys() == arrays.keys()
    for name, array in arrays.items():
        assert loaded[name].dtype == array.dtype
        assert loaded[name].shape == array.shape
        assert loaded[name].tolist() == array.tolist()
        assert not loaded[name].flags.writeable


def test_no_arrays_are_a_file_too(tmp_path: Path) -> None:
    save(tmp_path / "file", {})
    assert load(tmp_path / "file") == {}


@pytest.mark.parametrize(
    "content", [b"", b"x", b"x" * 500, b"footnote arrays 1\n", b"footnote arrays 1\n" + b"\xff" * 90]
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(StaleIndexError, match="rebuilt"):
        load(tmp_path / "file")


def test_a_file_that_is_cut_or_missing_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "file", {"numbers": np.arange(100)})
    (tmp_path / "file").write_bytes((tmp_path / "file").read_bytes()[:-300])
    with pytest.raises(StaleIndexError):
        load(tmp_path / "file")
    with pytest.raises(StaleIndexError):
        load(tmp_path / "nowhere")
