"""A reply as plain text, for a terminal. Document text is shown without control characters: it could steer one."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from qa.structure import Section, cells, plain_lines, sections
from qa.types import (
    VERDICT_WORDS,
    AnswerGroup,
    Citation,
    ContentBlock,
    Count,
    DocumentSummary,
    Entry,
    Reply,
    RetrievedPassage,
    ShortAnswer,
)
from web.rendering.helping import INSTEAD, lacking
from web.rendering.labels import meanings
from web.rendering.unread import abstained, going_on, unread
from web.rendering.within import told_within

_SHOWN_PASSAGES = 3
_SHOWN_CHARACTERS = 280
_GLIMPSED_CHARACTERS = 100  # of passages that are hardly about what was asked
_WIDEST_TABLE = 90  # columns of a terminal; in a wider one the values stand below each other
NEAREST = "These passages came nearest. They may be about the same things, but were not found to say what you asked:"
LEFT_OUT = "Your words stand in text that was left out as the frame of a page:"
NOTHING = "Nothing in them comes near the question."


def plain_reply(reply: Reply, page_url: str | None = None) -> str:
    """The whole reply, ending in a line break. page_url: what links to the page begin with; None leaves them out."""
    return "\n\n".join(_parts(reply, page_url)) + "\n"


def plain_summary(summary: DocumentSummary) -> str:
    """A document's title and what sums it up, with where each sentence stands."""
    head = f"{printable(summary.title)} ({printable(summary.source)})"
    if not summary.content:
        return f"{head}\n{printable(summary.message)}"
    places = (each for block in summary.content for each in block.citations)
    where = "".join(f"\n  [{each.number}] characters {each.start_char_index}-{each.end_char_index}" for each in places)
    return "\n\n".join([head, *_in_a_row(summary.content)]) + f"\n{where}"


def printable(text: str) -> str:
    """The text in one line, without the characters that move a cursor or change a colour."""
    kept = (each for each in text if each.isprintable() or each.isspace() or each == "\u200d")
    return " ".join("".join(kept).split())


def citations_of(reply: Reply) -> list[Citation]:
    """All that the reply cites, by number: its sentences, and where they are said again."""
    found = {each.number: each for block in reply.content for each in (*block.citations, *block.also)}
    return [found[number] for number in sorted(found)]


def counted(count: Count) -> str:
    """What a scan of all documents found, in a sentence or three."""
    sought = ", ".join(f"“{printable(each)}”" for each in count.sought) or "it"
    share = f"{count.documents:,} of" if count.documents else "None of the"
    verb = "mention" if count.documents > 1 else "mentions"
    lines = [f"{share} {_number(count.documents_scanned, 'document')} {verb} {sought}."]
    if count.mentions:
        quoted = "all quoted here" if count.cited >= count.mentions else f"{count.cited:,} of them quoted here"
        lines.append(f"{_number(count.mentions, 'sentence')}, {quoted}.")
    return " ".join([*lines, "All documents were read."])


def is_a_side(answer: ShortAnswer, groups: Iterable[AnswerGroup]) -> bool:
    """Whether a side of a disagreement shows it already."""
    return any(
        each.citation == answer.citation
        and each.start_char_index < answer.end_char_index
        and answer.start_char_index < each.end_char_index
        for group in groups
        for each in group.mentions
    )


def has_headline(reply: Reply) -> bool:
    """Whether the short answer stands by itself: it is no side of a disagreement, and not all that is quoted first."""
    if reply.answer is None or is_a_side(reply.answer, reply.groups):
        return False
    return not reply.content or reply.content[0].text != reply.answer.text


def stands_by_document(reply: Reply) -> bool:
    """Whether what is quoted is set under the documents' titles: hits of a scan, and summaries of several."""
    documents = {citation.document_id for block in reply.content for citation in block.citations}
    return reply.coverage == "exhaustive" or (reply.kind == "summary" and len(documents) > 1)


def _parts(reply: Reply, page_url: str | None) -> Iterator[str]:
    if reply.following_up_on:
        yield f"(Following up on: {printable(reply.following_up_on)})"
    elif reply.interpreted_as:
        yield f"(Understood as: {printable(reply.interpreted_as)})"
    if reply.within and reply.kind != "courtesy":
        yield f"({printable(told_within(reply.within))}.)"
    if reply.message:
        yield printable(reply.message)
    if reply.count:
        yield counted(reply.count)
    if not reply.answered:
        yield from _abstention(reply, page_url) if reply.kind == "answer" else ()
        return
    if reply.verdict:
        yield VERDICT_WORDS[reply.verdict]
    if reply.answer and has_headline(reply):
        yield printable(reply.answer.text)
    if reply.disagreement:
        yield "\n".join(_sides(reply))
    if stands_by_document(reply):
        yield from _by_document(reply.content)
    else:
        yield from _in_a_row(reply.content)
    if reply.kind == "answer":
        yield f"{meanings()[reply.confidence_label].words} ({reply.confidence:.0%})."
    yield from going_on(reply)
    yield "\n".join(["Sources:", *(_source(each, page_url) for each in citations_of(reply))])


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + "s" * (count != 1)


def _sides(reply: Reply) -> Iterator[str]:
    titles = {each.number: printable(each.document_title) for each in citations_of(reply)}
    yield "Sources differ:"
    for group in reply.groups:
        yield f"  {printable(group.text)}"
        for each in group.mentions:
            yield f"    [{each.citation}] {titles[each.citation]} ({printable(each.date or 'no date')})"


