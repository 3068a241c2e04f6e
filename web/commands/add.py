"""`footnote add`."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from index.errors import InputError, NotFoundError
from index.library.library import Library, Uploaded, UploadStatus
from index.store.store import FILE_NAME, Store
from web.commands import options
from web.commands.terminal import say_json, say_table
from web.settings.settings import Settings

_CHUNK = 1_000_000  # bytes copied at a time


@click.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True))
@click.option("--to", "folder", default="", metavar="FOLDER", help="Where they are put, below the folder of documents.")
@click.option("--replace", is_flag=True, help="Replace a file of the same name; else the new one gets a number.")
@options.as_json
@options.corpus
@options.data
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    folder: str,
    replace: bool,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Copy files into the folder of documents, and index them.

    A folder is copied with what is in it. Nothing is overwritten, and what is there already in the same bytes is not
    copied again. Exit code 1 if a file was refused.
    """
    settings = options.one_corpus(corpus, data)
    library = Library(settings.corpus, settings.data_folder)
    known = _known(settings)
    report = [_added(library, path, _joined(folder, below), replace, known) for path, below in _files(files, settings)]
    if as_json:
        say_json(report)
    else:
        say_table(
            ["File", "Status", "Now at", "Reason"], [[f.name, f.status.value, f.source, f.reason] for f in report]
        )
    if any(file.status in (UploadStatus.ADDED, UploadStatus.REPLACED) for file in report):
        options.bring_up_to_date(settings)
    ctx.exit(int(any(file.status is UploadStatus.REFUSED for file in report)))


def _files(given: tuple[Path, ...], settings: Settings) -> Iterator[tuple[Path, str]]:
    """Each file, and the folder below the one that was given in which it lies. Hidden ones in folders are left out."""
    inside = settings.corpus.resolve()
    for path in given:
        if path.resolve().is_relative_to(inside):
            raise InputError(f"{path} is in the folder of documents already.")
        if not path.is_dir():
            yield path, ""
            continue
        if inside.is_relative_to(path.resolve()):
            raise InputError(f"{path} holds the folder of documents itself.")
        for name, folders, files in os.walk(path):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            below = Path(path.resolve().name, Path(name).relative_to(path)).as_posix()
            yield from ((Path(name, file), below) for file in sorted(files) if not file.startswith("."))


def _joined(folder: str, below: str) -> str:
    return f"{folder}/{below}" if folder and below else folder or below


def _known(settings: Settings) -> dict[str, list[str]]:
    """Paths of the documents that are indexed, by SHA-256."""
    known: dict[str, list[str]] = {}
    try:
        with Store.open(settings.data_folder / FILE_NAME, read_only=True) as store:
            for each in store.sources():
                known.setdefault(each.content_sha256, []).append(each.source)
    except NotFoundError:
        pass  # nothing is indexed yet
    return known


def _added(library: Library, path: Path, folder: str, replace: bool, known: dict[str, list[str]]) -> Uploaded:
    try:
        with path.open("rb") as stream, library.begin() as draft:
            while content := stream.read(_CHUNK):
                draft.write(content)
            done = library.place(draft, path.name, folder, replace=replace, known=known.get(draft.sha256, ()))
    except InputError as error:
        return Uploaded(str(path), UploadStatus.REFUSED, reason=str(error))
    except OSError as error:
        return Uploaded(str(path), UploadStatus.REFUSED, reason=f"It cannot be read ({error.strerror}).")
    return Uploaded(str(path), done.status, done.source, done.reason)
