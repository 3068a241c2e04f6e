import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StaleIndexError
from index.language.acronyms import acronym_key, acronyms, long_names
from index.language.folding import fold_case
from index.search.aliases import NameFinder, alias_key, aliases
from index.search.segments import numbered
from index.search.vocabulary import LIMITS, Renaming, Vocabulary, VocabularyCodec

TEXTS = [
    "The Weir and Lock Company dug the canal; the Weir and Lock Company fell. Engineers surveyed the navigation.",
    "“One Mill, One Bakery” was its motto. The Royal Society of Canal Engineers met in Ghent in the spring.",
]


def build(folder: Path, texts: Sequence[str]) -> Vocabulary:
    each = [(text,) for text in texts]
    return Vocabulary.build(folder, numbered(range(len(each))), VocabularyCodec(lambda _: each), "v1")


VOCABULARY = Vocabulary.of_texts(TEXTS)


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
    built = build(tmp_path, TEXTS)
    opened = Vocabulary.open(tmp_path, "v1")
    assert built.spelling("enginers") == opened.spelling("enginers") == "engineers"
    assert "GHENT" in opened
    assert "gent" not in opened
    with pytest.raises(StaleIndexError):
        Vocabulary.open(tmp_path, "v2")
    (file,) = tmp_path.glob("v1/*.segment")
    file.write_bytes(file.read_bytes().replace(b"Ghent", b"Gouda"))
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
    vocabulary = Vocabulary.of_texts(texts)
    found = vocabulary.spelling(word)
    assert found is None or found in vocabulary


def test_a_name_is_renamed_to_what_the_corpus_says_more_often() -> None:
    vocabulary = Vocabulary.of_texts(
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
    assert Vocabulary.of_texts(fitting).long_name("wlc") == "water level controller"


def test_renamings_survive_the_disk(tmp_path: Path) -> None:
    texts = ["Ghent (formerly known as Ganda) is a port. Ghent grew."]
    built = build(tmp_path, texts)
    assert built.renamings("Was Ganda big?") == Vocabulary.of_texts(texts).renamings("Was Ganda big?") != ()


@given(st.lists(st.text(max_size=80), max_size=4), st.text(max_size=60))
def test_renamings_are_apart_and_in_order(texts: list[str], question: str) -> None:
    vocabulary = Vocabulary.of_texts([*texts, "Ghent (formerly known as Ganda) is a port. Ghent grew.", question])
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
    assert Vocabulary.of_texts([corpus]).spelling(word) == expected


def test_one_that_is_shortened_so_beats_many_that_fit_and_names_are_few() -> None:
    often = ["Weir Lock Company. " * 999, "the water level controller (WLC) failed"]
    assert Vocabulary.of_texts(often).long_name("wlc") == "water level controller"
    oftener = ["Weir Lock Company. " * 1002, *often[1:]]
    assert Vocabulary.of_texts(oftener).long_name("wlc") == "Weir Lock Company"
    many = [
        f"Ghent, also known as {name}, grew." + f" {name} is deep." * 9 for name in ("Ganda", "Gand", "Gendt", "Gent")
    ]
    (renaming,) = Vocabulary.of_texts(many).renamings("Ghent?")
    assert renaming.names == ("Gand", "Gent", "Ganda")


class Gathered:
    """Words, long names and other names counted text by text, by definition right."""

    def __init__(self, texts: Sequence[str]) -> None:
        words: Counter[str] = Counter()
        names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        others: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            words.update(re.findall(r"[^\W_]+", fold_case(text)))
            for initials, name in long_names(text):
                names[initials][name] += 1
            for name, other in aliases(text):
                others[alias_key(name)][other] += 1
                others[alias_key(other)][name] += 1
                if acronym_key(other) == fold_case(other):
                    names[acronym_key(other)][name] += LIMITS.stated
        used = Counter(key for text in texts for key, _, _ in NameFinder(others).find(text))
        kept = {
            name: {other: used[alias_key(other)] for other in found if used[alias_key(other)] > used[name]}
            for name, found in others.items()
        }
        self.contents = (dict(words), first(names), first({name: found for name, found in kept.items() if found}))


def first(found: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[str, ...]]:
    return {
        key: tuple(sorted(names, key=lambda name: (-names[name], len(name), name))[: LIMITS.names])
        for key, names in found.items()
    }


PIECES = [
    "Ghent (formerly known as Ganda)", "Ganda", "Ghent", "the Weir and Lock Company (WLC)", "Lock", "The Weir",
    "İstanbul", "cafe\u0301s", "Straße", "Ghent Weir, also known as Ghent,", "of the", "WLC", "ﬁnal", "x_y", "\n",
]  # fmt: skip


@given(st.lists(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES)).map(" ".join)), max_size=5))
def test_all_is_counted_as_text_by_text(texts: list[str]) -> None:
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    assert Vocabulary.of_texts(composed).contents() == Gathered(composed).contents
