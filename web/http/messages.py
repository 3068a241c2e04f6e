"""What the JSON API takes and gives besides `qa.types`; the descriptions and examples show in /schema."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from index.types import Block, Indexing, Metadata, SourceSummary
from index.unread import UnreadFile, UnreadGroup
from qa.conversations.entries import CitedRange
from qa.types import PageBox, Reply, Verdict
from web.originals import PageSize

Glob = Annotated[str, Meta(min_length=1, max_length=200)]
TopK = Annotated[int, Meta(ge=1, le=20)]
MaxSentences = Annotated[int, Meta(ge=1, le=5)]
Globs = Annotated[tuple[Glob, ...], Meta(max_length=20)]
CollectionName = Annotated[str, Meta(min_length=1, max_length=1000)]
ConversationId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class Rename(Struct, frozen=True, forbid_unknown_fields=True):
    """A new title of a conversation."""

    title: Annotated[
        str,
        Meta(
            description="1 to 120 characters, counted after white space is folded and control, zero-width and "
            "bidirectional formatting characters are removed.",
            examples=["Japan and the Belt and Road"],
        ),
    ]


class CitationVerdict(Verdict, frozen=True, kw_only=True):
    """What `/api/verify` says now of a reply's citation. number: the citation's."""

    number: int


class PastAnswer(Struct, frozen=True):
    """An answer as it was given, and how it stands to the documents of now.

    asked_at: ISO 8601, UTC. replaced_by: the id of the reply that took its place in the conversation, or null.
    index_version: of now. index_changed: whether it is another than the reply's. verdicts: one a citation.
    """

    reply: Reply
    asked_at: str
    conversation_id: str
    replaced_by: str | None
    index_version: str
    index_changed: bool
    verdicts: tuple[CitationVerdict, ...]


class ListedSource(SourceSummary, frozen=True):
    """A row of the list of documents. blocks: number by kind. left_out: characters that no passage holds, by reason.

    times_cited: how many answers, of those that are kept and the requester may see, cite it in any of its
    versions.
    """

    times_cited: int = 0


class SourceList(Struct, frozen=True):
    """The documents of the corpus, by path. files: how many the folder has, read or not. unread: those that answers do
    not come from as they are now, by format and reason; `/api/sources/unread` lists them.
    """

    sources: tuple[ListedSource, ...]
    index_version: str
    files: int = 0
    unread: tuple[UnreadGroup, ...] = ()


class UnreadList(Struct, frozen=True):
    """The files that answers do not come from as they are now, by path, and why."""

    unread: tuple[UnreadFile, ...]


class PassageOfSource(Struct, frozen=True):
    """A passage and its text: the document's own `[start_char_index:end_char_index]`, in code points."""

    passage_id: int
    document_id: str
    source: str
    ordinal: int
    kind: str
    start_char_index: int
    end_char_index: int
    heading: str | None
    text: str
    url: str


class SourceDetail(Struct, frozen=True):
    """A document: its text exactly as read, what its parts are, what it says of itself, and its passages.

    left_out: characters that no passage holds, by reason (white space not counted). pages: how many of them text
    stands on; 0 of formats without.
    """

    document_id: str
    source: str
    title: str
    content_sha256: str
    format: str
    encoding: str
    indexed_at: str
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    warnings: tuple[str, ...]
    passages: tuple[PassageOfSource, ...]
    sentences: int
    left_out: dict[str, int]
    pages: int = 0
    offset_unit: Literal["code_point"] = "code_point"


class SourcePages(Struct, frozen=True):
    """The pages of a document's file, where they can be had as pictures; else none."""

    document_id: str
    content_sha256: str
    pages: tuple[PageSize, ...]


class PlaceOfRange(Struct, frozen=True):
    """Where `text[start_char_index:end_char_index]` stands in the original; see Citation."""

    document_id: str
    start_char_index: int
    end_char_index: int
    page: int | None
    place: str | None
    boxes: tuple[PageBox, ...]
    offset_unit: Literal["code_point"] = "code_point"


class CitedRanges(Struct, frozen=True):
    """Where answers cite a document as it is now, in its order. Ranges may overlap.

    content_sha256: of the version they are of; citations of an earlier one are not counted.
    """

    document_id: str
    content_sha256: str
    cited: tuple[CitedRange, ...]
    offset_unit: Literal["code_point"] = "code_point"


class CorpusHealth(Struct, frozen=True, omit_defaults=True):
    """How one of several corpora is. state: `starting`, `warming`, `ready` or `failed`. indexing: how far it is while
    its files are being read. trouble: what is in the way of its being served as its folder is; for keys for asking,
    only that something is."""

    state: str
    indexing: Indexing | None = None
    trouble: str = ""


class Health(Struct, frozen=True, omit_defaults=True):
    """status: `live`, `ready`, or `degraded` where one of several corpora is in trouble. indexing: how far it is while
    files are being read. corpora: of several, those whoever asks may ask, by name."""

    status: str
    waiting: int = 0
    indexing: Indexing | None = None
    corpora: dict[str, CorpusHealth] = {}


class CorpusEntry(Struct, frozen=True):
    """One of several corpora. name: what requests choose it by. base: what its addresses begin with, such as those
    that `url` of its citations has. state: see CorpusHealth. documents, passages: null while its index is not open."""

    name: str
    title: str
    is_default: bool
    base: str
    state: str
    documents: int | None
    passages: int | None


class CorpusList(Struct, frozen=True):
    """The corpora that whoever asks may ask, in the order of the settings; none where the server has but one."""

    corpora: tuple[CorpusEntry, ...]


class SuggestedQuestion(Struct, frozen=True, omit_defaults=True):
    """A question that the documents answer. conversation_id: of the reply that it goes on from."""

    question: str
    conversation_id: str | None = None


class SuggestionList(Struct, frozen=True):
    """Questions worth asking, the best first. complete: no more are being looked for."""

    questions: tuple[SuggestedQuestion, ...]
    complete: bool
