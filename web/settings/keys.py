"""The keys of settings: what each is called in a file and in the environment, its type, and what is said of it."""

from typing import Any, get_origin, get_type_hints

from msgspec import Meta, Struct

PREFIX = "FOOTNOTE_"


def text(allowed: str, description: str, *, secret: bool = False, **limits: Any) -> Meta:
    """What is said of a setting, and the limits of its type. secret: its value is never shown."""
    return Meta(description=description, extra={"allowed": allowed, "secret": secret}, **limits)


class Key(Struct, frozen=True):
    """One setting. name: such as "port", or "slack.bot_token" for one of the table [slack]. kind: its type.

    variable: its environment variable; None for a table whose keys are the user's own, which only a file can hold.
    """

    name: str
    variable: str | None
    kind: Any
    allowed: str
    description: str
    is_secret: bool


def keys_of(table: type[Struct], prefix: str = "") -> dict[str, Key]:
    """The keys of a table of settings by their names, and those of the tables in it."""
    keys: dict[str, Key] = {}
    for name, kind in get_type_hints(table, include_extras=True).items():
        full = prefix + name
        if isinstance(kind, type) and issubclass(kind, Struct):
            keys |= keys_of(kind, f"{full}.")
        else:
            keys[full] = _key(full, kind)
    return keys


def nested(values: dict[str, object]) -> dict[str, Any]:
    """Values by full names as tables: {"slack.bot_token": x} as {"slack": {"bot_token": x}}."""
    tables: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        table = tables
        for step in path:
            table = table.setdefault(step, {})
        table[last] = value
    return tables


def _key(name: str, kind: Any) -> Key:
    meta: Meta = kind.__metadata__[0]
    said: dict[str, Any] = meta.extra or {}
    is_table = get_origin(kind.__origin__) is dict
    variable = None if is_table else PREFIX + name.upper().replace(".", "_")
    return Key(name, variable, kind, said["allowed"], str(meta.description), said["secret"])
