"""A reply as the text of a chat message, in Markdown, and back again.

What documents say is shown as its own characters: nothing of it becomes a link, a picture, a heading or HTML.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from qa.structure import Markdown, Section, plain_lines, sections
from qa.types import VERDICT_WORDS, AnswerGroup, Citation, ContentBlock, LeftOutMatch, Reply
from web.rendering.helping import INSTEAD, is_language_note, lacking
from web.rendering.labels import meanings
from web.rendering.plain import LEFT_OUT, citations_of, counted, has_headline, printable, stands_by_document
from web.rendering.unread import ABSTAINED, GOING_ON, STILL_READ, abstained, going_on, unread
from web.rendering.within import ASKED_WITHIN, told_within

_INTERPRETED = "Interpreted as: "
_FOLLOWING = "Following up on: "
_DIFFER = "Sources differ:"
_SOURCES = "Sources:"
_PARAGRAPH = "\n\n"
_BESIDE = (f"{_DIFFER}\n", GOING_ON, ASKED_WITHIN, *(f"{each.words} (" for each in meanings().values()))
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
# Few characters, since a message is read as it is, too: marks that are not ours, links, HTML, code, escapes.
_MARKUP = re.compile(rf"\\(?={_PUNCTUATION}|\Z)|\[(?=\d{{1,4}}\])|\](?=\()|<(?=[A-Za-z/!?])|`")
_AT_THE_START = re.compile(r"\A(\d{0,9})([#*+._)-](?=[ #]|\Z)|>|\*\*|[_~=-]{3}|\[(?=[^\]]*\]:))")
_ESCAPED = re.compile(rf"\\({_PUNCTUATION})")
_MARKS = re.compile(r" (?:\[\d{1,4}\])+(?: \(also said in (?:\[\d{1,4}\])+\))?")
_BREAK = "  \n"  # within a paragraph
_ABOUT = re.compile(r"\A\*\*[^*\n]+:\*\* ")
_SHORT = re.compile(r"\*\*(.+)\*\*(?: \[\d{1,4}\])?")


class Mark(Struct, frozen=True):
    """Where a piece of text cites: its `[start:end)` is the mark, in code points."""

    citation: Citation
    start: int
    end: int


class Piece(Struct, frozen=True):
    """What is said whole or not at all. before: what separates it from what was said before it."""

    text: str
    marks: tuple[Mark, ...] = ()
    before: str = _PARAGRAPH


class ParsedMessage(Struct, frozen=True):
    """What a message of ours told. text: the answer's words without marks and sources; empty for an abstention."""

    interpreted_as: str | None
    text: str
    following_up_on: str | None = None


def opening(interpreted_as: str | None, following_up_on: str | None = None) -> Iterator[Piece]:
    """What can be said before there is an answer."""
    if following_up_on:
        yield Piece(_FOLLOWING + inert(following_up_on))
    elif interpreted_as:
        yield Piece(_INTERPRETED + inert(interpreted_as))


def _left_out_link(place: LeftOutMatch, page_url: str) -> str:
    return f"[{inert(place.source)}]({page_url}{place.url})"


def pieces(reply: Reply, page_url: str) -> Iterator[Piece]:
    """What is said after the opening. page_url: what links begin with."""
    if reply.within and reply.kind != "courtesy":
        yield Piece(f"{inert(told_within(reply.within))}.")
    if reply.message:
        yield Piece(inert(reply.message))
    if reply.count:
        yield Piece(inert(counted(reply.count)))
    if not reply.answered:
        yield from _unanswered(reply, page_url)
        return
    if reply.verdict:
        yield Piece(_bold(VERDICT_WORDS[reply.verdict]))
    if reply.answer and has_headline(reply):
        yield Piece(f"{_bold(reply.answer.text)} [{reply.answer.citation}]")
    if reply.disagreement:
        titles = {each.number: inert(each.document_title) for each in citations_of(reply)}
        yield Piece("\n".join([_DIFFER, *(_side(group, titles) for group in reply.groups)]))
    yield from _by_document(reply.content) if stands_by_document(reply) else _in_a_row(reply.content)
    yield from map(Piece, going_on(reply))
    if reply.kind == "answer":
        yield Piece(f"{meanings()[reply.confidence_label].words} ({reply.confidence:.0%}).")
    yield Piece("\n".join([_SOURCES, *(_source(each, page_url) for each in citations_of(reply))]))


def _unanswered(reply: Reply, page_url: str) -> Iterator[Piece]:
    if not reply.count and reply.kind == "answer":  # which says it better
        yield Piece(" ".join(map(inert, (abstained(reply), *lacking(reply)))))
    for line in unread(reply):
        yield Piece(inert(line))
    if reply.left_out:
        places = ", ".join(_left_out_link(each, page_url) for each in reply.left_out)
        yield Piece(f"{LEFT_OUT} {places}")
    if reply.suggestions and not reply.count:
        yield Piece("\n".join([INSTEAD, *(f"- {inert(each)}" for each in reply.suggestions)]))


def inert(text: str) -> str:
    """Markdown that shows the text in one line, and in which nothing of it is markup that loads, links or opens."""
    return _AT_THE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", printable(text)))


