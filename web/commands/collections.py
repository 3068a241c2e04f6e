"""`footnote collections`."""

from pathlib import Path

import click

from index.store.store import FILE_NAME, Store
from qa.collection.choosing import FilterEntry, collection_list
from qa.collection.folders import DocumentFolder
from qa.collection.saved import SavedFilters
from web.commands import options
from web.commands.terminal import note, say_json, say_table


@click.command("collections")
@options.as_json
@options.corpus
@options.data
def command(as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """List the folders and saved filters that can be asked within.

    Filters are saved on the page, or over the API.
    """
    settings = options.one_corpus(corpus, data)
    with Store.open(settings.data_folder / FILE_NAME, read_only=True) as store:
        sources = store.sources()
    listed = collection_list(sources, SavedFilters(settings.data_folder).all(), is_part=False)
    if as_json:
        say_json(listed)
        return
    rows = [_row(each.name, "filter", each) for each in listed.filters]
    rows += [_row(each.path, "folder", each) for each in listed.folders]
    if rows:
        say_table(["Name", "Kind", "Documents", "Characters", "Newest"], rows)
    else:
        note("There are no folders and no saved filters: all documents lie side by side.")


def _row(name: str, kind: str, held: FilterEntry | DocumentFolder) -> list[str]:
    return [name, kind, f"{held.documents:,}", f"{held.characters:,}", held.newest or ""]
