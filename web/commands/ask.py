"""`footnote ask`."""

from pathlib import Path

import click

from qa.cleaning import clean_question
from qa.types import AskOptions
from web.bootstrap import open_answers
from web.commands import options
from web.commands.terminal import say, say_json
from web.rendering.labels import meanings
from web.rendering.plain import plain_reply

_SHARES = "; ".join(f"“{each.words}”, {each.share}" for each in meanings().values())
_CONFIDENCE = (
    "Behind an answer stands how sure it is. Of 100 answers so marked, this many quote the right sentence first, on "
    f"questions like those tested: {_SHARES}."
)


@click.command("ask", epilog=_CONFIDENCE)
@click.argument("question")
@options.asking
@options.as_json
@options.corpus
@options.data
def command(
    question: str,
    top_k: int,
    max_sentences: int,
    sources: tuple[str, ...],
    within: str | None,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Ask one question.

    The answer is sentences of the documents, word for word, with their sources. Where the documents hold no answer, it
    says so and shows the nearest passages; that is no failure (exit code 0; `answered` in the JSON tells).
    """
    asked = clean_question(question)
    settings = options.one_corpus(corpus, data)
    options.bring_up_to_date(settings)
    with open_answers(settings) as service:
        reply = service.ask(asked, options=AskOptions(top_k, max_sentences, sources, within=within))
    if as_json:
        say_json(reply)
    else:
        say(plain_reply(reply).rstrip("\n"))
