"""`footnote sources`."""

from pathlib import Path

import click

from index.store.store import FILE_NAME, Store
from index.unread import told
from web.commands import options
from web.commands.terminal import note, say, say_json, say_table
from web.rendering.plain import printable


@click.command("sources")
@click.option("--verbose", "-v", is_flag=True, help="List the files that were not read, too.")
@options.as_json
@options.corpus
@options.data
def command(verbose: bool, as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """List the documents that are indexed, and say how many files were not read."""
    settings = options.one_corpus(corpus, data)
    with Store.open(settings.data_folder / FILE_NAME, read_only=True) as store:
        sources, unread = store.sources(), store.about.unread()
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
    kept = {file.source for file in unread}
    say(f"{told(sum(each.source not in kept for each in sources), unread)}.")
    for file in unread if verbose else ():
        say(f"  {printable(file.source)}: {printable(file.message)}")
    if unread and not verbose:
        note("`footnote sources --verbose` lists the files that were not read.")
