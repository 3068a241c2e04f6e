"""Globs over the paths of documents, as `fnmatch` has them: `*` stands for `/`, too, and case counts."""

import re
from collections.abc import Callable
from fnmatch import translate
from functools import lru_cache

_ESCAPED = re.compile(r"\[([*?[])\]")  # what `glob.escape` makes of a character that would be a pattern
_SPECIAL = frozenset("*?[")


@lru_cache(maxsize=16)
def fitting(globs: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path fits one of them; every path does where there are none. However many of them are plain paths, it
    costs the same."""
    if not globs:
        return _anything
    paths = {path for each in globs if (path := _plain(each)) is not None}
    patterns = [re.compile(translate(each)) for each in globs if _plain(each) is None]
    return lambda path: path in paths or any(pattern.match(path) for pattern in patterns)


def _plain(glob: str) -> str | None:
    """The one path that it fits, where it can fit no other."""
    return _ESCAPED.sub(r"\1", glob) if _SPECIAL.isdisjoint(_ESCAPED.sub("", glob)) else None


def _anything(_: str) -> bool:
    return True
