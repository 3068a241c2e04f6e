"""How a document becomes sentences, passages and texts to embed, and a fingerprint of all that decides it."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct, json
from msgspec.structs import replace

from index.models.embedding import Embedder
from index.models.tokens import TokenCounter
from index.passages.chunking import PassageBudget, embedding_text, make_passages
from index.sentences.context import sentence_query
from index.sentences.segmenter import LIMITS, split_sentences
from index.types import BlockKind, Document, Passage, Sentence

# Raise it when readers, blocks, sentences or passages come out differently: every document is then made anew.
PIPELINE_VERSION = 8
ENDLESS = "a run of text without an end to its sentence"
# Of a format's own marks, which are no text that anybody left out.
MARKS = frozenset({"rule", "link definition", "badges"})
SILENT = MARKS | {"comment"}  # these, and what its author hid: never told of
_WHY_NOT = {BlockKind.HEADING: "heading, searched with what it heads", BlockKind.TITLE: "title, searched with it all"}


class Prepared(Struct, frozen=True):
    """A document ready for the store.

    texts: what each passage is embedded as. sentence_texts: the same of each sentence, "" for those without a vector of
    their own. left_out: reason -> characters that are no white space and that no passage quotes.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    sentence_texts: tuple[str, ...]
    left_out: dict[str, int]


class Pipeline(Struct, frozen=True):
    """The settings of indexing."""

    embedder: Embedder
    token_counter: TokenCounter
    budget: PassageBudget = PassageBudget()

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change with the model, the tokenizer, the budget or this code."""
        parts = [PIPELINE_VERSION, self.embedder.model_id, self.token_counter.name, self.budget]
        return hashlib.sha256(json.encode(parts)).hexdigest()[:16]

    def prepare(self, document: Document) -> Prepared:
        """Split it. Raises ModelError if the embedding model cannot be used."""
        sentences = split_sentences(document.text, document.blocks)
        passages, warnings = make_passages(document, sentences, self.token_counter, self.embedder, self.budget)
        omitted = left_out(document, sentences, passages)
        if ENDLESS in omitted:
            warnings += (f"{omitted[ENDLESS]:,} characters are left out: {ENDLESS}.",)
        return Prepared(
            document=replace(document, warnings=tuple(dict.fromkeys((*document.warnings, *warnings)))),
            sentences=sentences,
            passages=passages,
            texts=tuple(embedding_text(document, passage, sentences, self.embedder) for passage in passages),
            sentence_texts=self._sentence_texts(document, sentences, passages),
            left_out=omitted,
        )

    def _sentence_texts(
        self, document: Document, sentences: Sequence[Sentence], passages: Sequence[Passage]
    ) -> tuple[str, ...]:
        quoted = _quoted(passages)
        texts = [sentence_query(document, one) if one.ordinal in quoted else "" for one in sentences]
        most = self.embedder.max_tokens
        # One too long for the model is found by its passages' vectors, which say so in a warning.
        return tuple(text if len(text) < most or self.embedder.count_tokens(text) <= most else "" for text in texts)


def _quoted(passages: Sequence[Passage]) -> set[int]:
    return {number for passage in passages for number in range(passage.first_sentence, passage.end_sentence)}


def left_out(document: Document, sentences: Sequence[Sentence], passages: Sequence[Passage]) -> dict[str, int]:
    """Characters in no passage, by reason, white space not counted; the reasons with most first."""
    quoted = _quoted(passages)
    counts: dict[str, int] = {}

    def add(reason: str, characters: int) -> None:
        if characters:
            counts[reason] = counts.get(reason, 0) + characters

    starts = [block.start for block in document.blocks]
    in_sentences = [0] * len(document.blocks)
    read_to: dict[int, int] = {}
    for sentence in sentences:
        for part in sentence.ranges:  # the second of one that a page break cuts lies in another block
            characters = _ink(document.text, part.start, part.end)
            number = bisect_right(starts, part.start) - 1
            in_sentences[number] += characters
            read_to[number] = max(part.end, read_to.get(number, 0))
            if sentence.ordinal not in quoted:
                add(_WHY_NOT.get(document.blocks[sentence.block].kind, "sentence in no passage"), characters)
    end = 0
    for number, block in enumerate(document.blocks):
        add("between blocks", _ink(document.text, end, block.start))
        end = block.end
        rest = _ink(document.text, block.start, block.end) - in_sentences[number]
        if block.kind is BlockKind.BOILERPLATE and block.reason in MARKS:
            add("bullets, markers and markup", rest)
        elif block.kind is BlockKind.BOILERPLATE:
            add(f"furniture: {block.reason}" if block.reason else "furniture", rest)
        else:
            tail = _ink(document.text, read_to.get(number, block.end), block.end)
            endless = tail if tail > LIMITS.sentence else 0
            add(ENDLESS, endless)
            add("bullets, markers and markup", rest - endless)
    add("between blocks", _ink(document.text, end, len(document.text)))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _ink(text: str, start: int, end: int) -> int:
    """Characters of text[start:end] that are no white space."""
    return sum(map(len, text[start:end].split()))