_MARKDOWN = Markdown(inert, plain_lines)


def parse_message(content: str) -> ParsedMessage:
    """What a message of ours said, for the questions after it; of another's message, all of it."""
    paragraphs = content.replace("\r\n", "\n").split(_PARAGRAPH)
    interpreted_as = following = None
    if paragraphs[0].startswith(_FOLLOWING):
        following = _unescaped(paragraphs.pop(0).removeprefix(_FOLLOWING))
    elif paragraphs[0].startswith(_INTERPRETED):
        interpreted_as = _unescaped(paragraphs.pop(0).removeprefix(_INTERPRETED))
    said = [_MARKS.sub("", each) for each in _without_sources(paragraphs) if not _is_beside_the_answer(each)]
    text = " ".join(_unescaped(_ABOUT.sub("", each)) for each in said)
    abstains = text.strip().startswith((ABSTAINED, STILL_READ))
    return ParsedMessage(interpreted_as, "" if abstains else text.strip(), following)


def _without_sources(paragraphs: list[str]) -> list[str]:
    listed = [number for number, each in enumerate(paragraphs) if each.startswith(f"{_SOURCES}\n- [")]
    return paragraphs[: listed[-1]] if listed else paragraphs


def _is_beside_the_answer(paragraph: str) -> bool:
    """Whether it says again, or how sure it is, what the sentences say."""
    beside = paragraph.startswith(_BESIDE) or is_language_note(paragraph)
    return beside or _SHORT.fullmatch(paragraph) is not None


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _bold(text: str) -> str:
    plain = inert(text).replace("*", "\\*")
    return f"**{plain}**"


def _side(group: AnswerGroup, titles: dict[int, str]) -> str:
    given = (f"[{each.citation}] {titles[each.citation]} ({inert(each.date or 'no date')})" for each in group.mentions)
    return f"- {_bold(group.text)}: {'; '.join(given)}"


def _in_a_row(content: Iterable[ContentBlock]) -> Iterator[Piece]:
    before = _PARAGRAPH
    for section in sections(content):
        about = section.blocks[0].about
        if about:
            before = _PARAGRAPH
        if section.kind == "sentence":
            yield _sentence(section.blocks[0], f"{_bold(about + ':')} " if about else "", before)
            before = _PARAGRAPH if about else " "
        else:
            if about:
                yield Piece(_bold(f"{about}:"))
            yield from _structured(section)
            before = _PARAGRAPH


def _structured(section: Section) -> Iterator[Piece]:
    """The lead-in, then item by item or row by row."""
    if section.lead:
        yield _marked(inert(section.lead), section.lead_citations)
    if section.kind == "code":
        last = section.blocks[0]
        yield _marked(f"{_MARKDOWN.fenced(section.code)}\n", last.citations[-1:], last.also, gap="")
    elif section.kind == "list":
        before = _PARAGRAPH
        for text, line in zip(_MARKDOWN.items(section.lines), section.lines, strict=True):
            yield _marked(text, line.citations, line.also, before)
            before = "\n"
    elif section.kind == "row" and len(section.lines) > 1:
        head, before = f"{_MARKDOWN.head(section.columns)}\n", _PARAGRAPH
        for line in section.lines:
            row = _MARKDOWN.row(section.columns, line, "").removesuffix("|")
            piece = _marked(head + row, line.citations, line.also, before, gap="")
            yield replace(piece, text=f"{piece.text} |")
            head, before = "", "\n"
    else:
        before = _PARAGRAPH
        for line in section.lines:
            yield _marked(_BREAK.join(map(_MARKDOWN.named, line.entries)), line.citations, line.also, before)
            before = _BREAK


def _by_document(content: Iterable[ContentBlock]) -> Iterator[Piece]:
    documents: dict[str, list[ContentBlock]] = {}
    for block in content:
        documents.setdefault(block.citations[0].document_id, []).append(block)
    for blocks in documents.values():
        first = blocks[0].citations[0]
        head, before = f"{inert(first.document_title)} ({inert(first.source)}):\n", _PARAGRAPH
        for block in blocks:
            yield _sentence(block, f"{head}- ", before)
            head, before = "", "\n"


def _sentence(block: ContentBlock, head: str, before: str) -> Piece:
    """A sentence with the marks of its citations behind it."""
    return _marked(f"{head}{inert(block.text)}", block.citations, block.also, before)


def _marked(
    text: str,
    citations: Iterable[Citation],
    also: Iterable[Citation] = (),
    before: str = _PARAGRAPH,
    gap: str = " ",
) -> Piece:
    marks = []
    for cited, opened, closed in ((tuple(citations), gap, ""), (tuple(also), " (also said in ", ")")):
        text += opened if cited else ""
        for each in cited:
            mark = f"[{each.number}]"
            marks.append(Mark(each, len(text), len(text) + len(mark)))
            text += mark
        text += closed if cited else ""
    return Piece(text, tuple(marks), before)


def _source(citation: Citation, page_url: str) -> str:
    title = inert(citation.document_title) or "Untitled"
    spot = f", {inert(citation.spot)}" if citation.spot else ""
    return f"- [{citation.number}] {title}{spot}: {page_url}{citation.url}"
