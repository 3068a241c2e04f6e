"""Where settings stand: a file and the environment, each read as values by key with the place they came from."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from index.errors import SettingsError
from web.settings.corpora import as_tables
from web.settings.keys import PREFIX, Key

FILE_NAME = "footnote.toml"
FILE_VARIABLE = f"{PREFIX}CONFIG"
_PATHS = ("corpus", "data")
# Old names of settings and the new ones. They work for one version; docs/settings.md lists them.
ALIASES = {"bar": "threshold", "most_wrong": "max_error_rate", "ruler": "tokenizer"}

_SEVERAL = ("corpora", "default_corpus")

Layer = dict[str, tuple[object, str]]


def find_file(variables: Mapping[str, str], folder: Path) -> Path | None:
    """The file that FOOTNOTE_CONFIG names, or footnote.toml in the folder; None if there is none.

    Raises SettingsError if the file that is named does not exist.
    """
    named = variables.get(FILE_VARIABLE, "")
    if not named:
        file = folder / FILE_NAME
        return file if file.is_file() else None
    if not Path(named).is_file():
        raise SettingsError(f"{FILE_VARIABLE} is {named!r}, and no such file exists.")
    return Path(named)


def from_file(file: Path, keys: Mapping[str, Key]) -> Layer:
    """The file's keys; its relative paths are relative to the file. Raises SettingsError."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise SettingsError(f"{file} cannot be read as TOML: {error}.") from error
    layer: Layer = {}
    for key, value in _flat(table, keys, file):
        is_path = key in _PATHS and isinstance(value, str) and value != ""
        value = str(file.parent / str(value)) if is_path else value
        layer[key] = (as_tables(value, file.parent) if key == "corpora" else value, str(file))
    return layer


def from_environment(variables: Mapping[str, str], keys: Mapping[str, Key]) -> Layer:
    """`FOOTNOTE_<KEY>`; an empty one counts as not set. Text is read by the key's type, lists with commas.

    Raises SettingsError.
    """
    known = {key.variable: key for key in keys.values() if key.variable is not None}
    old = {f"{PREFIX}{name.upper()}": name for name in ALIASES}
    layer: Layer = {}
    for name, text in variables.items():
        if not name.startswith(PREFIX) or name == FILE_VARIABLE or not text.strip():
            continue
        if name in old:
            layer[old[name]] = (_parsed(keys[ALIASES[old[name]]], text), name)
            continue
        _check_key(name, (*known, FILE_VARIABLE), "the environment")
        layer[known[name].name] = (_parsed(known[name], text), name)
    return layer


def renamed(layers: Sequence[Layer]) -> tuple[list[Layer], tuple[str, ...]]:
    """The layers with new names instead of old ones, and a warning for each old name that was used.

    Raises SettingsError where a setting is given by both of its names, in whatever layers.
    """
    warnings = []
    for old, new in ALIASES.items():
        origins = [layer[old][1] for layer in layers if old in layer]
        others = [layer[new][1] for layer in layers if new in layer]
        if origins and others:
            raise SettingsError(
                f"{old} (from {origins[0]}) and {new} (from {others[0]}) are one setting: drop {old}, its old name."
            )
        warnings += [f"{old} (from {origin}) is called {new} now: the old name will not work in the next version."
                     for origin in origins]  # fmt: skip
    return [{ALIASES.get(key, key): value for key, value in layer.items()} for layer in layers], tuple(warnings)


def one_or_several(layers: Sequence[Layer]) -> list[Layer]:
    """The layers, the command line's last, without [corpora] where the command line names a folder. Raises
    SettingsError where one corpus and several are asked for."""
    *_, arguments = layers
    if "corpus" in arguments and "default_corpus" in arguments:
        raise SettingsError("--corpus names a folder and --corpus-name one of [corpora]: give one of the two.")
    if "corpus" in arguments:
        return [{key: each for key, each in layer.items() if key not in _SEVERAL} for layer in layers]
    origins = {key: layer[key][1] for layer in layers for key in ("corpus", *_SEVERAL) if key in layer}
    if "corpora" in origins and "corpus" in origins:
        raise SettingsError(
            f"corpus (from {origins['corpus']}) is one folder and [corpora] (from {origins['corpora']}) are several: "
            "drop one of the two. An empty FOOTNOTE_CORPUS counts as not set."
        )
    if "default_corpus" in origins and "corpora" not in origins:
        raise SettingsError(
            f"default_corpus (from {origins['default_corpus']}) names one of several corpora, and there is no table "
            "[corpora] in the settings' file."
        )
    return list(layers)


def _flat(
    table: dict[str, object], keys: Mapping[str, Key], file: Path, prefix: str = ""
) -> Iterable[tuple[str, object]]:
    for name, value in table.items():
        full = prefix + name
        if full not in keys and any(key.startswith(f"{full}.") for key in keys):
            if not isinstance(value, dict):
                raise SettingsError(f"{full} (from {file}) must be a table: begin it with [{full}].")
            yield from _flat(value, keys, file, f"{full}.")
            continue
        if full not in ALIASES:
            _check_key(full, tuple(keys), str(file))
        yield full, value


def _parsed(key: Key, text: str) -> object:
    if key.name == "allowed_hosts":
        return [name.strip() for name in text.split(",") if name.strip()]
    if key.name in _PATHS:
        return text
    text = text.strip()
    try:
        return msgspec.convert(text, key.kind, strict=False)
    except msgspec.ValidationError:
        return text  # whoever converts it says what is wrong with it


def _check_key(key: str, known: tuple[str, ...], where: str) -> None:
    if key in known:
        return
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
    raise SettingsError(f"{key} in {where} is no setting: {hint}")
