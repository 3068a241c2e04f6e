"""What the nouns say of themselves."""

import pytest
from msgspec import json

from index.types import Block, BlockKind, Document, Field, Metadata, Range, Sentence


@pytest.mark.parametrize(
    ("source", "stated", "title"),
    [
        ("a/b/the_old_mill.txt", None, "the old mill"),
        ("mill", None, "mill"),
        ("a.b.txt", None, "a.b"),
        ("mill.txt", "The Mill", "The Mill"),
    ],
)
def test_a_document_has_a_title(source: str, stated: str | None, title: str) -> None:
    metadata = Metadata(title=Field(stated, 0, len(stated)) if stated else None)
    assert Document("d", source, "", "", "text", "utf-8", (), metadata).title == title


def test_a_sentence_reaches_from_its_first_range_to_its_last() -> None:
    sentence = Sentence(0, 0, (Range(3, 7), Range(12, 20)))
    assert (sentence.start, sentence.end) == (3, 20)


def test_the_words_of_kinds_that_indexes_and_replies_hold() -> None:
    assert json.encode(Block(BlockKind.BOILERPLATE, 0, 1)).startswith(b'{"kind":"furniture"')
    assert [kind.value for kind in BlockKind] == (
        ["title", "heading", "paragraph", "list", "table", "code", "caption", "footnote", "byline", "furniture"]
    )
