"""Short names, where a sentence says what they are short for."""

import pytest
from hypothesis import given

from index.language.acronyms import Definition, definitions
from tests.strategies import texts


@pytest.mark.parametrize(
    ("sentence", "short", "long"),
    [
        ("The Asian Infrastructure Investment Bank(AIIB) was founded.", "AIIB", "Asian Infrastructure Investment Bank"),
        ("Much foreign direct investment (FDI) went there.", "FDI", "foreign direct investment"),
        ("The Department of Defense (DOD) paid.", "DOD", "Department of Defense"),
        ("He runs the Bank of Weir (the “BW”, or bank).", "BW", "Bank of Weir"),
        ("Many state-owned enterprises (SOEs) paid.", "SOEs", "state-owned enterprises"),
        ("An NGO (non-governmental organisation) paid.", "NGO", "non-governmental organisation"),
        ("It has risen. Red Bay (RB) is a port.", "RB", "Red Bay"),
    ],
)
def test_a_definition_is_found(sentence: str, short: str, long: str) -> None:
    assert list(definitions(sentence)) == [Definition(short, long)]


@pytest.mark.parametrize(
    "sentence",
    [
        "He left early (NATO).",
        "The bank (AIIB) was founded.",
        "It was the Infrastructure Investment Bank (AIIB).",
        "It has risen. Bay (RB) is a port.",
        "The AIIB (founded in 2015) lends.",
        "The port (and the town) grew.",
    ],
)
def test_other_brackets_define_nothing(sentence: str) -> None:
    assert list(definitions(sentence)) == []


@given(texts)
def test_both_names_stand_in_the_text(text: str) -> None:
    folded = " ".join(text.split())
    for word in ("", " Red Bay (RB)"):
        found = list(definitions(folded + word))
        assert all(one.short in folded + word and one.long in folded + word for one in found)
        assert found or not word or folded[-1:].isalnum()
