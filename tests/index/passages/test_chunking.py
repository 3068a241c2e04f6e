"""Passages: whole sentences under one heading, within both measures, and what is embedded of them."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models.embedding import Progress, open_embedder
from index.models.tokens import open_token_counter
from index.passages.chunking import PassageBudget, embedding_text, make_passages
from index.sentences.markup import sentence_text
from index.types import Block, BlockKind, Document, Field, Matrix, Metadata, Passage, PassageKind, Range, Sentence

SENTENCE_KINDS = [kind for kind in BlockKind if kind is not BlockKind.BOILERPLATE]
BODY_KINDS = {BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE, BlockKind.CODE}
TITLE = "The Title"


class WordCounter:
    """A token a word."""

    name = "words"

    def count(self, text: str) -> int:
        return len(text.split())


class WordEmbedder:
    """Reads `max_tokens` words, two of them special ones."""

    model_id = "words@0"
    dimension = 1

    def __init__(self, max_tokens: int, joint: int = 0) -> None:
        """joint: tokens more where two sentences meet, as tokenizers may count that are not additive."""
        self.max_tokens = max_tokens
        self._joint = joint

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2 + self._joint * text.count(". ")

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        raise AssertionError(f"making passages embeds nothing: {texts}, {progress}")


COUNTER, EMBEDDER = WordCounter(), WordEmbedder(max_tokens=40)
BUDGET = PassageBudget(tokens=20, overlap_sentences=1)


def make_document(*parts: tuple[BlockKind, int, Sequence[str]]) -> tuple[Document, tuple[Sentence, ...]]:
    """A document of blocks (kind, level, sentences); boilerplate has text but no sentences."""
    text = ""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for kind, level, written in parts:
        start = len(text)
        for sentence in written:
            text += "" if len(text) == start else " "
            if kind is not BlockKind.BOILERPLATE:
                here = Range(len(text), len(text) + len(sentence))
                sentences.append(Sentence(ordinal=len(sentences), block=len(blocks), ranges=(here,)))
            text += sentence
        blocks.append(Block(kind=kind, start=start, end=len(text), level=level))
        text += "\n\n"
    title = Metadata(title=Field(TITLE, 0, 0))
    return Document("d", "d.txt", "0", text, "text", "utf-8", tuple(blocks), title), tuple(sentences)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, tuple[Sentence, ...]]:
    """Up to a dozen blocks of sentences of up to 60 words, which is more than the model reads."""
    parts: list[tuple[BlockKind, int, list[str]]] = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from([*SENTENCE_KINDS, BlockKind.PARAGRAPH, BlockKind.BOILERPLATE]))
        level = draw(st.integers(1, 3)) if kind is BlockKind.HEADING else 0
        many = 1 if kind in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.BYLINE) else draw(st.integers(1, 8))
        sizes = [draw(st.one_of(st.integers(1, 12), st.integers(1, 60))) for _ in range(many)]
        parts.append((kind, level, [f"w{len(parts)} " * (size - 1) + "end." for size in sizes]))
    return make_document(*parts)


def passages_of(document: Document, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    return make_passages(document, sentences, COUNTER, EMBEDDER, BUDGET)[0]


def words(document: Document, sentences: Sequence[Sentence]) -> int:
    return sum(COUNTER.count(sentence_text(document, sentence)) for sentence in sentences)


@given(documents())
def test_every_body_sentence_is_in_a_passage_and_boilerplate_and_headings_in_none(
    made: tuple[Document, tuple[Sentence, ...]],
) -> None:
    document, sentences = made
    kinds = {sentence.ordinal: document.blocks[sentence.block].kind for sentence in sentences}
    covered: dict[int, set[PassageKind]] = {}
    for passage in passages_of(document, sentences):
        for ordinal in range(passage.first_sentence, passage.end_sentence):
            covered.setdefault(ordinal, set()).add(passage.kind)
    for ordinal, kind in kinds.items():
        if kind in BODY_KINDS:
            assert covered[ordinal] == {PassageKind.BODY}
        elif kind is BlockKind.HEADING:
            assert ordinal not in covered
        else:
            assert covered[ordinal] <= {PassageKind.NOTE, PassageKind.METADATA}


@given(documents())
def test_passages_lie_within_both_limits_and_under_one_heading(made: tuple[Document, tuple[Sentence, ...]]) -> None:
    document, sentences = made
    for number, passage in enumerate(passages_of(document, sentences)):
        own = sentences[passage.first_sentence : passage.end_sentence]
        assert passage.ordinal == number
        assert (passage.start, passage.end) == (own[0].start, own[-1].end)
        assert len(own) == 1 or words(document, own) <= BUDGET.tokens
        between = document.blocks[own[0].block : own[-1].block + 1]
        assert BlockKind.HEADING not in {block.kind for block in between}
        text = embedding_text(document, passage, sentences, EMBEDDER)
        assert EMBEDDER.count_tokens(text) <= EMBEDDER.max_tokens


@given(documents())
def test_text_is_cut_only_with_a_warning_and_only_in_a_sentence_by_itself(
    made: tuple[Document, tuple[Sentence, ...]],
) -> None:
    document, sentences = made
    passages, warnings = make_passages(document, sentences, COUNTER, EMBEDDER, BUDGET)
    cut = []
    for passage in passages:
        own = sentences[passage.first_sentence : passage.end_sentence]
        shown = " ".join(sentence_text(document, sentence) for sentence in own)
        if not embedding_text(document, passage, sentences, EMBEDDER).endswith(shown):
            cut.append(passage)
            assert len(own) == 1
            assert words(document, own) > EMBEDDER.max_tokens - 2
    assert bool(cut) == bool(warnings)
    if cut:
        assert f"character {cut[0].start})" in warnings[0]


@given(documents())
def test_overlap_is_one_sentence_wherever_there_is_room(made: tuple[Document, tuple[Sentence, ...]]) -> None:
    document, sentences = made
    for before, after in pairwise(passages_of(document, sentences)):
        overlap = before.end_sentence - after.first_sentence
        assert overlap <= 1
        if overlap == 0 and before.end_sentence - before.first_sentence > 1:
            one_more = sentences[after.first_sentence - 1 : after.first_sentence + 1]
            blocks = document.blocks[one_more[0].block : one_more[1].block + 1]
            if {block.kind for block in blocks} <= BODY_KINDS | {BlockKind.BOILERPLATE}:
                room = min(BUDGET.tokens, EMBEDDER.max_tokens - 2 - EMBEDDER.max_tokens // 4)
                assert words(document, one_more) > room


@given(documents())
def test_there_is_one_metadata_passage_at_most_and_the_same_each_time(
    made: tuple[Document, tuple[Sentence, ...]],
) -> None:
    document, sentences = made
    passages = passages_of(document, sentences)
    kinds = {block.kind for block in document.blocks}
    metadata = [passage for passage in passages if passage.kind is PassageKind.METADATA]
    assert len(metadata) == bool(kinds & {BlockKind.TITLE, BlockKind.BYLINE})
    assert passages == passages_of(document, sentences)


def test_heading_path_is_outermost_first_and_ends_with_its_section() -> None:
    document, sentences = make_document(
        (BlockKind.PARAGRAPH, 0, ["Before."]),
        (BlockKind.HEADING, 1, ["Part *one*"]),
        (BlockKind.HEADING, 2, ["Chapter"]),
        (BlockKind.PARAGRAPH, 0, ["Deep."]),
        (BlockKind.HEADING, 1, ["Part two"]),
        (BlockKind.PARAGRAPH, 0, ["After."]),
    )
    paths = [passage.heading_path for passage in passages_of(document, sentences)]
    assert paths == [(), ("Part one", "Chapter"), ("Part two",)]


def test_two_sections_of_the_same_name_stay_apart() -> None:
    part = (BlockKind.HEADING, 1, ["Notes"]), (BlockKind.PARAGRAPH, 0, ["Short."])
    assert len(passages_of(*make_document(*part, *part))) == 2


def test_heading_without_a_sentence_parts_its_sections_too() -> None:
    text = (BlockKind.PARAGRAPH, 0, ["Short."])
    assert len(passages_of(*make_document(text, (BlockKind.HEADING, 1, []), text))) == 2


def test_byline_above_the_text_yields_to_the_title_below_it() -> None:
    parts = (BlockKind.BYLINE, 0, ["Monday"]), (BlockKind.PARAGRAPH, 0, ["Lead."]), (BlockKind.TITLE, 0, [TITLE])
    kinds = [passage.kind for passage in passages_of(*make_document(*parts))]
    assert kinds == [PassageKind.NOTE, PassageKind.BODY, PassageKind.METADATA]


def test_title_and_byline_make_the_metadata_passage_and_a_late_byline_a_note() -> None:
    document, sentences = make_document(
        (BlockKind.BYLINE, 0, ["Sunday 3 May"]),
        (BlockKind.BOILERPLATE, 0, ["Menu", "Search"]),
        (BlockKind.TITLE, 0, [TITLE]),
        (BlockKind.BYLINE, 0, ["By A. Writer"]),
        (BlockKind.PARAGRAPH, 0, ["Text."]),
        (BlockKind.CAPTION, 0, ["A picture."]),
        (BlockKind.BYLINE, 0, ["A. Writer is a writer."]),
    )
    passages = passages_of(document, sentences)
    assert [(passage.kind.value, passage.first_sentence, passage.end_sentence) for passage in passages] == [
        ("metadata", 0, 3),
        ("body", 3, 4),
        ("note", 4, 5),
        ("note", 5, 6),
    ]
    assert embedding_text(document, passages[0], sentences, EMBEDDER) == "Sunday 3 May The Title By A. Writer"


def test_sentence_over_a_page_break_keeps_both_ranges() -> None:
    text = "It goes\n---\n12\n---\non here."
    blocks = (Block(BlockKind.PARAGRAPH, 0, 7), Block(BlockKind.BOILERPLATE, 8, 18), Block(BlockKind.PARAGRAPH, 19, 27))
    document = Document("d", "a_b.txt", "0", text, "text", "utf-8", blocks)
    sentences = (Sentence(0, 0, (Range(0, 7), Range(19, 27))),)
    (passage,) = passages_of(document, sentences)
    assert (passage.start, passage.end) == (0, 27)
    assert embedding_text(document, passage, sentences, EMBEDDER) == "a b\nIt goes on here."


def test_long_headings_give_way_to_the_text() -> None:
    document, sentences = make_document(
        (BlockKind.HEADING, 1, ["outer " * 30]),
        (BlockKind.HEADING, 2, ["inner"]),
        (BlockKind.PARAGRAPH, 0, ["word " * 30 + "end."]),
        (BlockKind.PARAGRAPH, 0, ["word " * 37 + "end."]),
    )
    passages = passages_of(document, sentences)
    first, second = (embedding_text(document, passage, sentences, EMBEDDER) for passage in passages)
    assert first.startswith("The Title › inner\nword")
    assert second.startswith("word")
    assert second.endswith("end.")
    assert embedding_text(document, passages[0], sentences).startswith(f"{TITLE} › outer outer")


def test_tokenizer_that_is_not_additive_gets_fewer_sentences() -> None:
    embedder = WordEmbedder(max_tokens=24, joint=2)
    document, sentences = make_document((BlockKind.PARAGRAPH, 0, ["one two three."] * 12))
    passages, warnings = make_passages(document, sentences, COUNTER, embedder, PassageBudget(tokens=20))
    assert warnings == ()
    for passage in passages:
        text = embedding_text(document, passage, sentences, embedder)
        assert embedder.count_tokens(text) <= 24
        assert text.count("three.") == passage.end_sentence - passage.first_sentence


def test_document_without_sentences_has_no_passages() -> None:
    assert make_passages(*make_document(), COUNTER, EMBEDDER, BUDGET) == ((), ())


@pytest.mark.parametrize(("word", "times"), [("word ", 2_000_000), ("word", 100_000), ("語", 100_000), ("…", 100_000)])
def test_one_endless_sentence_is_one_passage_embedded_by_its_beginning(word: str, times: int) -> None:
    document, sentences = make_document((BlockKind.PARAGRAPH, 0, [word * times]))
    embedder = open_embedder()
    (passage,), (warning,) = make_passages(document, sentences, open_token_counter(), embedder, PassageBudget())
    text = embedding_text(document, passage, sentences, embedder)
    assert "1 sentence is longer than the 256 tokens" in warning
    assert text.startswith(f"{TITLE}\n{word}")
    assert embedder.count_tokens(text) <= embedder.max_tokens
    assert not text.endswith("wor")


def test_with_the_shipped_counter_and_the_models_tokenizer_nothing_is_over() -> None:
    """Text of the kind that has more of the model's tokens than of ours."""
    rng = np.random.default_rng(7)
    vocabulary = [
        "Yoshihide",
        "Ishiba’s",
        "2017,",
        "(MOFA)",
        "the",
        "of",
        "memorandum",
        "–",
        "https://a.example/b_c?d=1",
    ]
    written = [" ".join(rng.choice(vocabulary, size=rng.integers(3, 60))) + "." for _ in range(80)]
    document, sentences = make_document((BlockKind.HEADING, 1, ["A heading"]), (BlockKind.PARAGRAPH, 0, written))
    counter, embedder = open_token_counter(), open_embedder()
    passages, warnings = make_passages(document, sentences, counter, embedder, PassageBudget())
    sizes = []
    for passage in passages:
        own = sentences[passage.first_sentence : passage.end_sentence]
        shown = " ".join(sentence_text(document, sentence) for sentence in own)
        text = embedding_text(document, passage, sentences, embedder)
        sizes.append(embedder.count_tokens(text))
        assert len(own) == 1 or counter.count(shown) <= 180
        assert len(own) == 1 or text == f"{TITLE} › A heading\n{shown}"
    assert max(sizes) <= 256
    assert max(sizes) > 200
    assert len(warnings) <= 1
