"""`footnote chat`."""

import sys
from pathlib import Path

import click
from msgspec.structs import replace

from index.errors import FootnoteError, InputError
from qa.collection.choosing import ALL
from qa.types import AskOptions, Citation, Reply
from web.backend import Backend, Inquiry
from web.bootstrap import open_answers
from web.commands import options
from web.commands.terminal import note, say
from web.queueing import Worker
from web.rendering.plain import citations_of, plain_reply, printable

_HELP = (
    "Ask a question; /show N shows what source N of the last answer says, /undo asks the last question as it was put, "
    "/in NAME asks a folder or saved filter alone and /in / all, /new starts anew, /quit ends."
)


class _Talk:
    """One conversation, and the last reply in it."""

    def __init__(self, backend: Backend, asking: AskOptions) -> None:
        self._backend = backend
        self._asking = asking
        self._last: Reply | None = None

    def hear(self, line: str) -> str:
        """What to say to a line. Raises FootnoteError."""
        if not line.startswith("/"):
            return self._ask(line)
        match line.split():
            case ["/new"]:
                self._last = None
                return "A new conversation."
            case ["/undo"]:
                return self._undo()
            case ["/in", *_]:
                return self._ask_within(line.removeprefix("/in").strip())
            case ["/show", number]:
                return self._show(number)
            case _:
                return _HELP

    def _ask(self, question: str, asking: AskOptions | None = None) -> str:
        conversation = self._last.conversation_id if self._last else None
        self._last = self._backend.ask(Inquiry(question, "chat", conversation, asking or self._asking)).result()
        return plain_reply(self._last)

    def _undo(self) -> str:
        if self._last is None or self._last.interpreted_as is None:
            raise InputError("The last question was taken as it was put.")
        as_put = replace(self._asking, interpreted_as=self._last.question, replaces=self._last.id)
        return self._ask(self._last.question, as_put)

    def _ask_within(self, name: str) -> str:
        """An unknown name is told with the next question: only then is the index of that moment known."""
        self._asking = replace(self._asking, within=None if name in ("", ALL) else name)
        return "Asking all documents." if self._asking.within is None else f"Asking within {printable(name)}."

    def _show(self, number: str) -> str:
        for citation in citations_of(self._last) if self._last else ():
            if str(citation.number) == number.strip("[]"):
                return _shown(citation)
        raise InputError(f"The last answer has no source {number}.")


def _shown(citation: Citation) -> str:
    spot = f", {citation.spot}" if citation.spot else ""
    where = f"{citation.source}{spot}, characters {citation.start_char_index}-{citation.end_char_index}"
    lines = [printable(line) for line in citation.cited_text.splitlines()]
    return "\n".join([printable(citation.document_title), printable(where), "", *lines])


@click.command("chat")
@options.asking
@options.corpus
@options.data
def command(
    top_k: int,
    max_sentences: int,
    sources: tuple[str, ...],
    within: str | None,
    corpus: Path | None,
    data: Path | None,
) -> None:
    """Ask in a conversation, one question after another."""
    settings = options.one_corpus(corpus, data)
    options.bring_up_to_date(settings)
    backend = Backend.open(lambda: open_answers(settings), Worker(settings.queue))  # the models load while one types
    try:
        _converse(_Talk(backend, AskOptions(top_k, max_sentences, sources, within=within)))
    finally:
        backend.close()


def _converse(talk: _Talk) -> None:
    interactive = sys.stdin.isatty()
    if interactive:
        note(_HELP)
    while (line := _next_line(interactive)) not in (None, "/quit", "/exit"):
        if not line:
            continue
        try:
            say(talk.hear(line))
        except FootnoteError as error:
            note(str(error))


def _next_line(interactive: bool) -> str | None:
    """The next line, stripped; None at the end of the input."""
    if not interactive:
        line = sys.stdin.readline()
        return line.strip() if line else None
    try:
        return input("> ").strip()
    except EOFError:
        return None
