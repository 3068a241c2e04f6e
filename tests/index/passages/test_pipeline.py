"""A document becomes sentences, passages and texts; nothing is left out without being counted."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from index.passages.chunking import PassageBudget
from index.passages.pipeline import ENDLESS
from index.readers import read
from index.sentences.context import sentence_query
from tests.paths import SEEDS
from tests.small_model import SmallEmbedder, small_pipeline

FILES = sorted(SEEDS.iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name[:3])
def test_every_character_is_in_a_passage_or_counted_as_left_out(file: Path) -> None:
    prepared = small_pipeline().prepare(read(file.read_bytes(), file.name, "d"))
    text = prepared.document.text
    quoted = {number for one in prepared.passages for number in range(one.first_sentence, one.end_sentence)}
    inside = sum(
        len("".join(text[part.start : part.end].split()))
        for sentence in prepared.sentences
        if sentence.ordinal in quoted
        for part in sentence.ranges
    )
    assert inside + sum(prepared.left_out.values()) == len("".join(text.split()))
    assert list(prepared.left_out.values()) == sorted(prepared.left_out.values(), reverse=True)


def test_each_passage_and_each_quoted_sentence_has_its_text() -> None:
    file = FILES[0]
    prepared = small_pipeline().prepare(read(file.read_bytes(), file.name, "d"))
    assert len(prepared.texts) == len(prepared.passages) > 0
    assert len(prepared.sentence_texts) == len(prepared.sentences)
    for sentence, text in zip(prepared.sentences, prepared.sentence_texts, strict=True):
        assert text in ("", sentence_query(prepared.document, sentence))
    assert any(prepared.sentence_texts)


def test_a_sentence_longer_than_the_model_reads_has_no_vector_of_its_own() -> None:
    long = "The " + "a " * 400 + "long sentence ends. The short one ends, too.\n"
    prepared = small_pipeline().prepare(read(f"A title\n\n{long}".encode(), "a.txt", "d"))
    assert [bool(text) for text in prepared.sentence_texts[-2:]] == [False, True]
    assert prepared.document.warnings


def test_the_fingerprint_changes_with_every_setting() -> None:
    pipeline = small_pipeline()
    others = [
        replace(pipeline, embedder=SmallEmbedder("other@2")),
        replace(pipeline, budget=PassageBudget(tokens=90)),
        replace(pipeline, budget=PassageBudget(overlap_sentences=2)),
    ]
    assert len({pipeline.fingerprint, *(other.fingerprint for other in others)}) == 4
    assert small_pipeline().fingerprint == pipeline.fingerprint


def test_what_is_left_out_of_an_endless_line_is_told() -> None:
    text = "word " * 100_000
    prepared = small_pipeline().prepare(read(text.encode(), "line.txt", "d"))
    assert len(prepared.sentences) == 200
    read_characters = sum(len(text[s.start : s.end].replace(" ", "")) for s in prepared.sentences)
    assert prepared.left_out[ENDLESS] == 400_000 - read_characters
    assert any("left out" in warning for warning in prepared.document.warnings)
