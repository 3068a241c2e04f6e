"""Whether a stop ends its sentence, decided at the mark `|` of each text, before which it stands."""

import re

import pytest

from index.sentences.stops import Next, Stop, ends_sentence


def stop_of(marked: str) -> Stop:
    """The stop right before the bar and the quotes there."""
    position = marked.index("|")
    text = marked.replace("|", "", 1)
    found = list(re.finditer(r"[.!?…]+", text[:position]))[-1]
    ahead = position + len(text[position:]) - len(text[position:].lstrip())
    return Stop(text, 0, found.start(), found.end(), position, ahead)


@pytest.mark.parametrize(
    "marked",
    [
        "The mill burned.| The lock stood.",
        "The mill burned.|",
        "It opens at 9 p.m.| Then it closes.",
        "“Go!”| She went.",
        "great!!| Would buy",
        "He said no.| She did not.",
        "In the U.K.| The lock stood.",
        "It cost 5 km.| Weir paid.",
        "It ended….| Then",
        "He asked....| Nobody",
        "in the harbour.| it was small, as some write",
        "He works for Weir Inc.| The lock stood.",
        "It was 12.| 40 came.",
        "It is plan B.| A mill stood there.",
    ],
)
def test_it_ends_here(marked: str) -> None:
    assert ends_sentence(stop_of(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "Mr.| Weir came.",
        "See fig.| 3 below.",
        "1.| The first thing",
        "iv.| The fourth thing",
        "J.| R. Weir came",
        "He works for Weir Inc.| and Lock",
        "written by A.| A. Weir",
        "At 9 p.m.| Monday it closes",
        "At 9 a.m.| Weir wakes",
        "Am 3.| Oktober kam er",
        "Why?”| Ann Smith asked.",
        "He works at Yahoo!| Weir is there.",
        "Well ...| what",
        "one ...| Then",
        "wow!| she said",
        "etc.| and more",
    ],
)
def test_it_does_not_end_here(marked: str) -> None:
    assert not ends_sentence(stop_of(marked))


@pytest.mark.parametrize(
    ("ahead", "following", "word"),
    [
        ("", Next.NOTHING, ""),
        ("“(The", Next.CAPITAL, "The"),
        ("the", Next.SMALL, "the"),
        ("12 reeds", Next.NUMBER, "12"),
        ("水車", Next.OTHER, "水車"),
        ("— — ", Next.NOTHING, ""),
        ("<b>It's", Next.CAPITAL, "It's"),
    ],
)
def test_what_follows_is_seen_behind_quotes_and_marks(ahead: str, following: Next, word: str) -> None:
    text = f"End. {ahead}"
    assert Stop(text, 0, 3, 4, 4, 5).next_word() == (following, word)


def test_only_so_far_is_looked_back() -> None:
    text = "a" * 60 + "."
    stop = Stop(text, 0, 60, 61, 61, 61)
    assert len(stop.before) == 48
    assert Stop("Ann said “yes", 0, 13, 13, 13, 13).word == "yes"
