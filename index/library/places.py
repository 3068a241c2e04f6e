"""Where in the corpus folder a document may lie, so that it is read there."""

from pathlib import Path

from index.errors import InputError
from index.readers.detection import detect
from index.sync.ignoring import Ignoring


def check_place(corpus: Path, data_folder: Path, source: str, head: bytes) -> None:
    """Raises InputError for a path below the corpus folder, of clean names, at which a file that begins with `head`
    would not be read."""
    kept_out = data_folder.resolve()
    here, rules, where = "", Ignoring().within(corpus, ""), corpus
    *folders, _ = source.split("/")
    for folder in folders:
        where = where / folder
        here = f"{here}/{folder}" if here else folder
        if where.is_symlink():
            raise InputError(f"{here} is a link, which is not followed.")
        if where.resolve() == kept_out:
            raise InputError(f"{here} is the data folder, where no documents are.")
        if where.exists() and not where.is_dir():
            raise InputError(f"{here} is a file, and no folder.")
        if why := rules.why(here, is_folder=True):
            raise InputError(f"It would not be read: {why}.")
        rules = rules.within(where, here)
    if why := rules.why(source):
        raise InputError(f"It would not be read: {why}.")
    if why := detect(head, source).reason:
        raise InputError(f"It would not be read: {why}.")
