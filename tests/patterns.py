"""The searches of a package: its compiled patterns and forms, however deep they lie in its modules' tables."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from qa.language.forms import Form


def searches_of(package: str) -> dict[str, Callable[[str], object]]:
    """What looks a text through, by where it lies: a form as it says itself, a bare pattern at every place."""
    found: dict[str, Callable[[str], object]] = {}
    seen: set[re.Pattern[str]] = set()
    for module in _modules(package):
        for name, thing in vars(importlib.import_module(module)).items():
            for where, each in _within(thing, f"{module}.{name}"):
                pattern = each.regex if isinstance(each, Form) else each
                if pattern not in seen:
                    seen.add(pattern)
                    found[where] = partial(_look_through, each)
    return found


def _look_through(each: Form | re.Pattern[str], text: str) -> None:
    if isinstance(each, Form) and each.where != "anywhere":
        each.find(text)
    else:
        for _ in (each.regex if isinstance(each, Form) else each).finditer(text):
            pass


def _modules(package: str) -> Iterator[str]:
    yield package
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        yield module.name


def _within(thing: object, where: str) -> Iterator[tuple[str, Form | re.Pattern[str]]]:
    if isinstance(thing, Form):
        yield where, thing
    elif isinstance(thing, re.Pattern):
        if isinstance(thing.pattern, str):
            yield where, thing
    elif isinstance(thing, (tuple, list)):
        for number, each in enumerate(thing):
            yield from _within(each, f"{where}[{number}]")
    elif isinstance(thing, Mapping):
        for key, each in thing.items():
            yield from _within(each, f"{where}[{key!r}]")
    elif not isinstance(thing, type):
        for field in getattr(thing, "__struct_fields__", ()):
            yield from _within(getattr(thing, field), f"{where}.{field}")
