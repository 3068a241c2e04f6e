"""The sentences of an answer as quotations, as many as Slack takes, with numbers that lead to the marked words."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from qa.structure import Section, plain_lines, section_of, sections
from qa.types import Citation, ContentBlock, Entry, Reply
from web.slack.blocks import LONGEST_TEXT, Block, bullets, line, link, preformatted, quote, rich_text, words
from web.slack.escaping import CUT, fitted
from web.slack.places import Links

MOST_CHIPS = 10
LONGEST_TITLE = 120
_LONGEST = LONGEST_TEXT - LONGEST_TITLE
_LONGEST_LEAD, _LONGEST_LABEL = 600, 120
_INDENT = "\u2003"
_STRUCK = re.compile(r"~~([^~]+)~~")
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
    """A sentence of the answer, as it is shown, or what is shown in its place. size: characters. code: what stands
    below the elements. is_apart: begins a line, and what follows it does, too."""

    block: ContentBlock
    elements: tuple[Block, ...]
    size: int
    code: str = ""
    is_apart: bool = False


def _portions(run: Sequence[ContentBlock], links: Links) -> Iterator[list[QuotedSentence]]:
    """The sentences of a run, as many together as one block takes, each with what it is about where that is told."""
    some: list[QuotedSentence] = []
    for block, goes_on in _of_sections(run):
        sentence = _about(_shown(block, links, with_lead=not goes_on))
        if some and sum(each.size for each in some) + sentence.size > _LONGEST:
            yield some
            some = []
        some.append(sentence)
    yield some


def _about(sentence: QuotedSentence) -> QuotedSentence:
    if not sentence.block.about:
        return sentence
    about = (words(f"{fitted(sentence.block.about, _LONGEST_LABEL)}:", bold=True), words(" "))
    size = sentence.size + _size(about)
    return replace(sentence, elements=(*about, *sentence.elements), size=size, is_apart=True)


def _of_sections(run: Sequence[ContentBlock]) -> Iterator[tuple[ContentBlock, bool]]:
    """Each block, and whether it goes on with the list, table or records that the one before is of."""
    for section in sections(run):
        yield from ((block, at > 0) for at, block in enumerate(section.blocks))


def _shown(block: ContentBlock, links: Links, *, with_lead: bool) -> QuotedSentence:
    section = section_of(block)
    if section.kind == "sentence":
        return _sentence(block, links)
    if section.kind == "code":
        return _code(section, links)
    return _lines(section, links, with_lead=with_lead)


def _sentence(block: ContentBlock, links: Links) -> QuotedSentence:
    """Its words and its numbers; a sentence that is longer than Slack takes is whole where its number leads."""
    chips = _chips(block.citations, block.also, links)
    elements = (*_words(fitted(block.text, _LONGEST - _size(chips) - 1)), *chips)
    return QuotedSentence(block, elements, _size(elements))


def _code(section: Section, links: Links) -> QuotedSentence:
    """What announces it with its numbers, and the code below it."""
    block = section.blocks[0]
    chips = _chips(block.citations, block.also, links)
    lead = _words(fitted(section.lead, _LONGEST_LEAD)) if section.lead else ()
    elements = (*lead, *(chips if lead else chips[1:]))
    room = _LONGEST - _size(elements) - 1
    code = plain_lines(section.code)
    code = code if len(code) <= room else code[: room - len(CUT)].rstrip() + CUT
    return QuotedSentence(block, elements, _size(elements) + len(code) + 1, code, is_apart=True)


def _lines(section: Section, links: Links, *, with_lead: bool) -> QuotedSentence:
    """An item, or a value with its column's name or key, a line. Those for which there is no room are counted."""
    block = section.blocks[0]
    elements: list[Block] = []
    before: tuple[Citation, ...] = ()
    if section.lead and with_lead:
        elements = [*_words(fitted(section.lead, _LONGEST_LEAD)), *_chips(section.lead_citations, (), links)]
    else:
        before = section.lead_citations
    room = _LONGEST - _size(elements) - _ROOM_FOR_REST
    for number, part in enumerate(section.lines):
        made = [each for entry in part.entries for each in _entry(section, entry)]
        made += _chips((*before, *part.citations), part.also, links)
        if _size(made) > room and number == 0:
            return _sentence(block, links)
        if _size(made) > room:
            elements.append(words(f"\n{CUT.strip()} and {len(section.lines) - number} more"))
            break
        room -= _size(made)
        before = ()
        elements += made
    if with_lead or section.kind != "row":  # between two rows a line stays empty
        elements = _without_break(elements)
    return QuotedSentence(block, tuple(elements), _size(elements), is_apart=True)


def _without_break(elements: list[Block]) -> list[Block]:
    """Without a line break at the beginning."""
    first = elements[0]["text"].removeprefix("\n")
    return [{**elements[0], "text": first}, *elements[1:]] if first else elements[1:]


def _entry(section: Section, entry: Entry) -> Iterator[Block]:
    """A line: a marker or a name, and the words."""
    label = fitted(entry.label, _LONGEST_LABEL)
    if section.kind == "list":
        yield words(f"\n{_INDENT * entry.depth}{label or '•'} ")
    else:
        yield words("\n")
        yield from (words(f"{label}:", bold=True), words(" ")) if label else ()
    yield from _words(fitted(entry.text, _LONGEST))


def _words(text: str) -> tuple[Block, ...]:
    """What the document has struck out is shown struck."""
    parts = _STRUCK.split(text)
    return tuple(words(part, struck=at % 2 == 1) for at, part in enumerate(parts) if part) or (words(text),)


def _chips(citations: Sequence[Citation], also: Sequence[Citation], links: Links) -> list[Block]:
    if not citations and not also:
        return []
    chips = [words(" "), *(chip(each, links) for each in citations[:MOST_CHIPS])]
    if also:
        chips += [words(" also said in "), *(chip(each, links) for each in also[:MOST_CHIPS])]
    return chips


def _listed(some: Sequence[QuotedSentence], links: Links) -> Block:
    """A document's title and a list."""
    citation = some[0].block.citations[0]
    title = fitted(citation.document_title, LONGEST_TITLE) or citation.source
    return rich_text(line(link(links.to(citation), title)), bullets(*(line(*each.elements) for each in some)))


def _joined(some: Sequence[QuotedSentence]) -> Block:
    """One after another as they stand in the document: what does not go on there begins a line. Code stands apart."""
    parts: list[Block] = []
    elements: list[Block] = []
    before: QuotedSentence | None = None
    for each in some:
        if elements and before is not None:
            goes_on = not (before.is_apart or each.is_apart) and _follows(before.block, each.block)
            elements.append(words(" " if goes_on else "\n"))
        elements += each.elements
        before = each
        if each.code:
            parts += [quote(*elements), preformatted(each.code)]
            elements = []
    return rich_text(*parts, *([quote(*elements)] if elements else []))


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
