from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.models.model_folder import find_model_folder
from qa.reading.windows import LONGEST, Window, WindowMaker
from tests.strategies import texts

NARROW = 300  # positions: room for some 170 tokens of text beside the longest question and headings
OVERLAP = 128
long_texts = st.builds(lambda parts, times: parts * times, texts, st.sampled_from((1, 1, 3, 12)))


@cache
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(find_model_folder().tokenizer_file))
    made.no_truncation()
    made.no_padding()
    return made


@cache
def maker(longest: int = NARROW) -> WindowMaker:
    return WindowMaker(find_model_folder().tokenizer_file, longest)


def windows(
    text: str, question: str = "Who built the mill?", head: str = "Weir", longest: int = NARROW
) -> list[Window]:
    return maker(longest).windows(question, head, [text])[0]


def places(window: Window) -> list[int]:
    """Of the tokens of the text, in `ids`."""
    return list(range(window.first, window.first + len(window.offsets)))


@settings(max_examples=60)
@given(texts, texts, long_texts)
@example("Who?", "", "👍🏽 Ōsaka e\u0301 \u200b 日本")
def test_a_windows_parts_fit_together_and_offsets_are_the_texts_own(question: str, head: str, text: str) -> None:
    for window in windows(text, question, head):
        assert window.length == len(window.ids) == len(window.segments) <= NARROW
        assert window.ids[0] == 101
        assert window.ids[window.first - 1] == window.ids[-1] == 102
        assert places(window)[-1] + 1 == window.length - 1, "the text's tokens, and a last separator"
        assert window.segments == sorted(window.segments), "first the question, then what is read"
        for place, (start, end) in zip(places(window), window.offsets, strict=True):
            assert 0 <= start < end <= len(text)
            token = token_of(window.ids[place])
            assert token in ("[UNK]", "[CLS]", "[SEP]", "[MASK]") or token.removeprefix("##") == normal(text[start:end])


def token_of(number: int) -> str:
    return tokenizer().id_to_token(number) or ""


def normal(text: str) -> str:
    """As the tokenizer reads it: lower case, without accents; it sets spaces around ideographs."""
    return str(tokenizer().normalizer.normalize_str(text)).strip()


@settings(max_examples=60)
@given(long_texts)
def test_windows_cover_every_token_in_order_and_share_enough(text: str) -> None:
    every = tokenizer().encode(text, add_special_tokens=False)
    made = windows(text)
    assert bool(made) == bool(every.ids)
    starts = [every.offsets.index(window.offsets[0]) for window in made]
    ends = [start + len(window.offsets) for start, window in zip(starts, made, strict=True)]
    for start, end, window in zip(starts, ends, made, strict=True):
        assert window.offsets == every.offsets[start:end]
        assert window.ids[window.first : -1] == every.ids[start:end]
    assert starts[:1] in ([], [0])
    assert ends[-1:] in ([], [len(every.ids)])
    for start, end in zip(starts[1:], ends, strict=False):
        assert end - start == OVERLAP


@settings(max_examples=60)
@given(long_texts, st.data())
def test_tokens_in_a_stretch_are_those_that_share_a_character_with_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    wanted = set(range(start, data.draw(st.integers(start + 1, len(text) + 1))))
    for window in windows(text):
        shared = [
            place for place, offset in zip(places(window), window.offsets, strict=True) if wanted & set(range(*offset))
        ]
        assert list(window.tokens_in(start, max(wanted) + 1)) == shared


@pytest.mark.parametrize("longest", [NARROW, 384, LONGEST])
def test_a_long_question_and_long_headings_leave_room_for_the_text(longest: int) -> None:
    endless, text = "very long " * 3000, "The mill of Weir burned. " * 200
    made = windows(text, endless, endless, longest)
    assert max(window.length for window in made) == longest
    assert {window.first for window in made} == {1 + 96 + 1 + 32 + 1}
    assert made[-1].offsets[-1][1] == len(text.rstrip())


def test_a_window_is_the_question_the_headings_and_the_text() -> None:
    (window,) = windows("It burned down.", "Which mill?", "Weir › Mills")
    assert " ".join(map(token_of, window.ids)) == "[CLS] which mill ? [SEP] weir › mills [SEP] it burned down . [SEP]"
    assert window.segments == [0] * 5 + [1] * 9
    assert window.ids[window.first :] == [*tokenizer().encode("It burned down.", add_special_tokens=False).ids, 102]


def test_offsets_count_characters_and_not_bytes() -> None:
    text = "👍🏽 Ōsaka’s 🏭 burned — 日本, 1821."
    (window,) = windows(text)
    for word in ("Ōsaka", "burned", "日本", "1821"):
        start = text.index(word)
        inside = window.tokens_in(start, start + len(word))
        first, last = (window.offsets[place - window.first] for place in (inside[0], inside[-1]))
        assert text[first[0] : last[1]] == word


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\u200b"])
def test_a_text_without_tokens_has_no_window(text: str) -> None:
    assert windows(text) == []


def test_each_text_has_its_windows_in_order() -> None:
    made = maker().windows("Who?", "", ["It burned. " * 100, "", "It stands."])
    assert [len(each) for each in made] == [len(windows("It burned. " * 100, "Who?", "")), 0, 1]
    assert made[0][0].offsets[0] == made[2][0].offsets[0] == (0, 2)
    assert not maker().windows("Who?", "", [])


def test_a_range_outside_of_the_window_has_no_tokens() -> None:
    made = windows("It burned. " * 200)
    assert not made[0].tokens_in(*made[-1].offsets[-1])
