import re

import pytest

from index.language import lexicon
from index.language.lexicon import FUNCTION_WORDS, MONTH_NUMBERS, ORDINALS, SMALL_NUMBERS, alternation

_CLASSES = {name: each for name, each in vars(lexicon).items() if isinstance(each, frozenset)}


@pytest.mark.parametrize("name", sorted(_CLASSES))
def test_a_class_holds_single_words_in_lower_case(name: str) -> None:
    """Of letters, hyphens and the point of an abbreviation; the keys of records and heads are of many languages."""
    words = _CLASSES[name]
    assert all(word == word.lower() and re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?", word) for word in words)


def test_closed_classes_that_must_not_meet() -> None:
    assert not lexicon.SUBJECT_PRONOUNS & lexicon.POSSESSIVES
    pronouns = lexicon.SUBJECT_PRONOUNS | lexicon.OBJECT_PRONOUNS | lexicon.POSSESSIVES
    assert not lexicon.AUXILIARIES & (pronouns | lexicon.PREPOSITIONS | lexicon.ARTICLES)
    assert not FUNCTION_WORDS & (lexicon.ROLES | lexicon.INSTITUTIONS | {*lexicon.MONTHS} - {"may"} | {"two", "city"})
    assert lexicon.FINITE_AUXILIARIES < lexicon.AUXILIARIES


@pytest.mark.parametrize("word", ["the", "whose", "did", "hers", "which", "wich", "further", "above", "not", "some"])
def test_function_words(word: str) -> None:
    assert word in FUNCTION_WORDS


@pytest.mark.parametrize("word", ["without", "against", "several", "never", "because-of", "one-way", "year", "say"])
def test_words_that_are_worth_searching_are_none(word: str) -> None:
    assert word not in FUNCTION_WORDS


def test_values_of_words() -> None:
    assert [MONTH_NUMBERS[word] for word in ("january", "sep", "sept", "september", "dec")] == [1, 9, 9, 9, 12]
    assert [SMALL_NUMBERS[word] for word in ("zero", "nineteen", "twenty", "ninety")] == [0, 19, 20, 90]
    assert [ORDINALS[word] for word in ("first", "twelfth", "twentieth", "forty-second", "ninety-ninth")] == [
        1, 12, 20, 42, 99,
    ]  # fmt: skip


def test_the_longest_alternative_comes_first() -> None:
    assert alternation(("a", "an", "to", "into", "the")) == "into|the|an|to|a"
