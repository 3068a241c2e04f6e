"""`footnote keys`: who may ask the server."""

from fnmatch import fnmatchcase
from pathlib import Path

import click
from msgspec import Struct

from index.errors import InputError, NotFoundError, ReadOnlyError
from index.store.store import FILE_NAME as STORE_FILE
from index.store.store import Store
from web.access.keys import FILE_NAME, MOST_PER_MINUTE, PER_MINUTE, ApiKey, Keys, Scope, add_key
from web.commands import options
from web.commands.terminal import note, say, say_json, say_table
from web.settings.settings import Settings


class _Made(Struct, frozen=True):
    """A key that was just made: the only time that it is shown."""

    key: str
    about: ApiKey


@click.group("keys")
def command() -> None:
    """Add, list and revoke the API keys of the server.

    A running server takes notice at once. Once a key was ever added, every request needs one.
    """


@command.command("add")
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(["ask", "admin"]),
    default="ask",
    show_default=True,
    help="ask: questions, documents, own conversations. admin: everything, also what others asked.",
)
@click.option(
    "--source", "sources", multiple=True, metavar="GLOB", help="Only files whose path fits; no others exist for it."
)
@click.option(
    "--corpus-name", "corpora", multiple=True, metavar="NAME", help="Only this corpus; no others exist for it."
)
@click.option(
    "--per-minute",
    type=click.IntRange(1, MOST_PER_MINUTE),
    default=PER_MINUTE,
    show_default=True,
    help="Questions it may ask.",
)
@options.as_json
@options.corpus_folder
@options.data
def add(
    name: str,
    scope: Scope,
    sources: tuple[str, ...],
    corpora: tuple[str, ...],
    per_minute: int,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Make a key, and show it this once.

    The key goes to stdout, everything else to stderr. NAME says whose conversations are its own.
    """
    settings = options.load_settings(corpus=corpus, data=data).settings
    for each in corpora:
        if each not in settings.corpora:
            known = ", ".join(settings.corpora) or "none: the settings have no [corpora]"
            raise InputError(f"There is no corpus {each!r} for a key; there are {known}.")
    about, key = add_key(_folder(settings) / FILE_NAME, name, scope, sources, per_minute, corpora)
    if as_json:
        say_json(_Made(key, about))
    else:
        say(key)
    note(f"This is the key of {name}. It is not stored and cannot be shown again.")
    seen = [settings.of_corpus(each) for each in corpora or settings.corpora or ("",)]
    for source in _idle(seen, sources):
        note(f"No document that is indexed fits {source} yet.")


@command.command("list")
@options.as_json
@options.corpus_folder
@options.data
def show(as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """List the keys, revoked ones too."""
    settings = options.load_settings(corpus=corpus, data=data).settings
    path = settings.data_folder / FILE_NAME
    found: tuple[ApiKey, ...] = ()
    if path.exists():
        with _readable(path) as keys:
            found = keys.all()
    if as_json:
        say_json(found)
    elif found:
        columns = ["Name", "Id", "Scope", "Documents", "A minute", "Added", "Last used", "Revoked"]
        say_table(columns, [_row(key) for key in found])
    else:
        note(f"There are no keys in {settings.data_folder}.")


@command.command("revoke")
@click.argument("name")
@options.as_json
@options.corpus_folder
@options.data
def revoke(name: str, as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """Accept a key no more, from now on.

    Its conversations stay, and belong to the next key of that name.
    """
    settings = options.load_settings(corpus=corpus, data=data).settings
    path = settings.data_folder / FILE_NAME
    if not path.exists():
        raise NotFoundError(f"There are no keys in {settings.data_folder}.")
    with Keys.open(path, makes=False) as keys:
        revoked = keys.revoke(name)
    if as_json:
        say_json(revoked)
    else:
        note(f"The key {name} is accepted no more.")


def _folder(settings: Settings) -> Path:
    """The data folder, made if it is not there. Raises ReadOnlyError."""
    folder = settings.data_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def _readable(path: Path) -> Keys:
    try:
        return Keys.open(path, makes=False)  # a file of an older Footnote is brought up to this one
    except ReadOnlyError:
        return Keys.open(path, read_only=True)


def _row(key: ApiKey) -> list[str]:
    documents = "\n".join((*(f"corpus {name}" for name in key.corpora), *key.sources)) or "all"
    used, revoked = key.last_used_on or "never", (key.revoked_at or "")[:10]
    return [key.name, key.key_id, key.scope, documents, str(key.per_minute), key.created_at[:10], used, revoked]


def _idle(corpora: list[Settings], globs: tuple[str, ...]) -> list[str]:
    """The globs that fit no document, where documents are indexed at all."""
    files = [file for each in corpora if (file := each.data_folder / STORE_FILE).is_file()]
    if not globs or not files:
        return []
    paths = []
    for file in files:
        with Store.open(file, read_only=True) as store:
            paths += [each.source for each in store.sources()]
    return [glob for glob in globs if not any(fnmatchcase(path, glob) for path in paths)]
