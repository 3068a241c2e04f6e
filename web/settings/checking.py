"""What a setting's value has to be beyond its type."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit


def checked(key: str, value: object) -> object:
    """The value, by rules that no type holds. Raises ValueError."""
    if key == "api_key" and isinstance(value, str):
        fits = 1 <= len(value) <= 200 and value.isascii() and value.isprintable() and " " not in value
        if not fits:
            raise ValueError("not a key")
    if key in ("public_url", "otlp_endpoint") and isinstance(value, str):
        _check_url(value)
    if isinstance(value, Path) and "\0" in str(value):
        raise ValueError("not a path")
    if key == "host" and value != "localhost":
        ip_address(str(value))
    return value


def as_path(kind: type, value: object) -> object:
    """msgspec's `dec_hook`. Raises ValueError."""
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    if isinstance(value, Path):
        return value
    raise ValueError("not a path")


def _check_url(value: str) -> None:
    """Raises ValueError for what no path can be put behind."""
    parts = urlsplit(value)
    plain = value.isascii() and value.isprintable() and not set(' "<>?#@|') & set(value)
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not a base of addresses")
