from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.acronyms import acronyms, key, long_names
from index.errors import StaleIndexError
from index.vocabulary import Vocabulary

TEXTS = [
    "The Weir and Lock Company dug the canal; the Weir and Lock Company fell. Engineers surveyed the navigation.",
    "“One Mill, One Bakery” was its motto. The Royal Society of Canal Engineers met in Ghent in the spring.",
]
VOCABULARY = Vocabulary.in_memory(TEXTS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the WLC?", ["WLC"]),
        ("Did W&L pay the RSCE, the WLC or the WLC?", ["W&L", "RSCE", "WLC"]),
        ("Is Ghent in iPhone range of McDonald?", []),
        ("WHAT IS THE WLC?", []),
        ("WLC", ["WLC"]),
        ("what is the wlc", []),
    ],
)
def test_short_names_are_told_by_their_capitals(question: str, expected: list[str]) -> None:
    assert acronyms(question) == expected


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("WLC", "Weir and Lock Company"),
        ("W&L", "Weir and Lock"),
        ("OMOB", "One Mill, One Bakery"),
        ("RSCE", "Royal Society of Canal Engineers"),
        ("XYZ", None),
    ],
)
def test_a_short_name_has_the_corpus_long_name(short: str, expected: str | None) -> None:
    assert VOCABULARY.long_name(key(short)) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("enginers", "engineers"),
        ("Cannal", "canal"),
        ("surveyde", "surveyed"),  # two letters swapped are one slip
        ("navvigatoin", "navigation"),  # a long word may have two
        ("canals", "canal"),
        ("anal", None),  # too short
        ("danal", None),  # another first letter
        ("canal", None),  # a word of the corpus
        ("steam2", None),
    ],
)
def test_a_misspelt_word_is_the_nearest_of_the_corpus(word: str, expected: str | None) -> None:
    assert VOCABULARY.spelling(word) == expected


def test_it_survives_the_disk_and_nothing_else_does(tmp_path: Path) -> None:
    built = Vocabulary.build(tmp_path, TEXTS, "v1")
    opened = Vocabulary.open(tmp_path, "v1")
    assert built.spelling("enginers") == opened.spelling("enginers") == "engineers"
    assert "GHENT" in opened
    assert "gent" not in opened
    with pytest.raises(StaleIndexError):
        Vocabulary.open(tmp_path, "v2")
    (file,) = tmp_path.glob("v1/vocabulary.json")
    file.write_bytes(file.read_bytes().replace(b"ghent", b"gouda"))
    with pytest.raises(StaleIndexError, match="changed"):
        Vocabulary.open(tmp_path, "v1")


@given(st.text(max_size=400))
def test_long_names_are_the_texts_own_words(text: str) -> None:
    folded = " ".join(text.split())
    for initials, name in long_names(text):
        assert name in folded
        assert len(initials) >= 2 or len(name.split()) >= 2


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=12))
def test_any_word_can_be_looked_up(texts: list[str], word: str) -> None:
    vocabulary = Vocabulary.in_memory(texts)
    found = vocabulary.spelling(word)
    assert found is None or found in vocabulary
