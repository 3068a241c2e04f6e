"""What commands print with: rich on a terminal, plain lines elsewhere. Answers go to stdout, the rest to stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from index.sync.progress import Pacing, SyncProgress, told
from web.rendering.plain import printable

_PLAIN_WIDTH = 160
_LINE_SECONDS = 10.0  # between two lines on how far it is, by hand


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
    """How far indexing is, with rates and the time left: a bar on a terminal, a line now and then without one."""
    pacing, last = Pacing(), time.monotonic()
    is_terminal = Console(stderr=True).is_terminal

    def show(at: SyncProgress) -> None:
        nonlocal last
        pace = pacing.heard(at)
        if is_terminal:
            bar(at.bytes_done, at.bytes or None, f"{told(at, pace)}  {at.source}")
        elif at.bytes and time.monotonic() - last > _LINE_SECONDS:
            last = time.monotonic()
            note(f"Indexing: {told(at, pace)}")

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[more]}", markup=False))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not is_terminal) as progress:
        task = progress.add_task("Indexing", total=None, more="")

        def bar(done: int, total: int | None, more: str) -> None:
            progress.update(task, completed=done, total=total, more=printable(more))

        yield show
