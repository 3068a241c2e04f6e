"""`footnote sources`."""

from pathlib import Path

import click

from index.store.store import FILE_NAME, Store
from web.commands import options
from web.commands.terminal import say_json, say_table


@click.command("sources")
@options.as_json
@options.corpus
@options.data
def command(as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """List the documents that are indexed."""
    settings = options.load_settings(corpus=corpus, data=data).settings
    with Store.open(settings.data_folder / FILE_NAME, read_only=True) as store:
        sources = store.sources()
    if as_json:
        say_json(sources)
        return
    columns = ["File", "Title", "Author", "Date", "Characters", "Passages", "Id"]
    rows = []
    for each in sources:
        stated = [each.metadata.author, each.metadata.date]
        said = [field.value if field else "" for field in stated]
        rows.append([each.source, each.title, *said, str(each.characters), str(each.passages), each.document_id])
    say_table(columns, rows)
