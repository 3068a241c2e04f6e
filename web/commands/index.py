"""`footnote index`."""

from pathlib import Path

import click

from index.errors import FootnoteError, InputError
from index.sync.report import FileReport, FileStatus, SyncReport
from index.unread import told
from web.bootstrap import sync_corpus
from web.commands import options
from web.commands.terminal import note, say, say_json, say_table, sync_progress
from web.settings.settings import Settings

_MOST_FAILED = 10  # named in the summary, by hand


@click.command("index")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(path_type=Path, file_okay=False))
@click.option("--verbose", "-v", is_flag=True, help="List every file and what became of it.")
@click.option("--remove-all", is_flag=True, help="Remove what is gone, also where that is more than half.")
@options.as_json
@options.corpus_named
@options.data
@click.pass_context
def command(
    ctx: click.Context, folders: tuple[Path, ...], verbose: bool, remove_all: bool, as_json: bool, data: Path | None
) -> None:
    """Bring the index up to date, and say what was read and what was not.

    Only what was added, changed, renamed or removed since the last time is worked on. Several folders make several
    indexes, each in the `.footnote` beside its folder; without any, all of [corpora] are indexed. Exit code 1 if a file
    could not be read, if none could, or if more than half of the documents are gone from the folder and kept for that.
    """
    each = [settings for folder in folders or (None,) for settings in _settings(folder, data)]
    _check_apart(each)
    reports, failures = [], []
    for settings in each:
        try:
            with sync_progress() as show:
                reports.append(sync_corpus(settings, show, remove_all=remove_all))
        except FootnoteError as error:  # of several, the others are indexed all the same
            failures.append(error)
            if len(each) > 1:
                note(f"{settings.corpus}: {error}")
            continue
        if not as_json:
            _show(settings, reports[-1], verbose)
    if failures and len(each) == 1:
        raise failures[0]
    if as_json:
        say_json(reports[0] if len(each) == 1 else reports)
    ctx.exit(int(bool(failures) or any(_is_wanting(report) for report in reports)))


def _settings(folder: Path | None, data: Path | None) -> list[Settings]:
    """Of the folder; where none is given, of the corpus that is named, else of each there is."""
    settings = options.load_settings(corpus=folder, data=data).settings
    names = [settings.first_corpus] if options.corpus_name() or not settings.corpora else list(settings.corpora)
    return [settings.of_corpus(name) for name in names]


def _is_wanting(report: SyncReport) -> bool:
    return bool(report.count(FileStatus.FAILED) or report.count(FileStatus.MISSING) or not report.documents)


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


def _show(settings: Settings, report: SyncReport, verbose: bool) -> None:
    if verbose:
        columns = ["File", "FileStatus", "Blocks", "Sentences", "Passages", "Left out (characters)", "Notes"]
        say_table(columns, [_row(file) for file in report.files], title=str(settings.corpus))
    say(f"{settings.corpus}: {told(report.read, report.unread)}.")
    counts = _counts(report.counts, separator=", ") or "no files"
    left = _counts(report.left_out, separator=", ") or "nothing"
    say(f"{counts}. {report.documents} documents, {report.passages} passages ({report.embedded} embedded now) in "
        f"{settings.data_folder}. Left out, in characters: {left}.")  # fmt: skip
    failed = [file for file in report.files if file.status is FileStatus.FAILED]
    for file in failed[:_MOST_FAILED]:
        note(f"{file.source}: {file.message}")
    if not verbose and (report.unread or report.left_out):
        note("`footnote index --verbose` lists every file, and why it was not read.")
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