def _by_document(content: Iterable[ContentBlock]) -> Iterator[str]:
    documents: dict[str, list[ContentBlock]] = {}
    for block in content:
        documents.setdefault(block.citations[0].document_id, []).append(block)
    for blocks in documents.values():
        first = blocks[0].citations[0]
        title = f"{printable(first.document_title)} ({printable(first.source)})"
        yield "\n".join([title, *(f"  - {_sentence(block)}" for block in blocks)])


def _in_a_row(content: Iterable[ContentBlock]) -> Iterator[str]:
    """Paragraphs: sentences in one, each list, table or piece of code in its own."""
    for is_prose, run in groupby(sections(content), key=_is_prose):
        if is_prose:
            yield " ".join(_sentence(section.blocks[0]) for section in run)
        else:
            yield from (_about(section) + "\n".join(_structured(section)) for section in run)


def _is_prose(section: Section) -> bool:
    """Whether it goes into one paragraph with others like it."""
    return section.kind == "sentence" and not section.blocks[0].about


def _about(section: Section) -> str:
    about = section.blocks[0].about
    return f"{printable(about)}:{' ' if section.kind == 'sentence' else chr(10)}" if about else ""


def _structured(section: Section) -> Iterator[str]:
    if section.kind == "sentence":
        yield _sentence(section.blocks[0])
        return
    if section.lead:
        yield f"{printable(section.lead)} {_chips(section.lead_citations)}".rstrip()
    if section.kind == "code":
        yield from (f"    {line}".rstrip() for line in plain_lines(section.code).split("\n"))
        yield f"  {_marks(section.blocks[0].citations[-1:], section.blocks[0].also)}"
    elif section.kind == "list":
        for line in section.lines:
            entry = line.entries[0]
            indent = "  " * (entry.depth + 1)
            yield f"{indent}{printable(entry.label) or '-'} {printable(entry.text)} {_marks(line.citations, line.also)}"
    elif len(section.lines) > 1 and section.kind == "row" and (table := _table(section)):
        yield from table
    else:
        for line in section.lines:
            *before, last = (_named(entry) for entry in line.entries)
            yield from before
            yield f"{last} {_marks(line.citations, line.also)}"


def _named(entry: Entry) -> str:
    return f"  {printable(entry.label)}: {printable(entry.text)}" if entry.label else f"  {printable(entry.text)}"


def _table(section: Section) -> list[str]:
    """Columns side by side; nothing where they are too wide for that."""
    columns = section.columns
    rows = [[printable(name) for _, name in columns]]
    for line in section.lines:
        own = cells(line)
        rows.append([printable(own[place][1]) if place in own else "" for place, _ in columns])
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) > _WIDEST_TABLE:
        return []
    marks = ["", *(_marks(line.citations, line.also) for line in section.lines)]
    shown = [
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)) for row in rows
    ]
    return [f"  {text}  {mark}".rstrip() for text, mark in zip(shown, marks, strict=True)]


def _width(text: str) -> int:
    """Columns of a terminal, as far as East Asian width tells them."""
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _sentence(block: ContentBlock) -> str:
    return f"{printable(block.text)} {_marks(block.citations, block.also)}"


def _marks(citations: Iterable[Citation], also: Iterable[Citation]) -> str:
    again = _chips(also)
    return _chips(citations) + (f" (also said in {again})" if again else "")


def _chips(citations: Iterable[Citation]) -> str:
    return "".join(f"[{citation.number}]" for citation in citations)


def _source(citation: Citation, page_url: str | None) -> str:
    spot = f", {printable(citation.spot)}" if citation.spot else ""
    where = f"{printable(citation.source)}{spot}, characters {citation.start_char_index}-{citation.end_char_index}"
    return f"  [{citation.number}] {printable(citation.document_title)} ({where}){_link(page_url, citation.url)}"


def _link(page_url: str | None, url: str) -> str:
    return "" if page_url is None else f"\n      {page_url}{url}"


def _abstention(reply: Reply, page_url: str | None) -> Iterator[str]:
    if not reply.count:  # which says it better
        said = " ".join(map(printable, (abstained(reply), *lacking(reply))))
        yield said if reply.passages or reply.indexing else f"{said} {NOTHING}"
    if reply.unread:
        yield "\n".join(map(printable, unread(reply)))
    if reply.left_out:
        yield "\n".join(_left_out(reply, page_url))
    if reply.suggestions and not reply.count:
        yield "\n".join([INSTEAD, *(f"  {printable(each)}" for each in reply.suggestions)])
    if reply.passages:
        most = _SHOWN_CHARACTERS if reply.related else _GLIMPSED_CHARACTERS
        yield "\n".join([NEAREST, *_nearest(reply.passages[:_SHOWN_PASSAGES], page_url, most)])


def _left_out(reply: Reply, page_url: str | None) -> Iterator[str]:
    yield LEFT_OUT
    for each in reply.left_out:
        where = f"{printable(each.source)}, characters {each.start_char_index}-{each.end_char_index}"
        yield f"  {printable(each.document_title)} ({where}): {printable(each.reason)}{_link(page_url, each.url)}"


def _nearest(passages: Iterable[RetrievedPassage], page_url: str | None, most: int) -> Iterator[str]:
    for passage in passages:
        title = f"{printable(passage.document_title)} ({printable(passage.source)})"
        yield f"  {passage.rank}. {title}{_link(page_url, passage.url)}"
        yield f"     {_shortened(printable(passage.display or passage.text), most)}"


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " …"
