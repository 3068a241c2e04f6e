"""The tree of errors is the one its module draws."""

import re

import pytest

from index import errors
from index.errors import BusyError, DocumentError, FootnoteError


def test_the_drawing_is_the_tree() -> None:
    path: list[str] = []
    drawn = {}
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ([│├└─ ]*)(\w+Error)", line):
            depth = len(found[1]) // 4
            path[depth:] = [found[2]]
            drawn[found[2]] = path[depth - 1] if depth else "Exception"
    classes = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type)}
    assert drawn == {name: kind.__base__.__name__ for name, kind in classes.items() if kind.__base__}
    assert all(issubclass(kind, FootnoteError) for kind in classes.values())


def test_what_errors_carry() -> None:
    error = DocumentError("a.txt: byte 3", "a.txt", 3)
    assert (str(error), error.source, error.offset) == ("a.txt: byte 3", "a.txt", 3)
    assert DocumentError("a", "a.txt").offset is None
    assert BusyError("wait").retry_after_seconds == 1
    with pytest.raises(FootnoteError):
        raise BusyError("wait", retry_after_seconds=5)
