"""People whom a sentence presents, and those whom it only names."""

import pytest

from qa.language.people import people_of, person_noun


@pytest.mark.parametrize(
    ("word", "is_person"),
    [("engineer", True), ("Mayor", True), ("vice-president", True), ("mill", False), ("president-mill", False)],
)
def test_nouns_of_what_a_person_is(word: str, is_person: bool) -> None:
    assert person_noun(word) is is_person


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Ada Byron, an engineer, left.", ["Ada Byron"]),
        ("Ada Byron, an engineer of mills, left.", ["Ada Byron"]),
        ("Ada Byron, an old engineer and a mill, left.", ["Ada Byron"]),
        ("Ada B. Byron, then mayor of Weir, left.", ["Ada B. Byron"]),
        ("Ada von der Byron, an engineer, left.", ["Ada von der Byron"]),
        ("Ada B. C. D. Byron, an engineer, left.", ["Ada B. C. D. Byron"]),
        ("Ada B. C. D. E. Byron, an engineer, left.", []),  # six words
        ("ADA Byron, an engineer, left.", []),
        ("Ada, an engineer, left.", []),
        ("A. Byron, an engineer, left.", []),
        ("Ada Byron, a mill, left.", []),
        ("Ada Byron, the mill of an engineer, left.", []),
        ("They met historian Ada Byron here.", ["Ada Byron"]),
        ("They met historian Ada Byron", []),  # the name may go on
        ("They met general Ada Byron here.", []),  # a general what?
        ("They met happy Ada Byron here.", []),
        ("Economist Ada Byron met Carl Holm, an engineer, and historian Carl Holm left.", ["Carl Holm"]),
        ("The historian Jan Rask met Carl Holm, an engineer, in May.", ["Carl Holm", "Jan Rask"]),
    ],
)
def test_people_are_those_presented(sentence: str, people: list[str]) -> None:
    assert list(people_of(sentence)) == people


def test_people_are_those_whose_office_is_told() -> None:
    sentence = (
        "Ada Byron, an engineer from Ghent, met Weir Bank, a bank, and the historian Paul A. Rask, not Jan Smit, who "
        "fell ill, nor Kay Moe's, a writer."
    )
    assert list(people_of(sentence)) == ["Ada Byron", "Paul A. Rask"]
