"""Rows of the store as structs, and back."""

import hashlib
from collections import Counter
from typing import Self

from msgspec import Struct, json

from index.store.database import Row
from index.types import Document, Label, Metadata, Passage, PassageKind, Range, Sentence, SourceSummary, UnitKind

PASSAGE_COLUMNS = (
    "passage_id, document_id, ordinal, kind, first_sentence, end_sentence, start_offset, end_offset, heading_path"
)


class PassageText(Struct, frozen=True):
    """What a passage is embedded and searched as. head: title and headings. body: its sentences."""

    passage_id: int
    head: str
    body: str


class Counts(Struct, frozen=True):
    """How much there is of a document. blocks: by their kinds, in the order of their names."""

    sentences: int = 0
    passages: int = 0
    blocks: dict[str, int] = {}

    @classmethod
    def of(cls, document: Document, sentences: int, passages: int) -> Self:
        kinds = Counter(block.kind.value for block in document.blocks)
        return cls(sentences, passages, dict(sorted(kinds.items())))


class Facts(Struct, frozen=True):
    """What `sync` must know of a stored document to tell whether it is up to date, and to report on it."""

    document_id: str
    source: str
    content_sha256: str
    pipeline: str
    blocks: dict[str, int]
    left_out: dict[str, int]
    sentences: int
    passages: int
    warnings: tuple[str, ...]


def text_key(text: str) -> str:
    """The key of a text's vector: SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def new_document_id(source: str, taken: set[str]) -> str:
    """16 hex digits of a hash of the path, salted until they are free. A renamed document keeps the id of its first
    path, so a later file at that path needs another."""
    salt = 0
    while True:
        name = source if not salt else f"{source}\0{salt}"
        document_id = hashlib.sha256(name.encode()).hexdigest()[:16]
        if document_id not in taken:
            return document_id
        salt += 1


def passage_number(document: Document, passage: Passage) -> int:
    """A passage's id: 52 bits (safe in JSON) of a hash of what it is, so that the same corpus has the same ids however
    it came to be, and an id never comes to mean another text. A collision (1 in 200,000 at 200,000 passages) is refused
    by the database."""
    name = [document.document_id, document.content_sha256, passage.ordinal, passage.start, passage.end]
    return int.from_bytes(hashlib.sha256(json.encode(name)).digest()[:8], "big") >> 12


def dump(value: object) -> str:
    return json.encode(value).decode()


def passage_row(passage: Passage) -> Row:
    return (
        passage.passage_id,
        passage.document_id,
        passage.ordinal,
        passage.kind,
        passage.first_sentence,
        passage.end_sentence,
        passage.start,
        passage.end,
        dump(passage.heading_path),
    )


def passage_from_row(row: Row) -> Passage:
    number, document_id, ordinal, kind, first, last, start, end, heading_path = row
    return Passage(
        document_id=document_id,
        ordinal=ordinal,
        kind=PassageKind(kind),
        first_sentence=first,
        end_sentence=last,
        start=start,
        end=end,
        heading_path=json.decode(heading_path, type=tuple[str, ...]),
        passage_id=number,
    )


def sentence_from_row(row: Row) -> Sentence:
    ordinal, block, ranges, kind, context, labels = row
    return Sentence(
        ordinal,
        block,
        json.decode(ranges, type=tuple[Range, ...]),
        UnitKind(kind),
        json.decode(context, type=tuple[Range, ...]),
        json.decode(labels, type=tuple[Label, ...]),
    )


def passage_text(number: int, text: str) -> PassageText:
    head, line_break, body = text.partition("\n")
    return PassageText(number, head, body) if line_break else PassageText(number, "", text)


def summary_from_row(row: Row) -> SourceSummary:
    document_id, source, content_sha256, format_, encoding, characters, indexed_at, metadata, warnings, *rest = row
    left_out, counts = rest
    counted = json.decode(counts, type=Counts)
    facts = json.decode(metadata, type=Metadata)
    return SourceSummary(
        document_id=document_id,
        source=source,
        title=Document(document_id, source, content_sha256, "", format_, encoding, (), facts).title,
        content_sha256=content_sha256,
        format=format_,
        encoding=encoding,
        characters=characters,
        passages=counted.passages,
        indexed_at=indexed_at,
        metadata=facts,
        warnings=json.decode(warnings, type=tuple[str, ...]),
        sentences=counted.sentences,
        blocks=counted.blocks,
        left_out=json.decode(left_out, type=dict[str, int]),
    )


def facts_from_row(row: Row) -> Facts:
    document_id, source, content_sha256, pipeline, left_out, warnings, counts = row
    counted = json.decode(counts, type=Counts)
    return Facts(
        document_id=document_id,
        source=source,
        content_sha256=content_sha256,
        pipeline=pipeline,
        blocks=counted.blocks,
        left_out=json.decode(left_out, type=dict[str, int]),
        sentences=counted.sentences,
        passages=counted.passages,
        warnings=json.decode(warnings, type=tuple[str, ...]),
    )
