from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.errors import QuoteError
from index.sentences.markup import joined_display
from index.types import Range, Sentence
from qa.composing.citations import cite, prove, quote_ranges, short_answer, verify
from qa.composing.selection import Quote
from qa.reading.reader import OpenPassage, Span
from qa.types import Citation, Claim, ContentBlock, ShortAnswer
from tests.reading import evidence, open_text, shelf_of

TEXT = "The mill was built in 1821 by\u00a0Ada  Byron 🏭 of Weir. It burned down twice. “Never again,” said the mayor."
MILL = open_text(TEXT)


def quote_of(opened: OpenPassage, *ordinals: int) -> Quote:
    return Quote(
        evidence(opened, *[1.0] * len(opened.sentences))[ordinals[-1]], tuple(opened.sentences[o] for o in ordinals)
    )


def test_a_citation_is_the_documents_own_text() -> None:
    (block,) = cite([quote_of(MILL, 0)], [MILL])
    (citation,) = block.citations
    assert TEXT[citation.start_char_index : citation.end_char_index] == citation.cited_text
    assert citation.cited_text == "The mill was built in 1821 by\u00a0Ada  Byron 🏭 of Weir."
    assert block.text == "The mill was built in 1821 by Ada Byron 🏭 of Weir."
    assert citation.url == "/sources/notes.txt#char=0,51"


def test_two_neighbouring_sentences_are_one_range() -> None:
    assert quote_ranges(quote_of(MILL, 0, 1)) == (Range(0, 73),)


def test_an_interrupted_sentence_has_two_citations() -> None:
    broken = Sentence(0, 0, (Range(0, 26), Range(30, 51)))
    quote = Quote(replace(evidence(MILL, 1.0)[0], sentence=broken), (broken,))
    (block,) = cite([quote], [MILL])
    assert [c.number for c in block.citations] == [1, 2]
    assert block.text == "The mill was built in 1821 Ada Byron 🏭 of Weir."
    prove(shelf_of(MILL), [block], None)


def test_numbers_run_through_and_documents_are_told_apart() -> None:
    other = open_text("The bakery is older than the mill.", "other.txt")
    quotes = [quote_of(MILL, 0), Quote(evidence(other, 1.0, passage_index=1)[0], other.sentences), quote_of(MILL, 2)]
    citations = [c for block in cite(quotes, [MILL, other]) for c in block.citations]
    assert [(c.number, c.document_index, c.source) for c in citations] == [
        (1, 0, "notes.txt"),
        (2, 1, "other.txt"),
        (3, 0, "notes.txt"),
    ]


def test_a_short_answer_lies_in_its_citation() -> None:
    blocks = cite([quote_of(MILL, 0)], [MILL])
    start = TEXT.index("Ada")
    answer = short_answer(Span(0, start, start + 10), blocks)
    assert answer == ShortAnswer("Ada Byron", 1, start, start + 10)
    prove(shelf_of(MILL), blocks, answer)
    assert short_answer(Span(0, 60, 70), blocks) is None
    assert short_answer(None, blocks) is None


BURNED = "It burned down twice, the mill of Weir."


def said_again() -> tuple[list[OpenPassage], tuple[ContentBlock, ...]]:
    """The mill's sentences, the first of them said again in another document."""
    other = open_text(BURNED, "other.txt")
    again = replace(evidence(other, 1.0, passage_index=1)[0], similarity=0.25)
    passages = [MILL, other]
    return passages, cite([replace(quote_of(MILL, 1), also=(again,)), quote_of(MILL, 0)], passages)


def test_what_says_the_same_again_is_cited_and_not_shown() -> None:
    passages, (first, second) = said_again()
    (again,) = first.also
    assert (first.text, second.also) == ("It burned down twice.", ())
    assert [c.number for c in (*first.citations, again, *second.citations)] == [1, 2, 3]
    assert (again.cited_text, again.source, again.document_index) == (BURNED, "other.txt", 1)
    assert (again.similarity, again.url) == (0.25, f"/sources/other.txt#char=0,{len(BURNED)}")
    prove(shelf_of(*passages), [first, second], None)


