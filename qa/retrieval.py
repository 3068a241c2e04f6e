"""From a question to the passages that are read for it, each laid open with its document."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from index.corpus import Corpus
from index.sentences.markup import heading_of
from index.types import Hit, Passage
from qa.composing.citations import source_url
from qa.language.language import DocumentField
from qa.language.query_expansion import expand_query
from qa.language.question import Question
from qa.reading.reader import OpenPassage
from qa.reading.wording import quotations
from qa.types import AskOptions, RetrievedPassage


class Retriever:
    """Raises what the corpus raises. passages_read: how many are read at least, whatever is asked to be shown."""

    def __init__(self, corpus: Corpus, passages_read: int = 12) -> None:
        self._corpus = corpus
        self._passages_read = passages_read

    def retrieve(self, question: Question, options: AskOptions) -> tuple[OpenPassage, ...]:
        """The best passages for a question, in the search's order."""
        limit = max(options.top_k, self._passages_read)
        also = (*expand_query(question.text, self._corpus), *quotations(question.text)[:1])
        hits = self._corpus.search(question.text, limit, options.sources, also)
        stating = self._stating(question.document_field, hits) if question.document_field else ()
        return tuple(self._open(hit) for hit in (*hits, *stating))

    def _stating(self, field: DocumentField, hits: Sequence[Hit]) -> Iterator[Hit]:
        """For a question about documents, the passages in which those found state the field: a date that stands alone
        is like no question."""
        found = {hit.passage_id for hit in hits}
        seen: set[str] = set()
        for hit in hits:
            document_id = self._corpus.passage(hit.passage_id).document_id
            if document_id in seen:
                continue
            seen.add(document_id)
            passage = self._passage_with(document_id, field)
            if passage is not None and passage.passage_id not in found:
                yield replace(hit, passage_id=passage.passage_id, bm25=0.0, dense_rank=None, lexical_rank=None)

    def _passage_with(self, document_id: str, field: DocumentField) -> Passage | None:
        stated = getattr(self._corpus.document(document_id).metadata, field)
        in_text = stated is not None and stated.start < stated.end  # else its properties say it alone
        passages = self._corpus.document_passages(document_id) if in_text else ()
        return next((p for p in passages if p.start <= stated.start and stated.end <= p.end), None)

    def _open(self, hit: Hit) -> OpenPassage:
        passage = self._corpus.passage(hit.passage_id)
        sentences = self._corpus.sentences(passage.document_id)
        before = sentences[passage.first_sentence - 1] if passage.first_sentence else None
        own = sentences[passage.first_sentence : passage.end_sentence]
        return OpenPassage(hit, passage, self._corpus.document(passage.document_id), own, before, tuple(sentences))


def shown_passages(
    opened: Sequence[OpenPassage], relevance: Sequence[float], most: int
) -> tuple[RetrievedPassage, ...]:
    """The `most` relevant of the passages read, best first, as a reply shows them."""
    order = sorted(range(len(opened)), key=lambda number: (-relevance[number], number))[:most]
    return tuple(_shown(opened[number], rank) for rank, number in enumerate(order, 1))


def _shown(opened: OpenPassage, rank: int) -> RetrievedPassage:
    passage, document = opened.passage, opened.document
    return RetrievedPassage(
        passage_id=passage.passage_id,
        document_id=document.document_id,
        source=document.source,
        start_char_index=passage.start,
        end_char_index=passage.end,
        text=document.text[passage.start : passage.end],
        similarity=round(opened.hit.similarity, 4),
        rank=rank,
        document_title=document.title,
        heading=heading_of(passage.heading_path),
        url=source_url(document.document_id, passage.start, passage.end),
    )
