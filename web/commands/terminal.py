"""What commands print with: rich on a terminal, plain lines elsewhere. Answers go to stdout, the rest to stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from index.sync.progress import SyncProgress
from web.rendering.plain import printable

_PLAIN_WIDTH = 160


def say(text: str) -> None:
    """A line of the answer."""
    click.echo(text)


def note(text: str) -> None:
    """A line about what is going on."""
    click.echo(text, err=True)


def say_json(value: object) -> None:
    """Indented JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def say_table(columns: list[str], rows: list[list[str]], title: str | None = None) -> None:
    """A table. Cells are shown without control characters, line by line."""
    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False)
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("\n".join(printable(line) for line in cell.split("\n")) for cell in row))
    console.print(table)


@contextmanager
def progress_bar(label: str, unit: str) -> Iterator[Callable[[int, int, str], None]]:
    """Gives a function of (done, of how many, what else to say). Shows nothing where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[more]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None, unit=unit, more="")
        yield lambda done, total, more: bar.update(task, completed=done, total=total, more=printable(more))


@contextmanager
def sync_progress() -> Iterator[Callable[[SyncProgress], None]]:
    """A progress bar for indexing."""
    with progress_bar("Indexing", "files") as show:
        yield lambda at: show(
            at.files_done, at.files, at.source or (f"{at.embedded} passages embedded" * bool(at.embedded))
        )
