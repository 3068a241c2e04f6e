"""What is sought, cut into phrases."""

import re

import pytest
from hypothesis import given

from qa.language.phrases import Phrase, alternatives, phrases
from tests.strategies import texts


def cut(what: str) -> list[tuple[str, ...]]:
    return [(phrase.kind, *phrase.parts) for phrase in phrases(what)]


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("the Bank of Weir", [("name", "Bank of Weir")]),
        ("Weir and Red Bay", [("name", "Weir", "Red Bay")]),
        ("the high-speed railway in Weir", [("word", "high-speed"), ("word", "railway"), ("name", "Weir")]),
        ("Article 9 of the treaty", [("name", "Article 9"), ("word", "treaty")]),
        ("46 million in 2017", [("name", "46"), ("word", "million"), ("name", "2017")]),
        ('"the Open Door" of Weir', [("quoted", "the Open Door"), ("name", "Weir")]),
        ("‘win-win’ deals", [("quoted", "win-win"), ("word", "deals")]),
        ("Ada's bridge", [("name", "Ada"), ("word", "bridge")]),
        ("WHO or what", [("name", "WHO")]),
        ("the U.S. fleet", [("name", "U.S."), ("word", "fleet")]),
        ("THE MAYOR AND THE BRIDGE", [("name", "MAYOR"), ("name", "BRIDGE")]),
        ("what it is", []),
        ("deals of 3 May 2017 and March 2018", [("word", "deals"), ("name", "3 May 2017"), ("name", "March 2018")]),
        ("what AT&T and Ursula von der Leyen say", [("name", "AT&T", "Ursula von der Leyen"), ("word", "say")]),
    ],
)
def test_a_text_is_cut_into_phrases(what: str, found: list[tuple[str, ...]]) -> None:
    assert cut(what) == found


def test_what_is_known_to_be_one_name_stays_one() -> None:
    known = [re.compile("belt and road initiative", re.IGNORECASE)]
    assert phrases("the belt and road initiative in Weir", known) == (
        Phrase("belt and road initiative", ("belt and road initiative",), "name"),
        Phrase("Weir", ("Weir",), "name"),
    )


@pytest.mark.parametrize(
    ("what", "sides"),
    [
        ("Ada or Bob", ("Ada", "Bob")),
        ("Ada, Bob, or Cy", ("Ada", "Bob", "Cy")),
        ("Ada, Bob", ("Ada, Bob",)),
        ('"more or less" of it', ('"more or less" of it',)),
    ],
)
def test_an_or_has_sides(what: str, sides: tuple[str, ...]) -> None:
    assert alternatives(what) == sides


@given(texts)
def test_phrases_are_the_texts_own(text: str) -> None:
    for side in alternatives(text):
        assert side in text
        found = phrases(side)
        assert len(found) == len(set(found))
        assert all(phrase.text in side and phrase.parts for phrase in found)
        assert all(part in phrase.text for phrase in found for part in phrase.parts)
