"""Options that several commands share, and the settings they lead to."""

import logging
import time
from pathlib import Path
from typing import Any, TypeVar

import click

from index.errors import LockedError
from index.sync.lock import is_indexing
from index.sync.report import FileStatus, SyncReport
from index.unread import told
from web.bootstrap import sync_if_possible
from web.commands.terminal import note, sync_progress
from web.observability.logs import log_to_stderr
from web.settings.settings import Loaded, Settings, load

F = TypeVar("F", bound=Any)

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.5
_FOLDER = click.Path(path_type=Path, file_okay=False)

_NAME = "footnote.corpus_name"  # in the context: what --corpus-name gave

corpus_folder = click.option("--corpus", type=_FOLDER, metavar="FOLDER", help="The folder of documents.")
data = click.option("--data", type=_FOLDER, metavar="FOLDER", help="Where the index is kept.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
within = click.option(
    "--in",
    "within",
    metavar="NAME",
    help="Ask only within this folder or saved filter.",
)


def _keep_name(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    ctx.meta[_NAME] = name


# What it gives, `load_settings` heeds by itself.
corpus_named = click.option(
    "--corpus-name", metavar="NAME", help="One of [corpora] in the settings.", expose_value=False, callback=_keep_name
)


def corpus(command: F) -> F:
    """The options of a corpus: its folder, or its name in the settings."""
    return corpus_folder(corpus_named(command))


def asking(command: F) -> F:
    """The options of a question."""
    for option in (
        within,
        click.option("--source", "sources", multiple=True, metavar="GLOB", help="Ask only files whose path fits."),
        click.option("--max-sentences", type=click.IntRange(1, 5), default=5, show_default=True),
        click.option("--top-k", type=click.IntRange(1, 20), default=8, show_default=True, help="Passages to return."),
    ):
        command = option(command)
    return command


def load_settings(**arguments: object) -> Loaded:
    """All settings, with these arguments and the context's corpus over them; starts the log. Raises SettingsError."""
    loaded = load({"default_corpus": corpus_name(), **arguments})
    log_to_stderr(loaded.settings.log_level, loaded.settings.log_format)
    for warning in loaded.warnings:
        tell(loaded.settings, warning)
    return loaded


def corpus_name() -> str | None:
    """What --corpus-name gave."""
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(_NAME) if ctx is not None else None


def one_corpus(folder: Path | None, data: Path | None) -> Settings:
    """The settings of the corpus that is asked: the one that was named, else the default. Raises SettingsError."""
    settings = load_settings(corpus=folder, data=data).settings
    return settings.of_corpus(settings.first_corpus)


def tell(settings: Settings, text: str, level: int = logging.WARNING) -> None:
    """A line about what is going on; where the log is JSON, one of the log's, so that programs can read them all."""
    if settings.log_format == "json":
        _log.log(level, text)
    else:
        note(text)


def bring_up_to_date(settings: Settings) -> None:
    """Index what changed, with a progress bar; where that cannot be done, say why and go on with what is there.

    Where nothing is there yet because another process is at it, wait for that.
    """
    try:
        with sync_progress() as show:
            report, why_not = sync_if_possible(settings, show)
    except LockedError as error:
        tell(settings, f"{error} Waiting for it.")
        while is_indexing(settings.data_folder):
            time.sleep(_POLL_SECONDS)
        bring_up_to_date(settings)
        return
    if why_not:
        tell(settings, why_not)
    if report is not None:
        _warn(settings, report)
        if report.unread:
            tell(settings, f"{told(report.read, report.unread)}. `footnote sources --verbose` lists them.")


def _warn(settings: Settings, report: SyncReport) -> None:
    for warning in report.warnings:
        tell(settings, warning)
    for file in report.files:
        if file.status is FileStatus.FAILED:
            tell(settings, f"{file.source}: {file.message}")
