import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.names import (
    find_names,
    is_capitalised,
    is_function_word,
    name_texts,
    names_differ,
    read_name,
    sure_names,
)
from tests.counting import calls_of
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AT&T bought it", ["AT&T"]),
        ("when Ursula von der Leyen met de Gaulle", ["Ursula von der Leyen", "de Gaulle"]),
        ("the U.S. fleet", ["U.S."]),
        ("a U.S.-led fleet", ["U.S.-led"]),
        ("Then O’Brien of McDonald’s spoke", ["O’Brien of McDonald"]),
        ("O'Brien spoke", ["O'Brien"]),
        ("in São Paulo, Xi Jinping and Abe", ["São Paulo", "Xi Jinping and Abe"]),
        ("Élysée Palace, not école Normale", ["Élysée Palace", "Normale"]),
        ("Did Abe meet Xi in May 2017, or on Friday?", ["Abe", "Xi"]),
        ("The US and Japan", ["US and Japan"]),
        ("Japan and the West", ["Japan", "West"]),
        ("WHO said who it is", ["WHO"]),
        ("George W. Bush, J. K. Rowling and E.M. Forster", ["George W. Bush", "J. K. Rowling and E.M. Forster"]),
        ("Mr. Abe’s house in St. Petersburg.", ["Mr. Abe", "St. Petersburg"]),
        ("al-Sisi bought an iPhone on eBay", ["al-Sisi", "iPhone", "eBay"]),
        ("Jeanne d’Arc", ["Jeanne d’Arc"]),
        ("the Bank of the West", ["Bank of the West"]),
        ("Article 9 of it", ["Article 9"]),
        ("It's Ada, I'm Bob, don't", ["Ada", "Bob"]),
        ("However, Ada Byron came. Then Cy did.", ["Ada Byron", "Cy"]),
        ("THE MAYOR AND THE BRIDGE", ["MAYOR", "BRIDGE"]),
        ("Johnson & Johnson’s", ["Johnson & Johnson"]),
        ("Europe, the Middle East", ["Europe", "Middle East"]),
        ("in 1998, on 3 March", []),
        ("ten Americans and the cat", ["Americans"]),
        ("", []),
    ],
)
def test_names_are_runs_of_capitalised_words(text: str, names: list[str]) -> None:
    assert name_texts(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They say the King of Spain met Ada Byron. Rain fell on Ghent.", ["King of Spain", "Ada Byron", "Ghent"]),
        ("Rain fell on Ghent, and again on Ghent.", ["Ghent"]),
        ("Is it so? Weir burned! Ghent did not.", []),
        ("They came when It was over, in New York.", ["New York"]),
        ("Who asked O’Brien-Smith and Ada?", ["O’Brien-Smith", "Ada"]),
        ("It is AT&T of the U.S. that Ursula von der Leyen met.", ["AT&T of the U.S.", "Ursula von der Leyen"]),
        ("", []),
    ],
)
def test_sure_names_begin_no_sentence(text: str, names: list[str]) -> None:
    assert sure_names(text) == names


def test_kinds_of_words() -> None:
    assert [is_capitalised(word) for word in ("Abe", "d’Arc", "al-Sisi", "eBay", "école", "pH", "9")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip
    assert [is_function_word(word) for word in ("The", "It’s", "Don't", "US", "Abe", "O’Brien")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert is_function_word("US", shouted=True)


_PIECES = st.sampled_from(
    "Ada|de |von der |of the |and |& |AT&T|U.S.|’s|’|. |, |The |US |9 |May |J. |Mr. |é|É".split("|")
)


@given(texts | st.lists(_PIECES, max_size=12).map("".join))
def test_names_lie_in_the_text_in_order(text: str) -> None:
    reached = 0
    for name in find_names(text):
        assert reached <= name.start < name.end <= len(text)
        assert text[name.start : name.end].startswith(name.words[0][: name.end - name.start])
        assert any(is_capitalised(word) for word in name.words)
        reached = name.end


@given(texts | st.lists(_PIECES, max_size=12).map("".join))
def test_sure_names_stand_in_the_text_and_each_is_told_once(text: str) -> None:
    found = sure_names(text)
    assert all(name in text for name in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("piece", ["A ", "A of ", "de ", "A.B.", "A’", "a&", "Ada Byron ", "May 1 ", "é"])
def test_work_grows_with_the_text(piece: str) -> None:
    def calls(length: int) -> int:
        return calls_of(lambda: list(find_names((piece * length)[:length])))

    assert calls(65_536) < 3 * calls(32_768) + 100


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Ada Byron", "Carl Holm", True),
        ("Ada Byron", "Ida Byron", True),
        ("Ada Byron", "Carl Byrons", True),  # a surname with another ending is the same
        ("Ada Byron", "Anna Byron", False),  # first names that begin alike
        ("Ada Byron", "A. Byron", False),
        ("Al Byron", "Bo Byron", False),  # two letters may be short for anything
        ("Al Byron", "Carl Byron", False),
        ("Bob Byron", "Robert Byron", False),
        ("Bob Byron", "Edward Byron", True),
        ("Ada Byron", "Ada Rask", False),
        ("Ada May Weir", "Carl Weir", False),
        ("Nikanen", "Nikonen", False),  # one letter off
        ("Nikan", "Nikon", False),
        ("Nika", "Niko", True),  # of five letters
        ("Weirs", "Weist", True),  # two letters off
        ("Byro", "Byron", False),
        ("Byr", "Byron", True),
        ("Ada Byron", "Byron Ada", False),
        ("Ghent", "Belgium", False),
        ("NRB", "Nordic Reconstruction Bank", False),
        ("NRC", "Nordic Reconstruction Bank", True),
    ],
)
def test_names_that_cannot_be_of_one_and_the_same_differ(one: str, other: str, differ: bool) -> None:
    (left,), (right,) = read_name(one), read_name(other)
    assert names_differ(left, right) is differ
    assert names_differ(right, left) is differ


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Byron, the engineer and Carl Holm", ["ada byron", "carl holm"]),
        ("Ada and Bo", ["ada", "bo"]),
        ("Ada, his Bo", ["ada"]),
        ("the engineer, Carl Holm", []),
        ("Dr. Ada Byron’s", ["ada byron"]),
        ("the United States", ["us"]),
        ("Roman troops", []),
    ],
)
def test_names_are_read_one_after_another(text: str, words: list[str]) -> None:
    assert [" ".join(name.words) for name in read_name(text)] == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They left in AD 44 by boat", []),
        ("They met on Sept 3 there", []),
        ("They left in May 1990 by boat", []),
        ("They left in the A380 by air", ["A380"]),
        ("They met Ada May there", ["Ada May"]),
    ],
)
def test_a_date_is_no_name(text: str, names: list[str]) -> None:
    assert [text[name.start : name.end] for name in find_names(text)] == names
