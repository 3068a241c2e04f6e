"""The corpora of one server: the table [corpora] of footnote.toml, which only a file can hold."""

import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from index.errors import SettingsError

FOLDER = "corpora"  # of the data folder: below it, each corpus has a data folder of its own
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# "default" and "all" are words about corpora; the others no folder can be called on every system.
_RESERVED = frozenset({"default", "all", "aux", "con", "nul", "prn"})


class CorpusSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """folder: of its documents. title: what people see, its name if it has none."""

    folder: Path
    title: Annotated[str, Meta(max_length=80)] = ""


def as_tables(value: object, beside: Path) -> object:
    """The table as the file has it: a folder alone as the table of one, relative ones as relative to `beside`. What
    is none of these is left as it is, for whoever converts it to refuse."""
    if not isinstance(value, dict):
        return value
    tables = {name: {"folder": each} if isinstance(each, str) else each for name, each in value.items()}
    for name, each in tables.items():
        if isinstance(each, dict) and isinstance(each.get("folder"), str) and each["folder"]:
            tables[name] = {**each, "folder": str(beside / each["folder"])}
    return tables


def check_corpora(corpora: Mapping[str, CorpusSettings], data: Path, default: str | None) -> None:
    """Raises SettingsError for names and folders that do not go, or a default that is none of them."""
    for name in corpora:
        if not _NAME.fullmatch(name):
            raise SettingsError(
                f"corpora.{name} cannot be the name of a corpus: 1 to 40 of a-z, 0-9 and -, a letter or digit first."
            )
        if name in _RESERVED:
            raise SettingsError(f"corpora.{name}: the name {name!r} is reserved, choose another.")
    if default is not None and default not in corpora:
        raise SettingsError(f"There is no corpus {default!r} in [corpora]: there are {', '.join(corpora)}.")
    folders = {name: each.folder.resolve() for name, each in corpora.items()}
    for (one, first), (other, second) in combinations(folders.items(), 2):
        if first == second:
            raise SettingsError(f"corpora.{one} and corpora.{other} are one folder, {first}: keep one of them.")
        if first.is_relative_to(second) or second.is_relative_to(first):
            inner, outer = (one, other) if first.is_relative_to(second) else (other, one)
            raise SettingsError(
                f"corpora.{inner} lies in the folder of corpora.{outer}, so its documents would be of both: keep them "
                "apart, or give a key or a question only a part of one corpus by its path."
            )
    for name, folder in folders.items():
        if data.resolve().is_relative_to(folder) and not _is_hidden(data.resolve().relative_to(folder)):
            raise SettingsError(f"data is {data}, which lies among the documents of corpora.{name}: keep it elsewhere.")


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
