"""The answer's nouns. A `Reply` is what every surface shows; its fields are the public contract of POST /api/ask."""

from collections.abc import Callable
from typing import Literal, NewType

from msgspec import UNSET, Struct, UnsetType

from index.types import Indexing
from index.unread import UnreadFile

ConfidenceLabel = Literal["VERY_HIGH", "HIGH", "MEDIUM", "LOW"]
CleanQuestion = NewType("CleanQuestion", str)  # what `qa.pipeline.clean_question` gives


OnDisk = Literal["same", "changed", "gone", "unknown"]
ReplyKind = Literal["answer", "summary", "courtesy"]
VerdictKind = Literal["supports", "contradicts"]
VERDICT_WORDS: dict[VerdictKind, str] = {
    "supports": "Yes, the documents say so.",
    "contradicts": "No, the documents say otherwise.",
}
BlockForm = Literal["sentence", "list", "row", "record", "code"]


class AskOptions(Struct, frozen=True):
    """top_k: passages returned. max_sentences: longest summary. sources: globs over source paths, none means all.

    within: a folder or saved filter that is asked alone; "/" or None is all documents. interpreted_as: how to
    understand the question, instead of by what was said before; the question itself to carry nothing over. replaces:
    the id of the reply whose place in the conversation the new one takes. remembers: whether the reply is kept.
    """

    top_k: int = 8
    max_sentences: int = 5
    sources: tuple[str, ...] = ()
    interpreted_as: str | None = None
    replaces: str | None = None
    within: str | None = None
    remembers: bool = True


DEFAULT_OPTIONS = AskOptions()


class Requester(Struct, frozen=True):
    """Who asks. name: whose conversations are theirs; "" is whoever asks where nobody is told apart.

    sources: globs over the paths of the documents they may see, none means all; no other document exists for them.
    is_admin: may also see what was asked and answered by others. corpora: names of the corpora they may ask, where a
    server has several; none means all, and no other corpus exists for them.
    """

    name: str = ""
    sources: tuple[str, ...] = ()
    is_admin: bool = True
    corpora: tuple[str, ...] = ()


class PageBox(Struct, frozen=True):
    """A rectangle of a page (from 1). left, top, right, bottom: shares of its width and height, from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Citation(Struct, frozen=True):
    """A verbatim range of one document: `text[start_char_index:end_char_index] == cited_text`, in code points.

    number: its chip in the reply, from 1. document_index: number of its document among those the reply cites, from 0.
    page: where it begins, from 1; None where the format has none. heading: path of headings joined with " › ".
    similarity: cosine. place: what readers call the place in the original ("page 3", "Sales!A2:D2", "00:01:12"), None
    where the text itself is the original. boxes: what to mark on the pages.
    """

    number: int
    cited_text: str
    document_index: int
    document_title: str
    start_char_index: int
    end_char_index: int
    source: str
    document_id: str
    passage_id: int
    page: int | None
    heading: str | None
    content_sha256: str
    similarity: float
    url: str
    place: str | None = None
    boxes: tuple[PageBox, ...] = ()
    type: Literal["char_location"] = "char_location"

    @property
    def spot(self) -> str:
        """The place or page in words; "" where the text itself is the original."""
        return self.place or (f"page {self.page}" if self.page is not None else "")


class Entry(Struct, frozen=True):
    """A part that stands by itself: an item of a list, or a value of a row or record.

    text: the display form of what the block cites of `[start_char_index:end_char_index)`. citation: number of the one
    it begins in. label: what the document calls it, in display form: an item's number as written ("3.", "b)"; empty for
    a bullet), a cell's column, a value's key; it stands at `[label_start_char_index:label_end_char_index)`, null where
    there is none. line: number of its item, row or record in the block, from 0. depth: how many items of the block an
    item stands under.
    """

    text: str
    citation: int
    start_char_index: int
    end_char_index: int
    label: str = ""
    label_start_char_index: int | None = None
    label_end_char_index: int | None = None
    line: int = 0
    depth: int = 0


class ContentBlock(Struct, frozen=True):
    """One sentence of the summary. `text` is the display form of its citations' text, and nothing else.

    also: where the documents say the same again in the same or nearly the same words; their text is not in `text`.
    kind: how it was written. Of code the last citation is the code. entries: of a list, row or record, its parts.
    lead: of these and of code, what of `text` stands before them and announces them. about: what of the question it is
    on, where that has parts: a thing or source that is compared, or a step; "" where it has none.
    """

    text: str
    citations: tuple[Citation, ...]
    also: tuple[Citation, ...] = ()
    kind: BlockForm = "sentence"
    lead: str = ""
    entries: tuple[Entry, ...] = ()
    about: str = ""
    type: Literal["text"] = "text"


class ShortAnswer(Struct, frozen=True):
    """A span of the cited document that answers on its own. `citation` is the number of the citation it lies in."""

    text: str
    citation: int
    start_char_index: int
    end_char_index: int


class Mention(Struct, frozen=True):
    """Where a value is given: inside the citation of that number. date: its document's, as the document states it."""

    citation: int
    start_char_index: int
    end_char_index: int
    date: str | None


