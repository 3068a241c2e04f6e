"""The parts of a quoted list, row or record: what each says, what it is called, and where both stand."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from index.errors import QuoteError
from index.sentences.markup import joined_display
from index.types import BlockKind, Document, Label, Range, Sentence, UnitKind
from qa.composing.selection import Quote
from qa.types import BlockForm, Citation, ContentBlock, Entry

_LONGEST_MARKER = 7  # characters: "(viii)" and a stop
_BETWEEN = re.compile(r"[ \t\u00a0]+(?:\[[ xX]\][ \t]+)?[^\w\s]*\Z")  # a marker and its item: a task's box, emphasis
_NEW_ITEM = re.compile(r"[\r\n][ \t]*[^\s>]")  # between two sentences: a line that begins with a marker


class _Part(Struct, frozen=True):
    """An entry in the making: the range it is in, and its label's."""

    where: Range
    label: Range | None
    line: int
    depth: int = 0


def entries_of(quote: Quote, document: Document, citations: Sequence[Citation]) -> tuple[Entry, ...]:
    """The parts of a list, row or record, in order; none of anything else. citations: the quote's own."""
    found: list[Entry] = []
    for part in _parts(quote, document):
        text = _cited(citations, part.where)
        if not text:
            continue
        label = "" if part.label is None else joined_display([document.text[part.label.start : part.label.end]])
        number = next(c.number for c in citations if c.start_char_index <= part.where.start < c.end_char_index)
        start, end = (part.label.start, part.label.end) if part.label and label else (None, None)
        found.append(Entry(text, number, part.where.start, part.where.end, label, start, end, part.line, part.depth))
    return tuple(found)


def lead_of(kind: BlockForm, citations: Sequence[Citation], entries: Sequence[Entry]) -> str:
    """What is cited before the first entry, or before code, but for what holds the entries' labels."""
    if kind == "code":
        return joined_display(citation.cited_text for citation in citations[:-1])
    if not entries:
        return ""
    return joined_display(_before(citations, entries, is_row=kind != "list"))


def prove_entries(documents: Mapping[str, Document], block: ContentBlock) -> None:
    """Hold a block's lead, entries and labels against what it cites and what its document (by id) says. Raises
    QuoteError."""
    if block.lead != lead_of(block.kind, block.citations, block.entries):
        raise QuoteError(f"The lead-in {block.lead[:60]!r} is not its citations' text.")
    for entry in block.entries:
        text = documents[block.citations[0].document_id].text
        if not entry.text or entry.text != _cited(block.citations, Range(entry.start_char_index, entry.end_char_index)):
            raise QuoteError(f"The entry {entry.text[:60]!r} is not its range's text.")
        start, end = entry.label_start_char_index, entry.label_end_char_index
        said = "" if start is None or end is None else joined_display([text[start:end]])
        if said != entry.label:
            raise QuoteError(f"The label {entry.label[:60]!r} is not what stands at {start}-{end}.")


def _cited(citations: Sequence[Citation], where: Range) -> str:
    """The display form of what is cited of a range."""
    return joined_display(
        citation.cited_text[max(where.start - citation.start_char_index, 0) : where.end - citation.start_char_index]
        for citation in citations
        if citation.start_char_index < where.end and where.start < citation.end_char_index
    )


def _before(citations: Sequence[Citation], entries: Sequence[Entry], *, is_row: bool) -> Iterator[str]:
    """A lead-in may be one range with the first item; a row's beginning of which nothing can be shown is none."""
    first = min(entry.start_char_index for entry in entries)
    labels = [entry.label_start_char_index for entry in entries if entry.label_start_char_index is not None]
    for citation in citations:
        start, end = citation.start_char_index, min(citation.end_char_index, first)
        is_part = is_row and end < citation.end_char_index
        if start < end and not is_part and not any(start <= label < end for label in labels):
            yield citation.cited_text[: end - start]


def _parts(quote: Quote, document: Document) -> Iterator[_Part]:
    if quote.kind == "list":
        yield from _items(quote, document)
    elif quote.kind in ("row", "record"):
        for line, sentence in enumerate(quote.sentences):
            whole = Label(None, Range(sentence.start, sentence.end))
            yield from (_Part(label.value, label.name, line) for label in sentence.labels or (whole,))


def _items(quote: Quote, document: Document) -> Iterator[_Part]:
    """An item may have several sentences: those that no marker parts."""
    listed = [each for each in quote.sentences if document.blocks[each.block].kind is BlockKind.LIST]
    items: list[list[Sentence]] = []
    for sentence in listed:
        if items and not _NEW_ITEM.search(document.text, items[-1][-1].end, sentence.start):
            items[-1].append(sentence)
        else:
            items.append([sentence])
    shown: set[Range] = set()
    for line, sentences in enumerate(items):
        first = sentences[0]
        depth = len(shown.intersection(first.context))
        shown.add(first.ranges[0])
        yield _Part(Range(first.start, sentences[-1].end), _marker(document.text, first), line, depth)


def _marker(text: str, item: Sentence) -> Range | None:
    """Its number, or the box of a task without one, of which its context has the place."""
    if item.kind not in (UnitKind.ITEM, UnitKind.LEAD):
        return None
    near = (part for part in item.context if part.end <= item.start and part.end - part.start <= _LONGEST_MARKER)
    return next((part for part in sorted(near) if _BETWEEN.match(text, part.end, item.start)), None)
