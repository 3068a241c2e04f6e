"""`footnote doctor`."""

import os
import platform
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import click
from msgspec import Struct

from index.corpus import Corpus
from index.errors import FootnoteError, NotFoundError, ReadOnlyError
from index.store.database import Database
from index.sync.lock import is_indexing
from index.unread import told
from qa.bootstrap import open_pipeline
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.conversations.history import open_database
from web import __version__
from web.access.access import check_bind
from web.access.keyring import KeyRing
from web.bootstrap import service_settings
from web.commands import options
from web.commands.terminal import say_json, say_table
from web.settings.settings import KEYS, Loaded, Settings, shown, value_of
from web.slack.inbox import FILE_NAME as INBOX_FILE

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "tantivy", "tiktoken", "litestar", "uvicorn", "msgspec")


class _Setting(Struct, frozen=True):
    key: str
    value: str
    origin: str


class _Check(Struct, frozen=True):
    name: str
    ok: bool
    finding: str


class _Findings(Struct, frozen=True):
    settings: tuple[_Setting, ...]
    versions: dict[str, str]
    checks: tuple[_Check, ...]


@click.command("doctor")
@options.as_json
@options.corpus
@options.data
@click.pass_context
def command(ctx: click.Context, as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """Check the settings, the data folder and the model.

    Shows each setting and where it comes from. Exit code 1 if a check fails.
    """
    loaded = options.load_settings(corpus=corpus, data=data)
    findings = _Findings(_settings(loaded), _versions(), _checks(loaded.settings, options.corpus_name()))
    if as_json:
        say_json(findings)
    else:
        _show(findings)
    ctx.exit(int(not all(check.ok for check in findings.checks)))


def _show(findings: _Findings) -> None:
    say_table(["Setting", "Value", "From"], [[each.key, each.value, each.origin] for each in findings.settings])
    say_table(["Package", "Version"], [list(pair) for pair in findings.versions.items()])
    rows = [[each.name, "ok" if each.ok else "FAILED", each.finding] for each in findings.checks]
    say_table(["Check", "", "Finding"], rows)


def _settings(loaded: Loaded) -> tuple[_Setting, ...]:
    values = {key: shown(key, value_of(loaded.settings, key)) for key in KEYS}
    if loaded.settings.data is None:
        values["data"] = str(loaded.settings.data_folder)
    return tuple(_Setting(key, value, loaded.origins[key]) for key, value in values.items())


def _versions() -> dict[str, str]:
    return {"footnote": __version__, "python": platform.python_version()} | {name: _version(name) for name in _PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _checks(settings: Settings, corpus: str | None) -> tuple[_Check, ...]:
    """corpus: the one of several that is looked at, all if None."""
    whole: dict[str, Callable[[Settings], str]] = {"address": _address, "embedding model": _model, "Slack": _slack}
    of_each = {
        "corpus folder": _corpus_folder,
        "data folder": _data_folder,
        "index": _index,
        "conversations": _conversations,
    }
    found = {name: _checked(name, step, settings) for name, step in whole.items()}
    names = [corpus] if corpus else list(settings.corpora) or [""]
    rows = [
        _checked(f"{name}: {what}" if name else what, step, settings.of_corpus(name))
        for name in names
        for what, step in of_each.items()
    ]
    return (found["address"], *rows, found["embedding model"], found["Slack"])


def _checked(name: str, step: Callable[[Settings], str], settings: Settings) -> _Check:
    try:
        return _Check(name, True, step(settings))
    except FootnoteError as error:
        return _Check(name, False, str(error))


def _address(settings: Settings) -> str:
    check_bind(settings)
    with KeyRing(settings.data_folder) as keys:
        stored = keys.in_use() if keys.are_needed() else None
    return f"{settings.host}:{settings.port}{_keyed(settings.api_key is not None, stored)}"


def _keyed(is_set: bool, stored: int | None) -> str:
    """stored: keys in use, None if none was ever added."""
    held = ["api_key"] * is_set
    if stored is not None:
        held.append(f"{stored} API key" + "s" * (stored != 1))
    return f", with {' and '.join(held)}" if held else ", no API key needed"


def _corpus_folder(settings: Settings) -> str:
    if not settings.corpus.is_dir():
        raise NotFoundError(f"There is no folder {settings.corpus}: set corpus (FOOTNOTE_CORPUS).")
    return str(settings.corpus.resolve())


def _data_folder(settings: Settings) -> str:
    folder = settings.data_folder
    if not folder.exists():
        return f"{folder} is not there yet; the first index makes it"
    writable = "" if os.access(folder, os.W_OK) else ", read-only: it is served, and not brought up to date"
    busy = ", a process is indexing it now" if is_indexing(folder) else ""
    return f"{folder}{writable}{busy}"


def _model(settings: Settings) -> str:
    embedder = open_pipeline(service_settings(settings)).embedder
    embedder.embed(("Is the model there?",))
    return f"{embedder.model_id}: {embedder.dimension} dimensions, {embedder.max_tokens} tokens at most"


def _index(settings: Settings) -> str:
    with Corpus.open(settings.data_folder, open_pipeline(service_settings(settings)), read_only=True) as corpus:
        unread = corpus.unread()
        kept = {file.source for file in unread}
        read = told(sum(each.source not in kept for each in corpus.sources()), unread)
        return f"version {corpus.version}: {len(corpus.sources())} documents, {corpus.size} passages; {read}"


def _conversations(settings: Settings) -> str:
    path = settings.data_folder / HISTORY_FILE
    if not path.exists():
        return "none yet"
    with suppress(ReadOnlyError), open_database(path, read_only=True) as database:  # raised for an older one
        database.check()
    return str(path)


def _slack(settings: Settings) -> str:
    path = settings.data_folder / INBOX_FILE
    if path.exists():
        with (
            suppress(ReadOnlyError),
            Database.open(path, files("web.slack") / "migrations", read_only=True) as database,
        ):
            database.check()
    slack = settings.slack
    ways = {f"HTTP at {settings.page_url}/slack/events": slack.signing_secret, "Socket Mode": slack.app_token}
    return " and ".join(way for way, secret in ways.items() if secret) or "off"