@pytest.mark.parametrize("how", range(5))
def test_what_says_the_same_again_is_proven_too(how: int) -> None:
    passages, (first, _) = said_again()
    with pytest.raises(QuoteError):
        prove(shelf_of(*passages), [replace(first, also=(tampered(first.also[0], how),))], None)


def test_the_short_answer_of_a_document_may_lie_in_any_citation_of_it() -> None:
    passages, blocks = said_again()
    start = BURNED.index("Weir")
    answer = short_answer(Span(0, start, start + 4), blocks, "other.txt")
    assert answer == ShortAnswer("Weir", 2, start, start + 4)
    prove(shelf_of(*passages), blocks, answer)
    assert short_answer(Span(0, 0, 8), blocks, "notes.txt") == ShortAnswer("The mill", 3, 0, 8)
    assert short_answer(Span(0, 0, 8), blocks) is None, "it lies outside the first block"
    assert short_answer(Span(0, 0, 8), blocks, "elsewhere.txt") is None


def tampered(citation: Citation, how: int) -> Citation:
    changes: list[dict[str, Any]] = [
        {"cited_text": citation.cited_text + "."},
        {"start_char_index": citation.start_char_index + 1},
        {"end_char_index": citation.end_char_index - 1},
        {"content_sha256": "0" * 64},
        {"cited_text": "", "end_char_index": citation.start_char_index},
    ]
    return replace(citation, **changes[how])


@pytest.mark.parametrize("how", range(5))
def test_a_quote_that_its_document_does_not_bear_out_never_leaves(how: int) -> None:
    (block,) = cite([quote_of(MILL, 0)], [MILL])
    wrong = replace(block, citations=(tampered(block.citations[0], how),))
    with pytest.raises(QuoteError):
        prove(shelf_of(MILL), [wrong], None)


def test_a_sentence_that_is_not_its_citations_never_leaves() -> None:
    (block,) = cite([quote_of(MILL, 0)], [MILL])
    with pytest.raises(QuoteError, match="citations' text"):
        prove(shelf_of(MILL), [replace(block, text=block.text + " Indeed.")], None)


@pytest.mark.parametrize("change", [{"citation": 9}, {"end_char_index": 60}, {"text": "Bob"}, {"start_char_index": 41}])
def test_a_short_answer_that_is_not_its_range_never_leaves(change: dict[str, int | str]) -> None:
    blocks = cite([quote_of(MILL, 0)], [MILL])
    start = TEXT.index("Ada")
    answer = replace(ShortAnswer("Ada Byron", 1, start, start + 10), **change)
    with pytest.raises(QuoteError):
        prove(shelf_of(MILL), blocks, answer)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
        lambda t: any(c.isalpha() for c in t)
    )
)
def test_whatever_the_text_what_is_cited_is_proven(text: str) -> None:
    try:
        opened = open_text(text)
    except IndexError:  # nothing but furniture: no sentence to cite
        return
    quotes = [quote_of(opened, sentence.ordinal) for sentence in opened.sentences]
    blocks = cite(quotes, [opened])
    prove(shelf_of(opened), blocks, None)
    for block in blocks:
        assert block.text == joined_display(c.cited_text for c in block.citations)
        for c in block.citations:
            assert opened.document.text[c.start_char_index : c.end_char_index] == c.cited_text


def claim(start: int, end: int, text: str, document_id: str = "notes.txt") -> Claim:
    return Claim(document_id, start, end, text)


def test_claims_are_told_exact_moved_changed_and_gone() -> None:
    shelf = shelf_of(MILL)
    assert verify(shelf, claim(0, 8, "The mill")).status == "exact"
    moved = verify(shelf, claim(3, 7, "Ada "))
    assert (moved.status, moved.start_char_index, moved.end_char_index) == ("moved", 30, 34)
    assert verify(shelf, claim(0, 8, "The bake")).status == "changed"
    assert verify(shelf, claim(0, 1, "t")).status == "changed", "it stands in many places: none is the one"
    assert verify(shelf, claim(-4, 900, "")).status == "changed"
    assert verify(shelf, claim(0, 8, "The mill", "elsewhere")).status == "gone"


def test_an_answer_without_content_has_nothing_to_prove() -> None:
    prove(shelf_of(MILL), list[ContentBlock](), None)
