"""Other names, learned only where a text says that two names are of one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.aliases import NameFinder, alias_key, aliases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mumbai, formerly known as Bombay, is a port.", ("Mumbai", "Bombay")),
        ("The Highland Plan, formerly the Three Passes Plan, is large.", ("Highland Plan", "Three Passes Plan")),
        ("Give the paracetamol (also known as acetaminophen) to all.", ("paracetamol", "acetaminophen")),
        ("Queen Aldreda, better known as the Grey Queen, ruled.", ("Queen Aldreda", "Grey Queen")),
        ("The Long Road plan—originally styled “Slow [and] Long”—began.", ("Long Road", "Slow and Long")),
        ("The Message Broker (previously called the Event Bus) keeps all.", ("Message Broker", "Event Bus")),
        ("Istanbul (originally Byzantium) is on two continents.", ("Istanbul", "Byzantium")),
        ("Tilda Marsh, a.k.a. Marsh Fox, sang.", ("Tilda Marsh", "Marsh Fox")),
        ("Staff accrue paid time off (PTO) each month.", ("paid time off", "PTO")),
        ("The Andean Lending Bank(ALB) opened.", ("Andean Lending Bank", "ALB")),
        ("The Office of Alien Property (OAP) closed.", ("Office of Alien Property", "OAP")),
        ("The Event Horizon Telescope, or EHT, saw it.", ("Event Horizon Telescope", "EHT")),
    ],
)
def test_what_a_text_says_of_names_is_learned(text: str, expected: tuple[str, str]) -> None:
    assert list(aliases(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "He was formerly a baker, now a miller.",
        "It was formerly known as Bombay.",
        "A river, called the Dove, runs by.",
        "They use a technique, also known as radiocarbon dating, for it.",
        "The king (Berlin) left.",
        "The new bank (AIDB) opened.",
        "In 1990 (formerly 1989) it closed.",
        "The Long Cut, formerly the Long Cut Canal, leaks.",
        "",
    ],
)
def test_nothing_is_learned_where_nothing_is_said(text: str) -> None:
    assert list(aliases(text)) == []


@pytest.mark.parametrize(
    ("other", "learned"),
    [
        ("B", False), ("Bo", True), ("B.", False), ("B" + "o" * 59, True), ("B" + "o" * 60, False),
        (" ".join(["Bo"] * 9), True), (" ".join(["Bo"] * 10), False),
    ],
)  # fmt: skip
def test_a_name_has_two_to_sixty_characters_and_nine_words_at_most(other: str, learned: bool) -> None:
    assert list(aliases(f"Mumbai, also known as “{other}”, is a port.")) == ([("Mumbai", other)] if learned else [])


def test_a_key_has_no_case_accents_signs_or_joining_words() -> None:
    assert alias_key("The Slow [and] Long Mérida Way") == alias_key("slow, long MERIDA way") == "slow long merida way"


def test_the_longest_name_is_found() -> None:
    text = "Was the Grand Mérida Canal the Grand one?"
    found = [text[start:end] for _, start, end in NameFinder(["grand", "grand merida canal"]).find(text)]
    assert found == ["Grand Mérida Canal", "Grand"]


@given(st.text(alphabet=st.characters() | st.sampled_from("AbC (),—“”"), max_size=300), st.sampled_from(["", "(AB)"]))
def test_any_text_is_read(text: str, end: str) -> None:
    for name, other in aliases(f"{text} also known as {text[:20]}, formerly {text[20:60]} {end}"):
        assert alias_key(name) != alias_key(other)
        assert alias_key(name)
        assert alias_key(other)
