"""Struck text is shown with its marks and read as if it were not there; offsets stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences.markup import display
from index.sentences.struck import held, struck, unstruck
from index.types import Range


@pytest.mark.parametrize(
    ("text", "read", "shown"),
    [
        ("It costs ~~50~~ 40.", "It costs 40.", "It costs ~~50~~ 40."),
        ("It costs <s>50</s> 40.", "It costs 40.", "It costs ~~50~~ 40."),
        ("It costs <del>50</del> 40.", "It costs 40.", "It costs ~~50~~ 40."),
        ("~~Gone.~~", "", "~~Gone.~~"),
        ("H~2~O", "H~2~O", "H~2~O"),
        ("a ~~ b ~~ c", "a ~~ b ~~ c", "a ~~ b ~~ c"),
        ("an open ~~mark", "an open ~~mark", "an open ~~mark"),
    ],
)
def test_what_is_read_and_what_is_shown(text: str, read: str, shown: str) -> None:
    assert " ".join(held(text, 0, len(text)).split()) == read
    assert display(text) == shown == display(shown)


@given(st.text(alphabet="~<>/sdel ab", max_size=60))
def test_offsets_stay(text: str) -> None:
    blanked = held(text, 0, len(text))
    gone = {at for part in struck(text, 0, len(text)) for at in range(part.start, part.end)}
    assert "".join(" " if at in gone else char for at, char in enumerate(text)) == blanked


@pytest.mark.parametrize(
    ("start", "end", "kept"), [(9, 28, "40 euros"), (0, 19, "It costs"), (9, 19, ""), (20, 22, "40"), (11, 13, "")]
)
def test_a_span_without_what_is_struck_out(start: int, end: int, kept: str) -> None:
    text = "It costs ~~50 EUR~~ 40 euros now."
    found = unstruck(text, Range(0, len(text)), Range(start, end))
    assert text[found.start : found.end] == kept


def test_many_marks_take_linear_time() -> None:
    for unit in ("~~a", "<s>", "~~", "<del>a"):
        text = unit * 100_000
        assert len(held(text, 0, len(text))) == len(text)
