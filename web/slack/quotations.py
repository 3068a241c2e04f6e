"""The sentences of an answer as quotations, as many as Slack takes, with numbers that lead to the marked words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from qa.types import Citation, ContentBlock, Reply
from web.slack.blocks import LONGEST_TEXT, Block, bullets, line, link, quote, rich_text, words
from web.slack.escaping import fitted
from web.slack.places import Links

MOST_CHIPS = 10
LONGEST_TITLE = 120
_MOST_PARTS = 24  # blocks; what stands above and below them leaves room for more
_ROOM_FOR_REST = 200  # characters of the line that says what is not shown
_PARAGRAPH = 3  # characters between two sentences of one paragraph, at most


def chip(citation: Citation, links: Links) -> Block:
    """The number of a citation, a link to the words."""
    return link(links.to(citation), f"[{citation.number}]")


def quotations(reply: Reply, links: Links, room: int) -> Iterator[Block]:
    """Blocks of at most `room` characters. What finds no place in them is counted, with a link to the whole answer."""
    by_document = reply.coverage == "exhaustive"
    runs = _by_document(reply.content) if by_document else _consecutive(reply.content)
    room -= _ROOM_FOR_REST
    parts = left_out = 0
    for run in runs:
        for some in _portions(run, links):
            size = sum(each.size for each in some) + (LONGEST_TITLE if by_document else 0)
            if left_out or size > room or parts == _MOST_PARTS:
                left_out += len(some)
                continue
            room -= size
            parts += 1
            yield _listed(some, links) if by_document else _joined(some)
    if left_out:
        more = f"{left_out} more {'sentence is' if left_out == 1 else 'sentences are'} in "
        yield rich_text(line(words(more), link(links.to_reply(reply), "the whole answer"), words(".")))


class QuotedSentence(Struct, frozen=True):
    """A sentence of the answer, as it is shown. size: characters."""

    block: ContentBlock
    elements: tuple[Block, ...]
    size: int


def _portions(run: Sequence[ContentBlock], links: Links) -> Iterator[list[QuotedSentence]]:
    """The sentences of a run, as many together as one block takes."""
    some: list[QuotedSentence] = []
    for block in run:
        sentence = _sentence(block, links)
        if some and sum(each.size for each in some) + sentence.size > LONGEST_TEXT - LONGEST_TITLE:
            yield some
            some = []
        some.append(sentence)
    yield some


def _sentence(block: ContentBlock, links: Links) -> QuotedSentence:
    """Its words and its numbers; a sentence that is longer than Slack takes is whole where its number leads."""
    chips = [words(" "), *(chip(each, links) for each in block.citations[:MOST_CHIPS])]
    if block.also:
        chips += [words(" also said in "), *(chip(each, links) for each in block.also[:MOST_CHIPS])]
    elements = (words(fitted(block.text, LONGEST_TEXT - LONGEST_TITLE - _size(chips) - 1)), *chips)
    return QuotedSentence(block, elements, _size(elements))


def _listed(some: Sequence[QuotedSentence], links: Links) -> Block:
    """A document's title and a list."""
    citation = some[0].block.citations[0]
    title = fitted(citation.document_title, LONGEST_TITLE) or citation.source
    return rich_text(line(link(links.to(citation), title)), bullets(*(line(*each.elements) for each in some)))


def _joined(some: Sequence[QuotedSentence]) -> Block:
    """One after another as they stand in the document: what does not go on there begins a line."""
    elements = list(some[0].elements)
    for before, after in pairwise(some):
        elements += [words(" " if _follows(before.block, after.block) else "\n"), *after.elements]
    return rich_text(quote(*elements))


def _consecutive(content: Sequence[ContentBlock]) -> list[list[ContentBlock]]:
    runs: list[list[ContentBlock]] = []
    for block in content:
        if runs and _document(runs[-1][-1]) == _document(block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _by_document(content: Sequence[ContentBlock]) -> list[list[ContentBlock]]:
    runs: dict[str, list[ContentBlock]] = {}
    for block in content:
        runs.setdefault(_document(block), []).append(block)
    return list(runs.values())


def _document(block: ContentBlock) -> str:
    return block.citations[0].document_id


def _follows(before: ContentBlock, after: ContentBlock) -> bool:
    gap = after.citations[0].start_char_index - before.citations[-1].end_char_index
    return 0 <= gap <= _PARAGRAPH


def _size(elements: Sequence[Block]) -> int:
    return sum(len(each["text"]) + 1 for each in elements)
