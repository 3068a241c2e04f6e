"""Verbs told by their forms, and only those whose forms are sure."""

import pytest

from qa.language.verbs import finite, goes_with, is_participle, past_of


@pytest.mark.parametrize(
    ("word", "base", "tense"),
    [
        ("founded", "found", "past"), ("found", "find", "past"), ("carried", "carry", "past"),
        ("stopped", "stop", "past"), ("wrote", "write", "past"), ("reaches", "reach", "present"),
        ("applies", "apply", "present"), ("has", "have", "present"), ("had", "have", "past"), ("paid", "pay", "past"),
        ("preferred", "prefer", "past"), ("plays", "play", "present"), ("played", "play", "past"),
        ("used", "use", "past"), ("uses", "use", "present"), ("died", "die", "past"), ("worries", "worry", "present"),
        ("worried", "worry", "past"), ("stayed", "stay", "past"), ("offered", "offer", "past"),
        ("pushes", "push", "present"), ("passes", "pass", "present"), ("goes", "go", "present"),
        ("cuts", "cut", "present"),
    ],
)  # fmt: skip
def test_a_verb_is_told_by_its_form(word: str, base: str, tense: str) -> None:
    form = finite(word)
    assert form is not None
    assert (form.base, form.tense) == (base, tense)


def test_what_is_no_verb_of_the_list_or_no_sure_form_is_none() -> None:
    assert [finite(word) for word in ("mill", "put", "cost", "hundred", "seed", "", "written")] == [None] * 7


@pytest.mark.parametrize(
    ("participle", "past"), [("written", "wrote"), ("tried", "tried"), ("used", "used"), ("put", "put"), ("mill", None)]
)
def test_a_participle_has_its_past(participle: str, past: str | None) -> None:
    assert past_of(participle) == past


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("written", True), ("ratified", True), ("aged", True), ("red", False), ("Ned", False), ("Aged", False)],
)
def test_a_participle_is_told_by_its_ending(word: str, is_one: bool) -> None:
    assert is_participle(word) is is_one


def test_some_verbs_want_a_preposition() -> None:
    assert goes_with("lead", "to")
    assert goes_with("stem", "from")
    assert not goes_with("lead", "of")
    assert not goes_with("open", "to")
