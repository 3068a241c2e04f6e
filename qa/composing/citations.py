"""Citations: numbers them, proves every quote against the stored text, and checks claims from outside."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from index.errors import NotFoundError, QuoteError
from index.places import label_of, places_of
from index.sentences.markup import heading_of, joined_display, shown
from index.types import Document, Range, Sentence
from qa.composing.entries import entries_of, lead_of, prove_entries
from qa.composing.selection import Quote
from qa.reading.reader import OpenPassage, Span
from qa.types import Citation, Claim, ContentBlock, PageBox, ShortAnswer, Verdict


class DocumentSource(Protocol):
    """Where documents are kept (index.corpus.Corpus)."""

    def document(self, document_id: str) -> Document:
        """Raises NotFoundError."""
        ...


def source_url(document_id: str, start: int, end: int) -> str:
    """Where the page shows a document with `[start:end)` marked (after RFC 5147's `char=`)."""
    return f"/sources/{document_id}#char={start},{end}"


def cite(quotes: Sequence[Quote], passages: Sequence[OpenPassage]) -> tuple[ContentBlock, ...]:
    """One content block a quote, citations numbered through: first what is quoted, then where it is said again."""
    documents: dict[str, int] = {}
    blocks: list[ContentBlock] = []
    number = 1
    for quote in quotes:
        places = [(quote.evidence, part) for part in quote_ranges(quote)]
        again = [(evidence, part) for evidence in quote.also for part in joined_ranges([evidence.sentence])]
        citations = []
        for evidence, part in (*places, *again):
            opened = passages[evidence.passage_index]
            index = documents.setdefault(opened.document.document_id, len(documents))
            citations.append(_citation(number, index, part, opened, evidence.similarity))
            number += 1
        cited, also = citations[: len(places)], citations[len(places) :]
        text = shown(quote.kind, [c.cited_text for c in cited])
        entries = entries_of(quote, passages[quote.evidence.passage_index].document, cited)
        lead = lead_of(quote.kind, cited, entries)
        blocks.append(ContentBlock(text, tuple(cited), tuple(also), quote.kind, lead, entries))
    return tuple(blocks)


def quote_ranges(quote: Quote) -> tuple[Range, ...]:
    """The ranges a quote cites."""
    own = joined_ranges(quote.sentences)
    return (*(part for part in quote.before if not any(r.start <= part.start < r.end for r in own)), *own)


def joined_ranges(sentences: Sequence[Sentence]) -> tuple[Range, ...]:
    """The ranges of sentences: those of neighbours become one where only a space parts them."""
    merged: list[Range] = []
    for sentence in sentences:
        first, *rest = sentence.ranges
        if merged and sentence is not sentences[0] and first.start - merged[-1].end <= 1:
            first = Range(merged.pop().start, first.end)
        merged.extend((first, *rest))
    return tuple(merged)


class Spot(Struct, frozen=True):
    """Where a range stands in the original: `page`, `place` and `boxes` of a Citation."""

    page: int | None
    place: str | None
    boxes: tuple[PageBox, ...]


def spot_of(document: Document, part: Range) -> Spot:
    """Where a range of a document's text stands in the original."""
    places = places_of(document.places, part.start, part.end)
    boxes = tuple(PageBox(place.page, *place.box) for place in places if place.box)
    return Spot((places[0].page or None) if places else None, label_of(places) or None, boxes)


def _citation(number: int, document_index: int, part: Range, opened: OpenPassage, similarity: float) -> Citation:
    document = opened.document
    spot = spot_of(document, part)
    return Citation(
        number=number,
        cited_text=document.text[part.start : part.end],
        document_index=document_index,
        document_title=document.title,
        start_char_index=part.start,
        end_char_index=part.end,
        source=document.source,
        document_id=document.document_id,
        passage_id=opened.passage.passage_id,
        page=spot.page,
        heading=heading_of(opened.passage.heading_path),
        content_sha256=document.content_sha256,
        similarity=round(similarity, 4),
        url=source_url(document.document_id, part.start, part.end),
        place=spot.place,
        boxes=spot.boxes,
    )


def short_answer(
    span: Span | None, blocks: Sequence[ContentBlock], document_id: str | None = None
) -> ShortAnswer | None:
    """The span as a short answer, if a citation holds it: one of the first block.

    Where `document_id` tells whose span it is, any citation of that document does.
    """
    if span is None or not blocks:
        return None
    citations = blocks[0].citations if document_id is None else _every_citation(blocks)
    for citation in citations:
        inside = citation.start_char_index <= span.start and span.end <= citation.end_char_index
        if inside and document_id in (None, citation.document_id):
            offset = citation.start_char_index
            text = citation.cited_text[span.start - offset : span.end - offset]
            return ShortAnswer(joined_display([text]), citation.number, span.start, span.end)
    return None


def _every_citation(blocks: Sequence[ContentBlock]) -> tuple[Citation, ...]:
    """In the order of the blocks; what says the same again comes with its block."""
    return tuple(citation for block in blocks for citation in (*block.citations, *block.also))


def prove(library: DocumentSource, blocks: Sequence[ContentBlock], answer: ShortAnswer | None) -> None:
    """Hold every quote against the document as it is stored. Raises QuoteError, which is a defect of ours."""
    for citation in _every_citation(blocks):
        document = library.document(citation.document_id)
        found = document.text[citation.start_char_index : citation.end_char_index]
        same = found == citation.cited_text and document.content_sha256 == citation.content_sha256
        if not citation.cited_text or not same:
            raise QuoteError(
                f"Citation {citation.number} of {citation.source} is not what stands at "
                f"{citation.start_char_index}-{citation.end_char_index}."
            )
    for block in blocks:
        if block.text != shown(block.kind, [c.cited_text for c in block.citations]):
            raise QuoteError(f"The sentence {block.text[:60]!r} is not its citations' text.")
        prove_entries({c.document_id: library.document(c.document_id) for c in block.citations}, block)
    if answer is not None:
        _prove_answer(answer, blocks)


def _prove_answer(answer: ShortAnswer, blocks: Sequence[ContentBlock]) -> None:
    citation = next((c for c in _every_citation(blocks) if c.number == answer.citation), None)
    if (
        citation is None
        or not citation.start_char_index <= answer.start_char_index < answer.end_char_index <= citation.end_char_index
    ):
        raise QuoteError(f"The short answer {answer.text[:60]!r} lies outside its citation.")
    offset = citation.start_char_index
    if (
        joined_display([citation.cited_text[answer.start_char_index - offset : answer.end_char_index - offset]])
        != answer.text
    ):
        raise QuoteError(f"The short answer {answer.text[:60]!r} is not its range's text.")


def verify(library: DocumentSource, claim: Claim) -> Verdict:
    """Whether a citation still stands: exact, moved (found once elsewhere), changed or gone."""
    try:
        document = library.document(claim.document_id)
    except NotFoundError:
        return Verdict("gone", claim.document_id, None, None, None, None)
    start, end = claim.start_char_index, claim.end_char_index
    if 0 <= start < end and document.text[start:end] == claim.cited_text:
        return Verdict("exact", claim.document_id, document.source, start, end, document.content_sha256)
    # The one place where a text is looked for: the claim's offsets are known not to hold any more.
    found = document.text.find(claim.cited_text) if claim.cited_text else -1
    if found >= 0 and document.text.find(claim.cited_text, found + 1) < 0:
        end = found + len(claim.cited_text)
        return Verdict("moved", claim.document_id, document.source, found, end, document.content_sha256)
    return Verdict("changed", claim.document_id, document.source, None, None, document.content_sha256)
