"""Documents laid open for the answer side's tests: read and split for real, without a model."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from index.errors import NotFoundError
from index.models.embedding import embed_any
from index.readers import read
from index.sentences.segmenter import split_sentences
from index.types import Document, Hit, Matrix, Passage, PassageKind, Sentence
from qa.language.question import words
from qa.reading.reader import Evidence, OpenPassage, Reading, Span
from tests.small_model import SmallEmbedder


class Shelf:
    """Documents by id: what `qa.composing.citations` asks of a corpus."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def document(self, document_id: str) -> Document:
        if document_id not in self._documents:
            raise NotFoundError(f"There is no document {document_id}.")
        return self._documents[document_id]


class Tongue:
    """What a reader asks of a corpus: its words are its terms, long ones are rare. Counts what it has embedded."""

    def __init__(self) -> None:
        self.embedder = SmallEmbedder()

    def terms(self, text: str) -> list[str]:
        return words(text)

    def idf(self, term: str) -> float:
        return float(min(len(term), 8))

    def embed(self, texts: Sequence[str]) -> Matrix:
        return embed_any(self.embedder, texts)


def open_text(text: str, source: str = "notes.txt", similarity: float = 0.5) -> OpenPassage:
    """The whole of a document as one passage."""
    document = read(text.encode(), source, document_id=source)
    sentences = split_sentences(document.text, document.blocks)
    passage = Passage(
        document_id=source,
        ordinal=0,
        kind=PassageKind.BODY,
        first_sentence=0,
        end_sentence=len(sentences),
        start=sentences[0].start,
        end=sentences[-1].end,
        passage_id=1,
    )
    return OpenPassage(Hit(1, similarity, 1.0), passage, document, sentences, None, sentences)


def cut(opened: OpenPassage, first: int, end: int, similarity: float = 0.5) -> OpenPassage:
    """Sentences `first` to `end` (exclusive) of what is open, as a passage of their own."""
    own = opened.sentences[first:end]
    passage = replace(
        opened.passage,
        ordinal=first,
        first_sentence=own[0].ordinal,
        end_sentence=own[-1].ordinal + 1,
        start=own[0].start,
        end=own[-1].end,
        passage_id=first + 1,
    )
    before = opened.sentences[first - 1] if first else None
    return OpenPassage(Hit(passage.passage_id, similarity, 1.0, bm25=similarity), passage, opened.document, own, before)


def shelf_of(*opened: OpenPassage) -> Shelf:
    return Shelf({each.document.document_id: each.document for each in opened})


def evidence(opened: OpenPassage, *scores: float, passage_index: int = 0) -> list[Evidence]:
    """Evidence for the first sentences of a passage, one a score."""
    return [
        Evidence(passage_index, sentence, score, similarity=0.5)
        for sentence, score in zip(opened.sentences, scores, strict=False)
    ]


def reading(items: list[Evidence], passages: int = 1, span: Span | None = None) -> Reading:
    """A reading whose evidence is put in order."""
    return Reading(tuple(sorted(items, key=lambda e: -e.score)), (0.0,) * passages, span, {"score": 1.0})


def text_of(opened: OpenPassage, sentence: Sentence) -> str:
    return opened.document.text[sentence.start : sentence.end]
