"""What stands around the words an answer cites, and what came nearest where there is no answer, as messages."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.errors import NotFoundError
from index.sentences.markup import display
from index.types import Document
from qa.types import Citation, Reply
from qa.use_cases import ReadsDocuments
from web.rendering.plain import NEAREST, NOTHING, citations_of
from web.slack.blocks import LONGEST_TEXT, Block, Message, line, link, quote, rich_text, section, words
from web.slack.escaping import escaped, fitted
from web.slack.places import Links

_MOST_SHOWN = 4  # passages; with their titles they stay below what Slack takes of a message
_LONGEST_PASSAGE = LONGEST_TEXT - 500
_LONGEST_TITLE = 120
_CHANGED = "The documents have changed since this was answered: ask again to see them as they are."


class Around(Struct, frozen=True):
    """Passages of a document that hold what is cited, with those before and after them: `text[start:end]`."""

    document: Document
    cited: tuple[Citation, ...]
    start: int
    end: int


def surroundings(reply: Reply, documents: ReadsDocuments) -> tuple[Around, ...]:
    """Of each citation whose document is as it was, in the order of the numbers."""
    found: dict[tuple[str, int, int], list[Citation]] = {}
    for citation in citations_of(reply):
        try:
            document = documents.document(citation.document_id)
        except NotFoundError:
            continue
        if document.content_sha256 == citation.content_sha256:
            start, end = _reach(documents, citation)
            found.setdefault((citation.document_id, start, end), []).append(citation)
    return tuple(
        Around(documents.document(document_id), tuple(cited), start, end)
        for (document_id, start, end), cited in found.items()
    )


def context_message(around: Sequence[Around], links: Links) -> Message:
    """The neighbouring passages, the cited words in bold."""
    if not around:
        return Message(_CHANGED)
    blocks = [block for each in around[:_MOST_SHOWN] for block in _told(each, links)]
    if len(around) > _MOST_SHOWN:
        blocks.append(section(f"{len(around) - _MOST_SHOWN} more are behind the numbers of the answer."))
    return Message("What stands around the words that the answer cites.", tuple(blocks))


def nearest_message(reply: Reply, links: Links) -> Message:
    """The passages that came nearest to the question."""
    if not reply.passages:
        return Message(NOTHING)
    blocks = [section(NEAREST)]
    for passage in reply.passages[:_MOST_SHOWN]:
        title = fitted(passage.document_title or passage.source, _LONGEST_TITLE)
        where = f" · {fitted(passage.source, _LONGEST_TITLE)}, characters "
        where += f"{passage.start_char_index}–{passage.end_char_index}"
        shown = fitted(passage.display or display(passage.text), _LONGEST_PASSAGE)
        blocks.append(rich_text(line(link(links.to(passage), title), words(where)), quote(words(shown or "…"))))
    return Message(escaped(NEAREST), tuple(blocks))


def _reach(documents: ReadsDocuments, citation: Citation) -> tuple[int, int]:
    """From the beginning of the passage before the cited words to the end of the one after."""
    passages = documents.document_passages(citation.document_id)
    start, end = citation.start_char_index, citation.end_char_index
    holding = [at for at, each in enumerate(passages) if each.start < end and start < each.end]
    if not holding:
        return start, end
    first, last = passages[max(holding[0] - 1, 0)], passages[min(holding[-1] + 1, len(passages) - 1)]
    return min(first.start, start), max(last.end, end)


def _told(around: Around, links: Links) -> Iterator[Block]:
    first = around.cited[0]
    numbers = " ".join(f"[{each.number}]" for each in around.cited)
    title = fitted(first.document_title or first.source, _LONGEST_TITLE)
    yield rich_text(line(words(f"{numbers} "), link(links.to(first), title)), quote(*_marked(around)))


def _marked(around: Around) -> Iterator[Block]:
    """The text in one line, cited ranges in bold. Where it is too long, what is farthest from them goes."""
    ranges = [(each.start_char_index, each.end_char_index) for each in around.cited]
    start, end = _narrowed(around.start, around.end, min(ranges)[0], max(each for _, each in ranges))
    text, at = around.document.text, start
    yield from [words("… ")] if start > around.start else []
    for begin, stop in sorted(ranges):
        yield from _shown(text[at : max(begin, at)], bold=False)
        yield from _shown(text[max(begin, at) : min(stop, end)], bold=True)
        at = max(at, min(stop, end))
    yield from _shown(text[at:end], bold=False)
    yield from [words(" …")] if end < around.end else []


def _narrowed(start: int, end: int, first: int, last: int) -> tuple[int, int]:
    spare = _LONGEST_PASSAGE - (last - first)
    if end - start <= _LONGEST_PASSAGE:
        return start, end
    if spare <= 0:
        return first, first + _LONGEST_PASSAGE
    return max(start, first - spare // 2), min(end, last + spare // 2)


def _shown(text: str, *, bold: bool) -> Iterator[Block]:
    if shown := display(text):
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        yield words(f"{before}{shown}{after}", bold=bold)
