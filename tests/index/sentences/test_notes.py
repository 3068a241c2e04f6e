"""Where note marks at a sentence begin and end."""

import pytest
from hypothesis import given

from index.sentences.notes import SPACE, end_of_leading_notes, end_of_notes, start_of_trailing_note
from tests.strategies import texts


@pytest.mark.parametrize(
    ("marks", "bare"),
    [
        ("[12]", False),
        ("[1] [2, 3]", False),
        ("[note 3]", False),
        ("[citation needed]", False),
        ("[4]:12–14", False),
        ("<sup>iv</sup>", False),
        ("(*1)", False),
        ("(12)", False),
        ("¹²", False),
        ("†", False),
        ("[^a]", False),
        ("12", True),
        ("vii", True),
    ],
)
def test_marks_glued_to_a_stop(marks: str, bare: bool) -> None:
    assert end_of_notes(f"end.{marks} Next", 4, bare=bare) == 4 + len(marks)
    if bare:
        assert end_of_notes(f"end.{marks} Next", 4, bare=False) == 4


@pytest.mark.parametrize(
    "text", ["end. Next", "end.[1234567] Next", "end.(note) Next", "end.1234 Next", "end.", "end.iiii N"]
)
def test_what_is_no_mark(text: str) -> None:
    assert end_of_notes(text, 4, bare=True) == 4


@pytest.mark.parametrize(
    ("text", "start", "in_footnote"),
    [
        ("[3] A note", 4, False),
        (" ¹ [2]: A note", 8, False),
        ("12. A note", 0, False),
        ("12. A note", 4, True),
        ("* A note", 2, True),
        ("iv) A note", 4, True),
        ("1234. A note", 0, True),
        ("A note", 0, True),
    ],
)
def test_marks_before_a_sentence(text: str, start: int, in_footnote: bool) -> None:
    assert end_of_leading_notes(text, 0, len(text), in_footnote=in_footnote) == start


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Ann Lee<sup>1</sup>", "Ann Lee"), ("Ann Lee¹", "Ann Lee"), ("km<sup>2</sup>", "km<sup>2</sup>"), ("Lee", "Lee")],
)
def test_a_mark_glued_to_the_last_word(text: str, kept: str) -> None:
    assert text[: start_of_trailing_note(text, 0, len(text))] == kept


@given(texts)
def test_marks_stay_within_the_text(text: str) -> None:
    assert 0 <= end_of_leading_notes(text, 0, len(text)) <= len(text)
    assert 0 <= start_of_trailing_note(text, 0, len(text)) <= len(text)
    assert all(end_of_notes(text, at, bare=True) >= at for at in range(len(text) + 1))


def test_space_is_what_no_word_begins_with() -> None:
    assert not any(character.isalnum() for character in SPACE)
    assert {" ", "\n", "\u00a0", "\u200b", "\ufeff"} <= set(SPACE)
