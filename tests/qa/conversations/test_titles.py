from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InputError
from qa.conversations.entries import LONGEST_TITLE, clean_title
from qa.conversations.history import title_of


@given(st.text(max_size=200).map(lambda text: " ".join(text.split())))
def test_a_title_is_the_questions_own_first_words(question: str) -> None:
    title = title_of(question)
    assert len(title) <= 60
    kept = title.removesuffix(" …")
    assert question.startswith(kept)
    assert title == question or title == f"{kept} …"
    if title != question and " " in question[:59]:
        assert question[len(kept)] == " "


def test_it_is_cut_at_a_word() -> None:
    assert title_of("Who was sent to China by the government of Japan in the month of May?") == (
        "Who was sent to China by the government of Japan in the …"
    )
    assert title_of("x" * 60) == "x" * 60
    assert title_of("x" * 61) == "x" * 58 + " …"


@given(st.text(max_size=150))
def test_a_persons_title_is_clean_or_refused(title: str) -> None:
    with suppress(InputError):
        clean = clean_title(title)
        assert 1 <= len(clean) <= LONGEST_TITLE
        assert clean_title(clean) == clean
        assert not set(clean) & set("\x00\x1b\n\t\u202e\u200b")


def test_the_limits_are_what_they_say() -> None:
    assert clean_title(" a ") == "a"
    with pytest.raises(InputError, match=r"121 characters, and 120"):
        clean_title("x" * 121)
