"""Windows of pairs: nothing of a text is lost, whatever the tokenizer, and each window fits the model."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, processors

from qa.reading.windows import PairWindowMaker
from tests.small_questions import bert_tokenizer, roberta_tokenizer

LONGEST = 64
Make = Callable[[], Tokenizer]


def template_tokenizer() -> Tokenizer:
    """BERT's, with the pair written by a template, as transformers sets it."""
    tokenizer = bert_tokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return tokenizer


each_tokenizer = pytest.mark.parametrize("make", [bert_tokenizer, roberta_tokenizer, template_tokenizer])


@each_tokenizer
@settings(max_examples=60)
@given(question=st.text(max_size=80), head=st.text(max_size=20), text=st.text(max_size=400), first=st.booleans())
def test_windows_fit_and_lose_nothing(make: Make, question: str, head: str, text: str, first: bool) -> None:
    windows = PairWindowMaker(make(), LONGEST, question_first=first).windows(question, head, text)
    whole = make().encode(text, add_special_tokens=False)
    shared = (LONGEST - make().num_special_tokens_to_add(is_pair=True)) // 4
    start = end = 0
    for window in windows:
        end = start + len(window.offsets)
        assert window.length == len(window.segments) <= LONGEST
        assert window.offsets == whole.offsets[start:end]
        assert window.ids[window.first :][: len(window.offsets)] == whole.ids[start:end]
        start = end - shared
    assert end == len(whole.ids)


@each_tokenizer
@pytest.mark.parametrize("first", [True, False])
def test_a_window_is_written_as_the_tokenizer_writes_a_pair(make: Make, first: bool) -> None:
    (window,) = PairWindowMaker(make(), LONGEST, question_first=first).windows("who?", "sea", "The cat sat.")
    pair = ("who?", "sea\nThe cat sat.") if first else ("sea\nThe cat sat.", "who?")
    whole = make().encode(*pair)
    assert (window.ids, window.segments) == (whole.ids, whole.type_ids)
    cat = [window.offsets.index((4, 5)), window.offsets.index((6, 7))]
    assert window.ids[window.first + cat[0] : window.first + cat[1] + 1] == make().encode("cat").ids[1:-1]


@each_tokenizer
def test_question_and_headings_are_in_every_window(make: Make) -> None:
    windows = PairWindowMaker(make(), LONGEST).windows("who?", "sea", "the cat sat. " * 30)
    assert len(windows) > 3
    assert len({tuple(window.ids[: window.first]) for window in windows}) == 1


@each_tokenizer
def test_long_question_leaves_room_for_the_text(make: Make) -> None:
    windows = PairWindowMaker(make(), LONGEST).windows("who? " * 100, "sea " * 100, "the cat sat. " * 30)
    assert all(window.first <= LONGEST // 4 + 4 for window in windows)


@each_tokenizer
def test_marks_of_the_model_are_mere_text_in_a_document(make: Make) -> None:
    (window,) = PairWindowMaker(make(), LONGEST).windows("who?", "", "a [SEP] b </s> [CLS] <pad>")
    inside = window.ids[window.first :][: len(window.offsets)]
    marks = {make().token_to_id(mark) for mark in ("[CLS]", "[SEP]", "[PAD]", "<s>", "</s>", "<pad>")} - {None}
    assert len(marks) == 3
    assert not marks & set(inside)


@each_tokenizer
def test_text_without_tokens_has_no_windows(make: Make) -> None:
    assert PairWindowMaker(make(), LONGEST).windows("who?", "sea", "") == []
