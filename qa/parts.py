"""What is made for a part of the documents, kept for the next who may see just that part."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST_KEPT = 16


class Parts(Generic[T]):
    """Safe to share between threads. make: what is kept, of globs over paths; the least used ones are forgotten."""

    def __init__(self, make: Callable[[tuple[str, ...]], T]) -> None:
        self._make = make
        self._kept: OrderedDict[tuple[str, ...], T] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, only: tuple[str, ...]) -> T:
        """That of the documents whose path matches one of `only`, in whatever order. Raises what `make` does."""
        key = tuple(sorted(set(only)))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._make(key)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]
