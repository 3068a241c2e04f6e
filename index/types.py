"""The corpus's nouns. All are frozen; all offsets are code points into `Document.text`, end exclusive."""

from enum import StrEnum
from pathlib import PurePosixPath
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Vector = NDArray[np.float32]  # [dimension], L2-normalised
Matrix = NDArray[np.float32]  # [n, dimension], rows L2-normalised
Ids = NDArray[np.int64]  # [n] passage ids


class BlockKind(StrEnum):
    """What a block is. BOILERPLATE (menus, adverts, paywalls, widgets) stays in the text and is never answered from;
    its value is the word that indexes and replies have held from the first."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    BYLINE = "byline"
    BOILERPLATE = "furniture"


class Range(Struct, frozen=True, order=True):
    """`text[start:end]`."""

    start: int
    end: int


class Block(Struct, frozen=True):
    """A run of lines that belong together. Blocks are in text order and do not overlap.

    level: depth of a heading, 1 the highest. Of another block, the depth from which headings over it have ended, where
    a tab or box with a title of its own ends before it; 0 where none has.
    reason: why it is of this kind, in plain words, where that is not obvious ("many links, no full stop").
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    reason: str = ""


class Field(Struct, frozen=True):
    """A piece of metadata and where the document says it. `value` may be normalised (a date as YYYY-MM-DD).

    start == end where its text does not say it, but the properties that its format keeps beside the text.
    """

    value: str
    start: int
    end: int


class Metadata(Struct, frozen=True):
    """What a document says of itself; None where it cannot be told."""

    title: Field | None = None
    author: Field | None = None
    date: Field | None = None
    publisher: Field | None = None


class Place(Struct, frozen=True, array_like=True):
    """Where a range of the text stands in the original, for formats that people do not read as text.

    label: as its readers call it ("page 3", "slide 2", "Sales!A2:D2", "00:01:12", "report.docx"). page: number of the
    page or slide from 1, 0 where the format has none. box: left, top, right, bottom on that page as shares of its width
    and height, counted from its top left corner; None where that is not known.
    """

    start: int
    end: int
    label: str
    page: int = 0
    box: tuple[float, float, float, float] | None = None


class ParsedFile(Struct, frozen=True):
    """A file as its format tells it, before blocks are judged by their content.

    text: the decoded file, nothing changed, or what was extracted of a format that is no text. blocks: in text order,
    trimmed, apart; a kind other than PARAGRAPH is what the format says outright (a Markdown heading, a rule).
    encoding: of the file's text, "" of a format that is none. stated: metadata that the format has fields for.
    page_breaks: offsets where a page begins, of plain text. places: in text order, apart. states_headings: the format
    marks headings itself, so none is looked for in plain lines. authored: all that is not marked as boilerplate was
    written to be read, so none is looked for. judged: blocks and metadata are final, since each part of the file was
    judged by itself.
    """

    text: str
    format: str
    encoding: str
    blocks: tuple[Block, ...]
    stated: Metadata = Metadata()
    page_breaks: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    states_headings: bool = False
    authored: bool = False
    judged: bool = False


class FormatReader(Protocol):
    """Reads one format; which files are of it is written down in `index.readers.formats`."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """The file of these bytes. Raises DocumentError, which names the file, the byte offset and what to do."""
        ...


class Document(Struct, frozen=True):
    """A file of the corpus, read. `text` is the file's bytes decoded with `encoding` and nothing else changed, or, of a
    format that is no text, what its reader extracted.

    document_id: stable across edits and renames. source: path relative to the corpus folder, with "/".
    places: where ranges of the text stand in the original, in text order, apart.
    """

    document_id: str
    source: str
    content_sha256: str
    text: str
    format: str
    encoding: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    warnings: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def title(self) -> str:
        """The title it states, else its file name without folder, ending and underscores."""
        return self.metadata.title.value if self.metadata.title else PurePosixPath(self.source).stem.replace("_", " ")


class UnitKind(StrEnum):
    """How a sentence is read and shown. LEAD announces what stands below it ("The ports are:"), QUESTION is answered by
    what stands below it: neither answers by itself."""

    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"
    RECORD = "record"
    CODE = "code"
    LEAD = "lead"
    QUESTION = "question"


class Label(Struct, frozen=True):
    """A value, and what the document calls it: a table's cell and its column, or a record's value and its key."""

    name: Range | None
    value: Range


class Sentence(Struct, frozen=True):
    """One sentence, or what is read like one: a list's item, a table's row, a record, a piece of code.

    Two ranges where a page break or a footnote interrupts it, else one. ordinal: its number in the document, from 0.
    block: number of the block it starts in. context: what it has to be read with, in text order: the heading over it,
    the lead-in or question before it, the items it stands under, its own number. labels: of a row or record.
    """

    ordinal: int
    block: int
    ranges: tuple[Range, ...]
    kind: UnitKind = UnitKind.SENTENCE
    context: tuple[Range, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def start(self) -> int:
        return self.ranges[0].start

    @property
    def end(self) -> int:
        return self.ranges[-1].end


class PassageKind(StrEnum):
    """BODY is running text; METADATA is a document's title, byline and date; NOTE is footnotes and captions."""

    BODY = "body"
    METADATA = "metadata"
    NOTE = "note"


class Passage(Struct, frozen=True):
    """Whole sentences within the token budget, under one heading.

    passage_id: given by the store, 0 before. ordinal: number in the document. first_sentence, end_sentence: ordinals,
    end exclusive. start, end: from its first sentence's start to its last one's end. heading_path: outermost first.
    """

    document_id: str
    ordinal: int
    kind: PassageKind
    first_sentence: int
    end_sentence: int
    start: int
    end: int
    heading_path: tuple[str, ...] = ()
    passage_id: int = 0


class Hit(Struct, frozen=True):
    """A passage found. similarity: cosine of question and passage, -1 to 1. score: fused, higher is better.

    dense_rank, lexical_rank: from 1, None where that half did not find it. bm25: the lexical score, 0 if not found.
    """

    passage_id: int
    similarity: float
    score: float
    dense_rank: int | None = None
    lexical_rank: int | None = None
    bm25: float = 0.0


class Indexing(Struct, frozen=True):
    """Files are being read: so many of a folder's are done, of how many; 0 of 0 while that is not known."""

    done: int
    total: int


class SourceSummary(Struct, frozen=True):
    """A row of the list of documents.

    blocks: number by kind. left_out: characters that no passage holds, by reason (white space not counted).
    """

    document_id: str
    source: str
    title: str
    content_sha256: str
    format: str
    encoding: str
    characters: int
    passages: int
    indexed_at: str
    metadata: Metadata = Metadata()
    warnings: tuple[str, ...] = ()
    sentences: int = 0
    blocks: dict[str, int] = {}
    left_out: dict[str, int] = {}
