"""Rows and structs: ids, keys and what stands in a column."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from index.store.rows import (
    PassageText,
    facts_from_row,
    new_document_id,
    passage_from_row,
    passage_number,
    passage_row,
    passage_text,
    summary_from_row,
    text_key,
)
from index.types import Document, Passage, PassageKind

DOCUMENT = Document("d1", "a/the_mill.txt", "sha", "text", "text", "utf-8", ())


@given(st.text(), st.lists(st.text(), max_size=3), st.sampled_from(PassageKind))
def test_a_passage_comes_back_from_its_row(document_id: str, path: list[str], kind: PassageKind) -> None:
    passage = Passage(document_id, 3, kind, 1, 4, 10, 90, tuple(path), 77)
    assert passage_from_row(passage_row(passage)) == passage


def test_a_key_is_the_texts_sha256_whatever_it_holds() -> None:
    assert text_key("mill") == hashlib.sha256(b"mill").hexdigest()
    assert text_key("\ud800") != text_key("?")


def test_a_document_id_is_of_its_path_and_never_one_that_is_taken() -> None:
    first = new_document_id("a.txt", set())
    second = new_document_id("a.txt", {first})
    third = new_document_id("a.txt", {first, second})
    assert first == hashlib.sha256(b"a.txt").hexdigest()[:16]
    assert second == hashlib.sha256(b"a.txt\x001").hexdigest()[:16]
    assert len({first, second, third, new_document_id("b.txt", set())}) == 4


def test_a_passage_number_is_positive_small_and_of_content_and_place() -> None:
    passages = [Passage("d1", number, PassageKind.BODY, 0, 1, 0, 4) for number in range(50)]
    numbers = {passage_number(DOCUMENT, passage) for passage in passages}
    assert len(numbers) == 50
    assert all(0 <= number < 2**52 for number in numbers)  # exact in a JSON number


def test_a_passages_text_is_its_head_and_body() -> None:
    assert passage_text(1, "Title › Part\nOne. Two.\nThree.") == PassageText(1, "Title › Part", "One. Two.\nThree.")
    assert passage_text(1, "One. Two.") == PassageText(1, "", "One. Two.")


def test_a_source_without_a_title_has_its_files_name() -> None:
    row = (
        "d1",
        "a/the_mill.txt",
        "sha",
        "text",
        "utf-8",
        4,
        "2026-11-22",
        "{}",
        '["odd"]',
        '{"r":2}',
        '{"sentences":5,"passages":6,"blocks":{"list":1}}',
    )
    summary = summary_from_row(row)
    assert (summary.title, summary.sentences, summary.passages) == ("the mill", 5, 6)
    assert (summary.warnings, summary.left_out, summary.blocks) == (("odd",), {"r": 2}, {"list": 1})
    facts = facts_from_row(("d1", "a.txt", "sha", "p", '{"r":2}', "[]", row[-1]))
    assert (facts.sentences, facts.passages, facts.left_out, facts.blocks) == (5, 6, {"r": 2}, {"list": 1})
