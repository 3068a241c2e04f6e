"""What the tools take and give. The descriptions are what a model reads."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from qa.types import RetrievedPassage, Verdict
from web.http.messages import CollectionName, ConversationId, Globs, MaxSentences, TopK

ARGUMENT = "corpus"  # of every tool but the one that lists them
LONGEST_PART = 20_000  # characters of a document in one result

_SOURCES = Meta(description='Only documents whose path fits one of these globs, such as "reports/*.txt".')
_WITHIN = Meta(
    description="Only within this folder or saved filter, by its name; an error lists the names near one that is none.",
    examples=["handbook"],
)
_NAME = Meta(
    description="The document, by its path as results show it, or by its document_id.", min_length=1, max_length=1000
)
Offset = Annotated[int, Meta(ge=0)]


class AskArguments(Struct, frozen=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """A question."""

    question: Annotated[
        str,
        Meta(
            description="One whole question in plain words, 1 to 2,000 characters.",
            examples=["Who was sent to China by the Japanese government in May?"],
        ),
    ]
    conversation_id: Annotated[
        ConversationId | UnsetType, Meta(description="Of an earlier answer, where this question follows it up.")
    ] = UNSET
    sources: Annotated[Globs, _SOURCES] = ()
    within: Annotated[CollectionName | UnsetType, _WITHIN] = UNSET
    max_sentences: Annotated[MaxSentences, Meta(description="Longest answer, in sentences.")] = 5
    top_k: Annotated[TopK, Meta(description="Passages given beside the answer, the nearest first.")] = 3


class SearchArguments(Struct, frozen=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """What to look for."""

    query: Annotated[str, Meta(description="What to look for: a question or words, 1 to 2,000 characters.")]
    limit: Annotated[TopK, Meta(description="Passages at most.")] = 8
    sources: Annotated[Globs, _SOURCES] = ()
    within: Annotated[CollectionName | UnsetType, _WITHIN] = UNSET


class ReadArguments(Struct, frozen=True, forbid_unknown_fields=True):
    """A document, or a part of it."""

    source: Annotated[str, _NAME]
    start: Annotated[Offset, Meta(description="Offset to begin at, in characters.")] = 0
    end: Annotated[
        Offset | UnsetType, Meta(description="Offset to stop before; the document's end where not given.")
    ] = UNSET
    limit: Annotated[
        Annotated[int, Meta(ge=1, le=LONGEST_PART)],
        Meta(description="Characters at most; the result says where to go on."),
    ] = 4000


class VerifyArguments(Struct, frozen=True, forbid_unknown_fields=True):
    """A quotation, and where it is said to stand."""

    source: Annotated[str, _NAME]
    start_char_index: Annotated[Offset, Meta(description="Offset of its first character.")]
    end_char_index: Annotated[Offset, Meta(description="Offset after its last character.")]
    cited_text: Annotated[str, Meta(description="The words quoted.", min_length=1, max_length=LONGEST_PART)]


class ListArguments(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing."""


class ListedCorpus(Struct, frozen=True):
    """A corpus: its name, by which tools take it, and its title. is_default: it is asked where none is named."""

    name: str
    title: str
    is_default: bool


class ListedCorpora(Struct, frozen=True):
    """The corpora that can be asked."""

    corpora: tuple[ListedCorpus, ...]


class FoundPassages(Struct, frozen=True):
    """Passages, best first. similarity: cosine to the query; words count for the order, too."""

    passages: tuple[RetrievedPassage, ...]
    index_version: str


class SourcePart(Struct, frozen=True):
    """`text` is the document's own `[start_char_index:end_char_index]`, in code points.

    characters: the whole document's length. next_start: where to go on, null at the end of what was asked for.
    """

    document_id: str
    source: str
    title: str
    content_sha256: str
    characters: int
    start_char_index: int
    end_char_index: int
    next_start: int | None
    text: str
    url: str


class CheckedCitation(Verdict, frozen=True):
    """What became of a quotation. text: what the document has where the quotation stands, or was said to stand."""

    text: str | None = None


def object_schema(kind: type[Struct]) -> dict[str, Any]:
    """The JSON Schema of a Struct with an object at its root, as MCP wants it (msgspec's own is a reference)."""
    _, parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    root: dict[str, Any] = parts.pop(kind.__name__)
    return {**root, "$defs": parts} if parts else root


def with_corpus(schema: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """A tool's input schema with the argument, where there is a choice."""
    said = "Which corpus to look in: list_corpora tells of them. The default one where not given."
    return {**schema, "properties": {**schema["properties"], ARGUMENT: {"enum": list(names), "description": said}}}