class AnswerGroup(Struct, frozen=True):
    """One side of a disagreement: a value (the words of its first mention) and everywhere cited that gives it."""

    text: str
    mentions: tuple[Mention, ...]


class Count(Struct, frozen=True):
    """What an exhaustive scan found. sought: the words looked for, as the question has them.

    documents: with at least one hit, of `documents_scanned`. mentions: sentences that have it. cited: of the hits, how
    many the reply cites, one or more a document.
    """

    sought: tuple[str, ...]
    documents: int
    documents_scanned: int
    mentions: int
    cited: int


class RetrievedPassage(Struct, frozen=True):
    """A passage that was read, best first; `text` is the document's own `[start_char_index:end_char_index]`.

    display: of an abstention, its sentences as a reader sees them, without markup.
    """

    passage_id: int
    document_id: str
    source: str
    start_char_index: int
    end_char_index: int
    text: str
    similarity: float
    rank: int
    document_title: str
    heading: str | None
    url: str
    display: str = ""


class LeftOutMatch(Struct, frozen=True):
    """Where the question's words stand in text that was left out of the index as a page's frame, and why it was."""

    document_id: str
    document_title: str
    source: str
    start_char_index: int
    end_char_index: int
    reason: str
    url: str


class AskedWithin(Struct, frozen=True):
    """What alone was asked. name: a folder's path with "/" at its end, or a saved filter's name. documents: in it."""

    name: str
    kind: Literal["folder", "filter"]
    documents: int


