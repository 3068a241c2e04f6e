"""What a full stop after a word can be, and which words open sentences."""

import pytest

from index.sentences.abbreviations import Abbreviation, is_also_a_word, kind_of, opens_sentences

NONE, NEVER, NUMBERED, MAYBE, OFTEN = Abbreviation


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("mill", NONE),
        ("Mr", NEVER),
        ("mr", MAYBE),  # in lower case some titles are words
        ("MS", MAYBE),  # no title: nothing need follow
        ("e.g", NEVER),
        ("E.G", NEVER),
        ("fig", NUMBERED),
        ("Mar", NUMBERED),
        ("mar", NONE),
        ("Jan", MAYBE),
        ("jan", NONE),
        ("Inc", MAYBE),
        ("J", MAYBE),
        ("7", NONE),
        ("U.S", MAYBE),
        ("Hrsg", MAYBE),  # no vowel
        ("Hrsgbr", NONE),  # six letters
        ("HTML", NONE),
        ("etc", OFTEN),
        ("p.m", OFTEN),
    ],
)
def test_kinds(word: str, kind: Abbreviation) -> None:
    assert kind_of(word) is kind


@pytest.mark.parametrize("unit", ["km", "kg", "in", "hrs"])
def test_a_unit_ends_a_sentence_after_a_number(unit: str) -> None:
    assert kind_of(unit, after_number=True) is OFTEN
    assert kind_of(unit) is not OFTEN


def test_some_abbreviations_are_words_too() -> None:
    assert is_also_a_word("no")
    assert not is_also_a_word("No")
    assert is_also_a_word("Sun")
    assert not is_also_a_word("pp")


def test_words_that_open_sentences_are_hardly_names() -> None:
    assert all(map(opens_sentences, ["The", "however", "Der", "Ella"]))
    assert not any(map(opens_sentences, ["May", "Will", "Weir", "All"]))
