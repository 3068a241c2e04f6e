from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StaleIndexError
from index.language.acronyms import acronym_key, acronyms, long_names
from index.search.vocabulary import Renaming, Vocabulary

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
    assert VOCABULARY.long_name(acronym_key(short)) == expected


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


def test_a_name_is_renamed_to_what_the_corpus_says_more_often() -> None:
    vocabulary = Vocabulary.in_memory(
        [
            "The Long Cut, formerly the Grand Mérida Canal, leaks.",
            "The Long Cut is deep.",
            "The Long Cut was dug by hand.",
        ]
    )
    question = "Who dug the grand merida canal?"
    assert vocabulary.renamings(question) == (Renaming(12, 30, ("Long Cut",)),)
    assert question[12:30] == "grand merida canal"
    assert vocabulary.renamings("Who dug the Long Cut?") == ()


def test_of_long_names_that_fit_the_one_that_is_shortened_so_is_taken() -> None:
    fitting = ["Weir Lock Company. Weir Lock Company. Weir Lock Company.", "the water level controller (WLC) failed"]
    assert Vocabulary.in_memory(fitting).long_name("wlc") == "water level controller"


def test_renamings_survive_the_disk(tmp_path: Path) -> None:
    texts = ["Ghent (formerly known as Ganda) is a port. Ghent grew."]
    built = Vocabulary.build(tmp_path, texts, "v1")
    assert built.renamings("Was Ganda big?") == Vocabulary.in_memory(texts).renamings("Was Ganda big?") != ()


@given(st.lists(st.text(max_size=80), max_size=4), st.text(max_size=60))
def test_renamings_are_apart_and_in_order(texts: list[str], question: str) -> None:
    vocabulary = Vocabulary.in_memory([*texts, "Ghent (formerly known as Ganda) is a port. Ghent grew.", question])
    end = 0
    for one in vocabulary.renamings(f"{question} ganda"):
        assert end <= one.start < one.end
        assert one.names
        end = one.end
    assert end == len(question) + 6


@pytest.mark.parametrize(
    ("corpus", "word", "expected"),
    [
        ("weirs", "weirz", "weirs"),  # five letters may be a slip, four may not
        ("weir", "weiz", None),
        ("navigates", "navigabez", None),  # two slips need ten letters
        ("navigation", "navigabioz", "navigation"),
        ("navigation", "nabigabioz", None),
        ("canals canals canall", "canalz", "canals"),  # of the nearest the commonest
        ("canals canall", "canalz", "canall"),  # then the first in the alphabet
    ],
)
def test_slips_at_the_edges_of_what_may_be_one(corpus: str, word: str, expected: str | None) -> None:
    assert Vocabulary.in_memory([corpus]).spelling(word) == expected


def test_one_that_is_shortened_so_beats_many_that_fit_and_names_are_few() -> None:
    often = ["Weir Lock Company. " * 999, "the water level controller (WLC) failed"]
    assert Vocabulary.in_memory(often).long_name("wlc") == "water level controller"
    oftener = ["Weir Lock Company. " * 1002, *often[1:]]
    assert Vocabulary.in_memory(oftener).long_name("wlc") == "Weir Lock Company"
    many = [
        f"Ghent, also known as {name}, grew." + f" {name} is deep." * 9 for name in ("Ganda", "Gand", "Gendt", "Gent")
    ]
    (renaming,) = Vocabulary.in_memory(many).renamings("Ghent?")
    assert renaming.names == ("Gand", "Gent", "Ganda")