class Reply(Struct, frozen=True):
    """An answer, or an honest "not in these documents" (`answered` false, `answer` None, `content` empty).

    interpreted_as: the stand-alone question a follow-up was read as, None where the question was taken as it is.
    following_up_on: the question before, where `interpreted_as` is no sentence but has words of it in brackets.
    confidence: calibrated probability that the first citation is right. timings_ms: milliseconds by stage
    (interpret, retrieve, read, answer; those that there were) and in total.
    disagreement: whether the passages give different values for what was asked; `groups` then has two or more sides.
    count: what was counted, where `coverage` is exhaustive. missing: of an abstention, words of the question that none
    of `passages` has; empty where none can be named. unmentioned: of an abstention, words that no document has in any
    form. apart: of one, words that no passage of any document has together. related: of one, whether one of `passages`
    has most of what the question is about. suggestions: of one, two questions that the documents answer, the likest
    first. language: the question's where that is surely not English (ISO 639-1, or a script as "und-Cyrl"); `message`
    then says what is read well. left_out: of an abstention, left-out text that has the question's
    words, three stretches at most. unread: of an abstention, files that were not read and whose names have words of the
    question. indexing: where files were being read meanwhile, how far that was: what they hold may be missing.
    kind: an answer (or abstention), sentences that sum something up, or a courtesy, which nothing is cited for.
    message: what Footnote says itself, not the documents; "" where there is no need. within: the folder or saved
    filter that alone was asked, None where it was all documents. verdict: of a question that "yes" or "no" would
    answer, whether the first sentence says what it asks or the contrary; None where its form does not make that sure.
    stored: whether it was kept; if not, it has no link, and what is asked next does not know of it.
    """

    id: str
    conversation_id: str
    question: str
    interpreted_as: str | None
    answered: bool
    answer: ShortAnswer | None
    content: tuple[ContentBlock, ...]
    passages: tuple[RetrievedPassage, ...]
    confidence: float
    confidence_label: ConfidenceLabel
    index_version: str
    timings_ms: dict[str, float]
    disagreement: bool = False
    groups: tuple[AnswerGroup, ...] = ()
    coverage: Literal["top_k", "exhaustive"] = "top_k"
    count: Count | None = None
    missing: tuple[str, ...] = ()
    left_out: tuple[LeftOutMatch, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    indexing: Indexing | None = None
    kind: ReplyKind = "answer"
    message: str = ""
    within: AskedWithin | None = None
    following_up_on: str | None = None
    verdict: VerdictKind | None = None
    stored: bool = True
    unmentioned: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    related: bool = False
    suggestions: tuple[str, ...] = ()
    language: str | None = None
    offset_unit: Literal["code_point"] = "code_point"


class DocumentSummary(Struct, frozen=True):
    """Sentences of a document that sum it up, in its order, cited as in a reply. message: why there are none."""

    document_id: str
    source: str
    title: str
    content: tuple[ContentBlock, ...]
    index_version: str
    message: str = ""


class Interpreted(Struct, frozen=True, tag="interpreted"):
    """The question is understood (sent once, also where nothing was carried over)."""

    question: str
    interpreted_as: str | None
    following_up_on: str | None = None


class ReadingBegun(Struct, frozen=True, tag="reading"):
    """How many passages, of how many documents, are being read."""

    passages: int
    documents: int


class PassagesFound(Struct, frozen=True, tag="passages"):
    """The passages that were read, most relevant first."""

    passages: tuple[RetrievedPassage, ...]


class SentenceProven(Struct, frozen=True, tag="sentence"):
    """One sentence of the answer, its citations proven."""

    block: ContentBlock


class ShortAnswerFound(Struct, frozen=True, tag="answer"):
    """The short answer, or None."""

    answer: ShortAnswer | None


Event = Interpreted | ReadingBegun | PassagesFound | SentenceProven | ShortAnswerFound
Listener = Callable[[Event], None]


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """A citation somebody holds and wants checked; `content_sha256` is of the file it was cited from."""

    document_id: str
    start_char_index: int
    end_char_index: int
    cited_text: str
    content_sha256: str | UnsetType | None = UNSET


class Verdict(Struct, frozen=True):
    """exact: the text stands there. moved: it stands once elsewhere in the document (the new range is given).

    changed: the document is there and the text is not. gone: the document is not there, or its file is not any more.
    on_disk: whether the file is as it was when it was indexed, at `indexed_at` (ISO 8601, UTC); where it has changed,
    `status` is of what was read then. unknown: it cannot be looked at.
    """

    status: Literal["exact", "moved", "changed", "gone"]
    document_id: str
    source: str | None
    start_char_index: int | None
    end_char_index: int | None
    content_sha256: str | None
    on_disk: OnDisk = "unknown"
    indexed_at: str | None = None


class Turn(Struct, frozen=True):
    """A question of a conversation and its reply. asked_at: ISO 8601, UTC."""

    id: str
    question: str
    interpreted_as: str | None
    answered: bool
    answer_text: str
    asked_at: str
    reply: Reply | None = None


class Conversation(Struct, frozen=True):
    """Turns, oldest first. title: the first question's own words, or what a person calls it."""

    conversation_id: str
    turns: tuple[Turn, ...]
    title: str = ""
