"""`footnote summarise`."""

from pathlib import Path

import click

from index.errors import InputError, NotFoundError
from qa.collection.choosing import ALL
from qa.summaries.limits import SUMMARY_LIMITS
from qa.use_cases import UseCases
from web.bootstrap import open_answers
from web.commands import options
from web.commands.terminal import say, say_json
from web.rendering.plain import plain_summary


@click.command("summarise")
@click.argument("names", nargs=-1, metavar="[FILE]...")
@click.option(
    "--sentences",
    type=click.IntRange(1, SUMMARY_LIMITS.most_sentences),
    default=SUMMARY_LIMITS.sentences,
    show_default=True,
    metavar="NUMBER",
    help="Longest summary of a document.",
)
@options.within
@options.as_json
@options.corpus
@options.data
def command(
    names: tuple[str, ...],
    sentences: int,
    within: str | None,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Sum up documents, each in sentences of its own.

    FILE is a path below the corpus folder, or a document's id; without any, all documents are summed up, or all within
    a folder or saved filter.
    """
    settings = options.one_corpus(corpus, data)
    options.bring_up_to_date(settings)
    with open_answers(settings) as service:
        summaries = [service.summarise(document_id, sentences) for document_id in _ids(service, names, within)]
    if as_json:
        say_json(summaries)
    else:
        say("\n\n".join(plain_summary(each) for each in summaries))


def _ids(service: UseCases, names: tuple[str, ...], within: str | None) -> list[str]:
    """Raises NotFoundError, CollectionError, and InputError for both of them."""
    if names and within is not None:
        raise InputError("Name files, or a folder or saved filter by --in: not both.")
    if not names:
        held = service.sources() if within in (None, ALL) else service.collection(within).sources
        return [each.document_id for each in held]
    found = [(name, service.find_source(name)) for name in names]
    for name, summary in found:
        if summary is None:
            raise NotFoundError(f"No document {name} is indexed: `footnote sources` lists them.")
    return [summary.document_id for _, summary in found if summary is not None]
