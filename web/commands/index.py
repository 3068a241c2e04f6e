"""`footnote index`."""

from pathlib import Path

import click

from index.errors import InputError
from index.sync.report import FileReport, FileStatus, SyncReport
from web.bootstrap import sync_corpus
from web.commands import options
from web.commands.terminal import note, say, say_json, say_table, sync_progress
from web.settings.settings import Settings


@click.command("index")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(path_type=Path, file_okay=False))
@options.as_json
@options.data
@click.pass_context
def command(ctx: click.Context, folders: tuple[Path, ...], as_json: bool, data: Path | None) -> None:
    """Bring the index up to date, and report on every file.

    Only what was added, changed, renamed or removed since the last time is worked on. Several folders make several
    indexes, each in the `.footnote` beside its folder. Exit code 1 if a file could not be read.
    """
    each = [options.load_settings(corpus=folder, data=data).settings for folder in folders or (None,)]
    _check_apart(each)
    reports = []
    for settings in each:
        with sync_progress() as show:
            reports.append(sync_corpus(settings, show))
        if not as_json:
            _show(settings, reports[-1])
    if as_json:
        say_json(reports[0] if len(reports) == 1 else reports)
    ctx.exit(int(any(report.count(FileStatus.FAILED) for report in reports)))


def _check_apart(each: list[Settings]) -> None:
    """Raises InputError where one folder's index would overwrite another's."""
    seen: dict[Path, Path] = {}
    for settings in each:
        data = settings.data_folder.resolve()
        if data in seen and seen[data] != settings.corpus.resolve():
            raise InputError(
                f"{seen[data]} and {settings.corpus} would share the data folder {data}: index them one by one with "
                "--data, or put them into one folder."
            )
        seen[data] = settings.corpus.resolve()


def _show(settings: Settings, report: SyncReport) -> None:
    columns = ["File", "FileStatus", "Blocks", "Sentences", "Passages", "Left out (characters)", "Notes"]
    say_table(columns, [_row(file) for file in report.files], title=str(settings.corpus))
    left = _counts(report.left_out, separator=", ") or "nothing"
    say(f"{report.documents} documents, {report.passages} passages ({report.embedded} embedded now) in "
        f"{settings.data_folder}. Left out, in characters: {left}.")  # fmt: skip
    for warning in report.warnings:
        note(warning)


def _row(file: FileReport) -> list[str]:
    notes = [file.message, f"was {file.was}" if file.was else "", *file.warnings]
    return [
        file.source,
        file.status.value,
        _counts(file.blocks),
        str(file.sentences),
        str(file.passages),
        _counts(file.left_out),
        "\n".join(filter(None, notes)),
    ]


def _counts(counts: dict[str, int], separator: str = "\n") -> str:
    return separator.join(f"{number} {name}" for name, number in counts.items())
